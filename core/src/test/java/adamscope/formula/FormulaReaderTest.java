package adamscope.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.optimizer.RuleReader;
import adamscope.text.Foreign;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FormulaReaderTest {

    private static double value(String text) {
        return Evaluation.value(FormulaReader.read("test", text), Map.of("x", 3.0, "y", -2.0)::get);
    }

    @ParameterizedTest
    @CsvSource({
        "1 - 2 - 3, -4",
        "8/4/2, 1",
        "2^3^2, 512",
        "-x^2, -9",
        "(-x)^2, 9",
        "2^-1, 0.5",
        "-2*3, -6",
        "x - -y, 1",
        "2*x^2/4, 4.5",
        "'max(x, y) + min(x, y)', 1",
        "abs(y)*sign(y), -2",
        "sqrt(x + 1), 2",
        "log(exp(x)), 3",
        "tanh(sin(y + 2)^2 + cos(y + 2)^2 - 1), 0",
        "norm(y), 2",
        ".5e1, 5",
        "1.e-1, 0.1"
    })
    void readsWithTheUsualPrecedence(String text, double expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a - (b - c)",
                "a/(b/c)",
                "a/(b*c)",
                "(a + b)*c",
                "-(a + b)",
                "(-a)^2",
                "-a^2",
                "a^(b^c)",
                "(a^b)^c",
                "a^(-b)",
                "a - (-b)",
                "max(a, b + c)",
                "sqrt(abs(a))/norm(b)",
                "(a*b)/c",
                "a*(b/c)"
            })
    void printedFormulasReadBackAsTheSameFormula(String text) {
        Expression formula = FormulaReader.read("test", text);
        String printed = new PlainText().write(formula);
        assertThat(FormulaReader.read("printed", printed)).isEqualTo(formula);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x +         | test:1:4: found the end of the text",
                "x + * y     | test:1:5: found '*'",
                "(x          | test:1:3: found the end of the text",
                "x $ y       | test:1:3: '$' has no meaning in a formula",
                "sine(x)     | test:1:1: 'sine' is not a function; functions are [abs",
                "max(x)      | test:1:1: 'max' takes 2 arguments, not 1",
                "sqrt(x, y)  | test:1:1: 'sqrt' takes 1 argument, not 2",
                "2x          | test:1:2: found 'x' right after '2'; write a product with *",
                "x y         | test:1:3: found 'y' right after 'x'; write a product with *",
                "2(x + 1)    | test:1:2: found '(' right after '2'; write a product with *",
                "(x)(y)      | test:1:4: found '(' right after ')'; write a product with *",
                "(x)2        | test:1:4: found '2' right after ')'; write a product with *",
                "x**2        | test:1:2: found '**'; write a power as x^2",
                "exq(x)      | test:1:1: 'exq' is not a function; functions are [abs, cos, cosh, exp, log, sign, sin,"
                        + " sqrt, tanh, max, min]; did you mean 'exp'?",
                "1e999*x     | test:1:1: '1e999' is larger than a double can hold",
                "x² + 1      | test:1:2: '²' has no meaning in a formula; write a power as x^2",
                "x \u2212 1       | test:1:3: '\u2212' has no meaning in a formula; write a minus as -",
                "x\u202e     | test:1:2: 'U+202E' has no meaning in a formula",
                "x)          | test:1:2: found ')' where the end is allowed"
            })
    void faultsNamePlaceTextAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> FormulaReader.read("test", text.strip()))
                .isInstanceOf(FormulaException.class)
                .hasMessageStartingWith(message.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(\n", "((x)+\n", "x^", "x^\n", "-", "- ", "- \n", "exp(", "max(x, ", "x^-", "1/(x+"})
    void deepNestingIsRefusedBeforeTheStackEnds(String opening) {
        assertThatThrownBy(() -> FormulaReader.read("test", opening.repeat(100_000)))
                .isInstanceOf(FormulaException.class)
                .hasMessageContaining("nested more than 400 deep");
    }

    @Test
    void coshIsTheMeanOfBothExponentials() {
        // mpmath: cosh(0.7) = 1.25516900563094301657…, cosh(-3) = 10.0676619957777658635…
        assertThat(Evaluation.value(FormulaReader.read("test", "cosh(x)"), _ -> 0.7))
                .isCloseTo(1.2551690056309430, within(3e-16));
        assertThat(Evaluation.value(FormulaReader.read("test", "cosh(x)"), _ -> -3))
                .isCloseTo(10.067661995777766, within(2e-15));
    }

    @Test
    void aCallMayBeANameAndOtherNamesAreRefused() {
        assertThat(FormulaReader.read("test", "2*laplace( u )", List.of("u", "laplace(u)")))
                .isEqualTo(
                        FormulaReader.read("test", "2*l") instanceof Expression.Binary(var op, var two, var _)
                                ? new Expression.Binary(op, two, new Expression.Symbol("laplace(u)"))
                                : null);
        assertThatThrownBy(() -> FormulaReader.read("test", "y - z", List.of("y", "t")))
                .hasMessage("test:1:5: 'z' is not defined here; defined are [y, t]");
    }

    @Test
    void powersInManyLinesOfARuleAreNoNesting() {
        String lines = "x <- x - lr*g^2^2\n".repeat(500);
        assertThat(RuleReader.read("test", "optimizer long\nhyper lr = 1\n" + lines)
                        .statements())
                .hasSize(500);
    }

    @Test
    void upToTheDeepestTreeTermsAreAddedFromTheLeft() {
        Expression sum = FormulaReader.read("test", "x" + " + 1".repeat(399));
        for (int i = 0; i < 399; i++) {
            sum = ((Expression.Binary) sum).left();
        }
        assertThat(sum).isEqualTo(new Expression.Symbol("x"));
    }

    @Test
    void aSumOrProductOfThousandsOfTermsHasItsValue() {
        StringBuilder sum = new StringBuilder("0");
        StringBuilder product = new StringBuilder("3");
        for (int i = 1; i <= 5000; i++) {
            sum.append(i % 3 == 0 ? " - " : " + ").append(i);
            product.append(i % 2 == 0 ? "*2" : "/2");
        }
        // Whole numbers below 2⁵³ and powers of two are exact in any order; Σ i − 2 Σ 3k over k ≤ 1666.
        assertThat(value(sum.toString())).isEqualTo(5000 * 5001 / 2 - 2 * 3 * (1666 * 1667 / 2));
        assertThat(value(product.toString())).isEqualTo(3);
    }

    @Test
    void aByteOrderMarkBeforeTheTextIsPassedOver() {
        assertThat(FormulaReader.read("test", "\uFEFFx^2")).isEqualTo(FormulaReader.read("test", "x^2"));
    }

    @Test
    void aNameMayEndInASubscript() {
        assertThat(FormulaReader.read("test", "β₁")).isEqualTo(new Expression.Symbol("β₁"));
    }

    @Test
    void mathmlIsWellFormedAndLatexUsesTheSymbols() {
        Expression formula = FormulaReader.read("test", "(1 - beta1^t)*(sqrt(v/(1 - beta2^t)) + eps)");
        Map<String, String> symbols = Map.of("beta1", "β₁", "beta2", "β₂", "eps", "ε");
        assertThat(new Latex(symbols).write(formula))
                .isEqualTo("\\left(1 - {\\beta_{1}}^{t}\\right)\\,\\left(\\sqrt{\\frac{v}{1 - {\\beta_{2}}^{t}}} + "
                        + "\\varepsilon\\right)");
        assertThat(new MathMl(symbols).write(formula))
                .startsWith("<mrow>")
                .contains("<msqrt>")
                .contains("<mi>β</mi>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a<b",
                "<!--><img src=x onerror=alert(1)>-->",
                "<?x ><img src=x onerror=alert(1)>?>",
                "<![CDATA[><script>alert(1)</script>]]>",
                "x</mi><script>alert(1)</script><mi>",
                "x_<b>i</b>",
                "&lt;script&gt;",
                "\u001B[31m\u202Ex\u0000"
            })
    void aSymbolIsTextInMathMlWhateverStandsInIt(String symbol) throws Exception {
        String mathml = new MathMl(Map.of("lr", symbol)).write(FormulaReader.read("test", "lr*max(lr, x)"));
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        Element root = builder.parse(new InputSource(new StringReader(mathml))).getDocumentElement();
        assertThat(Stream.of(mathml.split("<")).skip(1).map(tag -> tag.replaceFirst(">.*", "")))
                .isSubsetOf("mrow", "/mrow", "msub", "/msub", "mi", "/mi", "mo", "mo stretchy=\"false\"", "/mo");
        String shown = Foreign.visible(symbol).replace("x_", "x");
        assertThat(root.getTextContent())
                .isIn(
                        shown + "\u2062max\u2061(" + shown + ",x)",
                        // between words a product shows
                        shown + "·max\u2061(" + shown + ",x)");
    }

    @ParameterizedTest
    @CsvSource({
        "alpha*n, α\u2062n, '\\alpha\\,n'",
        "beta1*v_hat, β1\u2062vhat, '\\beta_{1}\\,v_{hat}'",
        "weight_decay*x, weight_decay·x, '\\mathrm{weight\\_decay} \\cdot x'",
        "x*lr2, x·lr2, 'x \\cdot \\mathrm{lr}_{2}'"
    })
    void namesOfAUsersRuleAreReadable(String formula, String mathml, String latex) throws Exception {
        Expression e = FormulaReader.read("test", formula);
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        String markup = new MathMl(Map.of()).write(e);
        assertThat(builder.parse(new InputSource(new StringReader(markup)))
                        .getDocumentElement()
                        .getTextContent())
                .isEqualTo(mathml);
        assertThat(new Latex(Map.of()).write(e)).isEqualTo(latex);
    }

    @Test
    void aSymbolIsTextInLatexToo() {
        Latex latex = new Latex(Map.of("lr", "\\in{$a}%", "n", "v_#&"));
        assertThat(latex.name("lr")).isEqualTo("\\mathrm{\\backslash in\\{\\$a\\}\\%}");
        assertThat(latex.name("n")).isEqualTo("v_{\\#\\&}");
    }
}
