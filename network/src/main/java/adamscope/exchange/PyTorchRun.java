package adamscope.exchange;

import adamscope.checkpoint.Value;
import adamscope.formula.Evaluation;
import adamscope.formula.PlainText;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.rule.Schedule;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import adamscope.training.Checkpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A run of PyTorch as a training here goes on with it: rule, hyper-parameters of each group, θ, states and clock.
public final class PyTorchRun {
    private static final String STEP = "step";
    private static final String LOSS = "loss";
    private static final String CRITERION = "criterion";
    private static final String LR = "lr";
    private static final String INITIAL_LR = "initial_lr";
    private static final List<String> COUNTS =
            List.of("global_step", "global_steps", STEP, "steps", "iteration", "iter", "iter_num");

    private final SavedRun saved;
    private final List<GroupSettings> settings;
    private final PyTorchOptimizer optimizer;
    private final long step;
    private final Set<String> said = new LinkedHashSet<>();

    /// What the user says beside the files.
    ///
    /// @param kind class of the optimizer; empty: as the files say
    /// @param step steps made; empty: as the files say
    public record Told(String kind, OptionalLong step) {}

    /// @throws IllegalArgumentException if the files do not say enough, or something that has no counterpart here
    public PyTorchRun(SavedRun saved, Told told) {
        this.saved = saved;
        this.settings = settings(saved);
        String named =
                told.kind().isEmpty() ? settings.getFirst().text("optimizer").orElse("") : told.kind();
        if (named.isEmpty()) {
            requireBetas(saved);
        }
        OptimizerKind kind = OptimizerKind.of(named, saved.kept(), settings);
        this.said.addAll(saved.said());
        this.optimizer = PyTorchOptimizer.of(kind.name(), settings, kind.said());
        this.said.addAll(optimizer.said());
        this.step = told.step().orElseGet(this::found);
    }

    /// PyTorch's Adam and its kin have `betas`; what has `beta1` is a class of its own, also if it keeps `exp_avg`.
    private static void requireBetas(SavedRun saved) {
        if (saved.names().groups().stream()
                .anyMatch(group -> group.containsKey("beta1") || group.containsKey("beta2"))) {
            throw new IllegalArgumentException(
                    saved.source() + " is of an optimizer with beta1 and beta2 where those of PyTorch have betas, and"
                            + " does not say its rule: save it by adamscope_export.save, which does, or name"
                            + " the class of PyTorch that makes the same steps by --class");
        }
    }

    private static List<GroupSettings> settings(SavedRun saved) {
        List<GroupSettings> settings = new ArrayList<>();
        int count = saved.names().groups().size();
        for (int group = 0; group < Math.max(1, count); group++) {
            Map<String, String> texts = new LinkedHashMap<>(saved.names().metadata());
            if (count > 0) {
                saved.names()
                        .groups()
                        .get(group)
                        .forEach((key, value) -> text(value)
                                .ifPresent(text -> texts.put(
                                        switch (key) {
                                            case "betas.0" -> "beta1";
                                            case "betas.1" -> "beta2";
                                            default -> key;
                                        },
                                        text)));
            }
            settings.add(new GroupSettings(texts, saved.source() + (count > 1 ? ", group " + group : "")));
        }
        return settings;
    }

    private static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> Optional.of(Boolean.toString(truth));
            case Value.Text(String text) -> Optional.of(text);
            case Value.Number(double number) -> Optional.of(new PlainText().number(number));
            case Value other -> other.asNumber().map(number -> new PlainText().number(number));
        };
    }

    /// The optimizer as a rule.
    public PyTorchOptimizer optimizer() {
        return optimizer;
    }

    /// How many steps were made.
    public long step() {
        return step;
    }

    /// The loss that PyTorch found at these parameters, if a file says so.
    public OptionalDouble loss() {
        return settings.getFirst().has(LOSS)
                ? OptionalDouble.of(settings.getFirst().number(LOSS))
                : OptionalDouble.empty();
    }

    /// The word of the loss that was trained, if a file says so.
    public Optional<String> criterion() {
        return settings.getFirst().text(CRITERION);
    }

    /// What was assumed, and what looks wrong, for a person.
    public List<String> said() {
        return List.copyOf(said);
    }

    /// Only a parameter's own count is one; where there is none, that of the group or of the whole checkpoint.
    private long found() {
        Set<Double> steps = new HashSet<>();
        settings.stream().filter(group -> group.has(STEP)).forEach(group -> steps.add(group.number(STEP)));
        for (Block block : saved.blocks()) {
            Optional.ofNullable(saved.states(block).get(STEP))
                    .flatMap(Value::asNumber)
                    .ifPresent(steps::add);
        }
        if (steps.isEmpty()) {
            counted().ifPresent(steps::add);
        }
        double only = steps.size() == 1 ? steps.iterator().next() : Double.NaN;
        if (!(only >= 0 && only == Math.rint(only) && only <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(saved.source() + ": the number of steps is " + steps
                    + ", expected one whole number, as metadata 'step' or as NAME.step of every parameter"
                    + (steps.isEmpty() ? "; give --step N" : ""));
        }
        return (long) only;
    }

    private Optional<Double> counted() {
        Map<String, Value> loose = saved.names().loose();
        for (String key : COUNTS) {
            for (Map.Entry<String, Value> entry : loose.entrySet()) {
                boolean names = entry.getKey().equals(key) || entry.getKey().equals("trainer_state." + key);
                if (names && entry.getValue().asNumber().isPresent()) {
                    said.add("the number of steps is " + entry.getKey() + " of the checkpoint");
                    return entry.getValue().asNumber();
                }
            }
        }
        return Optional.empty();
    }

    /// The schedule of the learning rate, where the files hold a scheduler.
    ///
    /// @throws IllegalArgumentException if they do and its form is not known; the message asks for one
    public Optional<Schedule> schedule() {
        if (!settings.getFirst().has(LR)) {
            return Optional.empty();
        }
        double now = settings.getFirst().number(LR);
        if (saved.names().schedule().isEmpty()) {
            if (settings.getFirst().has(INITIAL_LR)) {
                said.add("the learning rate was under a scheduler (initial_lr = "
                        + new PlainText().number(settings.getFirst().number(INITIAL_LR))
                        + "), which is not in the files: it stays at " + new PlainText().number(now)
                        + "; --lr gives a schedule");
            }
            return Optional.empty();
        }
        SavedSchedule scheduler = new SavedSchedule(saved.names().schedule());
        double base = settings.getFirst().has(INITIAL_LR)
                ? settings.getFirst().number(INITIAL_LR)
                : Optional.ofNullable(saved.names().schedule().get("base_lrs.0"))
                        .flatMap(Value::asNumber)
                        .orElse(now);
        Optional<Schedule> known = scheduler.of(base);
        // PyTorch goes from value to value, with a rounding at each step.
        double allowed = 1e-9 * base;
        boolean follows = known.isPresent() && Math.abs(known.get().at(step + 1, now) - now) <= allowed;
        if (!follows) {
            throw new IllegalArgumentException(saved.source() + " has a scheduler of the learning rate "
                    + (known.isEmpty()
                            ? "whose function is not in the file (LambdaLR, as Hugging Face's, and chains are such)"
                            : "that was stepped " + scheduler.steps() + " times in " + step
                                    + " steps of the optimizer, and does not give its learning rate")
                    + "; give --lr '{schedule: linear, value: …, end: …, steps: …}', or --set lr="
                    + new PlainText().number(now)
                    + " for the value that it has now");
        }
        said.add("the learning rate follows the scheduler of the checkpoint: " + known.get());
        return known;
    }

    /// The groups of the optimizer but the first; their learning rate keeps its ratio to that at large.
    public List<TunedSchedule.Group> groups(Map<String, Schedule> atLarge) {
        List<TunedSchedule.Group> groups = new ArrayList<>();
        for (int group = 1; group < saved.groups().size(); group++) {
            Map<String, Schedule> own = new LinkedHashMap<>();
            GroupSettings theirs = settings.get(group);
            optimizer.groups().get(group - 1).forEach((name, value) -> {
                String ratio = theirs.has(INITIAL_LR) ? INITIAL_LR : LR;
                Schedule schedule = name.equals(LR)
                        ? atLarge.get(LR)
                                .scaled(theirs.number(ratio)
                                        / settings.getFirst().number(ratio))
                        : new Schedule.Constant(value);
                own.put(name, schedule);
            });
            if (!own.isEmpty()) {
                groups.add(new TunedSchedule.Group(
                        saved.groups().get(group).stream().map(Block::name).toList(), own));
            }
        }
        return groups;
    }

    /// θ, states and clock.
    ///
    /// @param hyper every hyper-parameter of the rule
    /// @param loss  at these parameters
    /// @throws IllegalArgumentException if a tensor is missing or has another shape
    public Checkpoint checkpoint(OptimizerRule rule, Map<String, Double> hyper, double loss) {
        Map<String, Tensor> states = new LinkedHashMap<>();
        for (StateVariable state : rule.states()) {
            String key = StateNames.inPyTorch(rule, state.name());
            states.put(state.name(), step == 0 ? Place.CPU_FLOAT64.zeros(size()) : state(key));
        }
        Map<String, Double> powers = new LinkedHashMap<>();
        Map<String, Double> bases = new LinkedHashMap<>();
        ClockedRule.of(rule).powers().forEach(power -> {
            double base = Evaluation.value(power.base(), hyper::get);
            powers.put(power.name(), StrictMath.pow(base, (double) step));
            if (step > 0) {
                bases.put(power.name(), base);
            }
        });
        Map<String, Tensor> memory = new LinkedHashMap<>();
        saved.running().forEach((name, tensor) -> memory.put(Checkpoint.RUNNING + name, tensor));
        return new Checkpoint(new TensorRule.Clock(step, powers, bases), loss, theta(), states, memory);
    }

    private long size() {
        return saved.blocks().getLast().offset() + saved.blocks().getLast().size();
    }

    private Tensor state(String key) {
        return flat(block -> saved.state(block, key), "." + key);
    }

    /// The parameters as one flat vector.
    public Tensor theta() {
        return flat(saved::parameter, "");
    }

    /// @param suffix of the names of the tensors; squares must not be negative
    private Tensor flat(Function<Block, Tensor> tensors, String suffix) {
        boolean squares = suffix.endsWith("_sq") || suffix.equals(".square_avg");
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector parts = new TensorVector();
            for (Block block : saved.blocks()) {
                Tensor tensor = tensors.apply(block);
                parts.push_back(tensor.flatten());
                String name = block.name() + suffix;
                doubt(name, torch.isfinite(tensor).logical_not().sum().item_long(), "not finite");
                if (squares) {
                    doubt(name, tensor.lt(new Scalar(0.0)).sum().item_long(), "negative");
                }
            }
            return Scopes.kept(outer, torch.cat(parts, 0));
        }
    }

    private void doubt(String name, long count, String how) {
        if (count > 0) {
            said.add((count == 1 ? "one number of " : count + " numbers of ") + name + " in " + saved.source()
                    + (count == 1 ? " is " : " are ") + how);
        }
    }

    /// The loss over all samples at these parameters.
    public double lossOf(BatchLoss loss) {
        try (PointerScope _ = new PointerScope()) {
            return loss.mean(loss.place().moved(theta()), Batch.all(loss)).item_double();
        }
    }
}
