package adamscope.bench;

import adamscope.dynamics.ClosedMap;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TensorRule;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.tensor.TensorVectors;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The update of 10⁷ parameters by the rule `adam`, as its text says it, against libtorch's fused Adam; one thread,
/// processor time.
///
/// `UpdateComparison float32 9` prints the median milliseconds of both over so many alternating rounds, and how far
/// apart their parameters are at the end.
public final class UpdateComparison {
    private static final int PARAMETERS = 10_000_000;
    private static final double LR = 1e-3;

    private static final String FUSED = String.format(Locale.ROOT, """
        def listed(p: Tensor):
            return [p]

        def step(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor]):
            none: List[Tensor] = []
            torch._fused_adam_(p, g, m, v, none, t, lr=%s, beta1=0.9, beta2=0.999, weight_decay=0.0,
                eps=1e-08, amsgrad=False, maximize=False)
            return p
        """, LR);

    private UpdateComparison() {}

    /// @param arguments `float32` or `float64`, rounds
    public static void main(String[] arguments) {
        LibTorch.require();
        LibTorch.useThreads(1);
        Place place = arguments[0].equals("float64") ? Place.CPU_FLOAT64 : Place.CPU_FLOAT32;
        int rounds = Integer.parseInt(arguments[1]);
        try (PointerScope _ = new PointerScope()) {
            TensorVectors space = new TensorVectors(PARAMETERS, place);
            Tensor theta = space.random(1);
            Tensor gradient = space.random(2);
            Tensor other = theta.clone();
            Block all = new Block("theta", 0, List.of((long) PARAMETERS));
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"),
                    Map.of("lr", LR),
                    List.of(all),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, place));
            Runnable fused = fused(other, gradient, place);
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                double mine = milliseconds(() -> rule.advance(theta, gradient));
                double its = milliseconds(fused);
                if (round >= 0) {
                    ours[round] = mine;
                    theirs[round] = its;
                }
            }
            Arrays.sort(ours);
            Arrays.sort(theirs);
            double distance = theta.sub(other).abs().max().item_double();
            System.out.printf(
                    Locale.ROOT,
                    "adam %.1f ms, fused %.1f ms, ratio %.3f, largest distance %.2e%n",
                    ours[rounds / 2],
                    theirs[rounds / 2],
                    ours[rounds / 2] / theirs[rounds / 2],
                    distance);
        }
    }

    private static Runnable fused(Tensor theta, Tensor gradient, Place place) {
        CompilationUnit unit = torch.compile(FUSED);
        Function step = unit.get_function(new QualifiedName("step"));
        Tensor m = place.zeros(PARAMETERS);
        Tensor v = place.zeros(PARAMETERS);
        Tensor t = Place.CPU_FLOAT32.zeros();
        Function listed = unit.get_function(new QualifiedName("listed"));
        IValue[] lists = Stream.of(theta, gradient, m, v, t)
                .map(tensor -> listed.apply(new IValueVector(new IValue(tensor))))
                .toArray(IValue[]::new);
        return () -> {
            try (PointerScope _ = new PointerScope()) {
                t.add_(Place.CPU_FLOAT32.number(1));
                step.apply(new IValueVector(lists));
            }
        };
    }

    private static double milliseconds(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }
}
