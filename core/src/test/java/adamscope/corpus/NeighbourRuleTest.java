package adamscope.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourRuleTest {

    @Test
    void onlyMoreThanTenTimesTheNeighboursCounts() {
        double[] loss = IntStream.range(0, 200)
                .mapToDouble(i -> i == 50 ? 10.5 : i == 100 ? 9.5 : i >= 150 ? 100 : 1)
                .toArray();
        // at 150 half of the neighbours are as high
        assertThat(NeighbourRule.flagged(loss)).containsExactly(50);
    }
}
