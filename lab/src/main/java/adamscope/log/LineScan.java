package adamscope.log;

import java.nio.charset.StandardCharsets;

/// Finds the pairs of key and number in one line of text, whatever stands between them.
///
/// ```
/// iter 12: loss 2.3, time 90.1ms        iter 12, loss 2.3, time 90.1
/// step:3/120 | loss: 2.1E+00 |          step 3 of 120, loss 2.1
/// {'loss': 2.3, "lr": "1e-4"}           loss 2.3, lr 1e-4
/// Epoch [1][ 50/7330]  loss: nan        Epoch 1, (no key) 50 of 7330, loss NaN
/// ```
///
/// A key is what stands before a separator (`:`, `=`, `[`, `(`) or, where nothing separates, directly before the
/// number. It goes back to the last comma, bar, brace, tab, lone dash or number. One object is used for all lines.
final class LineScan {
    private static final int MOST = 512;
    private static final int LONGEST_KEY = 200;

    private final int[] keyFrom = new int[MOST];
    private final int[] keyTo = new int[MOST];
    private final double[] values = new double[MOST];
    private final long[] of = new long[MOST];
    private final int[] places = new int[MOST];
    private final int[] held = new int[MOST];
    private final NumberScan number = new NumberScan();
    private byte[] line;
    private int end;
    private int pairs;
    private int segment;
    private int sepFrom;
    private int sepTo;
    private int listed;
    private int heldOut;
    private boolean barOfKeras;

    /// Scans a line.
    void scan(byte[] bytes, int from, int to) {
        line = bytes;
        end = to;
        pairs = 0;
        segment = from;
        sepFrom = -1;
        sepTo = -1;
        listed = -1;
        heldOut = -1;
        barOfKeras = false;
        int at = from;
        while (at < to && pairs < MOST) {
            byte c = bytes[at];
            if (c >= '0' && c <= '9' || sign(at)) {
                at = number(at);
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c < 0) {
                at = word(at);
            } else {
                mark(c, at);
                at++;
            }
        }
    }

    int pairs() {
        return pairs;
    }

    byte[] bytes() {
        return line;
    }

    /// Start of the key of a pair in [#bytes()]; equal to its end where the number has none.
    int keyFrom(int pair) {
        return keyFrom[pair];
    }

    int keyTo(int pair) {
        return keyTo[pair];
    }

    double value(int pair) {
        return values[pair];
    }

    /// M of a number `N/M`, else -1.
    long of(int pair) {
        return of[pair];
    }

    /// Place of the number in a list behind the key, from 0; -1 outside of a list.
    int place(int pair) {
        return places[pair];
    }

    /// Where before a pair, or in its key, the last word stands that tells of held-out data; -1 if there is none.
    int heldOut(int pair) {
        return held[pair];
    }

    /// Whether the line is a progress bar of Keras, which shows running averages.
    boolean barOfKeras() {
        return barOfKeras;
    }

    /// Looks for the bar itself, `[==>...]`, as older versions draw it.
    private boolean drawn(int at) {
        byte next = at + 1 < end ? line[at + 1] : 0;
        return next == '=' || next == '>' || next == '.' && at + 2 < end && line[at + 2] == '.';
    }

    String key(int pair) {
        return new String(line, keyFrom[pair], keyTo[pair] - keyFrom[pair], StandardCharsets.UTF_8);
    }

    private boolean sign(int at) {
        byte c = line[at];
        if (c != '-' && c != '+' && c != '.' || at + 1 >= end || at > 0 && digit(line[at - 1])) {
            return false;
        }
        byte next = line[at + 1];
        return digit(next) || next == '.' && c != '.' && at + 2 < end && digit(line[at + 2]);
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c < 0;
    }

    /// A separator or delimiter.
    private void mark(byte c, int at) {
        switch (c) {
            case ':', '=', '[', '(' -> {
                barOfKeras |= c == '[' && drawn(at);
                separate(at);
                if (c == '[' || c == '(') {
                    listed = sepTo > sepFrom ? 0 : -1;
                }
            }
            case '|', ';', '{', '}', '\t', '>', '<' -> cut(at + 1);
            case ']', ')' -> {
                if (listed >= 0) {
                    sepTo = sepFrom;
                }
                segment = at + 1;
                listed = -1;
            }
            case ',' -> {
                segment = at + 1;
                if (listed < 0) {
                    sepTo = sepFrom;
                }
            }
            case '-' -> {
                if (at > 0 && at + 1 < end && line[at - 1] == ' ' && line[at + 1] == ' ') {
                    cut(at + 1);
                }
            }
            default -> {}
        }
    }

    private void cut(int at) {
        segment = at;
        sepFrom = -1;
        sepTo = -1;
        listed = -1;
    }

    /// What stands since the last delimiter is a key, unless it is nothing or a wrapper such as `tensor(`.
    private void separate(int at) {
        int from = trimmedFrom(segment, at);
        int to = trimmedTo(from, at);
        if (to > from && !wraps(from, to)) {
            sepFrom = from;
            sepTo = to;
        }
        segment = at + 1;
    }

    private boolean wraps(int from, int to) {
        return sepTo > sepFrom
                && (ends("tensor", from, to)
                        || ends("rray", from, to)
                        || ends("float32", from, to)
                        || ends("float64", from, to)
                        || ends("float16", from, to));
    }

    private boolean ends(String word, int from, int to) {
        if (to - from < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (line[to - word.length() + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Passes over a word; `nan` and `inf` where a value stands are numbers.
    private int word(int from) {
        int at = from + 1;
        while (at < end && (letter(line[at]) || digit(line[at]) || within(at))) {
            at++;
        }
        // Epoch(train) is one key.
        if (at < end && line[at] == '(' && at + 1 < end && letter(line[at + 1])) {
            int close = at + 1;
            while (close < end && letter(line[close])) {
                close++;
            }
            if (close < end && line[close] == ')' && !ShortWords.isNumber(line, at + 1, close)) {
                return close + 1;
            }
        }
        if (at - from <= 10) {
            if (ShortWords.isHeldOut(line, from, at)) {
                heldOut = from;
            } else if (ShortWords.isNumber(line, from, at)) {
                numberInWords(from, at);
            }
        }
        return at;
    }

    /// Characters that join two parts of a word: `loss/train`, `lr-group0`, `model.lr`, `Acc@1`.
    private boolean within(int at) {
        byte c = line[at];
        return (c == '/' || c == '.' || c == '-' || c == '@' || c == '#' || c == '%')
                && at + 1 < end
                && (letter(line[at + 1]) || digit(line[at + 1]));
    }

    private void numberInWords(int word, int to) {
        boolean minus = word > 0 && line[word - 1] == '-';
        int from = minus ? word - 1 : word;
        int before = trimmedTo(segment, from);
        boolean separated = trimmedFrom(segment, from) >= before && sepTo > sepFrom;
        boolean ends = to >= end || ",|;)}]'\"\t".indexOf(line[to]) >= 0;
        int next = to;
        while (next < end && line[next] == ' ') {
            next++;
        }
        ends |= next >= end || line[next] == '|' || line[next] == ',' || next > to + 1 || line[next] == '-';
        if (separated || ends || ShortWords.endsInQuantity(line, segment, before)) {
            pair(from, ShortWords.number(line, word, to, minus), -1);
            segment = to;
        }
    }

    private int number(int from) {
        int at = number.scan(line, from, end, listed >= 0);
        double value = number.value();
        long most = -1;
        int next = blanks(at);
        if (next < end && line[next] == '/' && number.whole()) {
            int second = blanks(next + 1);
            if (second < end && digit(line[second])) {
                int behind = number.scan(line, second, end, true);
                if (number.whole() && !dated(behind)) {
                    most = (long) number.value();
                }
                at = behind;
            }
        }
        int unit = at;
        while (at < end && (letter(line[at]) || line[at] == '/' && at + 1 < end && letter(line[at + 1]))) {
            at++;
        }
        if (at > unit) {
            barOfKeras |= ends("s/step", unit, at);
        }
        pair(from, value, most);
        segment = at;
        return at;
    }

    /// Whether `01/02` before this place is a day, since a year or a time follows.
    private boolean dated(int at) {
        if (at < end && line[at] == '/') {
            return true;
        }
        int next = blanks(at);
        return next > at && next + 2 < end && digit(line[next]) && digit(line[next + 1]) && line[next + 2] == ':';
    }

    private int blanks(int from) {
        int at = from;
        while (at < end && line[at] == ' ') {
            at++;
        }
        return at;
    }

    private void pair(int at, double value, long most) {
        int from = trimmedFrom(segment, at);
        int to = trimmedTo(from, at);
        int place = -1;
        if (to <= from) {
            from = sepFrom;
            to = sepTo;
            place = to > from ? listed : -1;
        }
        if (to > from && (to - from > LONGEST_KEY)) {
            to = from;
        }
        if (to <= from) {
            from = at;
            to = at;
        }
        held[pairs] = heldOut;
        keyFrom[pairs] = from;
        keyTo[pairs] = to;
        values[pairs] = value;
        of[pairs] = most;
        places[pairs++] = place;
        if (listed >= 0) {
            listed++;
        } else {
            sepTo = sepFrom;
        }
    }

    private int trimmedFrom(int from, int to) {
        int at = from;
        while (at < to && !letter(line[at]) && !digit(line[at])) {
            at++;
        }
        return at;
    }

    private int trimmedTo(int from, int to) {
        int at = to;
        while (at > from && !letter(line[at - 1]) && !digit(line[at - 1]) && line[at - 1] != ')') {
            at--;
        }
        return at;
    }
}
