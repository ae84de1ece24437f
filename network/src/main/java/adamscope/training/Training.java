package adamscope.training;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.PlainText;
import adamscope.model.BatchLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.probe.Probe;
import adamscope.probe.SharpnessProbe;
import adamscope.rule.Change;
import adamscope.rule.Freezing;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;

/// Training of any loss by any rule: what the result depends on, beside the loss itself.
///
/// @param tuned    the optimizer and its hyper-parameters at each step
/// @param ending   when it ends
/// @param batching which samples each step sees
/// @param gradient what is done to the gradient before the rule sees it
/// @param changes  what changes in the middle of the run
/// @param run      where, in which precision, from which seed
public record Training(
        TunedSchedule tuned,
        StopRule ending,
        Batching batching,
        GradientChanges gradient,
        List<Change> changes,
        Conditions run) {

    /// When a training ends, whatever comes first.
    ///
    /// @param steps  how many steps at most
    /// @param loss   ends when the loss of a step is at most this; −∞: never
    /// @param bound  counts as diverged when the loss is above this
    public record StopRule(long steps, double loss, double bound) {
        public StopRule {
            if (steps < 1) {
                throw new IllegalArgumentException("steps = " + steps + " is outside [1, inf)");
            }
            if (Double.isNaN(loss) || Double.isNaN(bound)) {
                throw new IllegalArgumentException("stop_loss and diverged_loss must be numbers");
            }
        }

        /// After that many steps, or when the loss is no finite number.
        public static StopRule after(long steps) {
            return new StopRule(steps, Double.NEGATIVE_INFINITY, Double.MAX_VALUE);
        }
    }

    /// What has no influence on the mathematics of a training but on its numbers.
    ///
    /// @param seed    of θ₀, of the gradient noise and of the eigenvalue search
    /// @param start   where the states of the rule begin
    /// @param place   device and precision
    /// @param threads inside one operation
    public record Conditions(long seed, ClosedMap.Start start, Place place, int threads) {
        /// Seed 0, states as the rule declares, single precision on the processor, one thread.
        public static final Conditions DEFAULT = new Conditions(0, ClosedMap.Start.ZERO, Place.CPU_FLOAT32, 1);
    }

    public Training {
        changes = changes.stream()
                .sorted(java.util.Comparator.comparingLong(Change::at))
                .toList();
        tuned.refuseOutside(1, ending.steps());
        refuseSenseless(tuned, changes, ending);
        if (!tuned.groups().isEmpty() && gradient.weightDecay() > 0) {
            throw new IllegalArgumentException(
                    "decay = " + new PlainText().number(gradient.weightDecay()) + " is the same for all parameters;"
                            + " with groups the decay is a hyper-parameter of the rule, such as weight_decay of adamw");
        }
        if (gradient.decoupled()
                && gradient.weightDecay() > 0
                && !tuned.schedules().containsKey(TunedSchedule.LR)) {
            throw new IllegalArgumentException("decoupled weight decay is multiplied by the learning rate, but "
                    + tuned.rule().name() + " has no hyper-parameter " + TunedSchedule.LR);
        }
    }

    /// Full batch, constant hyper-parameters, nothing changed on the way, default settings.
    public static Training of(OptimizerRule rule, Map<String, Double> hyper, long steps) {
        return new Training(
                TunedSchedule.constant(rule, hyper),
                StopRule.after(steps),
                Batching.FULL,
                GradientChanges.NONE,
                List.of(),
                Conditions.DEFAULT);
    }

    /// The same with another rule or other hyper-parameters.
    public Training with(TunedSchedule other) {
        return new Training(other, ending, batching, gradient, changes, run);
    }

    /// The same with another end.
    public Training with(StopRule other) {
        return new Training(tuned, other, batching, gradient, changes, run);
    }

    /// The same in other batches.
    public Training with(Batching other) {
        return new Training(tuned, ending, other, gradient, changes, run);
    }

    /// The same with other changes of the gradient.
    public Training with(GradientChanges other) {
        return new Training(tuned, ending, batching, other, changes, run);
    }

    /// The same with other changes on the way.
    public Training with(List<Change> other) {
        return new Training(tuned, ending, batching, gradient, other, run);
    }

    /// The same from another seed, which batches have too.
    public Training seeded(long seed) {
        return new Training(
                tuned,
                ending,
                new Batching(batching.size(), batching.micro(), seed),
                gradient,
                changes,
                new Conditions(seed, run.start(), run.place(), run.threads()));
    }

    /// The same as far as a step: later changes, an end before it and a bound do not count.
    public Training until(long step) {
        return with(changes.stream().filter(change -> change.at() <= step).toList())
                .with(StopRule.after(step));
    }

    /// Who watches a training; nothing of it changes a number.
    ///
    /// @param probes   measure now and then
    /// @param layers   steps between two measurements of each block by itself; 0: never;
    /// [adamscope.probe.LiveCost#BY_COST]
    /// @param sinks    take the rows
    /// @param observer sees every step and may end the run
    /// @param keeper   keeps checkpoints; empty: none
    public record Watch(
            List<Probe.Source> probes,
            int layers,
            List<TrainingSink> sinks,
            TrainingObserver observer,
            Optional<CheckpointKeeper> keeper) {
        public Watch {
            probes = List.copyOf(probes);
            sinks = List.copyOf(sinks);
        }

        /// These probes and this observer.
        public static Watch of(List<Probe.Source> probes, TrainingObserver observer) {
            return new Watch(probes, 0, List.of(), observer, Optional.empty());
        }
    }

    /// The schedules that step t follows, after the changes before it.
    public TunedSchedule tunedAt(long step) {
        TunedSchedule current = tuned;
        for (Change change : changes) {
            if (change.at() < step && change instanceof Change.Retune(var _, var schedules)) {
                current = current.with(schedules);
            }
        }
        return current;
    }

    /// Runs it from the start.
    ///
    /// @param loss the loss at a place; called within the scope of the run
    /// @throws IllegalStateException    if libtorch is missing
    /// @throws IllegalArgumentException if the training does not fit the loss
    public TrainingResult run(Function<Place, BatchLoss> loss, Watch watch) {
        return run(loss, watch, Optional.empty());
    }

    /// Runs it on from a checkpoint of the same training; with another training it shows what one change makes of the
    /// rest.
    public TrainingResult resume(Function<Place, BatchLoss> loss, Watch watch, Checkpoint from) {
        return run(loss, watch, Optional.of(from));
    }

    /// Runs it on from the newest checkpoint of a folder, or from the start if there is none.
    public TrainingResult goOn(Function<Place, BatchLoss> loss, Watch watch, CheckpointFolder checkpoints) {
        LibTorch.require();
        try (PointerScope _ = new PointerScope()) {
            return run(loss, watch, checkpoints.newest());
        }
    }

    private TrainingResult run(Function<Place, BatchLoss> loss, Watch watch, Optional<Checkpoint> from) {
        LibTorch.require();
        LibTorch.useThreads(run.threads());
        try (PointerScope _ = new PointerScope()) {
            return TrainingLoop.begin(this, loss.apply(run.place()), watch, from)
                    .run();
        }
    }

    private static void refuseUnknown(OptimizerRule rule, String state) {
        if (!SharpnessProbe.hasState(rule, state)) {
            throw new IllegalArgumentException(rule.name() + " has no state '" + state + "'");
        }
    }

    private static void refuseSenseless(TunedSchedule tuned, List<Change> changes, StopRule ending) {
        TunedSchedule current = tuned;
        for (Change change : changes) {
            switch (change) {
                case Change.Freeze _ -> Freezing.frozen(tuned.rule());
                case Change.Retune(long at, var schedules) -> {
                    current = current.with(schedules);
                    current.refuseOutside(at + 1, ending.steps());
                }
                case Change.Clear(var _, String state) -> refuseUnknown(tuned.rule(), state);
                case Change.Floor(var _, String state) -> refuseUnknown(tuned.rule(), state);
                case Change.Skip(long at) -> {
                    if (changes.contains(new Change.Freeze(at + 1))) {
                        throw new IllegalArgumentException("step " + (at + 1)
                                + " is skipped, so there is no preconditioner of it that could be frozen");
                    }
                }
            }
        }
    }
}
