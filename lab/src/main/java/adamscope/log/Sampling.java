package adamscope.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the distances of the steps say: gaps, thinning before the file was written.
final class Sampling {
    /// Points that TensorBoard keeps of a tag, and that W&B hands out of a history, when they sample.
    private static final List<Integer> USUAL_SAMPLES = List.of(500, 1000, 10_000);

    private Sampling() {}

    /// The usual distance of neighbours, their median; 0 of fewer than two.
    static long usual(long[] steps) {
        if (steps.length < 2) {
            return 0;
        }
        long[] distances = new long[steps.length - 1];
        for (int i = 1; i < steps.length; i++) {
            distances[i - 1] = steps[i] - steps[i - 1];
        }
        Arrays.sort(distances);
        return distances[distances.length / 2];
    }

    /// Sentences on increasing steps; empty if every step is there.
    static List<String> remarks(long[] steps) {
        if (steps.length < 3) {
            return List.of();
        }
        long[] distances = new long[steps.length - 1];
        for (int i = 1; i < steps.length; i++) {
            distances[i - 1] = steps[i] - steps[i - 1];
        }
        long[] sorted = distances.clone();
        Arrays.sort(sorted);
        long usual = sorted[sorted.length / 2];
        long alike = Arrays.stream(distances).filter(d -> d == usual).count();
        List<String> remarks = new ArrayList<>();
        if (2 * alike < distances.length || USUAL_SAMPLES.contains(steps.length) && alike < distances.length) {
            remarks.add("the steps are " + sorted[0] + " to " + sorted[sorted.length - 1] + " apart, without a rule, "
                    + steps.length + " of them: a sample that a tracker has drawn; spikes between them are lost");
            return remarks;
        }
        if (usual > 1) {
            remarks.add("one step in " + usual + " is logged; what lies between is not seen");
        }
        List<Integer> gaps = new ArrayList<>();
        int widest = -1;
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] > usual) {
                gaps.add(i);
                widest = widest < 0 || distances[i] > distances[widest] ? i : widest;
            }
        }
        if (!gaps.isEmpty()) {
            remarks.add(gaps.size() + (gaps.size() == 1 ? " gap" : " gaps") + " in the steps, the widest from "
                    + steps[widest] + " to " + steps[widest + 1]);
        }
        return remarks;
    }
}
