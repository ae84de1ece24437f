package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which part of a series belongs to which of the runs that the loss was parted into.
final class RunMatch {
    private static final int ASKED = 200;

    private RunMatch() {}

    /// Parts by the number of the run: as many as there are runs one by one, fewer to the runs with the same steps, in
    /// order.
    static Map<Integer, Points> of(List<Points> runs, List<Points> parts) {
        Map<Integer, Points> matched = new HashMap<>();
        int next = 0;
        for (int part = 0; part < parts.size(); part++) {
            int best = next;
            if (parts.size() != runs.size()) {
                int most = -1;
                for (int run = next; run <= runs.size() - (parts.size() - part) && run < runs.size(); run++) {
                    int common = common(runs.get(run).steps(), parts.get(part).steps());
                    if (common > most) {
                        most = common;
                        best = run;
                    }
                }
            }
            if (best < runs.size()) {
                matched.put(best, parts.get(part));
            }
            next = best + 1;
        }
        return matched;
    }

    private static int common(long[] steps, long[] asked) {
        int common = 0;
        int stride = Math.max(1, asked.length / ASKED);
        for (int i = 0; i < asked.length; i += stride) {
            common += Arrays.binarySearch(steps, asked[i]) >= 0 ? 1 : 0;
        }
        return common;
    }
}
