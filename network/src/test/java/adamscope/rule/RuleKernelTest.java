package adamscope.rule;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RuleKernelTest {
    private static final List<String> SHIPPED = Catalogue.NAMES;

    /// No vector of 4, 8 or 16 numbers divides them, and they fill more than one stretch of the cache.
    private static final int SIZE = 40_003;

    /// In double precision more than a generated loop takes at once.
    private static final int LONG = 140_003;

    /// The operations one by one are compared with the rule number by number elsewhere.
    @ParameterizedTest
    @FieldSource("SHIPPED")
    void theGeneratedLoopHasTheBitsOfTheOperationsOneByOne(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        boolean matrices = rule.text().contains("orthogonalize");
        List<Block> blocks = matrices
                ? List.of(new Block("w", 0, List.of(13L, 17L)))
                : List.of(new Block("w", 0, List.of((long) (name.equals("adam") ? LONG : SIZE))));
        int size = (int) blocks.getFirst().size();
        for (Place place : List.of(Place.CPU_FLOAT64, Place.CPU_FLOAT32)) {
            try (PointerScope _ = new PointerScope()) {
                Tensor theta = numbers(place, 1, size);
                Tensor other = theta.clone();
                Point before = new Point(theta, numbers(place, 2, size), place);
                TensorRule generated = TensorRule.start(rule, blocks, before, true);
                TensorRule oneByOne = TensorRule.start(rule, blocks, before, false);
                for (int step = 0; step < 5; step++) {
                    Tensor gradient = numbers(place, 3 + step, size);
                    if (step == 3) {
                        assertThat(Place.numbers(generated.advanceWithPreconditioner(theta, gradient)))
                                .isEqualTo(Place.numbers(oneByOne.advanceWithPreconditioner(other, gradient)));
                    } else {
                        generated.advance(theta, gradient);
                        oneByOne.advance(other, gradient);
                    }
                }
                assertThat(Place.numbers(theta)).isEqualTo(Place.numbers(other));
                generated
                        .states()
                        .forEach((state, values) ->
                                assertThat(Place.numbers(values)).isEqualTo(Place.numbers(oneByOne.state(state))));
            }
        }
    }

    @Test
    void aNumberBeyondSinglePrecisionIsInfiniteThere() {
        OptimizerRule rule = RuleReader.read("far", "optimizer far\nhyper lr = 1e300 in (0, inf)\nx <- x - lr*g\n");
        for (boolean generated : new boolean[] {true, false}) {
            try (PointerScope _ = new PointerScope()) {
                Tensor theta = Place.CPU_FLOAT32.tensor(new double[] {1, 1, 1}, 3);
                Tensor gradient = Place.CPU_FLOAT32.tensor(new double[] {1, -1, 0}, 3);
                Point before = new Point(theta, gradient, Place.CPU_FLOAT32);
                TensorRule.start(rule, List.of(new Block("w", 0, List.of(3L))), before, generated)
                        .advanceWithPreconditioner(theta, gradient);
                // ∞·0 is no number
                assertThat(Place.numbers(theta))
                        .as("generated: %s", generated)
                        .containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN);
            }
        }
    }

    /// Of many magnitudes, with zeros of both signs and what is no number among them.
    private static Tensor numbers(Place place, long seed, int size) {
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            double normal = CountedNormal.number(seed, i);
            numbers[i] = switch (i % 23) {
                case 5 -> 0;
                case 7 -> normal * 1e-20;
                case 11 -> normal * 1e10;
                case 13 -> i == 13 ? Double.NaN : i == 36 ? Double.POSITIVE_INFINITY : normal;
                default -> normal;
            };
        }
        return place.tensor(numbers, size);
    }
}
