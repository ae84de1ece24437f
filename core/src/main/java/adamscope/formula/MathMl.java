package adamscope.formula;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.text.Markup;
import java.util.Map;
import java.util.regex.Pattern;

/// Formulas as presentation MathML, which browsers typeset without help; `symbols` as for [Latex]. Names and symbols
/// are text of the rule's author and never markup.
public record MathMl(Map<String, String> symbols) implements Notation {
    private static final Pattern WORD_LAST = Pattern.compile("<mi>[^<]{2,}</mi>(?:<mn>\\d+</mn></msub>)?$");
    private static final Pattern WORD_FIRST = Pattern.compile("^(?:<msub>)?<mi>[^<]{2,}</mi>");

    /// Brackets around what is no higher than a line: a browser would make them twice as high.
    private static final String LOW_OPEN = "<mo stretchy=\"false\">(</mo>";

    private static final String LOW_CLOSE = "<mo stretchy=\"false\">)</mo>";

    @Override
    public String number(double value) {
        String text = new PlainText().number(value);
        int exponent = text.indexOf('e');
        if (text.equals("inf")) {
            return "<mi>∞</mi>";
        }
        return exponent < 0
                ? "<mn>" + text + "</mn>"
                : "<mrow><mn>" + text.substring(0, exponent) + "</mn><mo>·</mo><msup><mn>10</mn><mn>"
                        + text.substring(exponent + 1).replace('-', '−') + "</mn></msup></mrow>";
    }

    @Override
    public String name(String name) {
        String symbol = Symbols.printed(name, symbols);
        String index = Symbols.index(symbol);
        String stem = identifier(Symbols.stem(symbol));
        return index.isEmpty() ? stem : "<msub>" + stem + identifier(index) + "</msub>";
    }

    @Override
    public String sum(String a, BinaryOperation operation, String b) {
        return "<mrow>" + a + operator(operation == BinaryOperation.ADD ? "+" : "−") + b + "</mrow>";
    }

    @Override
    public String product(String a, String b) {
        boolean word = WORD_LAST.matcher(a).find() || WORD_FIRST.matcher(b).find();
        return "<mrow>" + a + operator(word ? "·" : "&#x2062;") + b + "</mrow>";
    }

    @Override
    public String fraction(String a, String b) {
        return "<mfrac>" + row(a) + row(b) + "</mfrac>";
    }

    @Override
    public String power(String a, String b) {
        return "<msup>" + row(a) + row(b) + "</msup>";
    }

    @Override
    public String root(String a) {
        return "<msqrt>" + a + "</msqrt>";
    }

    @Override
    public String magnitude(String a) {
        return "<mrow>" + operator("|") + a + operator("|") + "</mrow>";
    }

    @Override
    public String negation(String a) {
        return "<mrow>" + operator("−") + a + "</mrow>";
    }

    @Override
    public String function(String word, String... arguments) {
        return "<mrow>" + identifier(word) + operator("&#x2061;") + grouped(String.join(operator(","), arguments))
                + "</mrow>";
    }

    @Override
    public String grouped(String a) {
        boolean high = a.contains("<mfrac") || a.contains("<msqrt");
        return "<mrow>" + (high ? operator("(") : LOW_OPEN) + a + (high ? operator(")") : LOW_CLOSE) + "</mrow>";
    }

    @Override
    public boolean fractionsGroup() {
        return true;
    }

    private static String identifier(String text) {
        return "<mi>" + Markup.text(text) + "</mi>";
    }

    private static String row(String a) {
        return "<mrow>" + a + "</mrow>";
    }

    private static String operator(String text) {
        return "<mo>" + text + "</mo>";
    }
}
