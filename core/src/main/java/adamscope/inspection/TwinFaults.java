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
    private static final double FITS = 0.8;
    private static final double FITS_NOT = 0.5;
    /// The same where only one of the two has biases.
    private static final double FITS_WELL = 0.9;

    private static final double FITS_LITTLE = 0.3;

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
        Map<String, ParameterReading> byName = new HashMap<>();
        readings.forEach(reading -> byName.put(reading.name(), reading));
        Map<List<Long>, List<ParameterReading>> byShape = new HashMap<>();
        for (ParameterReading reading : readings) {
            if (reading.rows().isPresent()
                    && reading.state().tensor(Role.SECOND).orElseThrow().shape().size() > 1) {
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
                    Fit fit = Fit.of(alike.get(i), alike.get(j), byName);
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
    /// @param own     the better of each with its own
    /// @param crossed the worse of each with those of the other
    private record Fit(double own, double crossed, boolean both) {
        static Fit of(ParameterReading one, ParameterReading other, Map<String, ParameterReading> byName) {
            double[] rows = one.rows().orElseThrow().means();
            double[] otherRows = other.rows().orElseThrow().means();
            Optional<double[]> bias = bias(one, byName);
            Optional<double[]> otherBias = bias(other, byName);
            double own = bias.map(biases -> RowMeans.correlation(rows, biases)).orElse(Double.NEGATIVE_INFINITY);
            double otherOwn = otherBias
                    .map(biases -> RowMeans.correlation(otherRows, biases))
                    .orElse(Double.NEGATIVE_INFINITY);
            double crossed =
                    otherBias.map(biases -> RowMeans.correlation(rows, biases)).orElse(Double.POSITIVE_INFINITY);
            double otherCrossed =
                    bias.map(biases -> RowMeans.correlation(otherRows, biases)).orElse(Double.POSITIVE_INFINITY);
            return new Fit(
                    Math.max(own, otherOwn),
                    Math.min(crossed, otherCrossed),
                    bias.isPresent() && otherBias.isPresent());
        }

        boolean exchanged() {
            return Double.isFinite(own)
                    && (both ? own < FITS_NOT && crossed > FITS : own < FITS_LITTLE && crossed > FITS_WELL);
        }
    }

    private static Fault exchanged(ParameterReading one, ParameterReading other, Fit fit) {
        long rows = one.rows().orElseThrow().means().length;
        return new Fault(
                FaultKind.FITS_ANOTHER,
                one.name(),
                "v",
                new Inequality(
                        "correlation of rows of v with v of the biases, those of " + one.name() + " and " + other.name()
                                + " exchanged",
                        fit.crossed(),
                        ">",
                        "as they are; rows of a linear layer go with its own biases",
                        fit.own(),
                        "g_W = δ·xᵀ, g_b = δ"),
                rows,
                rows,
                OptionalLong.empty(),
                "the states of " + one.name() + " and " + other.name() + " look exchanged");
    }

    private static Optional<double[]> bias(ParameterReading weights, Map<String, ParameterReading> byName) {
        String name = weights.name();
        if (!name.endsWith("weight") || weights.rows().isEmpty()) {
            return Optional.empty();
        }
        int rank = weights.state().tensor(Role.SECOND).orElseThrow().shape().size();
        ParameterReading bias = byName.get(name.substring(0, name.length() - "weight".length()) + "bias");
        return rank < 2 || bias == null || bias.rows().isEmpty()
                ? Optional.empty()
                : Optional.of(bias.rows().get().means())
                        .filter(means -> means.length == weights.rows().get().means().length);
    }
}
