package adamscope.training;

import adamscope.diagnosis.Replay;
import adamscope.model.BatchLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.probe.SharpnessProbe;
import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Replays of rises of a training, from a checkpoint or from its start.
///
/// @param plan  of the run
/// @param loss  of the run, at a place
/// @param start the newest checkpoint at or before a step, or the oldest there is after it; empty: the run begins at
///              step 0 and is made again from there
public record TrainingReplay(Training plan, Function<Place, BatchLoss> loss, LongFunction<Optional<Checkpoint>> start) {
    private static final String LR = TunedSchedule.LR;
    private static final String BETA1 = "beta1";
    private static final String BETA2 = "beta2";
    private static final String EPS = "eps";
    private static final String M = "m";
    private static final String V = "v";

    /// Learning rates that differ by less count as the same.
    private static final double SAME = 1.01;

    /// Runs again from before a rise, with one thing changed each time.
    ///
    /// @param all      rises of the run, in order
    /// @param observer sees every step of every rerun and may stop them
    /// @throws IllegalArgumentException if there is no checkpoint before the rise
    public Replay of(SpikeEvent event, List<SpikeEvent> all, TrainingObserver observer) {
        LibTorch.require();
        try (PointerScope _ = new PointerScope()) {
            long wanted = Replay.begin(event, all, value(event.onset(), BETA2).orElse(0.99));
            Optional<Checkpoint> found = start.apply(wanted);
            long from = Math.max(wanted, found.map(Checkpoint::step).orElse(0L));
            if (from >= event.onset() && from > 0) {
                throw new IllegalArgumentException("the rise at step " + event.onset()
                        + " cannot be replayed: the first checkpoint that is left is of step " + from
                        + "; keep more with checkpoint: {steps: …, keep: …}");
            }
            BatchLoss made = loss.apply(plan.run().place());
            Reruns reruns = new Reruns(plan, made, event, observer, until(event));
            return reruns.all(reruns.at(found, from), from);
        }
    }

    private long until(SpikeEvent event) {
        return Math.min(plan.ending().steps(), event.peak() + 2 * event.climb() + 1);
    }

    private Optional<Double> value(long step, String hyper) {
        long at = Math.max(1, step);
        return Optional.ofNullable(plan.tunedAt(at).at(at).get(hyper));
    }

    /// The reruns of one rise.
    private record Reruns(Training plan, BatchLoss loss, SpikeEvent event, TrainingObserver observer, long to) {

        /// The run after step `from`; empty for its start.
        Optional<Checkpoint> at(Optional<Checkpoint> found, long from) {
            if (from == 0
                    || found.map(Checkpoint::step).filter(step -> step == from).isPresent()) {
                return found;
            }
            Kept kept = new Kept(PointerScope.getInnerScope());
            run(plan.until(from), found, Optional.of(kept));
            if (kept.checkpoints.isEmpty()) {
                throw new IllegalStateException("the training ended before step " + from);
            }
            return Optional.of(kept.checkpoints.getLast());
        }

        Replay all(Optional<Checkpoint> begin, long from) {
            Map<Replay.Variation, Double> rises = new EnumMap<>(Replay.Variation.class);
            for (Replay.Variation change : Replay.Variation.values()) {
                changes(change, begin, from).ifPresent(changes -> {
                    Training changed = plan.with(changes).with(Training.StopRule.after(to));
                    rises.put(change, rise(run(changed, begin, Optional.empty()), change));
                });
            }
            return Replay.of(event, from, to, rises);
        }

        private TrainingResult run(Training training, Optional<Checkpoint> begin, Optional<CheckpointKeeper> keeper) {
            Training.Watch watch = new Training.Watch(List.of(), 0, List.of(), observer, keeper);
            TrainingResult result =
                    begin.isPresent() ? training.resume(_ -> loss, watch, begin.get()) : training.run(_ -> loss, watch);
            if (result.outcome() instanceof TrainingOutcome.Stopped(long step)) {
                throw new IllegalStateException("stopped at step " + step);
            }
            return result;
        }

        /// The changes of a rerun, those of the run included; empty if the rule or the run does not allow it.
        private Optional<List<Change>> changes(Replay.Variation change, Optional<Checkpoint> begin, long from) {
            OptimizerRule rule = plan.tuned().rule();
            TunedSchedule tuned = plan.tunedAt(from + 1);
            Map<String, Double> now = tuned.at(from + 1);
            boolean moments = SharpnessProbe.hasState(rule, V);
            return switch (change) {
                case NOTHING -> Optional.of(plan.changes());
                case V_FLOORED -> when(moments && from > 0, () -> also(new Change.Floor(from, V)));
                case PRECONDITIONER_FROZEN ->
                    when(rule.precondition().isPresent() && from > 0, () -> also(new Change.Freeze(from + 1)));
                case M_RESET -> when(SharpnessProbe.hasState(rule, M), () -> also(new Change.Clear(from, M)));
                case LR_HALVED -> when(now.containsKey(LR), () -> halved(tuned, from));
                case LR_HELD -> when(now.containsKey(LR) && moves(from), () -> held(LR, now.get(LR), from));
                case BETA2_LOWER ->
                    when(moments && now.containsKey(BETA2), () -> held(BETA2, memory(now.get(BETA2), 10), from));
                case BETA1_LOWER ->
                    when(now.getOrDefault(BETA1, 0.0) > 0, () -> held(BETA1, memory(now.get(BETA1), 2), from));
                case EPS_RAISED ->
                    when(
                            moments && now.containsKey(EPS) && begin.isPresent(),
                            () -> held(EPS, root(begin.orElseThrow()), from));
                case BATCH_SKIPPED ->
                    when(plan.batching().samples(loss) < loss.samples() && event.onset() > from, () -> {
                        List<Change> all = new ArrayList<>(plan.changes());
                        all.add(new Change.Skip(event.onset() - 1));
                        all.add(new Change.Skip(event.onset()));
                        return all;
                    });
            };
        }

        private static Optional<List<Change>> when(boolean possible, Supplier<List<Change>> changes) {
            return possible ? Optional.of(changes.get()) : Optional.empty();
        }

        private List<Change> also(Change change) {
            List<Change> all = new ArrayList<>(plan.changes());
            all.add(change);
            return all;
        }

        /// A constant value from `from` on, whatever the run planned for later.
        private List<Change> held(String hyper, double value, long from) {
            return retuned(new Change.Retune(from, Map.of(hyper, new Schedule.Constant(value))), later -> {
                Map<String, Schedule> kept = new HashMap<>(later);
                kept.remove(hyper);
                return kept;
            });
        }

        private List<Change> halved(TunedSchedule tuned, long from) {
            Change.Retune now =
                    new Change.Retune(from, Map.of(LR, tuned.schedules().get(LR).scaled(0.5)));
            return retuned(now, later -> {
                Map<String, Schedule> half = new HashMap<>(later);
                half.computeIfPresent(LR, (_, schedule) -> schedule.scaled(0.5));
                return half;
            });
        }

        /// The changes of the run, later schedules rewritten, and one more.
        private List<Change> retuned(
                Change.Retune added, Function<Map<String, Schedule>, Map<String, Schedule>> rewritten) {
            List<Change> all = new ArrayList<>();
            for (Change change : plan.changes()) {
                all.add(
                        change instanceof Change.Retune(long at, var schedules) && at > added.at()
                                ? new Change.Retune(at, rewritten.apply(schedules))
                                : change);
            }
            all.add(added);
            return all;
        }

        private static double memory(double beta, double factor) {
            return Math.max(0, 1 - factor * (1 - beta));
        }

        /// √(mean v) of a checkpoint.
        private static double root(Checkpoint begin) {
            try (PointerScope _ = new PointerScope()) {
                return Math.sqrt(begin.states().get(V).mean().item_double());
            }
        }

        private boolean moves(long from) {
            double[] rates = IntStream.rangeClosed(1, (int) Math.max(1, event.peak() - from))
                    .mapToDouble(i -> plan.tunedAt(from + i).at(from + i).get(LR))
                    .toArray();
            return Arrays.stream(rates).max().orElseThrow()
                    > SAME * Arrays.stream(rates).min().orElseThrow();
        }

        /// Rows whose batch was skipped do not count; the row of step t holds the loss of the batch of step t + 1.
        private double rise(TrainingResult result, Replay.Variation change) {
            double[] all = result.losses().numbers("loss");
            long[] steps = ((adamscope.table.Column.Integers) result.losses().column("step")).values();
            int[] rows = IntStream.range(0, all.length)
                    .filter(row -> change != Replay.Variation.BATCH_SKIPPED
                            || steps[row] != event.onset() && steps[row] != event.onset() - 1)
                    .toArray();
            LossCurve curve = LossCurve.of(
                    Arrays.stream(rows).mapToLong(row -> steps[row]).toArray(),
                    Arrays.stream(rows).mapToDouble(row -> all[row]).toArray());
            return result.outcome() instanceof TrainingOutcome.Diverged || curve.broken().length > 0
                    ? Double.POSITIVE_INFINITY
                    : Replay.rise(curve.log10Loss());
        }
    }

    /// Keeps the last checkpoint in memory, in the scope of its maker.
    private static final class Kept implements CheckpointKeeper {
        private final PointerScope scope;
        private final List<Checkpoint> checkpoints = new ArrayList<>();

        Kept(PointerScope scope) {
            this.scope = scope;
        }

        @Override
        public void after(long step, Supplier<Checkpoint> checkpoint) {}

        @Override
        public void last(Supplier<Checkpoint> checkpoint) {
            Checkpoint made = checkpoint.get();
            checkpoints.add(new Checkpoint(
                    made.clock(), made.loss(), copy(made.theta()), copies(made.states()), copies(made.memory())));
        }

        private Map<String, Tensor> copies(Map<String, Tensor> tensors) {
            Map<String, Tensor> copies = new HashMap<>();
            tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
            return copies;
        }

        private Tensor copy(Tensor tensor) {
            return Scopes.kept(scope, tensor.clone());
        }
    }
}
