package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneRowsTest {
    private static final int ROWS = 3;

    /// The lanes that remain lie in fewer pieces, and in a loop of another shape.
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "5, 4, 128", "128, 4, 128", "129, 4, 128", "300, 24, 128", "300, 32, 128", "300, 8, 0"})
    void everyLaneKeepsItsNumbersAndPaddingIsTheFirst(int lanes, int group, int stride) {
        List<double[]> shown = new ArrayList<>();
        GroupLoop loop = new GroupLoop(
                (memory, step, count, _, _) -> {
                    assertThat(count % group).isZero();
                    assertThat(count).isLessThanOrEqualTo(step);
                    shown.add(Arrays.copyOfRange(memory, step, step + count));
                },
                group,
                stride,
                0);
        LaneRows rows = new LaneRows(ROWS, lanes, loop);
        rows.set(1, IntStream.range(0, lanes).mapToDouble(lane -> 10 + lane).toArray());
        rows.set(1, 0, 7);
        int[] kept = IntStream.range(0, lanes).filter(lane -> lane % 2 == 0).toArray();
        LaneRows fewer = rows.kept(kept, loop);
        double[] found = new double[kept.length];
        fewer.copy(1, found);
        assertThat(found)
                .isEqualTo(Arrays.stream(kept)
                        .mapToDouble(lane -> lane == 0 ? 7 : 10 + lane)
                        .toArray());
        assertThat(fewer.get(1, kept.length - 1)).isEqualTo(found[kept.length - 1]);
        fewer.advance(1, 1);
        double[] all = shown.stream().flatMapToDouble(Arrays::stream).toArray();
        assertThat(Arrays.copyOf(all, found.length)).isEqualTo(found);
        assertThat(all.length - found.length).isLessThan(group);
        assertThat(Arrays.stream(all).skip(found.length)).allMatch(number -> number == 7);
    }
}
