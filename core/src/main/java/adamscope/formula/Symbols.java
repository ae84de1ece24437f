package adamscope.formula;

import java.util.Map;

/// How a name is printed: `β₁` has the stem `β` and the index `1`; `v_hat` the stem `v` and the index `hat`.
final class Symbols {
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

    private Symbols() {}

    static String printed(String name, Map<String, String> symbols) {
        return symbols.getOrDefault(name, name);
    }

    static String stem(String symbol) {
        return symbol.substring(0, split(symbol));
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
            if (c == '_' || SUBSCRIPTS.indexOf(c) >= 0 || (i > 0 && Character.isDigit(c))) {
                return i;
            }
        }
        return symbol.length();
    }
}
