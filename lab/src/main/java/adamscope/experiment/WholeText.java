package adamscope.experiment;

/// An experiment between a first and a last line of YAML's own, which begin and end a document: so half a file is seen
/// as such wherever it is cut. Up to any line's end it might else be the whole of another experiment.
final class WholeText {
    private static final String HEAD = "--- # an experiment of Adamscope, whole if its last line is ...\n";
    private static final String END = "...";

    private WholeText() {}

    /// The text with both lines.
    static String of(String experiment) {
        return HEAD + experiment + END + "\n";
    }

    /// Refuses a text that has the first line, or a part of it, and not the last. A text without it may be anybody's.
    ///
    /// @throws IllegalArgumentException that names the source
    static void refuseCut(String source, String text) {
        boolean inside = text.startsWith(HEAD)
                && !text.lines().toList().reversed().stream()
                        .dropWhile(line -> line.isBlank() || line.startsWith("#"))
                        .findFirst()
                        .orElseThrow()
                        .stripTrailing()
                        .equals(END);
        boolean inHead = !text.isEmpty() && text.length() < HEAD.length() && HEAD.startsWith(text);
        if (inside || inHead) {
            throw new IllegalArgumentException(source + " is cut short: its last line is not '" + END
                    + "', so a part of the experiment may be missing; run the experiment again in a new folder");
        }
    }
}
