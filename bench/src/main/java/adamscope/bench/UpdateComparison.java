package adamscope.bench;

import adamscope.dynamics.ClosedMap;
import adamscope.optimizer.Catalogue;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.training.TensorRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Prints what one update of Adam costs on parameters in single precision, the rule's text against libtorch's own fused
/// Adam, turn by turn in one process with one thread, as processor time.
///
/// Arguments: parameters (10,000,000), rounds (9). The ratio is that of the medians.
public final class UpdateComparison {
    /// libtorch's fused kernel is no function of its C++ interface; a script calls it by name, and
    /// returns the lists that it changes, so that the call is not taken for a useless one.
    private static final String FUSED = """
            def update(p: Tensor, g: Tensor, m: Tensor, v: Tensor, t: Tensor):
                ps, ms, vs = [p], [m], [v]
                torch._fused_adam_(ps, [g], ms, vs, [], [t], lr=0.001, beta1=0.9, beta2=0.999, weight_decay=0.0,
                                   eps=1e-08, amsgrad=False, maximize=False)
                return ps, ms, vs
            """;

    private UpdateComparison() {}

    /// Runs the rounds; the first third warms up.
    static void main(String[] arguments) {
        int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        LibTorch.require();
        LibTorch.useThreads(1);
        try (PointerScope _ = new PointerScope()) {
            Place place = Place.CPU_FLOAT32;
            Tensor theta = torch.randn(size);
            Tensor gradient = torch.randn(size);
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"),
                    Map.of(),
                    List.of(new Block("theta", 0, List.of((long) size))),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, place));
            CompilationUnit unit = torch.compile(FUSED);
            Function update = unit.get_functions().get(0);
            Tensor own = theta.clone();
            Tensor step = place.zeros(1);
            IValueVector fused = new IValueVector(
                    new IValue(own),
                    new IValue(gradient),
                    new IValue(place.zeros(size)),
                    new IValue(place.zeros(size)),
                    new IValue(step));
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ours[round] = milliseconds(() -> rule.advance(theta, gradient));
                step.add_(new Scalar(1.0));
                theirs[round] = milliseconds(() -> update.apply(fused));
                System.out.printf("round %d: rule %.1f ms, fused %.1f ms%n", round + 1, ours[round], theirs[round]);
            }
            double largest = theta.sub(own).abs_().max().item_double();
            System.out.printf(
                    "median: rule %.1f ms, fused %.1f ms, ratio %.2f; largest difference of a parameter %.2g%n",
                    median(ours), median(theirs), median(ours) / median(theirs), largest);
        }
    }

    /// Processor time, which other programs on the machine disturb least.
    private static double milliseconds(Runnable update) {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        update.run();
        return (threads.getCurrentThreadCpuTime() - begin) * 1e-6;
    }

    private static double median(double[] values) {
        double[] late = Arrays.copyOfRange(values, values.length / 3, values.length);
        Arrays.sort(late);
        return late[late.length / 2];
    }
}
