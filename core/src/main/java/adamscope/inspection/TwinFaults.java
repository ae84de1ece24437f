package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// States that are those of another tensor: the same bits, the same numbers in another order, or rows that go with the
/// biases of another layer.
final class TwinFaults {
    private static final int NEIGHBOURS = 64;
    /// Of 572 healthy pairs none led at all; of the same pairs exchanged 96 % led by this and more.
    private static final double LEAD = 2;
    /// Where only one of the two has biases.
    private static final double LEAD_OF_ONE = 4;

    private TwinFaults() {}

    /// One state of one parameter.
    private record Kept(ParameterReading reading, Role role, ValueCount count) {}

    static List<Fault> of(List<ParameterReading> readings) {
        List<Fault> faults = new ArrayList<>();
        Map<Long, Kept> seen = new HashMap<>();
        for (ParameterReading reading : readings) {
            for (Role role : List.of(Role.FIRST, Role.SECOND)) {
                Optional<ValueCount> count = reading.count(role).filter(ValueCount::tells);
                if (count.isPresent()) {
                    Kept kept = new Kept(reading, role, count.get());
                    Kept other = seen.putIfAbsent(count.get().set(), kept);
                    if (other != null && other.count().permuted(count.get()) && !tied(other.reading(), reading)) {
                        faults.add(twin(kept, other));
                        faults.add(twin(other, kept));
                    }
                }
            }
        }
        exchanged(readings, faults);
        return faults;
    }

    /// Two names of one parameter.
    private static boolean tied(ParameterReading one, ParameterReading other) {
        Optional<ValueCount> weights = one.count(Role.WEIGHTS);
        return one != other
                && weights.isPresent()
                && other.count(Role.WEIGHTS).isPresent()
                && weights.get().same(other.count(Role.WEIGHTS).get());
    }

    private static Fault twin(Kept kept, Kept other) {
        boolean same = kept.count().same(other.count());
        return new Fault(
                FaultKind.SAME_NUMBERS,
                kept.reading().name(),
                kept.role().symbol(),
                new Inequality(
                        "numbers that differ from " + other.role().symbol() + " of "
                                + other.reading().name() + (same ? "" : ", sorted"),
                        0,
                        "<",
                        "averages of different gradients differ",
                        1,
                        "hash of all bits, 64 bits"),
                kept.count().count(),
                kept.count().count(),
                OptionalLong.empty(),
                "one of the two was written over by the other" + (same ? "" : ", in another order"));
    }

    /// Pairs of weights of one shape whose v each go with the biases of the other.
    private static void exchanged(List<ParameterReading> readings, List<Fault> faults) {
        Map<String, double[]> biases = biases(readings);
        Map<List<Long>, List<ParameterReading>> byShape = new HashMap<>();
        for (ParameterReading reading : readings) {
            if (rank(reading) > 1) {
                byShape.computeIfAbsent(
                                reading.state()
                                        .tensor(Role.SECOND)
                                        .orElseThrow()
                                        .shape(),
                                _ -> new ArrayList<>())
                        .add(reading);
            }
        }
        for (List<ParameterReading> alike : byShape.values()) {
            // Of many layers of one shape each is held against its neighbours only.
            for (int i = 0; i < alike.size(); i++) {
                for (int j = i + 1; j < Math.min(alike.size(), i + NEIGHBOURS); j++) {
                    Fit fit = Fit.of(alike.get(i), alike.get(j), biases);
                    if (fit.exchanged()) {
                        faults.add(exchanged(alike.get(i), alike.get(j), fit));
                        faults.add(exchanged(alike.get(j), alike.get(i), fit));
                    }
                }
            }
        }
    }

    /// How rows of v of two weights go with v of the biases.
    ///
    /// @param own     z of each with its own biases, summed
    /// @param crossed z of each with those of the other, summed
    /// @param lead    crossed − own over its deviation by chance
    /// @param enough  of the lead
    private record Fit(double own, double crossed, double lead, double enough) {
        static Fit of(ParameterReading one, ParameterReading other, Map<String, double[]> biases) {
            double[] rows = one.rows().orElseThrow().means();
            double[] otherRows = other.rows().orElseThrow().means();
            double own = 0;
            double crossed = 0;
            int fewest = Integer.MAX_VALUE;
            int terms = 0;
            for (boolean first : new boolean[] {true, false}) {
                double[] bias = biases.get((first ? one : other).name());
                if (bias != null) {
                    RowMeans.Correlation mine = RowMeans.agreement(first ? rows : otherRows, bias);
                    RowMeans.Correlation theirs = RowMeans.agreement(first ? otherRows : rows, bias);
                    own += mine.z();
                    crossed += theirs.z();
                    fewest = Math.min(fewest, Math.min(mine.rows(), theirs.rows()));
                    terms++;
                }
            }
            double lead = (crossed - own) * Math.sqrt(Math.max(0, fewest - 3)) / Math.sqrt(2.0 * terms);
            return new Fit(own, crossed, terms == 0 ? Double.NaN : lead, terms == 2 ? LEAD : LEAD_OF_ONE);
        }

        boolean exchanged() {
            return lead > enough;
        }
    }

    private static Fault exchanged(ParameterReading one, ParameterReading other, Fit fit) {
        long rows = one.rows().orElseThrow().means().length;
        return new Fault(
                FaultKind.FITS_ANOTHER,
                one.name(),
                "v",
                new Inequality(
                        "deviations by which rows of v go better with v of the biases when exchanged",
                        fit.lead(),
                        ">",
                        "a linear layer's rows go with its own biases",
                        fit.enough(),
                        "g_W = δ·xᵀ, g_b = δ; Fisher's z of the correlations of logarithms"),
                rows,
                rows,
                OptionalLong.empty(),
                "the states of " + one.name() + " and " + other.name() + " look exchanged");
    }

    /// v of the biases of each weight that has them: by name, or, where parameters are only numbered, the vector behind
    /// it.
    private static Map<String, double[]> biases(List<ParameterReading> readings) {
        Map<String, ParameterReading> byName = new HashMap<>();
        readings.forEach(reading -> byName.put(reading.name(), reading));
        Map<String, double[]> biases = new HashMap<>();
        for (int i = 0; i < readings.size(); i++) {
            String name = readings.get(i).name();
            ParameterReading bias = name.endsWith("weight")
                    ? byName.get(name.substring(0, name.length() - "weight".length()) + "bias")
                    : name.matches("\\d+") && i + 1 < readings.size() ? readings.get(i + 1) : null;
            if (bias != null && rank(readings.get(i)) > 1 && rank(bias) == 1) {
                double[] means = bias.rows().orElseThrow().means();
                if (means.length == readings.get(i).rows().orElseThrow().means().length) {
                    biases.put(name, means);
                }
            }
        }
        return biases;
    }

    /// Extents of v; 0 where its rows were not kept.
    private static int rank(ParameterReading reading) {
        return reading.rows().isEmpty()
                ? 0
                : reading.state().tensor(Role.SECOND).orElseThrow().shape().size();
    }
}
