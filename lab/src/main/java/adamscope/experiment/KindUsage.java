package adamscope.experiment;

import java.util.List;
import java.util.Map;

/// What is said about the command over a kind of experiment, and what it has beside the keys of the kind.
///
/// @param kind    the word in an experiment
/// @param word    the command
/// @param axes    how many hyper-parameters are axes, `--x` and `--y`
/// @param about   what it does
/// @param example command lines
/// @param rates   options that stand for a decay, by name
public record KindUsage(
        String kind, String word, int axes, List<String> about, String example, Map<String, String> rates) {
    static final String FOLDER = "Writes a run folder with tables (Parquet), figures and report.";
    static final String FOLDER_IF_ASKED = "With --out also a run folder with table, figure and report.";
}
