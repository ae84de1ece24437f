package adamscope.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.dynamics.ClosedMap;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A group of parameters goes on as if its hyper-parameters were those of a rule of its own.
class ParameterGroupsTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    /// Rules by coordinate one by one and as a generated loop (from 50,000 numbers on), and a rule with norms.
    @ParameterizedTest
    @CsvSource({"adamw, 5", "adamw, 300", "stable-adamw, 5"})
    void aGroupIsARuleOfItsOwn(String name, int width) {
        OptimizerRule rule = Catalogue.shipped(name);
        List<Block> blocks = List.of(
                new Block("a", 0, List.of((long) width, (long) width)),
                new Block("b", (long) width * width, List.of((long) width)),
                new Block("c", (long) width * (width + 1), List.of((long) width, (long) width)));
        Map<String, Double> other = Map.of("weight_decay", 0.0, "lr", 0.25, "beta2", 0.9);
        TunedSchedule tuned = TunedSchedule.constant(rule, Map.of("weight_decay", 0.5))
                .with(List.of(new TunedSchedule.Group(List.of("b", "c"), constant(other))));
        int size = width * (2 * width + 1);
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = numbers(size, 1);
            Tensor gradient = numbers(size, 2);
            TensorRule grouped =
                    TensorRule.start(tuned, blocks, ClosedMap.Start.ZERO, new Point(theta, gradient, PLACE));
            for (int step = 1; step <= 3; step++) {
                grouped.use(tuned.allAt(step));
                grouped.advance(theta, gradient);
            }
            double[] found = Place.numbers(theta);
            int first = width * width;
            assertThat(Arrays.copyOfRange(found, 0, first))
                    .containsExactly(alone(rule, Map.of("weight_decay", 0.5), blocks.subList(0, 1), size));
            // β^t of a group is a power, at large a product of t factors: two roundings at t = 3.
            double[] theirs = alone(rule, other, blocks.subList(1, 3), size);
            for (int i = first; i < size; i++) {
                assertThat(found[i]).isCloseTo(theirs[i - first], org.assertj.core.data.Offset.offset(1e-14));
            }
        }
    }

    private static Map<String, Schedule> constant(Map<String, Double> values) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        values.forEach((name, value) -> schedules.put(name, new Schedule.Constant(value)));
        return schedules;
    }

    /// Three steps of a rule that sees only these blocks.
    private static double[] alone(OptimizerRule rule, Map<String, Double> hyper, List<Block> blocks, int size) {
        long from = blocks.getFirst().offset();
        long count = blocks.stream().mapToLong(Block::size).sum();
        Tensor theta = numbers(size, 1).narrow(0, from, count).clone();
        Tensor gradient = numbers(size, 2).narrow(0, from, count).clone();
        List<Block> moved = blocks.stream()
                .map(block -> new Block(block.name(), block.offset() - from, block.shape()))
                .toList();
        TensorRule running =
                TensorRule.start(rule, hyper, moved, ClosedMap.Start.ZERO, new Point(theta, gradient, PLACE));
        for (int step = 1; step <= 3; step++) {
            running.advance(theta, gradient);
        }
        return Place.numbers(theta);
    }

    private static Tensor numbers(int size, int seed) {
        return PLACE.tensor(
                IntStream.range(0, size)
                        .mapToDouble(i -> Math.sin(seed + 1.7 * i))
                        .toArray(),
                size);
    }

    @Test
    void aParameterThatTheModelDoesNotHaveIsNamed() {
        TunedSchedule tuned = TunedSchedule.constant(Catalogue.shipped("adamw"), Map.of())
                .with(List.of(new TunedSchedule.Group(List.of("d"), Map.of())));
        assertThatThrownBy(() -> GroupedBlocks.of(List.of(new Block("a", 0, List.of(2L))), tuned.groups()))
                .hasMessage("groups: the model has no parameter 'd'; it has [a]");
    }

    @Test
    void aParameterStandsInOneGroup() {
        TunedSchedule.Group group = new TunedSchedule.Group(List.of("a"), Map.of());
        assertThatThrownBy(() -> TunedSchedule.constant(Catalogue.shipped("adamw"), Map.of())
                        .with(List.of(group, group)))
                .hasMessage("groups: the parameter 'a' stands twice");
    }
}
