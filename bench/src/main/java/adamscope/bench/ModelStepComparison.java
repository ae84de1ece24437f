package adamscope.bench;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.data.DataShape;
import adamscope.data.Samples;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedUniform;
import adamscope.model.Activation;
import adamscope.model.ConvolutionalNetwork;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.Gpt;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TensorRule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.tensor.TensorVectors;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Full-batch training steps (forward, backward, Adam) against PyTorch's in the same run, and Hessian-vector products
/// against gradients; one thread, single precision, processor time.
///
/// `ModelStepComparison "/usr/bin/python3 tools/model_steps.py" 5` prints for each model the medians over so many
/// alternating rounds, and the resident memory at the start and the end. Processor time, so that a busy machine does
/// not count; the Java side pays for its compiler and collector too.
public final class ModelStepComparison {
    private static final Place PLACE = Place.CPU_FLOAT32;

    /// One model with its rule, ready to step.
    private record Contender(LossSurface loss, TensorRule rule, Point point, int steps) {
        static Contender of(NetworkLoss loss, int steps) {
            Tensor theta = loss.initial(0);
            Point point = new Point(theta, PLACE.zeros(loss.parameters()), PLACE);
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"), Map.of("lr", 1e-4), loss.blocks(), ClosedMap.Start.ZERO, point);
            return new Contender(LossSurface.of(loss), rule, point, steps);
        }

        double stepMilliseconds() {
            return milliseconds(steps, () -> {
                loss.gradient(point.theta(), point.gradient());
                rule.advance(point.theta(), point.gradient());
            });
        }

        double gradientMilliseconds() {
            return milliseconds(steps, () -> loss.gradient(point.theta(), point.gradient()));
        }

        double productMilliseconds() {
            try (PointerScope _ = new PointerScope()) {
                Curvature curvature = loss.curvature(point.theta());
                Tensor direction = new TensorVectors(loss.loss().parameters(), PLACE).random(1);
                return milliseconds(steps, () -> {
                    try (PointerScope _ = new PointerScope()) {
                        curvature.apply(direction);
                    }
                });
            }
        }
    }

    private ModelStepComparison() {}

    /// @param arguments the command of the other side, rounds
    public static void main(String[] arguments) throws IOException {
        LibTorch.require();
        LibTorch.useThreads(1);
        int rounds = Integer.parseInt(arguments[1]);
        Process python = new ProcessBuilder(arguments[0].split(" "))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (PointerScope _ = new PointerScope();
                PrintWriter questions = new PrintWriter(python.outputWriter(), true);
                BufferedReader answers = python.inputReader()) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put("mlp", Contender.of(mlp(), 3));
            contenders.put("cnn", Contender.of(cnn(), 1));
            contenders.put("gpt", Contender.of(gpt(), 3));
            System.out.printf(
                    Locale.ROOT,
                    "%s %10s %10s %8s %10s %10s %8s%n",
                    "model",
                    "ms",
                    "PyTorch",
                    "ratio",
                    "∇L",
                    "H·v",
                    "ratio");
            contenders.forEach((name, contender) -> compare(name, contender, rounds, questions, answers));
        } finally {
            python.destroy();
        }
    }

    private static void compare(
            String name, Contender contender, int rounds, PrintWriter questions, BufferedReader answers) {
        contender.stepMilliseconds();
        asked(name, 1, questions, answers);
        long before = Pointer.physicalBytes();
        List<double[]> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(new double[] {
                contender.stepMilliseconds(),
                asked(name, contender.steps(), questions, answers),
                contender.gradientMilliseconds(),
                contender.productMilliseconds()
            });
        }
        double[] median = new double[4];
        Arrays.setAll(median, i -> median(measured, i));
        System.out.printf(
                Locale.ROOT,
                "%5s %10.2f %10.2f %8.3f %10.2f %10.2f %8.3f   resident %d MB, before %d MB%n",
                name,
                median[0],
                median[1],
                median[0] / median[1],
                median[2],
                median[3],
                median[3] / median[2],
                Pointer.physicalBytes() >> 20,
                before >> 20);
    }

    private static double asked(String name, int steps, PrintWriter questions, BufferedReader answers) {
        try {
            questions.println(name + " " + steps);
            return Double.parseDouble(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(List<double[]> rows, int column) {
        double[] sorted = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double milliseconds(int times, Runnable work) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = system.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (system.getProcessCpuTime() - start) / 1e6 / times;
    }

    private static NetworkLoss mlp() {
        FullyConnected network = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
        TensorVectors inputs = new TensorVectors(5000L * 784, PLACE);
        TensorVectors targets = new TensorVectors(5000L * 10, PLACE);
        Samples samples =
                new Samples(inputs.random(1).view(5000, 784), targets.random(2).view(5000, 10), PLACE);
        return new NetworkLoss(network, samples, Criterion.HALF_SQUARED);
    }

    private static NetworkLoss cnn() {
        Tensor inputs = new TensorVectors(256L * 3 * 32 * 32, PLACE).random(1).view(256, 3, 32, 32);
        Tensor targets = torch.one_hot(tokens(10, 256), 10).to(torch.ScalarType.Float);
        return new NetworkLoss(
                new ConvolutionalNetwork(new DataShape.Images(3, 32, 32, 10)),
                new Samples(inputs, targets, PLACE),
                Criterion.CROSS_ENTROPY);
    }

    private static NetworkLoss gpt() {
        Tensor text = tokens(256, 16, 65);
        Samples samples = new Samples(text.narrow(1, 0, 64), text.narrow(1, 1, 64), PLACE);
        Gpt network = new Gpt(5, 4, 128, new DataShape.Tokens(64, 256));
        return new NetworkLoss(network, samples, Criterion.tokens(samples));
    }

    private static Tensor tokens(int vocabulary, long... shape) {
        long[] tokens = new long[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.setAll(tokens, i -> CountedUniform.below(vocabulary, 1, i));
        return torch.tensor(tokens).view(shape);
    }
}
