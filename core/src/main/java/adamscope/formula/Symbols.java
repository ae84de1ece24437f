package adamscope.formula;

import java.util.Map;

/// How a name is printed: `β₁` and `beta1` have the stem `β` and the index `1`; `v_hat` the stem `v` and the index
/// `hat`. A word, such as `weight_decay`, is one stem unless a number follows.
final class Symbols {
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
    private static final Map<String, String> GREEK = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("delta", "δ"),
            Map.entry("eps", "ε"),
            Map.entry("epsilon", "ε"),
            Map.entry("zeta", "ζ"),
            Map.entry("eta", "η"),
            Map.entry("theta", "θ"),
            Map.entry("kappa", "κ"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("nu", "ν"),
            Map.entry("xi", "ξ"),
            Map.entry("pi", "π"),
            Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"),
            Map.entry("phi", "φ"),
            Map.entry("chi", "χ"),
            Map.entry("psi", "ψ"),
            Map.entry("omega", "ω"));

    private Symbols() {}

    static String printed(String name, Map<String, String> symbols) {
        return symbols.getOrDefault(name, name);
    }

    static String stem(String symbol) {
        String stem = symbol.substring(0, split(symbol));
        return GREEK.getOrDefault(stem, stem);
    }

    static String index(String symbol) {
        StringBuilder index = new StringBuilder();
        for (char c : symbol.substring(split(symbol)).toCharArray()) {
            int digit = SUBSCRIPTS.indexOf(c);
            if (c != '_') {
                index.append(digit >= 0 ? Character.forDigit(digit, 10) : c);
            }
        }
        return index.toString();
    }

    private static int split(String symbol) {
        for (int i = 1; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            if (c == '_' || SUBSCRIPTS.indexOf(c) >= 0 || Character.isDigit(c)) {
                return isLetter(symbol.substring(0, i)) || isNumber(symbol.substring(i)) ? i : symbol.length();
            }
        }
        return symbol.length();
    }

    private static boolean isLetter(String stem) {
        return stem.codePointCount(0, stem.length()) == 1 || GREEK.containsKey(stem);
    }

    private static boolean isNumber(String index) {
        return index.chars().allMatch(c -> c == '_' || SUBSCRIPTS.indexOf(c) >= 0 || Character.isDigit(c));
    }
}
