package adamscope.cli;

import java.util.ArrayList;
import java.util.List;

/// Text broken into lines of a terminal.
final class Paragraph {
    /// Columns of a terminal that nobody widened.
    static final int COLUMNS = 80;

    private Paragraph() {}

    /// Lines of at most [#COLUMNS] characters, broken at blanks; a longer word has a line of its own.
    ///
    /// @param first before the first line
    /// @param rest  before the others
    static List<String> lines(String first, String rest, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ")) {
            if (!empty && length(line) + 1 + word.codePointCount(0, word.length()) > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    private static int length(StringBuilder line) {
        return line.codePointCount(0, line.length());
    }
}
