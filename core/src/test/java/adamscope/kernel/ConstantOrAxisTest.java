package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.RuleReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A hyper-parameter gives the same bits where it is a constant in the code and where it differs from lane to lane, in
/// the interpreters and in the kernels: of random rules at values at which a compiler is tempted to simplify.
class ConstantOrAxisTest {
    private static final int LANES = 9;
    private static final double[] TEMPTING = {0, -0.0, 1, 2, 3, -1, 0.5, 1.5, -0.5, -2, 0.37, 4, 1e-8, -3};
    private static final double[] STARTS = {
        1, -2, 0.5, 1e-150, 1e150, 0, -0.0, 1e-3, 3, 0.7, -1e-300, 5e-324, Double.NaN, Double.POSITIVE_INFINITY
    };
    private static final List<String> OBJECTIVES = List.of(
            "x^2/2",
            "x^4/4",
            "tanh(x)^2",
            "(x^2)^0.685",
            "1 - cos(x)",
            "abs(x)",
            "exp(x) - x",
            "(x^2 - 1)^2/4",
            "x^3/3",
            "abs(x)^1.5");

    /// v − 1/(g + q) with g = −0: the sum with q = 0 is +0, so that exp(−1/0) is 0 and not ∞.
    @Test
    void aZeroAsConstantMakesPlusZeroOfMinusZero() {
        String rule = """
            optimizer t
            hyper lr = 1 in (-inf, inf)
            hyper q = 0 in (-inf, inf)
            state v = 0
            v <- exp(-1/(g + q))
            x <- x - lr*(1 + tanh(v))
            """;
        Recurrence recurrence =
                ClosedMap.of(RuleReader.read("t.opt", rule), FormulaObjective.read("x^2/2"), ClosedMap.Start.ZERO);
        for (double zero : new double[] {0, -0.0}) {
            double expected = zero + -0.0 == 0 && 1 / (zero + -0.0) > 0 ? -1 : -2;
            for (Map<String, Double> constants : List.of(Map.<String, Double>of(), Map.of("lr", 1.0, "q", zero))) {
                StepProgram program = KernelCases.program(recurrence, constants);
                Map<String, double[]> inputs = Map.of("lr", filled(1), "q", filled(zero), "x", filled(-0.0));
                for (Lanes lanes : every(program, inputs)) {
                    lanes.advance(1, 1);
                    assertThat(lanes.component(program.components().indexOf("x"))
                                    .at(0)
                                    .toDouble())
                            .as("%s, %s of constants %s", zero, lanes, constants)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void randomRulesHaveTheSameBits() {
        compareRules(0, 60);
    }

    @Test
    @Tag("slow")
    void manyRandomRulesHaveTheSameBits() {
        compareRules(1000, 6000);
    }

    private static void compareRules(int firstSeed, int rules) {
        int accepted = 0;
        for (int seed = firstSeed; seed < firstSeed + rules; seed++) {
            accepted += new RandomRule(new SplittableRandom(seed)).compare() ? 1 : 0;
        }
        assertThat(accepted).as("rules that are allowed").isGreaterThan(rules / 2);
    }

    private record RandomRule(SplittableRandom random) {
        /// Whether the rule could be read.
        boolean compare() {
            String text = String.format(
                    Locale.ROOT,
                    """
                    optimizer t
                    hyper lr = 0.1 in (-inf, inf)
                    hyper p = 3 in (-inf, inf)
                    hyper q = 1 in (-inf, inf)
                    state v = 0
                    v <- 0.9*v + 0.1*%s
                    x <- x - lr*%s/(%s + %s)
                    """,
                    term(),
                    pick("g", "v", "g*" + term()),
                    pick("v^0.37", "sqrt(v)", "abs(v)^p", "1", term()),
                    pick("q", "0.01", "p"));
            String objective = OBJECTIVES.get(random.nextInt(OBJECTIVES.size()));
            Map<String, Double> constants =
                    Map.of("lr", Math.pow(10, random.nextDouble(-4, 1)), "p", any(TEMPTING), "q", any(TEMPTING));
            double start = any(STARTS);
            int steps = 1 + random.nextInt(50);
            Recurrence recurrence;
            try {
                recurrence = ClosedMap.of(
                        RuleReader.read("t.opt", text), FormulaObjective.read(objective), ClosedMap.Start.ZERO);
            } catch (IllegalArgumentException _) {
                return false;
            }
            Map<String, double[]> inputs = new HashMap<>(Map.of("x", filled(start)));
            constants.forEach((name, value) -> inputs.put(name, filled(value)));
            String what = text + objective + ", start " + start + ", " + constants + ", " + steps + " steps";
            StepProgram axes = KernelCases.program(recurrence, Map.of());
            List<StepProgram> programs = List.of(
                    axes,
                    KernelCases.program(recurrence, Map.of("p", constants.get("p"))),
                    KernelCases.program(recurrence, constants));
            List<List<WideNumber>> plain = run(block(axes, inputs), steps);
            List<List<WideNumber>> wide = run(wide(axes, inputs), steps);
            for (StepProgram program : programs) {
                for (Lanes lanes : every(program, inputs)) {
                    boolean isWide = lanes instanceof WideLanes || lanes instanceof ScaledLanes;
                    // Numbers beyond double's range differ by intent.
                    if (!isWide || Math.abs(start) < 1e200) {
                        assertThat(run(lanes, steps))
                                .as("%s with axes %s: %s", lanes.getClass(), program.parameters(), what)
                                .isEqualTo(isWide ? wide : plain);
                    }
                }
            }
            return true;
        }

        private String term() {
            return switch (random.nextInt(8)) {
                case 0 -> "abs(" + atom() + ")^" + exponent();
                case 1 -> "(" + atom() + ")^" + exponent();
                case 2 -> "(" + atom() + " + " + pick("p", "q", "0") + ")";
                case 3 -> "(" + atom() + ")/" + pick("p", "q", "2", "4", "3");
                case 4 -> pick("p", "q") + "*" + atom();
                case 5 -> "sqrt(abs(" + atom() + ") + " + pick("p", "q") + ")";
                case 6 -> "exp(-" + pick("p", "q") + "*abs(" + atom() + "))";
                default -> "max(" + atom() + ", " + pick("p", "q", "0") + ")";
            };
        }

        private String atom() {
            return pick("g", "abs(g)", "x", "v", "g^2", "1");
        }

        private String exponent() {
            return pick("p", "q", "2", "3", "0.5", "(-1)", "0.37", "(-0.5)", "1.5", "0", "1");
        }

        private String pick(String... words) {
            return words[random.nextInt(words.length)];
        }

        private double any(double[] numbers) {
            return numbers[random.nextInt(numbers.length)];
        }
    }

    /// The program in everything that runs it.
    private static List<Lanes> every(StepProgram program, Map<String, double[]> inputs) {
        List<Lanes> every = new ArrayList<>(List.of(
                block(program, inputs),
                wide(program, inputs),
                SimdKernel.of(program, 128, 1).lanes(inputs, KernelCases.starts(program, inputs)),
                SimdKernel.of(program, 256, 2).lanes(inputs, KernelCases.starts(program, inputs))));
        ScaledKernel.of(program, 256, 1)
                .ifPresent(kernel -> every.add(kernel.lanes(inputs, normalised(program, inputs))));
        return every;
    }

    private static Lanes block(StepProgram program, Map<String, double[]> inputs) {
        return new BlockLanes(program, inputs, KernelCases.starts(program, inputs));
    }

    private static Lanes wide(StepProgram program, Map<String, double[]> inputs) {
        return new WideLanes(program, inputs, normalised(program, inputs));
    }

    private static Magnitudes[] normalised(StepProgram program, Map<String, double[]> inputs) {
        Magnitudes[] starts = KernelCases.starts(program, inputs);
        for (Magnitudes start : starts) {
            for (int lane = 0; lane < LANES; lane++) {
                start.set(lane, WideNumber.of(start.mantissa()[lane]));
            }
        }
        return starts;
    }

    /// Every component of every lane after some steps.
    private static List<List<WideNumber>> run(Lanes lanes, int steps) {
        for (int done = 0; done < steps; done += 25) {
            lanes.advance(done + 1, Math.min(25, steps - done));
        }
        List<List<WideNumber>> state = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            state.add(IntStream.range(0, LANES).mapToObj(lanes.component(c)::at).toList());
        }
        return state;
    }

    private static double[] filled(double number) {
        double[] numbers = new double[LANES];
        Arrays.fill(numbers, number);
        return numbers;
    }
}
