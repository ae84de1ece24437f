package adamscope.paper;

/// What a figure of a paper is about.
///
/// @param id     such as `P1-fig2`; names the folder
/// @param source where it stands in the paper
/// @param shows  what the paper shows there
/// @param setup  what is run here, at the default size, and which numbers the paper leaves open
/// @param full   what `--full` changes
public record Caption(String id, String source, String shows, String setup, String full) {
    /// Nothing is larger with `--full`.
    public static final String SAME = "The default size is the full size.";
}
