package adamscope.bench;

import adamscope.curvature.LossSurface;
import adamscope.data.FashionMnist;
import adamscope.data.Samples;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TensorRule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One full-batch training step, forward, backward and update: the rule as text against libtorch's own Adam.
///
/// 5 hidden tanh layers of width 200, 1,000 Fashion-MNIST images, single precision, one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(3)
public class NetworkStepBenchmark {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 200, 5, 10, Activation.TANH);

    /// `libtorch` is libtorch's own Adam; the others are names in the catalogue. `adam` is the same algorithm.
    @Param({"libtorch", "adam", "adam-uncorrected"})
    public String optimizer;

    private PointerScope scope;
    private Runnable step;

    /// Builds the network and its optimizer; both start from the same parameters.
    @Setup
    public void build() {
        LibTorch.require();
        LibTorch.useThreads(1);
        scope = new PointerScope();
        Samples samples = FashionMnist.shipped(1000).toSamples(Place.CPU_FLOAT32);
        Tensor theta = NETWORK.initial(0, Place.CPU_FLOAT32);
        step = optimizer.equals("libtorch") ? libtorch(samples, theta) : rule(samples, theta);
    }

    private Runnable rule(Samples samples, Tensor theta) {
        LossSurface loss = LossSurface.of(NetworkLoss.halfSquared(NETWORK, samples));
        Tensor gradient = Place.CPU_FLOAT32.zeros(NETWORK.parameters());
        Point start = new Point(theta, gradient, Place.CPU_FLOAT32);
        TensorRule rule = TensorRule.start(
                Catalogue.shipped(optimizer), Map.of("lr", 2e-4), NETWORK.blocks(), ClosedMap.Start.ZERO, start);
        return () -> {
            loss.gradient(theta, gradient);
            rule.advance(theta, gradient);
        };
    }

    private static Runnable libtorch(Samples samples, Tensor theta) {
        TensorVector parameters = new TensorVector();
        for (var block : NETWORK.blocks()) {
            long[] shape = block.shape().stream().mapToLong(Long::longValue).toArray();
            Tensor part = theta.narrow(0, block.offset(), block.size()).view(shape);
            parameters.push_back(part.clone().requires_grad_(true));
        }
        Adam adam = new Adam(parameters, new AdamOptions(2e-4));
        Scalar scale = new Scalar(0.5 / samples.count());
        return () -> {
            try (PointerScope _ = new PointerScope()) {
                Tensor values = samples.inputs();
                for (int layer = 0; layer < NETWORK.layers(); layer++) {
                    TensorOptional bias = new TensorOptional(parameters.get(2L * layer + 1));
                    Tensor z = torch.linear(values, parameters.get(2L * layer), bias);
                    values = layer < NETWORK.layers() - 1 ? z.tanh() : z;
                }
                Tensor difference = values.sub(samples.targets());
                Tensor loss = difference.mul(difference).sum().mul(scale);
                adam.zero_grad();
                loss.backward();
                adam.step();
                loss.item_double();
            }
        };
    }

    /// One step.
    @Benchmark
    public void trainingStep() {
        step.run();
    }

    /// Frees the native memory.
    @TearDown
    public void free() {
        scope.close();
    }
}
