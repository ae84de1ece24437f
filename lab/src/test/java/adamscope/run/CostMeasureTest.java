package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.store.ResultStore;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `sweep --cost` says, against a shard that is run.
@Tag("slow")
class CostMeasureTest {
    /// So few steps that the rows cost as much as the runs.
    private static final String SWEEP = """
        kind: sweep
        fullLength: true
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 500
        axes:
          beta1: {from: 0.02, to: 0.98, points: 1000}
          beta2: {from: 0.1, to: 0.99, points: 1000, scale: one-minus-log}
        """;

    @TempDir
    private Path folder;

    private static double processSeconds() {
        return 1e-9
                * ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos();
    }

    @Test
    void aPointCostsWhatAShardTakesForItsRunAndItsRow() {
        Sweep sweep = (Sweep) ExperimentText.read("test", SWEEP);
        SweepCost said = CostMeasure.of(sweep, Host.QUIET);
        SweepRun.Means means = new SweepRun.Means(_ -> new LocalEngine(1), OptionalInt.empty());
        ResultStore run = ResultStore.cut(folder.resolve("run"), sweep, List.of("test"), means.tileSize(sweep, 1), 1);
        double before = processSeconds();
        ShardRun.open(run, Host.QUIET, means, new Shard(1, 1)).complete();
        double each = (processSeconds() - before) / said.points();
        assertThat(said.perPoint()).isBetween(each / 1.4, each * 1.4);
        assertThat(said.start()).isPositive();
    }
}
