package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What was counted in one parameter and its states, in one pass over their numbers.
final class ParameterReading {
    private static final int CHUNK = 1 << 13;

    private final ParameterState state;
    private final Optional<ParameterState> earlier;
    private final Map<Role, ValueCount> counts = new EnumMap<>(Role.class);
    private final Map<Role, ValueCount> before = new EnumMap<>(Role.class);
    private Optional<MomentCount> moments = Optional.empty();
    private Optional<MomentCount> momentsBefore = Optional.empty();
    private Optional<ChangeCount> changes = Optional.empty();
    private Optional<RowMeans> rows = Optional.empty();
    private long centreBeyond;

    private ParameterReading(ParameterState state, Optional<ParameterState> earlier) {
        this.state = state;
        this.earlier = earlier;
    }

    /// Reads a parameter.
    ///
    /// @param earlier the same parameter before, if there is one
    /// @param dtype   in which the states go on; empty: their own format
    static ParameterReading of(ParameterState state, Optional<ParameterState> earlier, Optional<FloatFormat> dtype) {
        ParameterReading reading = new ParameterReading(state, earlier);
        state.tensors().forEach((role, numbers) -> reading.counts.put(role, new ValueCount(numbers.format(), dtype)));
        earlier.ifPresent(known -> known.tensors()
                .forEach((role, numbers) ->
                        reading.before.put(role, new ValueCount(numbers.format(), Optional.empty()))));
        reading.prepare(dtype);
        long longest = state.tensors().values().stream()
                .mapToLong(TensorNumbers::count)
                .max()
                .orElse(0);
        for (long from = 0; from < longest; from += CHUNK) {
            reading.pass(from);
        }
        // Those of other shapes; there only the numbers as such are counted.
        earlier.ifPresent(known -> reading.restOfEarlier(known, longest));
        reading.moments.ifPresent(MomentCount::end);
        reading.momentsBefore.ifPresent(MomentCount::end);
        return reading;
    }

    private void prepare(Optional<FloatFormat> dtype) {
        if (!aligned(state, Role.SECOND) || !state.rule().hasSecond()) {
            return;
        }
        TensorNumbers second = state.tensor(Role.SECOND).orElseThrow();
        moments = Optional.of(new MomentCount(state, dtype.orElse(second.format())));
        long rowCount = second.shape().isEmpty() ? 0 : second.shape().getFirst();
        if (rowCount >= 8 && rowCount <= RowMeans.MOST_ROWS) {
            rows = Optional.of(new RowMeans(rowCount, second.count()));
        }
        if (earlier.isPresent() && same(Role.SECOND)) {
            ParameterState known = earlier.get();
            momentsBefore = Optional.of(new MomentCount(
                    known, known.tensor(Role.SECOND).orElseThrow().format()));
            FloatFormat first =
                    state.tensor(Role.FIRST).map(TensorNumbers::format).orElse(second.format());
            elapsed().ifPresent(steps -> {
                if (steps >= 0) {
                    changes = Optional.of(new ChangeCount(state.rule(), steps, first, second.format()));
                }
            });
        }
    }

    private static boolean aligned(ParameterState state, Role role) {
        Optional<TensorNumbers> numbers = state.tensor(role);
        long count = state.tensor(Role.SECOND).map(TensorNumbers::count).orElse(-1L);
        return numbers.isPresent() && numbers.get().count() == count;
    }

    private boolean same(Role role) {
        return earlier.isPresent()
                && state.tensor(role).isPresent()
                && earlier.get().tensor(role).isPresent()
                && state.tensor(role).get().count()
                        == earlier.get().tensor(role).get().count();
    }

    private void pass(long from) {
        Map<Role, double[]> now = chunk(state, counts, from);
        Map<Role, double[]> then =
                earlier.map(known -> chunk(known, before, from)).orElse(Map.of());
        double[] v = now.get(Role.SECOND);
        double[] m = aligned(state, Role.FIRST) ? now.get(Role.FIRST) : null;
        if (v != null && moments.isPresent()) {
            double[] x = aligned(state, Role.WEIGHTS) ? now.get(Role.WEIGHTS) : null;
            double[] max = aligned(state, Role.LARGEST) ? now.get(Role.LARGEST) : null;
            moments.get().add(x, m, v, max);
            rows.ifPresent(sums -> sums.add(v));
            centre(now.get(Role.CENTRE), v);
        }
        if (momentsBefore.isPresent() && then.get(Role.SECOND) != null) {
            ParameterState known = earlier.orElseThrow();
            momentsBefore
                    .get()
                    .add(
                            null,
                            aligned(known, Role.FIRST) ? then.get(Role.FIRST) : null,
                            then.get(Role.SECOND),
                            aligned(known, Role.LARGEST) ? then.get(Role.LARGEST) : null);
        }
        changed(now, then);
    }

    private void centre(double[] mean, double[] v) {
        if (mean != null && aligned(state, Role.CENTRE)) {
            double beta2 = state.rule().or("beta2", Double.NaN);
            RatioBound one = new RatioBound(
                    1,
                    beta2,
                    beta2,
                    state.tensor(Role.CENTRE).orElseThrow().format(),
                    state.tensor(Role.SECOND).orElseThrow().format());
            for (int i = 0; i < v.length; i++) {
                centreBeyond += one.exceeded(mean[i], v[i]) ? 1 : 0;
            }
        }
    }

    private void changed(Map<Role, double[]> now, Map<Role, double[]> then) {
        if (changes.isEmpty() || now.get(Role.SECOND) == null || then.get(Role.SECOND) == null) {
            return;
        }
        ChangeCount count = changes.get();
        count.second(now.get(Role.SECOND), then.get(Role.SECOND));
        if (same(Role.FIRST) && aligned(state, Role.FIRST) && state.rule().averages() == StateRule.Averages.BOTH) {
            count.first(now.get(Role.FIRST), then.get(Role.FIRST), now.get(Role.SECOND), then.get(Role.SECOND));
        }
        if (same(Role.LARGEST) && aligned(state, Role.LARGEST)) {
            count.maximum(now.get(Role.LARGEST), then.get(Role.LARGEST));
        }
        count.passed(now.get(Role.SECOND).length);
    }

    private static Map<Role, double[]> chunk(ParameterState state, Map<Role, ValueCount> counts, long from) {
        Map<Role, double[]> chunk = new EnumMap<>(Role.class);
        state.tensors().forEach((role, numbers) -> {
            long left = numbers.count() - from;
            if (left > 0) {
                double[] values = numbers.read(from, (int) Math.min(CHUNK, left));
                counts.get(role).add(values);
                chunk.put(role, values);
            }
        });
        return chunk;
    }

    private void restOfEarlier(ParameterState known, long from) {
        long longest = known.tensors().values().stream()
                .mapToLong(TensorNumbers::count)
                .max()
                .orElse(0);
        for (long at = (from + CHUNK - 1) / CHUNK * CHUNK; at < longest; at += CHUNK) {
            chunk(known, before, at);
        }
    }

    /// Steps from the earlier checkpoint to this one, where both say.
    OptionalLong elapsed() {
        return earlier.isPresent()
                        && state.step().isPresent()
                        && earlier.get().step().isPresent()
                ? OptionalLong.of((long)
                        (state.step().getAsDouble() - earlier.get().step().getAsDouble()))
                : OptionalLong.empty();
    }

    ParameterState state() {
        return state;
    }

    String name() {
        return state.name();
    }

    Optional<ParameterState> earlier() {
        return earlier;
    }

    Map<Role, ValueCount> counts() {
        return counts;
    }

    Optional<ValueCount> count(Role role) {
        return Optional.ofNullable(counts.get(role));
    }

    /// Of the earlier checkpoint.
    Map<Role, ValueCount> before() {
        return before;
    }

    Optional<MomentCount> moments() {
        return moments;
    }

    /// Of the earlier checkpoint.
    Optional<MomentCount> momentsBefore() {
        return momentsBefore;
    }

    Optional<ChangeCount> changes() {
        return changes;
    }

    Optional<RowMeans> rows() {
        return rows;
    }

    /// Coordinates in which the square of the mean gradient lies above the mean of squares.
    long centreBeyond() {
        return centreBeyond;
    }
}
