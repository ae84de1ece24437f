package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.table.Column;
import adamscope.table.Table;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SweepFigureTest {
    private static final int ACROSS = 100;

    private static final Sweep SWEEP = (Sweep) ExperimentText.read("sweep.yaml", """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: adam, lr: 1e-3}
          objective: x^4/4
          x0: [1]
          steps: 10
        axes:
          beta1: {from: 0.02, to: 0.98, points: 100}
          beta2: {from: 0.1, to: 0.99, points: 100}
        keep: [finalLog10Loss]
        """, Path.of("."));

    private static Table picture() {
        int rows = ACROSS * ACROSS;
        return new Table(
                "picture",
                List.of(
                        new Column.Integers(
                                "point", "", LongStream.range(0, rows).toArray()),
                        new Column.Numbers(
                                "beta1",
                                "",
                                IntStream.range(0, rows)
                                        .mapToDouble(row -> row % ACROSS)
                                        .toArray()),
                        new Column.Numbers(
                                "beta2",
                                "",
                                IntStream.range(0, rows)
                                        .mapToDouble(row -> row / ACROSS)
                                        .toArray()),
                        new Column.Numbers(
                                "finalLog10Loss",
                                "",
                                IntStream.range(0, rows)
                                        .mapToDouble(row -> -row)
                                        .toArray())));
    }

    /// Ten thousand rows are 80 kB a column; a copy of one for each row was 800 MB a map.
    @Test
    void aMapTakesNoCopyOfAColumnForEachRow() {
        Table picture = picture();
        SweepFigure.of("sweep", SWEEP, picture);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        SweepFigure.of("sweep", SWEEP, picture);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(40_000_000);
    }
}
