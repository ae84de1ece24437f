package adamscope.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.diagnosis.FloatFormat;
import adamscope.inspection.StateRule.Averages;
import adamscope.stability.StepBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostMortemTest {
    private static final StateRule ADAM = adam(0.9, 0.999, 1e-8, 1e-3);

    private static StateRule adam(double beta1, double beta2, double eps, double lr) {
        return new StateRule(
                "Adam", Averages.BOTH, Map.of("beta1", beta1, "beta2", beta2, "eps", eps, "lr", lr), Set.of(), true);
    }

    private record Held(String name, List<Long> shape, FloatFormat format, double[] values) implements TensorNumbers {
        @Override
        public double[] read(long first, int count) {
            return Arrays.copyOfRange(values, (int) first, (int) first + count);
        }
    }

    private static ParameterState parameter(StateRule rule, double step, FloatFormat format, double[]... tensors) {
        Map<Role, TensorNumbers> held = new EnumMap<>(Role.class);
        List<Role> roles = List.of(Role.FIRST, Role.SECOND, Role.WEIGHTS);
        for (int i = 0; i < tensors.length; i++) {
            double[] rounded =
                    Arrays.stream(tensors[i]).map(x -> format.round(x, false)).toArray();
            held.put(roles.get(i), new Held("t" + i, List.of((long) rounded.length), format, rounded));
        }
        return new ParameterState("p", held, step < 0 ? OptionalDouble.empty() : OptionalDouble.of(step), rule);
    }

    private static List<FaultKind> kinds(ParameterState... now) {
        return faults(List.of(now), Optional.empty()).stream().map(Fault::kind).toList();
    }

    private static List<Fault> faults(List<ParameterState> now, Optional<ParameterState> before) {
        return PostMortem.of(
                        new OptimizerState("now", now, List.of()),
                        before.map(known -> new OptimizerState("before", List.of(known), List.of())),
                        Optional.empty(),
                        _ -> {})
                .faults();
    }

    /// m and v after gradients in proportion to (β₁/β₂)^(t−i), for which |m|/√v is R_t exactly.
    private static double[] extreme(double beta1, double beta2, int steps) {
        double m = 0;
        double v = 0;
        for (int i = 1; i <= steps; i++) {
            double g = Math.pow(beta1 / beta2, steps - i);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
        }
        return new double[] {m, v};
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.999, 100", "0.9, 0.999, 3", "0.9, 0.95, 50", "0.5, 0.999, 20", "0.9, 0.7, 12"})
    void gradientsThatAttainTheBoundAreWithinAndATenthOfVLessIsNot(double beta1, double beta2, int steps) {
        double[] extreme = extreme(beta1, beta2, steps);
        assertThat(extreme[0] / Math.sqrt(extreme[1]))
                .isCloseTo(new StepBound(beta1, beta2).after(steps), org.assertj.core.data.Offset.offset(1e-9));
        StateRule rule = adam(beta1, beta2, 1e-8, 1e-3);
        double[] m = {extreme[0], -extreme[0]};
        double[] v = {extreme[1], extreme[1]};
        double[] less = {extreme[1], 0.9 * extreme[1]};
        for (FloatFormat format : List.of(FloatFormat.FLOAT64, FloatFormat.FLOAT32)) {
            assertThat(kinds(parameter(rule, steps, format, m, v))).isEmpty();
            List<Fault> faults = faults(List.of(parameter(rule, steps, format, m, less)), Optional.empty());
            assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.RATIO_ABOVE_BOUND);
            assertThat(faults.getFirst().coordinates()).isEqualTo(1);
            assertThat(faults.getFirst().at()).hasValue(1);
            assertThat(faults.getFirst().inequality().bound()).isEqualTo(new StepBound(beta1, beta2).after(steps));
        }
    }

    @Test
    void thereIsNoBoundWhereMOutlivesVUnlessTheStepsAreKnown() {
        StateRule rule = adam(0.9, 0.7, 1e-8, 1e-3);
        double[] m = {1e6, 1e6};
        double[] v = {1, 1};
        PostMortem unknown = PostMortem.of(
                new OptimizerState("", List.of(parameter(rule, -1, FloatFormat.FLOAT64, m, v)), List.of()),
                Optional.empty(),
                Optional.empty(),
                _ -> {});
        assertThat(unknown.faults()).extracting(Fault::kind).doesNotContain(FaultKind.RATIO_ABOVE_BOUND);
        assertThat(unknown.unchecked()).anyMatch(what -> what.contains("β₁² < β₂"));
        assertThat(kinds(parameter(rule, 5, FloatFormat.FLOAT64, m, v))).contains(FaultKind.RATIO_ABOVE_BOUND);
    }

    @Test
    void inFloat16AnUnderflowOfVIsNamedAsSuchAndNotAsImpossible() {
        // (1 − β₂)g² = 1e-9 is below half the smallest float16, 3e-8
        double[] m = IntStream.range(0, 20).mapToDouble(i -> 1e-3 * (1 + i % 3)).toArray();
        List<FaultKind> kinds = kinds(parameter(ADAM, 500, FloatFormat.FLOAT16, m, new double[20]));
        assertThat(kinds).contains(FaultKind.OUT_OF_RANGE).doesNotContain(FaultKind.RATIO_ABOVE_BOUND);
        assertThat(kinds(parameter(ADAM, 500, FloatFormat.FLOAT32, m, new double[20])))
                .contains(FaultKind.RATIO_ABOVE_BOUND);
    }

    /// Whether β₂·v rounds to v is asked of the format itself.
    @ParameterizedTest
    @CsvSource({
        "BFLOAT16, 0.999, true",
        "BFLOAT16, 0.99, false",
        "FLOAT16, 0.999, false",
        "FLOAT16, 0.9999, true",
        "FLOAT32, 0.99999, false",
        "FLOAT8_E4M3, 0.99, true"
    })
    void vIsStuckWhereItsDecayIsRoundedAway(FloatFormat format, double beta2, boolean stuck) {
        double[] v = IntStream.range(0, 64)
                .mapToDouble(i -> format.round(1 + i / 64.0, false))
                .toArray();
        assertThat(Arrays.stream(v)
                                .filter(x -> format.round(beta2 * x, false) == x)
                                .count()
                        > 32)
                .isEqualTo(stuck);
        double[] m = Arrays.stream(v).map(x -> 0.3 * x).toArray();
        StateRule rule = adam(0.9, beta2, 1e-8, 1e-3);
        assertThat(kinds(parameter(rule, 1000, format, m, v)).contains(FaultKind.SECOND_STUCK))
                .isEqualTo(stuck);
    }

    @Test
    void anUpdateIsLostExactlyWhereTheFormatRoundsItAway() {
        double[] m = {1, 1, 1, 1};
        double[] v = {1, 1, 1, 1};
        double[] x = {1, 1.5, -1, 1.25};
        // half a last bit of bfloat16 in [1, 2) is 2^-8
        for (double lr : new double[] {0.99 * 0x1p-8, 1.01 * 0x1p-8}) {
            boolean lost = FloatFormat.BFLOAT16.round(1.25 - lr, false) == 1.25;
            StateRule rule = new StateRule(
                    "adam-uncorrected",
                    Averages.BOTH,
                    Map.of("beta1", 0.9, "beta2", 0.999, "eps", 0.0, "lr", lr),
                    Set.of(),
                    false);
            assertThat(kinds(parameter(rule, 1000, FloatFormat.BFLOAT16, m, v, x))
                            .contains(FaultKind.UPDATES_LOST))
                    .isEqualTo(lost);
        }
    }

    /// A gradient process with heavy tails and pauses, rounded in each step as the format does.
    private static double[][] process(long seed, int steps, StateRule rule, FloatFormat format) {
        Random random = new Random(seed);
        double beta1 = rule.or("beta1", 0);
        double beta2 = rule.or("beta2", 0);
        double[] m = new double[40];
        double[] v = new double[40];
        for (int step = 0; step < steps; step++) {
            double size = Math.exp(3 * random.nextGaussian()) * 1e-3;
            for (int i = 0; i < m.length; i++) {
                double g = random.nextInt(3) == 0 ? 0 : size * Math.exp(i / 20.0) * random.nextGaussian();
                m[i] = format.round(beta1 * m[i] + (1 - beta1) * g, false);
                v[i] = format.round(beta2 * v[i] + (1 - beta2) * g * g, false);
            }
        }
        return new double[][] {m, v};
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT64", "FLOAT32", "BFLOAT16", "FLOAT16"})
    void noGradientsWhateverLeadToAnythingImpossible(FloatFormat format) {
        for (double[] betas : new double[][] {{0.9, 0.999}, {0.9, 0.95}, {0, 0.99}, {0.95, 0.9}, {0.99, 0.9999}}) {
            StateRule rule = adam(betas[0], betas[1], 1e-8, 1e-3);
            for (int seed = 0; seed < 5; seed++) {
                for (int steps : new int[] {1, 2, 7, 60}) {
                    double[][] before = process(seed, steps, rule, format);
                    double[][] now = process(seed, steps + 5, rule, format);
                    assertThat(faults(
                                    List.of(parameter(rule, steps + 5, format, now)),
                                    Optional.of(parameter(rule, steps, format, before))))
                            .filteredOn(fault -> fault.kind().standing() == FaultKind.Strength.IMPOSSIBLE)
                            .as("%s, %s, seed %d, %d steps", format, Arrays.toString(betas), seed, steps)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void vThatDecaysWithoutGradientsHasNotFallenTooFastAndOnePercentLessHas() {
        double[] v0 = {1, 2, 3, 4};
        double[] m0 = {0.1, 0.2, 0.3, 0.4};
        double[] m = m0.clone();
        double[] v = v0.clone();
        for (int step = 0; step < 100; step++) {
            for (int i = 0; i < 4; i++) {
                m[i] = (float) (0.9 * m[i]);
                v[i] = (float) (0.999 * v[i]);
            }
        }
        ParameterState before = parameter(ADAM, 50, FloatFormat.FLOAT32, m0, v0);
        assertThat(faults(List.of(parameter(ADAM, 150, FloatFormat.FLOAT32, m, v)), Optional.of(before)))
                .isEmpty();
        double[] less = v.clone();
        less[2] *= 0.99;
        List<Fault> faults = faults(List.of(parameter(ADAM, 150, FloatFormat.FLOAT32, m, less)), Optional.of(before));
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.FELL_TOO_FAST);
        assertThat(faults.getFirst().at()).hasValue(2);
        assertThat(faults.getFirst().inequality().bound())
                .isCloseTo(Math.pow(0.999, 100), org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void bfloat16ValuesInFloat32AreToldAndPowersOfTwoAreNot() {
        double[] rounded = IntStream.range(1, 30)
                .mapToDouble(i -> FloatFormat.BFLOAT16.round(Math.sqrt(i) / 7, false))
                .toArray();
        double[] m = IntStream.range(1, 30).mapToDouble(i -> Math.sqrt(i) / 9).toArray();
        List<Fault> faults = faults(List.of(parameter(ADAM, 100, FloatFormat.FLOAT32, m, rounded)), Optional.empty());
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.COARSER_FORMAT);
        assertThat(faults.getFirst().inequality().measured()).isEqualTo(8);
        assertThat(faults.getFirst().inequality().bound()).isEqualTo(24);
        double[] powers =
                IntStream.range(1, 30).mapToDouble(i -> Math.scalb(1.0, -i)).toArray();
        assertThat(kinds(parameter(ADAM, 100, FloatFormat.FLOAT32, powers, powers)))
                .doesNotContain(FaultKind.COARSER_FORMAT);
    }

    @Test
    void theSameCheckpointTwiceHasNoFaultAndOneNumberChangedHas() {
        double[][] state = process(1, 30, ADAM, FloatFormat.FLOAT32);
        ParameterState before = parameter(ADAM, 30, FloatFormat.FLOAT32, state);
        assertThat(faults(List.of(before), Optional.of(before))).isEmpty();
        double[] changed = state[1].clone();
        changed[5] = Math.nextUp((float) changed[5]);
        List<Fault> faults =
                faults(List.of(parameter(ADAM, 30, FloatFormat.FLOAT32, state[0], changed)), Optional.of(before));
        assertThat(faults).extracting(Fault::kind).containsExactly(FaultKind.CHANGED_WITHOUT_STEP);
        assertThat(faults.getFirst().coordinates()).isEqualTo(1);
    }

    @Test
    void tiedParametersAreNoTwinsAndCopiedStatesAre() {
        double[][] state = process(3, 30, ADAM, FloatFormat.FLOAT32);
        double[] weights = IntStream.range(0, 40).mapToDouble(Math::sqrt).toArray();
        double[] others = IntStream.range(0, 40).mapToDouble(Math::cbrt).toArray();
        ParameterState one = parameter(ADAM, 30, FloatFormat.FLOAT32, state[0], state[1], weights);
        ParameterState tied = renamed(one, "tied");
        ParameterState copied = renamed(parameter(ADAM, 30, FloatFormat.FLOAT32, state[0], state[1], others), "copied");
        assertThat(kinds(one, tied)).isEmpty();
        assertThat(faults(List.of(one, copied), Optional.empty()))
                .extracting(Fault::parameter)
                .containsOnly("p", "copied");
        assertThat(kinds(one, copied)).containsOnly(FaultKind.SAME_NUMBERS);
    }

    /// Two linear layers of one shape whose outputs have gradients of their own sizes: g_W = δ·xᵀ, g_b = δ.
    private static List<ParameterState> layers(long seed) {
        Random random = new Random(seed);
        List<ParameterState> states = new ArrayList<>();
        for (String layer : List.of("1", "2")) {
            int n = 24;
            double[] sizes = IntStream.range(0, n)
                    .mapToDouble(_ -> 1e-2 * Math.exp(random.nextGaussian()))
                    .toArray();
            double[][] weights = new double[2][n * n];
            double[][] biases = new double[2][n];
            for (int step = 0; step < 40; step++) {
                double[] delta = Arrays.stream(sizes)
                        .map(size -> size * random.nextGaussian())
                        .toArray();
                double[] x = random.doubles(n).toArray();
                for (int i = 0; i < n; i++) {
                    average(biases, i, delta[i]);
                    for (int j = 0; j < n; j++) {
                        average(weights, i * n + j, delta[i] * x[j]);
                    }
                }
            }
            states.add(shaped(layer + ".weight", List.of((long) n, (long) n), weights));
            states.add(shaped(layer + ".bias", List.of((long) n), biases));
        }
        return states;
    }

    private static void average(double[][] state, int i, double g) {
        state[0][i] = 0.9 * state[0][i] + 0.1 * g;
        state[1][i] = 0.999 * state[1][i] + 0.001 * g * g;
    }

    private static ParameterState shaped(String name, List<Long> shape, double[][] state) {
        return new ParameterState(
                name,
                Map.of(
                        Role.FIRST, new Held(name, shape, FloatFormat.FLOAT64, state[0]),
                        Role.SECOND, new Held(name, shape, FloatFormat.FLOAT64, state[1])),
                OptionalDouble.of(40),
                ADAM);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void exchangedStatesOfOneShapeAreNamedByTheirBiases(long seed) {
        List<ParameterState> layers = layers(seed);
        assertThat(faults(layers, Optional.empty())).isEmpty();
        List<ParameterState> exchanged = List.of(
                new ParameterState("1.weight", layers.get(2).tensors(), OptionalDouble.of(40), ADAM),
                layers.get(1),
                new ParameterState("2.weight", layers.get(0).tensors(), OptionalDouble.of(40), ADAM),
                layers.get(3));
        assertThat(faults(exchanged, Optional.empty()))
                .filteredOn(fault -> fault.kind() == FaultKind.FITS_ANOTHER)
                .extracting(Fault::parameter)
                .containsExactlyInAnyOrder("1.weight", "2.weight");
        // In optimizer.pt parameters have numbers only.
        List<ParameterState> numbered = IntStream.range(0, 4)
                .mapToObj(i -> renamed(exchanged.get(i), Integer.toString(i)))
                .toList();
        assertThat(faults(numbered, Optional.empty()))
                .extracting(Fault::parameter)
                .containsExactlyInAnyOrder("0", "2");
    }

    private static ParameterState renamed(ParameterState state, String name) {
        return new ParameterState(name, state.tensors(), state.step(), state.rule());
    }

    @Test
    void theNextStepIsThatOfTheRule() {
        double[] m = {0.1, -0.2, 0.3, 0.05};
        double[] v = {0.01, 0.04, 0.02, 0.01};
        PostMortem inspection = PostMortem.of(
                new OptimizerState("", List.of(parameter(ADAM, 9, FloatFormat.FLOAT64, m, v)), List.of()),
                Optional.empty(),
                Optional.empty(),
                _ -> {});
        double squares = 0;
        for (int i = 0; i < m.length; i++) {
            double update =
                    1e-3 * m[i] / (1 - Math.pow(0.9, 10)) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, 10))) + 1e-8);
            squares += update * update;
        }
        assertThat(inspection.next().orElseThrow())
                .isCloseTo(Math.sqrt(squares), org.assertj.core.data.Offset.offset(1e-15));
        assertThat(inspection.usual()).hasValue(2e-3);
    }

    @Test
    void everythingOddIsSaidAndNothingThrows() {
        double[] odd = {
            0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -1, 1e300
        };
        List<ParameterState> states = new ArrayList<>();
        for (double step : new double[] {-1, 0, 1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e18}) {
            for (FloatFormat format : FloatFormat.values()) {
                states.add(renamed(parameter(ADAM, step, format, odd, odd, odd), "s" + step + format));
                states.add(renamed(parameter(ADAM, step, format, odd, new double[0], odd), "e" + step + format));
            }
        }
        List<Fault> faults = faults(states, Optional.of(states.get(3)));
        assertThat(faults).extracting(Fault::kind).contains(FaultKind.NOT_FINITE, FaultKind.STEP_COUNT);
        assertThat(faults(List.of(), Optional.of(states.getFirst()))).hasSize(1);
    }
}
