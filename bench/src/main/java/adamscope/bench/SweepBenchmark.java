package adamscope.bench;

import adamscope.kernel.Arithmetic;
import adamscope.kernel.ScaledKernel;
import adamscope.kernel.SimdKernel;
import adamscope.kernel.TileRun;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds a lane-step of sweeps, one thread: the kernels alone and with all statistics of a tile.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SweepBenchmark.TILE * SweepBenchmark.STEPS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:Tier3DelayOn=100000"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SweepBenchmark {
    static final int TILE = 256;
    static final int STEPS = 10_000;

    private final SweepGrid grid = new SweepGrid(128, TILE, STEPS);
    private final SimdKernel simd = SimdKernel.of(SweepGrid.program());
    private final ScaledKernel scaled = ScaledKernel.of(SweepGrid.program()).orElseThrow();
    private final TileRun doubleTiles = grid.tileRun(Arithmetic.DOUBLE);
    private final TileRun scaledTiles = grid.tileRun(Arithmetic.SCALED);
    private int index;

    private int next() {
        index = (index + 1) % grid.tiles();
        return index;
    }

    /// Double, kernel alone.
    @Benchmark
    public Object doubleKernel() {
        return grid.run(simd, next());
    }

    /// Log-scaled, kernel alone.
    @Benchmark
    public Object scaledKernel() {
        return grid.run(scaled, next());
    }

    /// Double, all statistics.
    @Benchmark
    public Object doubleTile() {
        return grid.run(doubleTiles, next());
    }

    /// Log-scaled, all statistics.
    @Benchmark
    public Object scaledTile() {
        return grid.run(scaledTiles, next());
    }
}
