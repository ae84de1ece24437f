package adamscope.optimizer;

import adamscope.formula.Expression;
import adamscope.formula.FormulaParser;
import adamscope.formula.FormulaParser.AdvanceContext;
import adamscope.formula.FormulaParser.DefineContext;
import adamscope.formula.FormulaParser.DomainContext;
import adamscope.formula.FormulaParser.HyperContext;
import adamscope.formula.FormulaParser.NumberContext;
import adamscope.formula.FormulaParser.PreconditionContext;
import adamscope.formula.FormulaParser.Rule_Context;
import adamscope.formula.FormulaParser.StateContext;
import adamscope.formula.FormulaParser.StateItemContext;
import adamscope.formula.FormulaParser.StatementContext;
import adamscope.formula.FormulaReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/// Reads a rule from its text; every error names source, line, column, the text at fault and what is allowed.
public final class RuleReader {
    private static final Set<String> GIVEN =
            Set.of(OptimizerRule.PARAMETER, OptimizerRule.GRADIENT, OptimizerRule.STEP);

    private final String source;
    private final Set<String> hyperNames = new LinkedHashSet<>();
    private final Set<String> stateNames = new LinkedHashSet<>();
    private final Set<String> definitions = new LinkedHashSet<>();
    private Token preconditioner;

    private RuleReader(String source) {
        this.source = source;
    }

    /// The rule that `text` defines. `source` (a file name) appears in errors.
    ///
    /// @throws adamscope.formula.FormulaException if the text is not a rule
    public static OptimizerRule read(String source, String text) {
        FormulaParser parser = FormulaReader.parser(source, text);
        return new RuleReader(source).rule(parser.rule_(), text);
    }

    private OptimizerRule rule(Rule_Context tree, String text) {
        List<HyperParameter> hypers = tree.hyper().stream().map(this::hyper).toList();
        List<StateVariable> states = new ArrayList<>();
        for (StateContext line : tree.state()) {
            line.stateItem().forEach(item -> states.add(state(item)));
        }
        List<Statement> statements =
                tree.statement().stream().map(this::statement).toList();
        boolean moves = statements.stream()
                .anyMatch(s ->
                        s instanceof Statement.Advance(String name, var _) && name.equals(OptimizerRule.PARAMETER));
        if (!moves) {
            throw FormulaReader.fault(source, tree.getStop(), "the rule has no line 'x <- …', so it never moves x");
        }
        return new OptimizerRule(tree.ruleName().getText(), note(text), text, hypers, states, statements);
    }

    private static String note(String text) {
        return Stream.of(text.split("\r\n|[\r\n]"))
                .map(String::strip)
                .takeWhile(line -> line.startsWith("#") || line.isEmpty())
                .map(line -> line.replaceFirst("^#+\\s?", ""))
                .collect(Collectors.joining(" "))
                .strip();
    }

    private HyperParameter hyper(HyperContext line) {
        String name = fresh(line.NAME(0).getSymbol(), hyperNames);
        Domain domain = line.domain() == null ? Domain.ALL : domain(line.domain());
        double defaultValue = number(line.value);
        if (!domain.contains(defaultValue)) {
            throw FormulaReader.fault(
                    source, line.value.getStart(), name + " = " + line.value.getText() + " is outside " + domain);
        }
        String meaning = line.meaning == null ? "" : unquoted(line.meaning);
        String symbol = line.symbol == null ? name : unquoted(line.symbol);
        return new HyperParameter(name, defaultValue, domain, meaning, symbol);
    }

    private Domain domain(DomainContext tree) {
        double low = number(tree.low);
        double high = number(tree.high);
        if (!(low <= high)) {
            throw FormulaReader.fault(source, tree.getStart(), "the domain " + tree.getText() + " is empty");
        }
        return new Domain(
                low, tree.open.getText().equals("["), high, tree.close.getText().equals("]"));
    }

    private static double number(NumberContext tree) {
        return Double.parseDouble(tree.getText().replace("inf", "Infinity"));
    }

    private static String unquoted(Token token) {
        return token.getText().replaceAll("^\"|\"$", "");
    }

    private StateVariable state(StateItemContext item) {
        String name = fresh(item.NAME().getSymbol(), stateNames);
        Set<String> known = new LinkedHashSet<>(hyperNames);
        known.add(OptimizerRule.GRADIENT);
        known.add(OptimizerRule.PARAMETER);
        Expression start = FormulaReader.build(source, item.start, known);
        Optional<Expression> warm = Optional.ofNullable(item.warm).map(e -> FormulaReader.build(source, e, known));
        return new StateVariable(name, start, warm);
    }

    private Statement statement(StatementContext line) {
        return switch (line) {
            case AdvanceContext c -> {
                Expression value = expression(c.expression());
                String name = c.NAME().getText();
                if (!stateNames.contains(name) && !name.equals(OptimizerRule.PARAMETER)) {
                    throw FormulaReader.fault(
                            source,
                            c.getStart(),
                            "'" + name + "' is not a state; '<-' may set x or one of " + stateNames
                                    + ", '=' names an intermediate value");
                }
                yield new Statement.Advance(name, value);
            }
            case DefineContext c -> {
                String name = c.NAME().getText();
                if (stateNames.contains(name) || name.equals(OptimizerRule.PARAMETER)) {
                    throw FormulaReader.fault(
                            source,
                            c.getStart(),
                            "'" + name + "' changes from step to step; write " + name + " <- … to change it");
                }
                Expression value = name.equals(OptimizerRule.EVALUATE) ? evaluation(c) : expression(c.expression());
                yield new Statement.Define(fresh(c.NAME().getSymbol(), definitions), value);
            }
            case PreconditionContext c -> {
                if (preconditioner != null) {
                    throw FormulaReader.fault(
                            source,
                            c.getStart(),
                            "a rule has one precondition line; the first is in line " + preconditioner.getLine());
                }
                preconditioner = c.getStart();
                Expression value = expression(c.expression());
                yield new Statement.Precondition(fresh(c.NAME().getSymbol(), definitions), value);
            }
            default -> throw new IllegalStateException("grammar and reader disagree on " + line.getText());
        };
    }

    /// The point of evaluation is asked for between steps, where there is neither a gradient nor a value of a line.
    private Expression evaluation(DefineContext line) {
        Set<String> known = new LinkedHashSet<>(hyperNames);
        known.addAll(stateNames);
        known.add(OptimizerRule.PARAMETER);
        return FormulaReader.build(source, line.expression(), known);
    }

    private Expression expression(FormulaParser.ExpressionContext tree) {
        Set<String> known = new LinkedHashSet<>(hyperNames);
        known.addAll(stateNames);
        known.addAll(definitions);
        known.add(OptimizerRule.PARAMETER);
        known.add(OptimizerRule.GRADIENT);
        known.add(OptimizerRule.STEP);
        return FormulaReader.build(source, tree, known);
    }

    private String fresh(Token token, Set<String> names) {
        String name = token.getText();
        if (GIVEN.contains(name)) {
            throw FormulaReader.fault(
                    source, token, "'" + name + "' has a meaning already: x parameter, g gradient, t step from 1");
        }
        if (hyperNames.contains(name) || stateNames.contains(name) || definitions.contains(name)) {
            throw FormulaReader.fault(source, token, "'" + name + "' is defined already");
        }
        names.add(name);
        return name;
    }
}
