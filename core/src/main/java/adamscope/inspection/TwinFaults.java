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
    private static final double FITS = 0.8;
    private static final double FITS_NOT = 0.5;

    private TwinFaults() {}

    /// One state of one parameter.
    private record Kept(Reading reading, Role role, ValueCount count) {}

    static List<Fault> of(List<Reading> readings) {
        List<Fault> faults = new ArrayList<>();
        Map<Long, Kept> seen = new HashMap<>();
        for (Reading reading : readings) {
            for (Role role : List.of(Role.FIRST, Role.SECOND)) {
                Optional<ValueCount> count = reading.count(role).filter(ValueCount::tells);
                if (count.isPresent()) {
                    Kept kept = new Kept(reading, role, count.get());
                    Kept other = seen.putIfAbsent(count.get().set(), kept);
                    if (other != null && other.count().permuted(count.get()) && !tied(other.reading(), reading)) {
                        faults.add(twin(kept, other));
                    }
                }
            }
        }
        exchanged(readings, faults);
        return faults;
    }

    /// Two names of one parameter.
    private static boolean tied(Reading one, Reading other) {
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
    private static void exchanged(List<Reading> readings, List<Fault> faults) {
        Map<String, Reading> byName = new HashMap<>();
        readings.forEach(reading -> byName.put(reading.name(), reading));
        Map<List<Long>, List<Reading>> byShape = new HashMap<>();
        for (Reading reading : readings) {
            if (bias(reading, byName).isPresent()) {
                byShape.computeIfAbsent(
                                reading.state()
                                        .tensor(Role.SECOND)
                                        .orElseThrow()
                                        .shape(),
                                _ -> new ArrayList<>())
                        .add(reading);
            }
        }
        for (List<Reading> alike : byShape.values()) {
            // Of many layers of one shape each is held against its neighbours only.
            for (int i = 0; i < alike.size(); i++) {
                for (int j = i + 1; j < Math.min(alike.size(), i + 64); j++) {
                    exchanged(alike.get(i), alike.get(j), byName).ifPresent(faults::add);
                }
            }
        }
    }

    private static Optional<Fault> exchanged(Reading one, Reading other, Map<String, Reading> byName) {
        double[] rows = one.rows().orElseThrow().means();
        double[] otherRows = other.rows().orElseThrow().means();
        double[] bias = bias(one, byName).orElseThrow();
        double[] otherBias = bias(other, byName).orElseThrow();
        double own = Math.max(RowMeans.correlation(rows, bias), RowMeans.correlation(otherRows, otherBias));
        double crossed = Math.min(RowMeans.correlation(rows, otherBias), RowMeans.correlation(otherRows, bias));
        return !(own < FITS_NOT && crossed > FITS)
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.FITS_ANOTHER,
                        one.name(),
                        "v",
                        new Inequality(
                                "correlation of its rows with v of the biases of " + other.name(),
                                crossed,
                                ">",
                                "with its own, with which rows of a linear layer go",
                                own,
                                "g_W = δ·xᵀ, g_b = δ"),
                        rows.length,
                        rows.length,
                        OptionalLong.empty(),
                        "and so the other way round: the states of " + one.name() + " and " + other.name()
                                + " look exchanged"));
    }

    private static Optional<double[]> bias(Reading weights, Map<String, Reading> byName) {
        String name = weights.name();
        if (!name.endsWith("weight") || weights.rows().isEmpty()) {
            return Optional.empty();
        }
        int rank = weights.state().tensor(Role.SECOND).orElseThrow().shape().size();
        Reading bias = byName.get(name.substring(0, name.length() - "weight".length()) + "bias");
        return rank < 2 || bias == null || bias.rows().isEmpty()
                ? Optional.empty()
                : Optional.of(bias.rows().get().means())
                        .filter(means -> means.length == weights.rows().get().means().length);
    }
}
