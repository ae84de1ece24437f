package adamscope.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterOrderTest {
    /// Two layers of six with norms: w 6×4, b 6, norm.weight 6, norm.bias 6, w2 6×6, b2 6.
    private static final List<Block> BLOCKS = blocks(
            "first.weight", List.of(6L, 4L),
            "first.bias", List.of(6L),
            "norm.weight", List.of(6L),
            "norm.bias", List.of(6L),
            "second.weight", List.of(6L, 6L),
            "second.bias", List.of(6L));

    @Test
    void oneGroupIsTheOrderOfTheModel() {
        assertThat(ParameterOrder.of(BLOCKS, List.of(shapes(BLOCKS)))).contains(List.of(BLOCKS));
    }

    /// Hugging Face's two groups: all shapes of the first differ from those of the second.
    @Test
    void shapesThatDifferBetweenGroupsLeaveOneWay() {
        List<Block> weights = List.of(BLOCKS.get(0), BLOCKS.get(4));
        List<Block> rest = List.of(BLOCKS.get(1), BLOCKS.get(2), BLOCKS.get(3), BLOCKS.get(5));
        assertThat(ParameterOrder.of(BLOCKS, List.of(shapes(weights), shapes(rest))))
                .contains(List.of(weights, rest));
        assertThat(ParameterOrder.of(BLOCKS, List.of(shapes(rest), shapes(weights))))
                .contains(List.of(rest, weights));
    }

    /// Decay for all but biases: a vector of the first group may be any of the four.
    @Test
    void vectorsInBothGroupsLeaveSeveralWaysOfWhichOneIsUsual() {
        List<Block> decay = List.of(BLOCKS.get(0), BLOCKS.get(2), BLOCKS.get(4));
        List<Block> biases = List.of(BLOCKS.get(1), BLOCKS.get(3), BLOCKS.get(5));
        List<List<Optional<List<Long>>>> shapes = List.of(shapes(decay), shapes(biases));
        assertThat(ParameterOrder.of(BLOCKS, shapes)).isEmpty();
        assertThat(ParameterOrder.usual(BLOCKS, shapes)).contains(List.of(decay, biases));
    }

    /// A group that is none of the usual ones is not guessed.
    @Test
    void anUnusualSplitIsNotGuessed() {
        List<List<Optional<List<Long>>>> shapes = List.of(
                shapes(List.of(BLOCKS.get(0), BLOCKS.get(1), BLOCKS.get(4))),
                shapes(List.of(BLOCKS.get(2), BLOCKS.get(3), BLOCKS.get(5))));
        assertThat(ParameterOrder.of(BLOCKS, shapes)).isEmpty();
        assertThat(ParameterOrder.usual(BLOCKS, shapes).map(List::getFirst))
                .isNotEqualTo(Optional.of(List.of(BLOCKS.get(0), BLOCKS.get(1), BLOCKS.get(4))));
    }

    @Test
    void otherNumbersOrShapesAreSaid() {
        assertThatThrownBy(() -> ParameterOrder.of(BLOCKS, List.of(shapes(BLOCKS.subList(0, 5)))))
                .hasMessageContaining("the optimizer has 5 parameters, but the model has 6");
        List<Optional<List<Long>>> other = new ArrayList<>(shapes(BLOCKS));
        other.set(4, Optional.of(List.of(6L, 7L)));
        assertThatThrownBy(() -> ParameterOrder.of(BLOCKS, List.of(other)))
                .hasMessageContaining(
                        "no state of the optimizer has the shape [6, 6] of the parameter 'second.weight'");
    }

    private static List<Optional<List<Long>>> shapes(List<Block> blocks) {
        return blocks.stream().map(block -> Optional.of(block.shape())).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Block> blocks(Object... namesAndShapes) {
        List<Block> blocks = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            Block block = new Block((String) namesAndShapes[i], offset, (List<Long>) namesAndShapes[i + 1]);
            blocks.add(block);
            offset += block.size();
        }
        return blocks;
    }
}
