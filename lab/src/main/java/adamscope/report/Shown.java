package adamscope.report;

import java.util.Locale;

/// How much of something a figure or a table shows, as a sentence below it: nothing is left out in silence.
final class Shown {
    private Shown() {}

    /// ` The highest 12 of 29 rises are marked.`, to be appended to a caption; empty where all are.
    ///
    /// @param which `the first` or `the highest`
    /// @param what  and what is done with them, after their number
    static String of(String which, int most, long all, String what) {
        return all <= most
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %s%s %d of %,d %s.",
                        which.substring(0, 1).toUpperCase(Locale.ROOT),
                        which.substring(1),
                        most,
                        all,
                        what);
    }
}
