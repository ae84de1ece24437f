package adamscope.formula;

import adamscope.text.Foreign;
import java.util.Map;
import java.util.regex.Pattern;

/// Formulas in LaTeX math mode; `symbols` gives the printed symbol of a name (`beta1` → `β₁`).
public record Latex(Map<String, String> symbols) implements Notation {
    private static final Pattern WORD_LAST = Pattern.compile("\\\\mathrm\\{[^{}]*\\}$");
    private static final String GREEK = "αβγδεζηθικλμνξοπρστυφχψω";
    private static final String[] GREEK_WORDS = {
        "alpha",
        "beta",
        "gamma",
        "delta",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "o",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "varphi",
        "chi",
        "psi",
        "omega"
    };

    @Override
    public String number(double value) {
        String text = new PlainText().number(value);
        int exponent = text.indexOf('e');
        if (text.equals("inf")) {
            return "\\infty";
        }
        return exponent < 0 ? text : text.substring(0, exponent) + "\\cdot 10^{" + text.substring(exponent + 1) + "}";
    }

    @Override
    public String name(String name) {
        StringBuilder out = new StringBuilder();
        String symbol = Symbols.printed(name, symbols);
        StringBuilder index = new StringBuilder();
        Symbols.index(symbol).codePoints().forEach(c -> index.append(letter(c)));
        String stem = Symbols.stem(symbol);
        stem.codePoints().forEach(c -> out.append(letter(c)));
        String shown = stem.codePointCount(0, stem.length()) > 1
                ? "\\mathrm{" + out.toString().strip() + "}"
                : out.toString().strip();
        return index.isEmpty() ? shown : shown + "_{" + index.toString().strip() + "}";
    }

    private static String letter(int c) {
        int greek = GREEK.indexOf(c);
        if (greek >= 0) {
            return "\\" + GREEK_WORDS[greek] + " ";
        }
        return switch (c) {
            case '\\' -> "\\backslash ";
            case '^' -> "\\hat{}";
            case '~' -> "\\sim ";
            case '{', '}', '$', '&', '#', '%', '_' -> "\\" + (char) c;
            default -> Foreign.visible(new String(Character.toChars(c)));
        };
    }

    @Override
    public String product(String a, String b) {
        boolean word = WORD_LAST.matcher(a).find() || b.startsWith("\\mathrm{");
        return a + (word ? " \\cdot " : "\\,") + b;
    }

    @Override
    public String fraction(String a, String b) {
        return "\\frac{" + a + "}{" + b + "}";
    }

    @Override
    public String power(String a, String b) {
        return "{" + a + "}^{" + b + "}";
    }

    @Override
    public String root(String a) {
        return "\\sqrt{" + a + "}";
    }

    @Override
    public String magnitude(String a) {
        return "\\left|" + a + "\\right|";
    }

    @Override
    public String function(String word, String... arguments) {
        return "\\operatorname{" + word + "}\\left(" + String.join(", ", arguments) + "\\right)";
    }

    @Override
    public String grouped(String a) {
        return "\\left(" + a + "\\right)";
    }

    @Override
    public boolean fractionsGroup() {
        return true;
    }
}
