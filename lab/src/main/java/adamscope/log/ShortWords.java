package adamscope.log;

/// Short words in the bytes of a line.
final class ShortWords {
    private ShortWords() {}

    /// Whether a word is a number: `nan`, `inf`, `infinity`, in any case.
    static boolean isNumber(byte[] line, int from, int to) {
        return is("nan", line, from, to) || is("inf", line, from, to) || is("infinity", line, from, to);
    }

    /// The number of such a word.
    static double number(byte[] line, int from, int to, boolean minus) {
        if (is("nan", line, from, to)) {
            return Double.NaN;
        }
        return minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// Whether a word says that held-out data is meant.
    static boolean isHeldOut(byte[] line, int from, int to) {
        return switch (line[from] | 0x20) {
            case 'v' -> is("val", line, from, to) || is("valid", line, from, to) || is("validation", line, from, to);
            case 'e' -> is("eval", line, from, to) || is("evaluation", line, from, to);
            case 't' -> is("test", line, from, to) || is("testing", line, from, to);
            default -> false;
        };
    }

    /// Whether the text before a number ends in a word such as `loss` or `grad_norm`, which a number follows.
    static boolean endsInQuantity(byte[] line, int from, int to) {
        return is("loss", line, Math.max(from, to - 4), to)
                || is("norm", line, Math.max(from, to - 4), to)
                || is("nll", line, Math.max(from, to - 3), to)
                || is("ppl", line, Math.max(from, to - 3), to);
    }

    private static boolean is(String word, byte[] line, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((line[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
