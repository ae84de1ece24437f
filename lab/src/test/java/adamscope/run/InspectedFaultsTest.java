package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.diagnosis.FloatFormat;
import adamscope.inspection.Fault;
import adamscope.inspection.FaultKind;
import adamscope.inspection.OptimizerState;
import adamscope.inspection.ParameterState;
import adamscope.inspection.PostMortem;
import adamscope.inspection.Role;
import adamscope.inspection.StateRule;
import adamscope.inspection.TensorNumbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Checkpoints of PyTorch 1.13.1 (tools/record_inspected.py) in each format, as they are and with a fault put in.
class InspectedFaultsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "adamscope", "inspected");
    private static final String ONE = "2.weight";
    private static final String OTHER = "0.weight";
    private static final Set<String> ALL = Set.of("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");

    /// A checkpoint five steps before the end of its run, and at the end.
    private record Recorded(String name, String earlier, String now) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Recorded> WITH_M_AND_V = List.of(
            new Recorded("safetensors", "adam/55/state.safetensors", "adam/60/state.safetensors"),
            new Recorded("torch.save", "adamw/55.pt", "adamw/60.pt"),
            new Recorded("torch.save before 1.6", "amsgrad/55.ckpt", "amsgrad/60.ckpt"),
            new Recorded("distributed", "distributed/55", "distributed/60"));

    private static final List<Recorded> OTHERS = List.of(
            new Recorded("folder of a trainer", "rmsprop/checkpoint-55", "rmsprop/checkpoint-60"),
            new Recorded("momentum", "sgd/55.pt", "sgd/60.pt"));

    /// Something done to a state, and what has to be found.
    ///
    /// @param named    parameters that have to be named, and no others
    /// @param against  whether only the earlier checkpoint shows it
    private record Injected(
            String name, Consumer<Change> change, FaultKind expected, Set<String> named, boolean against) {
        static Injected alone(String name, FaultKind expected, Consumer<Change> change) {
            return new Injected(name, change, expected, Set.of(ONE), false);
        }

        static Injected later(String name, FaultKind expected, Consumer<Change> change) {
            return new Injected(name, change, expected, Set.of(ONE), true);
        }
    }

    private static final List<Injected> FAULTS = List.of(
            Injected.alone("NaN in v", FaultKind.NOT_FINITE, change -> change.at(ONE, Role.SECOND, 3, Double.NaN)),
            Injected.alone(
                    "infinite m",
                    FaultKind.NOT_FINITE,
                    change -> change.at(ONE, Role.FIRST, 3, Double.POSITIVE_INFINITY)),
            Injected.alone(
                    "NaN in the weights", FaultKind.NOT_FINITE, change -> change.at(ONE, Role.WEIGHTS, 0, Double.NaN)),
            Injected.alone("negative v", FaultKind.NEGATIVE_SQUARE, change -> change.at(ONE, Role.SECOND, 7, -1e-6)),
            Injected.alone("m and v exchanged", FaultKind.NEGATIVE_SQUARE, Change::exchangeRoles),
            Injected.alone(
                    "v in bfloat16 and back",
                    FaultKind.COARSER_FORMAT,
                    change -> change.each(ONE, Role.SECOND, v -> FloatFormat.BFLOAT16.round(v, false))),
            Injected.alone(
                    "m in float16 and back",
                    FaultKind.COARSER_FORMAT,
                    change -> change.each(ONE, Role.FIRST, m -> FloatFormat.FLOAT16.round(m, false))),
            Injected.alone("m zeroed", FaultKind.ZERO_STATE, change -> change.each(ONE, Role.FIRST, _ -> 0)),
            Injected.alone("v zeroed", FaultKind.RATIO_ABOVE_BOUND, change -> change.each(ONE, Role.SECOND, _ -> 0)),
            Injected.alone("m and v zeroed", FaultKind.ZERO_STATE, change -> {
                change.each(ONE, Role.FIRST, _ -> 0);
                change.each(ONE, Role.SECOND, _ -> 0);
            }),
            Injected.alone("another step", FaultKind.STEPS_DIFFER, change -> change.step(ONE, 17)),
            Injected.alone("no whole step", FaultKind.STEP_COUNT, change -> change.step(ONE, 59.5)),
            Injected.alone("step set back to 0", FaultKind.STATE_WITHOUT_STEP, change -> change.step(ONE, 0)),
            new Injected(
                    "all steps set back to 0",
                    change -> ALL.forEach(name -> change.step(name, 0)),
                    FaultKind.STATE_WITHOUT_STEP,
                    ALL,
                    false),
            Injected.alone("v times 10⁴", FaultKind.SCALE_APART, change -> change.each(ONE, Role.SECOND, v -> 1e4 * v)),
            Injected.alone(
                    "v over 10⁴", FaultKind.RATIO_ABOVE_BOUND, change -> change.each(ONE, Role.SECOND, v -> v / 1e4)),
            Injected.alone(
                    "√v stored for v", FaultKind.SCALE_APART, change -> change.each(ONE, Role.SECOND, Math::sqrt)),
            Injected.alone(
                    "v² stored for v",
                    FaultKind.RATIO_ABOVE_BOUND,
                    change -> change.each(ONE, Role.SECOND, v -> v * v)),
            Injected.alone("v of one step", FaultKind.RATIO_ABOVE_BOUND, Change::oneStepOld),
            Injected.alone("v in another order", FaultKind.RATIO_ABOVE_BOUND, change -> change.reversed(ONE)),
            new Injected(
                    "states of two shapes exchanged",
                    change -> change.exchange(ONE, OTHER),
                    FaultKind.OTHER_SHAPE,
                    Set.of(ONE, OTHER),
                    false),
            new Injected(
                    "v of another tensor",
                    change -> change.put(ONE, Role.SECOND, change.numbers(OTHER, Role.SECOND)),
                    FaultKind.SAME_NUMBERS,
                    Set.of(ONE, OTHER),
                    false),
            Injected.alone("v missing", FaultKind.MISSING_STATE, change -> change.remove(ONE, Role.SECOND)),
            new Injected("eps of 1", change -> change.hyper("eps", 1), FaultKind.EPS_RULES, ALL, false),
            new Injected(
                    "weights in bfloat16 at a small learning rate",
                    Change::shortWeights,
                    FaultKind.UPDATES_LOST,
                    ALL,
                    false),
            Injected.later("sign of m", FaultKind.JUMPED, change -> change.each(ONE, Role.FIRST, m -> -m)),
            Injected.later(
                    "v times 0.9", FaultKind.FELL_TOO_FAST, change -> change.each(ONE, Role.SECOND, v -> 0.9 * v)),
            Injected.later(
                    "v corrected for bias", FaultKind.GREW_ALONE, change -> change.each(ONE, Role.SECOND, v -> 20 * v)),
            Injected.later("v of before", FaultKind.UNMOVED, change -> change.earlier(ONE, Role.SECOND)),
            Injected.later("weights of before", FaultKind.UNMOVED, change -> change.earlier(ONE, Role.WEIGHTS)));

    @TestFactory
    Stream<DynamicTest> nothingIsFoundInHealthyOnes() {
        return Stream.concat(WITH_M_AND_V.stream(), OTHERS.stream())
                .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> {
                    try (InspectedFiles now = InspectedFiles.open(FOLDER.resolve(recorded.now()));
                            InspectedFiles before = InspectedFiles.open(FOLDER.resolve(recorded.earlier()))) {
                        assertThat(now.state().parameters())
                                .extracting(ParameterState::name)
                                .containsExactlyInAnyOrderElementsOf(ALL);
                        assertThat(found(now.state(), Optional.of(before.state())))
                                .isEmpty();
                        assertThat(found(before.state(), Optional.empty())).isEmpty();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyFaultIsNamedWithItsTensorAndNoOther() {
        return WITH_M_AND_V.stream()
                .flatMap(recorded -> FAULTS.stream()
                        .map(fault -> DynamicTest.dynamicTest(recorded + ": " + fault.name(), () -> {
                            try (InspectedFiles now = InspectedFiles.open(FOLDER.resolve(recorded.now()));
                                    InspectedFiles before = InspectedFiles.open(FOLDER.resolve(recorded.earlier()))) {
                                Change change = new Change(now.state(), before.state());
                                fault.change().accept(change);
                                List<Fault> found = found(
                                        change.state(),
                                        fault.against() ? Optional.of(before.state()) : Optional.empty());
                                assertThat(found).anySatisfy(each -> {
                                    // AMSGrad keeps the largest v, so what scales v shows there first.
                                    assertThat(each.kind()).isIn(fault.expected(), FaultKind.MAXIMUM_BELOW);
                                    assertThat(fault.named()).contains(each.parameter());
                                });
                                Set<String> named =
                                        found.stream().map(Fault::parameter).collect(Collectors.toSet());
                                if (fault.named().equals(ALL)) {
                                    assertThat(named).contains("0.weight", "2.weight", "4.weight");
                                } else {
                                    assertThat(named).isEqualTo(fault.named());
                                }
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> statesOfAnotherRunAreNamedAgainstTheEarlierCheckpoint() {
        return WITH_M_AND_V.stream()
                .filter(recorded -> !recorded.name().equals("safetensors"))
                .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> {
                    try (InspectedFiles now = InspectedFiles.open(FOLDER.resolve(recorded.now()));
                            InspectedFiles before = InspectedFiles.open(FOLDER.resolve(recorded.earlier()));
                            InspectedFiles other = InspectedFiles.open(FOLDER.resolve("sgd/60.pt"))) {
                        // v of gradients of another run: those of its momentum
                        Change change = new Change(now.state(), before.state());
                        Change foreign = new Change(other.state(), other.state());
                        for (String name : ALL) {
                            double[] m = foreign.numbers(name, Role.FIRST);
                            change.put(name, Role.FIRST, scaled(m, 0.1));
                            change.put(
                                    name,
                                    Role.SECOND,
                                    Arrays.stream(m).map(g -> 1e-3 * g * g).toArray());
                        }
                        assertThat(found(change.state(), Optional.of(before.state())))
                                .filteredOn(fault -> fault.kind() == FaultKind.FELL_TOO_FAST)
                                .extracting(Fault::parameter)
                                .containsAll(Set.of("0.weight", "2.weight", "4.weight"));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> valuesOfOtherRulesAreLookedAtToo() {
        return OTHERS.stream()
                .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> {
                    try (InspectedFiles now = InspectedFiles.open(FOLDER.resolve(recorded.now()));
                            InspectedFiles before = InspectedFiles.open(FOLDER.resolve(recorded.earlier()))) {
                        Role role = recorded.name().equals("momentum") ? Role.FIRST : Role.SECOND;
                        Change broken = new Change(now.state(), before.state());
                        broken.at(ONE, role, 5, Double.NaN);
                        Change zero = new Change(now.state(), before.state());
                        zero.each(ONE, role, _ -> 0);
                        Change rounded = new Change(now.state(), before.state());
                        rounded.each(ONE, role, value -> FloatFormat.BFLOAT16.round(value, false));
                        assertThat(kinds(broken)).containsExactly(FaultKind.NOT_FINITE);
                        assertThat(kinds(zero)).contains(FaultKind.ZERO_STATE);
                        assertThat(kinds(rounded)).containsExactly(FaultKind.COARSER_FORMAT);
                    }
                }));
    }

    private static List<FaultKind> kinds(Change change) {
        return found(change.state(), Optional.empty()).stream().map(Fault::kind).toList();
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static List<Fault> found(OptimizerState state, Optional<OptimizerState> earlier) {
        return PostMortem.of(state, earlier, Optional.empty(), _ -> {}).faults();
    }

    /// TensorNumbers in memory in place of those of a file.
    private record Held(String name, List<Long> shape, FloatFormat format, double[] values) implements TensorNumbers {
        @Override
        public double[] read(long first, int count) {
            return Arrays.copyOfRange(values, (int) first, (int) first + count);
        }
    }

    /// A state that is being changed.
    private static final class Change {
        private final Map<String, ParameterState> parameters = new LinkedHashMap<>();
        private final Map<String, ParameterState> before = new HashMap<>();

        Change(OptimizerState state, OptimizerState earlier) {
            state.parameters().forEach(each -> parameters.put(each.name(), each));
            earlier.parameters().forEach(each -> before.put(each.name(), each));
        }

        OptimizerState state() {
            return new OptimizerState("changed", List.copyOf(parameters.values()), List.of());
        }

        double[] numbers(String name, Role role) {
            TensorNumbers numbers = parameters.get(name).tensor(role).orElseThrow();
            return numbers.read(0, (int) numbers.count());
        }

        void put(String name, Role role, double[] values) {
            TensorNumbers old = parameters.get(name).tensor(role).orElseThrow();
            double[] sized = Arrays.copyOf(values, (int) old.count());
            if (values.length != old.count()) {
                replace(name, role, new Held("", List.of((long) values.length), old.format(), values));
                return;
            }
            replace(name, role, new Held(old.name(), old.shape(), old.format(), sized));
        }

        private void replace(String name, Role role, TensorNumbers numbers) {
            ParameterState old = parameters.get(name);
            Map<Role, TensorNumbers> tensors = new EnumMap<>(old.tensors());
            tensors.put(role, numbers);
            parameters.put(name, new ParameterState(name, tensors, old.step(), old.rule()));
        }

        void at(String name, Role role, int place, double value) {
            double[] values = numbers(name, role);
            values[place] = value;
            put(name, role, values);
        }

        void each(String name, Role role, DoubleUnaryOperator change) {
            boolean single = parameters.get(name).tensor(role).orElseThrow().format() == FloatFormat.FLOAT32;
            put(
                    name,
                    role,
                    Arrays.stream(numbers(name, role))
                            .map(change)
                            .map(value -> single ? (float) value : value)
                            .toArray());
        }

        void reversed(String name) {
            double[] v = numbers(name, Role.SECOND);
            for (int i = 0; i < v.length / 2; i++) {
                double first = v[i];
                v[i] = v[v.length - 1 - i];
                v[v.length - 1 - i] = first;
            }
            put(name, Role.SECOND, v);
        }

        void exchangeRoles() {
            double[] m = numbers(ONE, Role.FIRST);
            put(ONE, Role.FIRST, numbers(ONE, Role.SECOND));
            put(ONE, Role.SECOND, m);
        }

        /// v that began anew in the last step, with the gradient that m has.
        void oneStepOld() {
            double beta2 = parameters.get(ONE).rule().value("beta2").orElseThrow();
            put(
                    ONE,
                    Role.SECOND,
                    Arrays.stream(numbers(ONE, Role.FIRST))
                            .map(m -> 0.01 * (1 - beta2) * m * m)
                            .toArray());
        }

        void step(String name, double step) {
            ParameterState old = parameters.get(name);
            parameters.put(name, new ParameterState(name, old.tensors(), OptionalDouble.of(step), old.rule()));
        }

        void remove(String name, Role role) {
            ParameterState old = parameters.get(name);
            Map<Role, TensorNumbers> tensors = new EnumMap<>(old.tensors());
            tensors.remove(role);
            parameters.put(name, new ParameterState(name, tensors, old.step(), old.rule()));
        }

        void exchange(String one, String other) {
            Map<Role, TensorNumbers> first = new EnumMap<>(parameters.get(one).tensors());
            Map<Role, TensorNumbers> second =
                    new EnumMap<>(parameters.get(other).tensors());
            for (Role role : List.of(Role.FIRST, Role.SECOND)) {
                TensorNumbers kept = first.get(role);
                first.put(role, second.get(role));
                second.put(role, kept);
            }
            OptionalDouble step = parameters.get(one).step();
            StateRule rule = parameters.get(one).rule();
            parameters.put(one, new ParameterState(one, first, step, rule));
            parameters.put(other, new ParameterState(other, second, step, rule));
        }

        void earlier(String name, Role role) {
            replace(name, role, before.get(name).tensor(role).orElseThrow());
        }

        void hyper(String hyper, double value) {
            for (ParameterState old : new ArrayList<>(parameters.values())) {
                Map<String, Double> values = new HashMap<>(old.rule().hyper());
                values.put(hyper, value);
                StateRule rule = old.rule();
                parameters.put(
                        old.name(),
                        new ParameterState(
                                old.name(),
                                old.tensors(),
                                old.step(),
                                new StateRule(rule.name(), rule.averages(), values, Set.of(), rule.corrected())));
            }
        }

        void shortWeights() {
            hyper("lr", 1e-7);
            for (String name : ALL) {
                TensorNumbers old = parameters.get(name).tensor(Role.WEIGHTS).orElseThrow();
                double[] rounded = Arrays.stream(numbers(name, Role.WEIGHTS))
                        .map(x -> FloatFormat.BFLOAT16.round(x, false))
                        .toArray();
                replace(name, Role.WEIGHTS, new Held(name, old.shape(), FloatFormat.BFLOAT16, rounded));
            }
        }
    }
}
