package adamscope.rule;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Expression;
import adamscope.formula.Powers;
import adamscope.formula.Rewriting;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// An optimizer's rule on the flat parameter vector of a network: the very text that sweeps and theory use.
///
/// A rule by coordinate runs over all of θ, a stretch at a time; a rule with rows, columns or norms runs over one block
/// after the other.
/// In double precision on the processor every step has the bits of the rule evaluated number by number, except where it
/// uses exp, log or powers of tensors with an exponent that is no integer and not one half.
///
/// It owns its states and temporaries: they belong to the scope in which it was started.
public final class TensorRule {
    /// The name of the state that holds a frozen preconditioner.
    public static final String FROZEN = "frozen preconditioner";

    /// Numbers of a stretch: of six vectors in single precision 0.8 MB.
    private static final long TILE = 1 << 15;

    /// Coordinates from which a generated loop repays its making.
    private static final long KERNEL_FROM = 50_000;

    private final long kernelFrom;
    private final ClockedRule clocked;
    private final GroupedBlocks parameters;
    private List<Map<String, Double>> hyper;
    private final GroupedBlocks parts;
    private final Place place;
    private final Map<String, Tensor> states = new LinkedHashMap<>();
    private final RunningPowers powers;
    private final List<Tensor> temporaries = new ArrayList<>();
    private final Optional<RuleKernel> plainKernel;
    private final Optional<RuleKernel> preconditionerKernel;
    private final Map<List<Stretches.Total>, Optional<RuleKernel>> addingKernels = new HashMap<>();
    private final List<RuleSchedule> plain;
    private final List<String> inPlace;
    private final List<RuleSchedule> withPreconditioner;

    private TensorRule(
            ClockedRule clocked,
            List<Map<String, Double>> hyper,
            GroupedBlocks parameters,
            Place place,
            long kernelFrom) {
        this.kernelFrom = kernelFrom;
        this.clocked = clocked;
        this.powers = new RunningPowers(clocked.powers());
        this.hyper = hyper;
        this.parameters = parameters;
        this.parts = RuleGraph.reduces(clocked.statements()) ? parameters : tiles(parameters, place);
        this.place = place;
        List<String> wanted = new ArrayList<>(
                clocked.rule().states().stream().map(StateVariable::name).toList());
        wanted.add(OptimizerRule.PARAMETER);
        this.plain = RuleSchedule.of(parts.blocks(), clocked.statements(), named(), wanted);
        this.plainKernel = kernel(wanted, List.of(), List.of());
        this.inPlace = List.copyOf(wanted);
        clocked.rule().precondition().ifPresent(line -> wanted.add(line.name()));
        this.withPreconditioner = RuleSchedule.of(parts.blocks(), clocked.statements(), named(), wanted);
        List<String> beside = new ArrayList<>(wanted);
        beside.removeAll(inPlace);
        this.preconditionerKernel = kernel(wanted, beside, List.of());
    }

    /// A generated loop for the rule, where it is by coordinate and θ long enough to repay its making.
    ///
    /// @param beside names of rows that are neither θ nor a state
    private Optional<RuleKernel> kernel(List<String> wanted, List<String> beside, List<Stretches.Total> totals) {
        if (RuleGraph.reduces(clocked.statements()) || parameters.size() < kernelFrom) {
            return Optional.empty();
        }
        List<String> rows = named();
        RuleGraph graph = RuleGraph.of(
                clocked.statements(), new LinkedHashSet<>(rows), parts.blocks().getFirst());
        rows.addAll(beside);
        return RuleKernel.of(graph, new RuleKernel.Named(rows, wanted, totals), place);
    }

    /// One that also adds up what is asked for; that without where it cannot.
    private Optional<RuleKernel> adding(List<Stretches.Total> totals) {
        if (totals.isEmpty() || plainKernel.isEmpty()) {
            return plainKernel;
        }
        return addingKernels
                .computeIfAbsent(totals, _ -> kernel(inPlace, List.of(), totals))
                .or(() -> plainKernel);
    }

    private List<String> named() {
        List<String> named = new ArrayList<>(List.of(OptimizerRule.PARAMETER, OptimizerRule.GRADIENT));
        clocked.rule().states().forEach(state -> named.add(state.name()));
        return named;
    }

    /// A rule before its first step.
    ///
    /// @param chosen hyper-parameters that differ from the default ones
    /// @param blocks the parameter tensors in θ
    /// @param start  where the states begin
    /// @param before θ before the first step and the gradient there; some rules start from it
    public static TensorRule start(
            OptimizerRule rule, Map<String, Double> chosen, List<Block> blocks, ClosedMap.Start start, Point before) {
        return start(
                new TensorRule(
                        ClockedRule.of(rule),
                        List.of(rule.values(chosen)),
                        GroupedBlocks.alike(blocks),
                        before.place(),
                        KERNEL_FROM),
                start,
                before);
    }

    /// A rule before its first step, whose hyper-parameters [#use(List)] will bring.
    ///
    /// @throws IllegalArgumentException if a group names a parameter that is not among the blocks
    public static TensorRule start(TunedSchedule tuned, List<Block> blocks, ClosedMap.Start start, Point before) {
        Map<String, Double> defaults = tuned.rule().values(Map.of());
        return start(
                new TensorRule(
                        ClockedRule.of(tuned.rule()),
                        Collections.nCopies(tuned.groups().size() + 1, defaults),
                        GroupedBlocks.of(blocks, tuned.groups()),
                        before.place(),
                        KERNEL_FROM),
                start,
                before);
    }

    /// The same, always or never by a generated loop.
    static TensorRule start(OptimizerRule rule, List<Block> blocks, Point before, boolean generated) {
        long from = generated ? 0 : Long.MAX_VALUE;
        return start(
                new TensorRule(
                        ClockedRule.of(rule),
                        List.of(rule.values(Map.of())),
                        GroupedBlocks.alike(blocks),
                        before.place(),
                        from),
                ClosedMap.Start.GRADIENT,
                before);
    }

    private static TensorRule start(TensorRule running, ClosedMap.Start start, Point before) {
        running.initialise(before, start);
        return running;
    }

    /// The number of steps made.
    public long step() {
        return powers.step();
    }

    /// A state, as a flat vector that the next step overwrites.
    public Tensor state(String name) {
        if (!states.containsKey(name)) {
            throw new IllegalArgumentException(
                    clocked.rule().name() + " has no state '" + name + "'; it has " + states.keySet());
        }
        return states.get(name);
    }

    /// Makes one step: θ and the states take their new values in place; the gradient stays as it is.
    public void advance(Tensor theta, Tensor gradient) {
        advance(theta, gradient, Stretches.UNSEEN);
    }

    /// The same, seen by `stretches`.
    public void advance(Tensor theta, Tensor gradient, Stretches stretches) {
        advance(new Point(theta, gradient, place), plain, null, stretches);
    }

    /// Makes one step and returns the preconditioner of this very step as a new flat vector: the value of the rule's
    /// `precondition` line, or 1 for a rule without one.
    public Tensor advanceWithPreconditioner(Tensor theta, Tensor gradient) {
        return advanceWithPreconditioner(theta, gradient, Stretches.UNSEEN);
    }

    /// The same, seen by `stretches`.
    public Tensor advanceWithPreconditioner(Tensor theta, Tensor gradient, Stretches stretches) {
        Tensor preconditioner = place.zeros(theta.numel()).fill_(new Scalar(1.0));
        advance(new Point(theta, gradient, place), withPreconditioner, preconditioner, stretches);
        return preconditioner;
    }

    /// Moves θ as the next step would; clock and states stay as they are.
    public void tryStep(Tensor theta, Tensor gradient) {
        Clock now = clock();
        Map<String, Tensor> kept = new LinkedHashMap<>();
        states.forEach((name, state) -> kept.put(name, state.clone()));
        advance(theta, gradient);
        restore(now);
        states.forEach((name, state) -> state.copy_(kept.get(name)));
    }

    /// Takes these values of every hyper-parameter from the next step on.
    ///
    /// A running power βᵗ is multiplied by β at each step while β stays the same. When β changes it becomes βᵗ of the
    /// new value, as if β had been so all along: what PyTorch's `1 - beta**step` does.
    public void use(Map<String, Double> values) {
        use(List.of(values));
    }

    /// The same with groups: first the values at large, then those of each group, complete.
    ///
    /// A power of a base that a group has otherwise is βᵗ, as in PyTorch.
    public void use(List<Map<String, Double>> values) {
        if (values.size() != hyper.size()) {
            throw new IllegalStateException(values.size() + " sets of hyper-parameters for " + hyper.size());
        }
        hyper = List.copyOf(values);
    }

    /// What is remembered beside the states; with them it continues a run to the last bit.
    ///
    /// @param powers running powers by name, such as `(beta1)^t`
    /// @param bases  what each was last multiplied by
    public record Clock(long step, Map<String, Double> powers, Map<String, Double> bases) {
        public Clock {
            powers = Map.copyOf(powers);
            bases = Map.copyOf(bases);
        }
    }

    /// The clock as it stands.
    public Clock clock() {
        return powers.clock();
    }

    /// Every state by name, each a flat vector that the next step overwrites.
    public Map<String, Tensor> states() {
        return Collections.unmodifiableMap(states);
    }

    /// Takes the clock of another run of this rule; the states are copied into [#states()] by the caller.
    public void restore(Clock clock) {
        powers.restore(clock);
    }

    /// This run with `preconditioner` in place of the value of its `precondition` line from now on; it shares the
    /// states and the preconditioner is one of them, called [#FROZEN].
    ///
    /// @throws IllegalArgumentException if the rule has no such line
    public TensorRule frozen(Tensor preconditioner) {
        TensorRule frozen =
                new TensorRule(ClockedRule.of(Freezing.frozen(clocked.rule())), hyper, parameters, place, kernelFrom);
        frozen.states.putAll(states);
        frozen.states.put(FROZEN, preconditioner);
        frozen.powers.restore(clock());
        frozen.temporaries.addAll(temporaries);
        frozen.reserve(frozen.plain, frozen.parts.blocks());
        frozen.reserve(frozen.withPreconditioner, frozen.parts.blocks());
        return frozen;
    }

    /// The point at which the rule wants to be evaluated after its last step, as its line `evaluate = …` says; θ for a
    /// rule without one.
    public Tensor evaluated(Tensor theta) {
        if (clocked.rule().evaluation().isEmpty()) {
            return theta.detach();
        }
        TensorRule line =
                new TensorRule(ClockedRule.of(clocked.rule().toEvaluation()), hyper, parameters, place, Long.MAX_VALUE);
        line.states.putAll(states);
        line.reserve(line.plain, line.parts.blocks());
        Tensor point = theta.detach().clone();
        line.advance(point, theta);
        return point;
    }

    /// Lets one step pass without making it: the clock goes on, everything else stays.
    public void pass() {
        powers.tick(hyper.getFirst());
    }

    private void advance(Point point, List<RuleSchedule> schedules, Tensor preconditioner, Stretches stretches) {
        Tensor theta = point.theta();
        Tensor gradient = point.gradient();
        powers.tick(hyper.getFirst());
        List<Map<String, Double>> known =
                hyper.stream().map(own -> powers.known(hyper.getFirst(), own)).toList();
        boolean beside = preconditioner != null && clocked.rule().precondition().isPresent();
        Optional<RuleKernel> kernel = beside ? preconditionerKernel : adding(stretches.totals());
        if (kernel.isPresent()) {
            List<Tensor> rows = new ArrayList<>(List.of(theta, gradient));
            rows.addAll(states.values());
            if (beside) {
                rows.add(preconditioner);
            }
            advance(kernel.get(), rows, known, stretches);
            return;
        }
        int size = Math.toIntExact(theta.numel());
        stretches.before(0, size);
        for (int i = 0; i < parts.blocks().size(); i++) {
            try (PointerScope _ = new PointerScope()) {
                Block block = parts.blocks().get(i);
                Map<String, Double> own = known.get(parts.groups().get(i));
                RuleEvaluation evaluation = evaluation(schedules.get(i), block, theta, gradient, own);
                evaluation.compute();
                if (preconditioner != null && clocked.rule().precondition().isPresent()) {
                    String name = clocked.rule().precondition().orElseThrow().name();
                    block.of(preconditioner).copy_(evaluation.value(name));
                }
                evaluation.finish();
            }
        }
        stretches.after(0, size);
    }

    private void advance(RuleKernel kernel, List<Tensor> rows, List<Map<String, Double>> known, Stretches stretches) {
        if (!parameters.several()) {
            kernel.advance(rows, known.getFirst(), stretches);
            return;
        }
        GroupedBlocks whole = parameters.stretches(parameters.size());
        for (int i = 0; i < whole.blocks().size(); i++) {
            try (PointerScope _ = new PointerScope()) {
                Block block = whole.blocks().get(i);
                List<Tensor> own = rows.stream()
                        .map(row -> row.narrow(0, block.offset(), block.size()))
                        .toList();
                kernel.advance(own, known.get(whole.groups().get(i)), stretches.from((int) block.offset()));
            }
        }
    }

    private RuleEvaluation evaluation(
            RuleSchedule schedule, Block block, Tensor theta, Tensor gradient, Map<String, Double> known) {
        List<Tensor> storages = new ArrayList<>();
        storages.add(block.of(theta));
        storages.add(block.of(gradient));
        states.values().forEach(state -> storages.add(block.of(state)));
        for (int i = 0; i < schedule.temporaries(); i++) {
            storages.add(temporaries.get(i).narrow(0, 0, block.size()).view(block.viewed()));
        }
        return new RuleEvaluation(schedule, storages.toArray(Tensor[]::new), known, block.viewed(), place);
    }

    /// Runs the formulas of the starting values as if they were a rule of their own.
    private void initialise(Point before, ClosedMap.Start start) {
        OptimizerRule rule = clocked.rule();
        Function<Expression, Expression> products = Rewriting.shared(Powers::product);
        List<Statement> lines = new ArrayList<>();
        for (StateVariable state : rule.states()) {
            Expression value = products.apply(ClosedMap.startOf(rule, state, start));
            lines.add(new Statement.Advance(state.name(), value));
            states.put(state.name(), place.zeros(before.theta().numel()));
        }
        GroupedBlocks own = RuleGraph.reduces(lines) ? parameters : tiles(parameters, place);
        List<RuleSchedule> schedules = RuleSchedule.of(own.blocks(), lines, named(), List.copyOf(states.keySet()));
        reserve(schedules, own.blocks());
        reserve(plain, parts.blocks());
        reserve(withPreconditioner, parts.blocks());
        for (int i = 0; i < own.blocks().size(); i++) {
            try (PointerScope _ = new PointerScope()) {
                Map<String, Double> values = hyper.get(own.groups().get(i));
                RuleEvaluation evaluation =
                        evaluation(schedules.get(i), own.blocks().get(i), before.theta(), before.gradient(), values);
                evaluation.compute();
                evaluation.finish();
            }
        }
    }

    private void reserve(List<RuleSchedule> schedules, List<Block> parts) {
        long size = parts.stream().mapToLong(Block::size).max().orElseThrow();
        int count = schedules.stream().mapToInt(RuleSchedule::temporaries).max().orElseThrow();
        for (int i = 0; i < count; i++) {
            if (i == temporaries.size()) {
                temporaries.add(place.zeros(size));
            } else if (temporaries.get(i).numel() < size) {
                temporaries.set(i, place.zeros(size));
            }
        }
    }

    /// θ in stretches that stay in the cache of a processor from one operation to the next; in one on other devices.
    private static GroupedBlocks tiles(GroupedBlocks parameters, Place place) {
        return parameters.stretches(place.device().equals("cpu") ? TILE : parameters.size());
    }
}
