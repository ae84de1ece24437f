package adamscope.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.optimizer.StateVariable;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TensorRuleTest {
    private static final List<String> SHIPPED = Catalogue.NAMES;

    /// A small matrix, a vector, a matrix of odd extents that no vector register divides, and a single number.
    private static final List<Block> BLOCKS = List.of(
            new Block("small", 0, List.of(3L, 4L)),
            new Block("vector", 12, List.of(5L)),
            new Block("odd", 17, List.of(7L, 13L)),
            new Block("single", 108, List.of(1L)));

    private static final int SIZE = 109;

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void aShippedRuleHasTheBitsOfTheSameRuleNumberByNumber(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        // v^0.25 on tensors is libtorch's pow: 20 steps of a relative error of 2·2⁻⁵³ each, by lr in θ.
        double tolerance = name.equals("padam") ? 1e-14 : 0;
        compareWithPlain(rule, Map.of(), tolerance);
    }

    @Test
    void namesMayBeUsedBeforeAndAfterTheyAdvance() {
        compareWithPlain(rule("""
            hyper lr = 0.1
            state a = 1, b = 2, c = g^2, d = 0
            old = a
            a <- b
            b <- old
            P0 = c
            c <- c*2 + abs(a - b)
            precondition P = P0 + 1
            d <- 3
            x <- x - lr*g/P + x*0 + old - old
            """), Map.of(), 0);
    }

    @Test
    void reductionsOfEveryKindAgreeAndStretchOverTheBlock() {
        compareWithPlain(rule("""
            hyper lr = 0.1
            state m = 0
            m <- 0.9*m + rowmean(g)*colmean(abs(g)) + mean(g) - sum(rowmean(g))*rms(3) + norm(colmean(m))
            precondition P = 1 + rms(m)
            x <- x - lr*max(m, min(g, 0.5))/P
            """), Map.of(), 0);
    }

    @Test
    void notANumberPassesThroughEveryOperation() {
        OptimizerRule rule = rule("""
            state a = 0, b = 0, c = 0, d = 0
            a <- sign(g)
            b <- max(g, 1)
            c <- min(1, g)
            d <- abs(-g)
            x <- sign(g)*0 + sqrt(g)
            """);
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(new double[3], 3);
            Tensor gradient = Place.CPU_FLOAT64.tensor(new double[] {Double.NaN, -2, 4}, 3);
            TensorRule running = start(rule, List.of(new Block("v", 0, List.of(3L))), theta, gradient);
            running.advance(theta, gradient);
            assertThat(Place.numbers(running.state("a"))).containsExactly(Double.NaN, -1, 1);
            assertThat(Place.numbers(running.state("b"))).containsExactly(Double.NaN, 1, 4);
            assertThat(Place.numbers(running.state("c"))).containsExactly(Double.NaN, -2, 1);
            assertThat(Place.numbers(running.state("d"))).containsExactly(Double.NaN, 2, 4);
            assertThat(Place.numbers(theta)).containsExactly(Double.NaN, Double.NaN, 2);
        }
    }

    @Test
    void aRuleWithoutPreconditionLineHasThePreconditionerOne() {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(new double[] {1, 2}, 2);
            TensorRule running = start(Catalogue.shipped("gd"), List.of(new Block("v", 0, List.of(2L))), theta, theta);
            assertThat(Place.numbers(running.advanceWithPreconditioner(theta, theta.clone())))
                    .containsExactly(1, 1);
            assertThat(running.step()).isEqualTo(1);
        }
    }

    @Test
    void aWarmStartHoldsTheFirstGradient() {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(new double[] {1, 2}, 2);
            Tensor gradient = Place.CPU_FLOAT64.tensor(new double[] {3, -5}, 2);
            TensorRule running = TensorRule.start(
                    Catalogue.shipped("adam"),
                    Map.of(),
                    List.of(new Block("v", 0, List.of(2L))),
                    ClosedMap.Start.GRADIENT,
                    new Point(theta, gradient, Place.CPU_FLOAT64));
            assertThat(Place.numbers(running.state("m"))).containsExactly(3, -5);
            assertThat(Place.numbers(running.state("v"))).containsExactly(9, 25);
        }
    }

    @Test
    void orthogonalizeMakesTheRowsOfAMatrixOrthonormalAndIsRefusedOnVectors() {
        OptimizerRule rule = rule("x <- orthogonalize(g)\n");
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.zeros(12);
            Tensor gradient = Place.CPU_FLOAT64.tensor(numbers(12, 1), 12);
            TensorRule running = start(rule, List.of(BLOCKS.get(0)), theta, gradient);
            running.advance(theta, gradient);
            double[] product =
                    Place.numbers(theta.view(3, 4).matmul(theta.view(3, 4).t()));
            double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
            for (int i = 0; i < 9; i++) {
                assertThat(product[i]).isCloseTo(identity[i], within(1e-14)); // rounding of a 3 × 4 decomposition
            }
            assertThatThrownBy(() -> start(rule, BLOCKS, Place.CPU_FLOAT64.zeros(SIZE), Place.CPU_FLOAT64.zeros(SIZE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("orthogonalize needs a matrix, but vector is a vector; bias: false in"
                            + " the model leaves biases out");
        }
    }

    @Test
    void anUnknownStateIsRefusedWithTheNamesThereAre() {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.zeros(12);
            TensorRule running = start(Catalogue.shipped("adam"), List.of(BLOCKS.get(0)), theta, theta);
            assertThatThrownBy(() -> running.state("w")).hasMessage("adam has no state 'w'; it has [m, v]");
        }
    }

    private static void compareWithPlain(OptimizerRule rule, Map<String, Double> hyper, double tolerance) {
        double[] theta = numbers(SIZE, 100);
        List<PlainRule> plain = new ArrayList<>();
        BLOCKS.forEach(
                block -> plain.add(new PlainRule(rule, hyper, block, part(block, theta), part(block, gradientOf(1)))));
        try (PointerScope _ = new PointerScope()) {
            Tensor parameters = Place.CPU_FLOAT64.tensor(theta, SIZE);
            TensorRule running = start(rule, BLOCKS, parameters, Place.CPU_FLOAT64.tensor(gradientOf(1), SIZE));
            for (int step = 1; step <= 20; step++) {
                double[] gradient = gradientOf(step);
                Tensor onDevice = Place.CPU_FLOAT64.tensor(gradient, SIZE);
                boolean probing = step % 3 == 0;
                Tensor preconditioner = probing ? running.advanceWithPreconditioner(parameters, onDevice) : null;
                if (!probing) {
                    running.advance(parameters, onDevice);
                }
                assertThat(Place.numbers(onDevice)).isEqualTo(gradient);
                for (int b = 0; b < BLOCKS.size(); b++) {
                    Block block = BLOCKS.get(b);
                    PlainRule oracle = plain.get(b);
                    oracle.advance(part(block, gradient));
                    for (String name :
                            rule.states().stream().map(StateVariable::name).toList()) {
                        same(part(block, Place.numbers(running.state(name))), oracle.value(name), tolerance);
                    }
                    same(part(block, Place.numbers(parameters)), oracle.value(OptimizerRule.PARAMETER), tolerance);
                    if (probing && rule.precondition().isPresent()) {
                        String name = rule.precondition().orElseThrow().name();
                        same(part(block, Place.numbers(preconditioner)), oracle.value(name), tolerance);
                    }
                }
            }
        }
    }

    private static void same(double[] found, double[] expected, double tolerance) {
        if (tolerance == 0) {
            assertThat(found).containsExactly(expected);
        }
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static TensorRule start(OptimizerRule rule, List<Block> blocks, Tensor theta, Tensor gradient) {
        return TensorRule.start(
                rule, Map.of(), blocks, ClosedMap.Start.ZERO, new Point(theta, gradient, Place.CPU_FLOAT64));
    }

    private static OptimizerRule rule(String lines) {
        return RuleReader.read("test.opt", "optimizer test\n" + lines.stripIndent());
    }

    private static double[] gradientOf(int step) {
        return numbers(SIZE, step);
    }

    private static double[] numbers(int size, long seed) {
        double[] numbers = new double[size];
        Arrays.setAll(numbers, i -> CountedNormal.number(seed, i));
        return numbers;
    }

    private static double[] part(Block block, double[] flat) {
        return Arrays.copyOfRange(flat, (int) block.offset(), (int) (block.offset() + block.size()));
    }
}
