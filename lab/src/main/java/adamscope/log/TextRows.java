package adamscope.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Rows of what a trainer printed: any text with pairs of key and number in its lines.
///
/// Colours are stripped; a carriage return ends a line, so that each state of a progress bar is one. Ranks that print
/// side by side are told apart.
final class TextRows {
    private static final byte ESCAPE = 0x1b;
    private static final int LONGEST = 1 << 16;

    private final String file;
    private final CollectedRuns runs;
    private final LineScan scan = new LineScan();
    private final Map<String, Optional<TextRun>> of = new HashMap<>();
    private TextRun only;
    private String firstRank = "";
    private byte[] bare = new byte[256];

    TextRows(String file, CollectedRuns runs) {
        this.file = file;
        this.runs = runs;
        only = new TextRun(file, runs.single());
    }

    /// Takes whole lines, see [LineChunks.Sink].
    void accept(byte[] bytes, int from, int to, boolean last) {
        int begin = from;
        boolean coloured = false;
        for (int at = from; at < to; at++) {
            byte c = bytes[at];
            if (c == '\n' || c == '\r') {
                line(bytes, begin, at, coloured);
                begin = at + 1;
                coloured = false;
            } else if (c == ESCAPE) {
                coloured = true;
            }
        }
        if (begin < to) {
            line(bytes, begin, to, coloured);
        }
    }

    private void line(byte[] bytes, int from, int to, boolean coloured) {
        if (to == from) {
            return;
        }
        int end = to;
        if (to - from > LONGEST) {
            runs.single().lost("lines of " + file + " are longer than 64 KiB and were read to there", 1);
            end = from + LONGEST;
        }
        if (coloured) {
            int length = strip(bytes, from, end);
            scanned(bare, 0, length);
        } else {
            scanned(bytes, from, end);
        }
    }

    private void scanned(byte[] bytes, int from, int to) {
        scan.scan(bytes, from, to);
        String rank = bytes[from] == '[' ? rank(bytes, from, to) : "";
        if (rank.isEmpty() || rank.equals(firstRank)) {
            line(only, from, to);
        } else if (firstRank.isEmpty()) {
            // One rank that tells what the others leave out is no run beside the rest.
            firstRank = rank;
            line(only, from, to);
        } else {
            of.computeIfAbsent(rank, name -> runs.run(name).map(run -> new TextRun(file, run)))
                    .ifPresent(run -> line(run, from, to));
        }
    }

    private void line(TextRun run, int from, int to) {
        long other = run.otherRun(scan);
        if (other < 0) {
            run.line(scan, from, to);
            return;
        }
        // Lines of another run in the same file, as in a collection of excerpts.
        Optional<TextRun> next = runs.run("of " + other + " steps").map(points -> new TextRun(file, points));
        if (next.isPresent()) {
            if (run == only) {
                only = next.get();
            } else {
                of.replaceAll((_, known) -> known.filter(run::equals).isPresent() ? next : known);
            }
            next.get().line(scan, from, to);
        }
    }

    /// "rank 3" of a line that begins with `[rank3]:`, `[default3]:` or `[Rank 3]`.
    private static String rank(byte[] bytes, int from, int to) {
        if (to - from < 8 || bytes[from] != '[') {
            return "";
        }
        int at = from + 1;
        while (at < to && (bytes[at] | 0x20) >= 'a' && (bytes[at] | 0x20) <= 'z') {
            at++;
        }
        String word = new String(bytes, from + 1, at - from - 1, java.nio.charset.StandardCharsets.US_ASCII)
                .toLowerCase(java.util.Locale.ROOT);
        if (!word.equals("rank") && !word.equals("default")) {
            return "";
        }
        at += at < to && bytes[at] == ' ' ? 1 : 0;
        int digits = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 6) {
            at++;
        }
        return at > digits && at < to && bytes[at] == ']'
                ? "rank " + new String(bytes, digits, at - digits, java.nio.charset.StandardCharsets.US_ASCII)
                : "";
    }

    /// Copies a line without control sequences of terminals; the length of what is left.
    private int strip(byte[] bytes, int from, int to) {
        if (bare.length < to - from) {
            bare = new byte[2 * (to - from)];
        }
        int length = 0;
        for (int at = from; at < to; at++) {
            if (bytes[at] != ESCAPE) {
                bare[length++] = bytes[at];
                continue;
            }
            if (at + 1 < to && bytes[at + 1] == '[') {
                at += 2;
                while (at < to && (bytes[at] < '@' || bytes[at] > '~')) {
                    at++;
                }
            }
        }
        return length;
    }
}
