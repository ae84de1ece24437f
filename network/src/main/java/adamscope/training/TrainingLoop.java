package adamscope.training;

import adamscope.curvature.Slope;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.probe.LiveCost;
import adamscope.probe.LiveMeasurement;
import adamscope.probe.Measured;
import adamscope.probe.Probe;
import adamscope.probe.StepEnd;
import adamscope.rule.Change;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A training under way: θ, the gradient at θ, the rule with its states.
///
/// After step t the gradient is that of the batch of step t + 1 at θ_t, before noise, clipping and decay; so loss and
/// gradient norm of a row belong to its θ.
final class TrainingLoop {
    private final Training plan;
    private final BatchLoss loss;
    private final Training.Watch watch;
    private final Tensor theta;
    private final Tensor gradient;
    private final StepGradient gradients;
    private final List<Probe> probes = new ArrayList<>();
    private final List<TrainingSink> sinks = new ArrayList<>();
    private final TrainingLog log = new TrainingLog();
    private final Map<String, Tensor> floors = new LinkedHashMap<>();
    private TunedSchedule tuned;
    private TensorRule rule;
    private LiveMeasurement live;
    private double reached;
    private boolean ended;

    private TrainingLoop(Training plan, BatchLoss loss, Training.Watch watch) {
        this.plan = plan;
        this.loss = loss;
        this.watch = watch;
        this.tuned = plan.tuned();
        this.theta = loss.initial(plan.run().seed());
        this.gradient = loss.place().zeros(loss.parameters());
        this.gradients = new StepGradient(
                loss, plan.batching(), plan.gradient(), plan.run().seed());
        BatchLoss evaluated = loss.evaluated(gradients.running());
        watch.probes().forEach(source -> probes.add(source.of(evaluated, tuned)));
        sinks.add(log);
        sinks.addAll(watch.sinks());
    }

    /// A run at its first step or, with a checkpoint, at the step after it. Belongs to the caller's scope.
    static TrainingLoop begin(Training plan, BatchLoss loss, Training.Watch watch, Optional<Checkpoint> from) {
        TrainingLoop loop = new TrainingLoop(plan, loss, watch);
        Place place = loss.place();
        loop.reached = loop.gradients.of(loop.theta, 1, loop.gradient::copy_);
        loop.refuseMistake(from.isEmpty());
        loop.rule = TensorRule.start(
                plan.tuned(), loss.blocks(), plan.run().start(), new Point(loop.theta, loop.gradient, place));
        from.ifPresent(loop::restore);
        loop.live = new LiveMeasurement(
                loop.rule,
                loss.blocks(),
                loop.theta,
                loop.gradient,
                place.zeros(loss.parameters()),
                LiveCost.of(loss, plan.batching().samples(loss), watch.layers()));
        return loop;
    }

    /// A formula of the user's that has no value at the start is a mistake, not a training that diverged.
    private void refuseMistake(boolean start) {
        if (start && !Double.isFinite(reached)) {
            loss.fault(theta, Batch.all(loss)).ifPresent(fault -> {
                throw new IllegalArgumentException("at the start of the training " + fault);
            });
        }
    }

    private void restore(Checkpoint checkpoint) {
        if (!checkpoint.states().keySet().containsAll(rule.states().keySet())) {
            throw new IllegalArgumentException("the checkpoint has the states "
                    + checkpoint.states().keySet() + ", but "
                    + plan.tuned().rule().name() + " needs "
                    + rule.states().keySet());
        }
        if (checkpoint.theta().numel() != theta.numel()) {
            throw new IllegalArgumentException(
                    "the checkpoint has " + checkpoint.theta().numel() + " parameters, but the model has "
                            + theta.numel() + " on these data");
        }
        for (Change change : plan.changes()) {
            if (change.at() <= checkpoint.step() && change instanceof Change.Retune(var _, var schedules)) {
                tuned = tuned.with(schedules);
            }
        }
        rule.restore(checkpoint.clock());
        floorsUntil(checkpoint.step());
        if (checkpoint.states().containsKey(TensorRule.FROZEN)) {
            rule = rule.frozen(loss.place().zeros(loss.parameters()));
        }
        theta.copy_(checkpoint.theta());
        rule.states().forEach((name, state) -> state.copy_(checkpoint.states().get(name)));
        if (!checkpoint
                .running()
                .keySet()
                .containsAll(gradients.running().tensors().keySet())) {
            throw new IllegalArgumentException("the checkpoint has no running means of batch normalisation: an earlier"
                    + " version made it; begin the training again");
        }
        Map<String, Tensor> memory = memory();
        checkpoint.memory().forEach((name, tensor) -> {
            if (memory.containsKey(name)) {
                memory.get(name).copy_(tensor);
            }
        });
        for (Change change : plan.changes()) {
            if (change.at() == rule.step()) {
                switch (change) {
                    case Change.Clear(var _, String state) -> rule.state(state).zero_();
                    case Change.Floor(var _, String state) -> floors.get(state).copy_(rule.state(state));
                    case Change.Freeze _, Change.Retune _, Change.Skip _ -> {}
                }
            }
        }
        reached = gradients.of(theta, rule.step() + 1, gradient::copy_);
        ended = checkpoint.loss() <= plan.ending().loss();
    }

    /// Room for every floor that was laid up to a step; what it holds comes from the checkpoint.
    private void floorsUntil(long step) {
        for (Change change : plan.changes()) {
            if (change.at() <= step && change instanceof Change.Floor(var _, String state)) {
                floors.put(state, loss.place().zeros(loss.parameters()));
            }
        }
    }

    /// Makes the steps that are left.
    TrainingResult run() {
        List<Measured> probed = new ArrayList<>();
        probes.forEach(probe -> probed.addAll(probe.measured()));
        sinks.forEach(sink -> sink.begin(live.measured(), List.copyOf(probed)));
        if (rule.step() == 0) {
            double[] row = live.start(reached, lr(tuned.at(1)));
            sinks.forEach(sink -> sink.live(0, row));
            change(0, null);
        }
        return log.result(outcome());
    }

    private TrainingOutcome outcome() {
        if (!Double.isFinite(reached)) {
            return new TrainingOutcome.Diverged(rule.step());
        }
        // A checkpoint at whose loss the run ends is its last one: the process was cut off after that.
        return ended ? new TrainingOutcome.ReachedLoss(rule.step()) : steps();
    }

    private TrainingOutcome steps() {
        while (rule.step() < plan.ending().steps()) {
            step();
            long step = rule.step();
            if (!Double.isFinite(reached) || reached > plan.ending().bound()) {
                return new TrainingOutcome.Diverged(step);
            }
            if (reached <= plan.ending().loss()) {
                watch.keeper().ifPresent(keeper -> keeper.last(this::checkpoint));
                return new TrainingOutcome.ReachedLoss(step);
            }
            if (!watch.observer().goesOn(step, reached)) {
                watch.keeper().ifPresent(keeper -> keeper.last(this::checkpoint));
                return new TrainingOutcome.Stopped(step);
            }
            watch.keeper().ifPresent(keeper -> keeper.after(step, this::checkpoint));
        }
        watch.keeper().ifPresent(keeper -> keeper.last(this::checkpoint));
        return new TrainingOutcome.Completed(rule.step());
    }

    private void step() {
        long step = rule.step() + 1;
        Map<String, Double> hyper = tuned.at(step);
        boolean skipped =
                plan.changes().stream().anyMatch(change -> change.at() == step - 1 && change instanceof Change.Skip);
        boolean probed = !skipped && probes.stream().anyMatch(probe -> probe.includes(step));
        boolean freezes =
                plan.changes().stream().anyMatch(change -> change.at() == step && change instanceof Change.Freeze);
        rule.use(tuned.allAt(step));
        // what changes outside the rule is part of the step
        boolean decays = plan.gradient().decoupled() && plan.gradient().weightDecay() > 0;
        live.before(probed || skipped || decays || !floors.isEmpty());
        boolean ready = false;
        Optional<double[]> measured = Optional.empty();
        Tensor frozen = freezes ? loss.place().zeros(loss.parameters()) : null;
        try (PointerScope _ = new PointerScope()) {
            Tensor preconditioner = skipped ? passed() : advanced(hyper, probed || freezes);
            live.stepped(step);
            probes.forEach(probe -> probe.moved(step, theta));
            if (probed) {
                StepEnd.MadeStep made = new StepEnd.MadeStep(step, hyper, live.stepNorm(), live.update());
                StepEnd end = new StepEnd(made, gradients.whole(), theta, slope -> next(made, slope));
                measured = Optional.of(probe(end, preconditioner));
                ready = gradients.ofAll(step + 1) && end.made().isPresent();
                if (ready) {
                    live.take(end.slope().gradient());
                    reached = end.slope().loss();
                    gradients.pass(theta, step + 1);
                }
            }
            if (freezes) {
                frozen.copy_(preconditioner);
            }
        }
        change(step, frozen);
        if (!ready) {
            reached = gradients.of(theta, step + 1, live::take);
        }
        withLast(step, measured).ifPresent(row -> sinks.forEach(sink -> sink.probed(step, row)));
        probes.forEach(probe -> probe.heard(step, reached));
        double[] row = live.row(reached, lr(hyper));
        sinks.forEach(sink -> sink.live(step, row));
    }

    /// θ_{t+1} − θ_t as the next step will make it, which leaves everything as it is.
    private Tensor next(StepEnd.MadeStep made, Supplier<Slope> slope) {
        long step = made.step() + 1;
        Map<String, Double> hyper = plan.tunedAt(step).at(step);
        Tensor there = theta.detach().clone();
        Tensor used = gradient.clone();
        if (gradients.ofAll(step)) {
            used.copy_(slope.get().gradient());
        } else {
            gradients.of(theta, step, used::copy_);
        }
        gradients.change(there, step, used, lr(hyper));
        rule.use(plan.tunedAt(step).allAt(step));
        rule.tryStep(there, used);
        rule.use(tuned.allAt(made.step()));
        return there.sub_(theta);
    }

    private Tensor passed() {
        rule.pass();
        live.measureAll();
        return null;
    }

    /// The preconditioner of the step, if it is wanted.
    private Tensor advanced(Map<String, Double> hyper, boolean wanted) {
        probes.forEach(probe -> probe.begun(rule.step() + 1, hyper));
        gradients.made();
        gradients.change(theta, rule.step() + 1, gradient, lr(hyper));
        Tensor preconditioner = wanted ? rule.advanceWithPreconditioner(theta, gradient, live) : null;
        if (!wanted) {
            rule.advance(theta, gradient, live);
        }
        if (!floors.isEmpty()) {
            floors.forEach(
                    (state, floor) -> rule.state(state).copy_(rule.state(state).maximum(floor)));
            live.measureAll();
        }
        return preconditioner;
    }

    private double[] probe(StepEnd end, Tensor preconditioner) {
        Probe.Stepped stepped = new Probe.Stepped(loss, theta, gradient, preconditioner, rule, end);
        long step = end.step();
        double[] row = new double[0];
        for (Probe probe : probes) {
            double[] part = new double[probe.measured().size()];
            Arrays.fill(part, Double.NaN);
            double[] measured = probe.includes(step) ? probe.measure(stepped) : part;
            double[] joined = Arrays.copyOf(row, row.length + part.length);
            System.arraycopy(measured, 0, joined, row.length, part.length);
            row = joined;
        }
        return row;
    }

    /// The row of a step; at the end with the numbers of those probes that look there whenever it comes.
    private Optional<double[]> withLast(long step, Optional<double[]> measured) {
        boolean ends = step == plan.ending().steps() || reached <= plan.ending().loss();
        Optional<double[]> row = measured;
        int from = 0;
        for (Probe probe : probes) {
            int width = probe.measured().size();
            if (ends && !(measured.isPresent() && probe.includes(step))) {
                Optional<double[]> last = probe.last(theta, rule);
                if (last.isPresent()) {
                    row = Optional.of(row.orElseGet(this::empty));
                    System.arraycopy(last.get(), 0, row.get(), from, width);
                }
            }
            from += width;
        }
        return row;
    }

    private double[] empty() {
        double[] row = new double
                [probes.stream().mapToInt(probe -> probe.measured().size()).sum()];
        Arrays.fill(row, Double.NaN);
        return row;
    }

    /// @param frozen the preconditioner of this step, if it is to stay
    private void change(long step, Tensor frozen) {
        for (Change change : plan.changes()) {
            if (change.at() != step) {
                continue;
            }
            switch (change) {
                case Change.Freeze _ -> rule = rule.frozen(frozen);
                case Change.Retune(var _, var schedules) -> tuned = tuned.with(schedules);
                case Change.Clear(var _, String state) -> rule.state(state).zero_();
                case Change.Floor(var _, String state) -> {
                    floors.computeIfAbsent(state, _ -> loss.place().zeros(loss.parameters()));
                    floors.get(state).copy_(rule.state(state));
                }
                // Heard before the step that is skipped.
                case Change.Skip _ -> {}
            }
        }
    }

    private static double lr(Map<String, Double> hyper) {
        return hyper.getOrDefault(TunedSchedule.LR, Double.NaN);
    }

    private Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        for (int i = 0; i < probes.size(); i++) {
            int number = i;
            probes.get(i).memory().forEach((name, tensor) -> memory.put(number + "." + name, tensor));
        }
        floors.forEach((state, floor) -> memory.put("floor." + state, floor));
        gradients.running().tensors().forEach((name, tensor) -> memory.put(Checkpoint.RUNNING + name, tensor));
        return memory;
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(rule.clock(), reached, theta, rule.states(), memory());
    }
}
