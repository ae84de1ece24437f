package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.CurvatureSite;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ProbeSchedule;
import adamscope.data.Samples;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedNormal;
import adamscope.linear.TrackedSpectrum;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.rule.TensorRule;
import adamscope.stability.Threshold;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of paper 3, figure 5: their P, typed here once more from the papers, the top of P⁻¹H against the dense
/// matrix, and the threshold against the closed forms of paper 3, section 2 and appendix B.
class PreconditionedSharpnessOfRulesTest {
    private static final Place PLACE = Place.CPU_FLOAT64;
    private static final FullyConnected NETWORK = new FullyConnected(List.of(3, 4, 2), Activation.TANH);
    private static final int STEPS = 25;
    private static final double LR = 1e-2;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPS = 1e-6;
    private static final double HEAVY_BALL = 2 * (1 + BETA1) / (1 - BETA1);
    private static final double NADAM = HEAVY_BALL / (1 + 2 * BETA1);

    /// P after the gradients of so many steps.
    interface Scale {
        double[] of(List<double[]> gradients);
    }

    /// @param threshold times lr
    record Case(String name, Map<String, Double> hyper, Scale scale, double threshold) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> rules() {
        Map<String, Double> adam = Map.of("lr", LR, "beta1", BETA1, "beta2", BETA2, "eps", EPS);
        double one = 1 - Math.pow(BETA1, STEPS);
        double two = 1 - Math.pow(BETA2, STEPS);
        Scale plain = g -> each(average(g), v -> Math.sqrt(v) + EPS);
        Scale corrected = g -> each(average(g), v -> one * (Math.sqrt(v / two) + EPS));
        return Stream.of(
                new Case("adam-uncorrected", adam, plain, HEAVY_BALL),
                new Case("adam", adam, corrected, HEAVY_BALL),
                // decay 0.01: at the root −1, (1 − β₁)ηλ = (1 + β₁)(2 − η·decay)
                new Case("adamw", adam, corrected, HEAVY_BALL * (1 - LR * 0.01 / 2)),
                new Case("nadam", adam, plain, NADAM),
                new Case("padam", adam, g -> each(average(g), v -> Math.pow(v, 0.25) + EPS), HEAVY_BALL),
                new Case("amsgrad", adam, g -> each(greatestAverage(g), v -> Math.sqrt(v) + EPS), HEAVY_BALL),
                new Case("rmsprop", Map.of("lr", LR, "beta2", BETA2, "eps", EPS), plain, 2),
                new Case("adagrad", Map.of("lr", LR, "eps", EPS), g -> each(sum(g), v -> Math.sqrt(v) + EPS), 2),
                new Case(
                        "adafactor",
                        Map.of("lr", LR, "beta1", BETA1),
                        PreconditionedSharpnessOfRulesTest::factored,
                        HEAVY_BALL));
    }

    private interface Formula {
        double at(double v);
    }

    private static double[] each(double[] v, Formula formula) {
        return Arrays.stream(v).map(formula::at).toArray();
    }

    private static double[] average(List<double[]> gradients) {
        double[] v = new double[gradients.getFirst().length];
        gradients.forEach(g -> Arrays.setAll(v, i -> BETA2 * v[i] + (1 - BETA2) * g[i] * g[i]));
        return v;
    }

    private static double[] greatestAverage(List<double[]> gradients) {
        double[] greatest = new double[gradients.getFirst().length];
        for (int t = 1; t <= gradients.size(); t++) {
            double[] v = average(gradients.subList(0, t));
            Arrays.setAll(greatest, i -> Math.max(greatest[i], v[i]));
        }
        return greatest;
    }

    private static double[] sum(List<double[]> gradients) {
        double[] v = new double[gradients.getFirst().length];
        gradients.forEach(g -> Arrays.setAll(v, i -> v[i] + g[i] * g[i]));
        return v;
    }

    /// Shazeer & Stern 2018, Algorithm 4: V = R·C/ΣR with R, C the row and column sums (means here: the factor
    /// cancels).
    private static double[] factored(List<double[]> gradients) {
        double[] root = new double[gradients.getFirst().length];
        for (Block block : NETWORK.blocks()) {
            int from = (int) block.offset();
            int rows = block.isMatrix() ? block.shape().getFirst().intValue() : (int) block.size();
            int columns = (int) block.size() / rows;
            double[] row = new double[rows];
            double[] column = new double[columns];
            double[] whole = new double[rows];
            for (int t = 1; t <= gradients.size(); t++) {
                double kept = 1 - Math.pow(t, -0.8);
                double[] rowNow = new double[rows];
                double[] columnNow = new double[columns];
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        double g = gradients.get(t - 1)[from + i * columns + j];
                        rowNow[i] += (g * g + 1e-30) / columns;
                        columnNow[j] += (g * g + 1e-30) / rows;
                    }
                }
                for (int i = 0; i < rows; i++) {
                    row[i] = kept * row[i] + (1 - kept) * rowNow[i];
                    whole[i] = row[i];
                }
                for (int j = 0; j < columns; j++) {
                    column[j] = kept * column[j] + (1 - kept) * columnNow[j];
                }
            }
            double mean = Arrays.stream(row).average().orElseThrow();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    root[from + i * columns + j] =
                            block.isMatrix() ? Math.sqrt(row[i] * column[j] / mean) : Math.sqrt(whole[i]);
                }
            }
        }
        return root;
    }

    private static NetworkLoss loss() {
        double[] inputs = new double[6 * 3];
        double[] targets = new double[6 * 2];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = CountedNormal.number(11, i);
        }
        for (int i = 0; i < 6; i++) {
            targets[2 * i + i % 2] = 1;
        }
        return NetworkLoss.halfSquared(
                NETWORK, new Samples(PLACE.tensor(inputs, 6, 3), PLACE.tensor(targets, 6, 2), PLACE));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePreconditionerIsThatOfThePaperAndTheTopOfTheOperatorThatOfTheDenseMatrix(Case rule) {
        compare(Catalogue.shipped(rule.name()), rule);
    }

    @Test
    void aUsersRuleIsMeasuredByItsOwnPreconditioner() {
        OptimizerRule own = RuleReader.read("own.opt", """
            optimizer own
            hyper lr = 1e-2 in (0, inf)
            hyper beta2 = 0.99 in [0, 1)
            state v = 0
            v <- beta2*v + (1 - beta2)*g^2
            precondition P = sqrt(v) + 1e-6
            x <- x - lr*g/P
            """);
        compare(own, new Case("own", Map.of(), g -> each(average(g), v -> Math.sqrt(v) + EPS), 2));
    }

    private static void compare(OptimizerRule rule, Case expected) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = LossSurface.of(loss());
            Tensor theta = NETWORK.initial(3, PLACE);
            Tensor gradient = PLACE.zeros(theta.numel());
            surface.gradient(theta, gradient);
            TensorRule running = TensorRule.start(
                    rule, expected.hyper(), NETWORK.blocks(), ClosedMap.Start.ZERO, new Point(theta, gradient, PLACE));
            List<double[]> gradients = new ArrayList<>();
            CurvatureProbe probe = new CurvatureProbe(new ProbeSchedule(1, 1e-6, 500, false), surface.space(), 1);
            Tensor preconditioner = null;
            TrackedSpectrum<Tensor> found = null;
            for (int t = 1; t <= STEPS; t++) {
                gradients.add(Place.numbers(gradient));
                preconditioner = running.advanceWithPreconditioner(theta, gradient);
                surface.gradient(theta, gradient);
                found = probe.measure(
                                new CurvatureSite(
                                        surface,
                                        theta,
                                        surface.slope(theta),
                                        preconditioner,
                                        () -> surface.curvature(theta)),
                                Double.POSITIVE_INFINITY)
                        .preconditioned();
            }
            double[] scale = expected.scale().of(gradients);
            double[] measured = Place.numbers(preconditioner);
            for (int i = 0; i < scale.length; i++) {
                assertThat(measured[i]).isCloseTo(scale[i], within(1e-12 * scale[i])); // 25 steps of rounding
            }
            double top = denseTop(surface, theta, scale);
            assertThat(found.top().converged()).isTrue();
            // the tolerance of the probe
            assertThat(found.top().value()).isCloseTo(top, within(1e-6 * Math.abs(top)));
            assertThat(Threshold.curvature(rule, expected.hyper()).getAsDouble() * LR)
                    .isCloseTo(expected.threshold(), within(1e-6 * expected.threshold()));
        }
    }

    /// The largest eigenvalue of P^(−1/2)·H·P^(−1/2) with H by differences of the gradient of fourth order.
    private static double denseTop(LossSurface surface, Tensor theta, double[] scale) {
        int n = scale.length;
        double h = 1e-3;
        double[][] matrix = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] one = slope(surface, theta, j, h);
            double[] two = slope(surface, theta, j, 2 * h);
            for (int i = 0; i < n; i++) {
                double entry = (8 * one[i] - two[i]) / (12 * h) / Math.sqrt(scale[i] * scale[j]);
                matrix[i][j] += entry / 2;
                matrix[j][i] += entry / 2;
            }
        }
        double[] values = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix)).getEigenvalues();
        return Arrays.stream(values).max().orElseThrow();
    }

    /// ∇L(θ + h·eⱼ) − ∇L(θ − h·eⱼ).
    private static double[] slope(LossSurface surface, Tensor theta, int j, double h) {
        double[] step = new double[(int) theta.numel()];
        step[j] = h;
        Tensor by = PLACE.tensor(step, step.length);
        return Place.numbers(surface.slope(theta.add(by))
                .gradient()
                .sub(surface.slope(theta.sub(by)).gradient()));
    }
}
