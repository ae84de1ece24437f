package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.FormulaParser.CallContext;
import adamscope.formula.FormulaParser.ExpressionContext;
import adamscope.formula.FormulaParser.InfinityContext;
import adamscope.formula.FormulaParser.LiteralContext;
import adamscope.formula.FormulaParser.NameContext;
import adamscope.formula.FormulaParser.NegateContext;
import adamscope.formula.FormulaParser.ParenthesisedContext;
import adamscope.formula.FormulaParser.PowerContext;
import adamscope.formula.FormulaParser.ProductContext;
import adamscope.formula.FormulaParser.SumContext;
import adamscope.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Reads formulas from text: the expression exactly as written, or a [FormulaException] that says where and why not.
public final class FormulaReader {
    /// Deeper nesting than any formula needs; stops hostile input before the stack does.
    private static final int DEEPEST = 400;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Map<String, UnaryOperation> UNARY = new TreeMap<>();
    private static final Map<String, BinaryOperation> BINARY =
            new TreeMap<>(Map.of("min", BinaryOperation.MIN, "max", BinaryOperation.MAX));
    private static final Map<String, ReductionKind> REDUCTIONS = new TreeMap<>();
    /// Read as (eᵃ + e⁻ᵃ)/2, so that no backend has to know it.
    private static final String COSH = "cosh";

    static {
        for (UnaryOperation operation : UnaryOperation.values()) {
            if (operation != UnaryOperation.NEGATE) {
                UNARY.put(operation.word(), operation);
            }
        }
        for (ReductionKind kind : ReductionKind.values()) {
            REDUCTIONS.put(kind.word(), kind);
        }
    }

    private final String source;
    private final Collection<String> allowed;
    private int depth;

    private FormulaReader(String source, Collection<String> allowed) {
        this.source = source;
        this.allowed = allowed;
    }

    /// The formula in `text`; any name may occur. `source` names the text in errors.
    public static Expression read(String source, String text) {
        return build(source, parser(source, text).formula().expression(), null);
    }

    /// The formula in `text`, whose names are among `allowed`. A name such as `laplace(u)` stands for that very call.
    public static Expression read(String source, String text, Collection<String> allowed) {
        return build(source, parser(source, text).formula().expression(), allowed);
    }

    /// A parser over the text `written` (a byte order mark before it is passed over) whose errors are
    /// [FormulaException]s of `source`.
    public static FormulaParser parser(String source, String written) {
        String text = written.startsWith(BYTE_ORDER_MARK) ? written.substring(1) : written;
        SyntaxReport report = new SyntaxReport(source);
        FormulaLexer lexer = new FormulaLexer(CharStreams.fromString(text, source));
        lexer.removeErrorListeners();
        lexer.addErrorListener(report);
        FormulaParser parser = new FormulaParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(report);
        parser.addParseListener(new Nesting(source));
        return parser;
    }

    /// The expression of a parse tree; a name outside `allowed` (null: any) is an error at its place.
    public static Expression build(String source, ExpressionContext tree, Collection<String> allowed) {
        return new FormulaReader(source, allowed).expression(tree);
    }

    /// A [FormulaException] at a token.
    public static FormulaException fault(String source, Token at, String problem) {
        return new FormulaException(source, at.getLine(), at.getCharPositionInLine() + 1, problem);
    }

    private Expression expression(ExpressionContext tree) {
        if (++depth > DEEPEST) {
            throw fault(source, tree.getStart(), "the formula is nested more than " + DEEPEST + " deep");
        }
        try {
            return switch (tree) {
                case ParenthesisedContext c -> expression(c.expression());
                case CallContext c -> call(c);
                case PowerContext c -> binary(BinaryOperation.POWER, c.expression());
                case NegateContext c -> new Unary(UnaryOperation.NEGATE, expression(c.expression()));
                case ProductContext c -> chain(Chain.product(c), BinaryOperation.MULTIPLY, BinaryOperation.DIVIDE);
                case SumContext c -> chain(Chain.sum(c), BinaryOperation.ADD, BinaryOperation.SUBTRACT);
                case LiteralContext c -> literal(c);
                case InfinityContext _ -> new Constant(Double.POSITIVE_INFINITY);
                case NameContext c -> name(c);
                default -> throw new IllegalStateException("grammar and reader disagree on " + tree.getText());
            };
        } finally {
            depth--;
        }
    }

    private Expression binary(BinaryOperation operation, List<ExpressionContext> sides) {
        return new Binary(operation, expression(sides.get(0)), expression(sides.get(1)));
    }

    private Expression literal(LiteralContext c) {
        double value = Double.parseDouble(c.getText());
        if (Double.isInfinite(value)) {
            throw fault(source, c.getStart(), "'" + c.getText() + "' is larger than a double can hold");
        }
        return new Constant(value);
    }

    private Expression name(NameContext c) {
        String name = c.getText();
        if (allowed != null && !allowed.contains(name)) {
            throw fault(source, c.getStart(), "'" + name + "' is not defined here; defined are " + allowed);
        }
        return new Symbol(name);
    }

    private Expression call(CallContext c) {
        if (allowed != null && allowed.contains(c.getText())) {
            return new Symbol(c.getText());
        }
        String word = c.NAME().getText();
        List<ExpressionContext> arguments = c.expression();
        int expected = BINARY.containsKey(word) ? 2 : 1;
        if (!word.equals(COSH)
                && !UNARY.containsKey(word)
                && !BINARY.containsKey(word)
                && !REDUCTIONS.containsKey(word)) {
            throw fault(source, c.getStart(), unknownFunction(word, c.getText()));
        }
        if (arguments.size() != expected) {
            throw fault(
                    source,
                    c.getStart(),
                    "'" + word + "' takes " + expected + (expected == 1 ? " argument" : " arguments") + ", not "
                            + arguments.size());
        }
        if (word.equals(COSH)) {
            return cosh(expression(arguments.get(0)));
        }
        if (UNARY.containsKey(word)) {
            return new Unary(UNARY.get(word), expression(arguments.get(0)));
        }
        if (REDUCTIONS.containsKey(word)) {
            return new Reduction(REDUCTIONS.get(word), expression(arguments.get(0)));
        }
        return binary(BINARY.get(word), arguments);
    }

    private static Expression cosh(Expression a) {
        Expression growing = new Unary(UnaryOperation.EXP, a);
        Expression falling = new Unary(UnaryOperation.EXP, new Unary(UnaryOperation.NEGATE, a));
        return new Binary(BinaryOperation.DIVIDE, new Binary(BinaryOperation.ADD, growing, falling), new Constant(2));
    }

    /// What other languages have a function for.
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("ln", "the natural logarithm as log(x)"),
            Map.entry("log10", "log(x)/2.302585092994046"),
            Map.entry("log2", "log(x)/0.6931471805599453"),
            Map.entry("pow", "a power as x^2"),
            Map.entry("power", "a power as x^2"),
            Map.entry("square", "a power as x^2"),
            Map.entry("sgn", "sign(x)"),
            Map.entry("tan", "sin(x)/cos(x)"),
            Map.entry("sinh", "(exp(x) - exp(-x))/2"),
            Map.entry("sigmoid", "1/(1 + exp(-x))"),
            Map.entry("softplus", "log(1 + exp(x))"),
            Map.entry("relu", "max(x, 0)"),
            Map.entry("maximum", "max(a, b)"),
            Map.entry("minimum", "min(a, b)"),
            Map.entry("clip", "max(a, min(x, b))"),
            Map.entry("clamp", "max(a, min(x, b))"));

    /// A formula that may use any name, such as a loss, knows nothing of coordinates.
    private String unknownFunction(String word, String written) {
        Optional<String> fixed = allowed == null
                ? Optional.empty()
                : allowed.stream().filter(name -> name.startsWith(word + "(")).findFirst();
        if (fixed.isPresent()) {
            return "'" + written + "' is not defined here, only " + fixed.get()
                    + " as it stands; write what multiplies it before it, as in 2*" + fixed.get();
        }
        List<String> functions = new ArrayList<>(UNARY.keySet());
        functions.add(functions.indexOf("cos") + 1, COSH);
        functions.addAll(BINARY.keySet());
        List<String> over = allowed == null ? List.of() : List.copyOf(REDUCTIONS.keySet());
        List<String> all = new ArrayList<>(functions);
        all.addAll(over);
        String product = allowed != null && allowed.contains(word) ? "; write a product with *, as in 2*x" : "";
        return "'" + word + "' is not a function; functions are " + functions
                + (over.isEmpty() ? "" : " and over all coordinates " + over) + product
                + Optional.ofNullable(ELSEWHERE.get(word))
                        .map(known -> "; write " + known)
                        .orElseGet(() -> Nearest.hint(word, all));
    }

    /// From left to right, as written. Where that would be too deep a tree, as in a sum of hundreds of terms, halves
    /// are added: as exact or more, and as deep as the logarithm of their number.
    private Expression chain(Chain chain, BinaryOperation straight, BinaryOperation inverse) {
        int level = depth;
        int terms = chain.terms().size();
        try {
            if (level + terms - 1 > DEEPEST) {
                depth = level + Integer.SIZE - Integer.numberOfLeadingZeros(terms - 1) - 1;
                List<Expression> read =
                        chain.terms().stream().map(this::expression).toList();
                return chain.halved(read, straight, inverse);
            }
            depth = level + terms - 2;
            Expression result = expression(chain.terms().getFirst());
            for (int i = 1; i < terms; i++) {
                depth = level + terms - i - 1;
                BinaryOperation operation = chain.inverted().get(i) ? inverse : straight;
                result = new Binary(operation, result, expression(chain.terms().get(i)));
            }
            return result;
        } finally {
            depth = level;
        }
    }

    /// Stops hostile text before the parser's stack ends: counts the expressions that are open inside one another.
    private static final class Nesting implements ParseTreeListener {
        private final String source;
        private int open;

        Nesting(String source) {
            this.source = source;
        }

        @Override
        public void enterEveryRule(ParserRuleContext context) {
            if (++open > DEEPEST) {
                throw fault(source, context.getStart(), "the formula is nested more than " + DEEPEST + " deep");
            }
        }

        @Override
        public void exitEveryRule(ParserRuleContext context) {
            open--;
        }

        @Override
        public void visitTerminal(TerminalNode node) {}

        @Override
        public void visitErrorNode(ErrorNode node) {}
    }
}
