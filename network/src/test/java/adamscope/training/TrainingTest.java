package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.CouplingRatio;
import adamscope.curvature.ProbeSchedule;
import adamscope.data.DataShape;
import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.probe.SharpnessProbe;
import adamscope.table.Column;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final LabelledImages IMAGES = FashionMnist.shipped(20);
    private static final FullyConnected NETWORK = FullyConnected.of(784, 8, 2, 10, Activation.TANH);

    /// Large enough that libtorch and its BLAS share the work between the threads.
    @Test
    void twoRunsWithTheSameNumberOfThreadsHaveTheSameBits() {
        FullyConnected network = FullyConnected.of(784, 128, 2, 10, Activation.TANH);
        LabelledImages images = FashionMnist.shipped(600);
        Training.Conditions one = Training.Conditions.DEFAULT;
        Training plain = training("adam", Map.of("lr", 1e-3), 8);
        Training threaded = new Training(
                plain.tuned(),
                plain.ending(),
                plain.batching(),
                plain.gradient(),
                plain.changes(),
                new Training.Conditions(one.seed(), one.start(), one.place(), 3));
        List<double[]> losses = Stream.of(threaded, threaded, plain)
                .map(training -> training.run(
                                place -> NetworkLoss.halfSquared(network, images.toSamples(place)),
                                Training.Watch.of(List.of(), (_, _) -> true))
                        .losses()
                        .numbers("loss"))
                .toList();
        assertThat(losses.get(1)).isEqualTo(losses.get(0));
        // another order of sums: 1e-7 a step in single precision
        assertThat(losses.get(2)).containsExactly(losses.get(0), within(1e-4));
    }

    @Test
    void theLossFallsAndEveryProbeIsInTheTable() {
        TrainingResult result = run(training("adam-uncorrected", Map.of("lr", 1e-3), 40));
        assertThat(result.outcome()).isEqualTo(new TrainingOutcome.Completed(40));
        double[] losses = result.losses().numbers("loss");
        assertThat(losses).hasSize(41);
        assertThat(losses[40]).isLessThan(losses[0] / 2);
        assertThat(result.probes().numbers("step")).containsExactly(1, 10, 20, 30, 40);
        assertThat(result.probes().columns().stream().map(Column::name))
                .containsExactly(
                        "step",
                        "loss",
                        "gradientNorm",
                        "stepNorm",
                        "preconditionedSharpness",
                        "preconditionedSharpnessResidual",
                        "preconditionedSharpnessError",
                        "sharpness",
                        "sharpnessResidual",
                        "sharpnessError",
                        "threshold",
                        "growthFactor",
                        "rivalSharpness",
                        "couplingRatio01",
                        "couplingRatio10",
                        "couplingRatio50",
                        "couplingRatio90",
                        "couplingRatio99",
                        "preconditionedSharpnessProducts",
                        "preconditionedSharpnessEffort",
                        "preconditionedSharpnessStanding",
                        "sharpnessProducts",
                        "sharpnessEffort",
                        "sharpnessStanding",
                        "excludedCoordinates",
                        "zeroGradients");
        double[] sharpness = result.probes().numbers("preconditionedSharpness");
        double[] error = result.probes().numbers("preconditionedSharpnessError");
        for (int i = 0; i < sharpness.length; i++) {
            assertThat(result.probes().numbers("loss")[i])
                    .isEqualTo(losses[(int) result.probes().numbers("step")[i]]);
            assertThat(sharpness[i]).isPositive();
            assertThat(error[i]).isLessThanOrEqualTo(1e-3 * sharpness[i]);
            // 38/lr for Adam with its preconditioner frozen, lr = 1e-3
            assertThat(result.probes().numbers("threshold")[i]).isCloseTo(38e3, within(1e-6));
        }
    }

    /// From v₀ = 0 the first v is (1 − β₂)·g², so v/g² = 0.001 in every coordinate.
    @Test
    void afterTheFirstStepTheCouplingRatioIsOneMinusBeta2() {
        TrainingResult result = run(training("adam-uncorrected", Map.of(), 1));
        for (String quantile : List.of("couplingRatio01", "couplingRatio50", "couplingRatio99")) {
            // float32: three roundings of 2⁻²⁴ relative to .001
            assertThat(result.probes().numbers(quantile)[0]).isCloseTo(0.001, within(2e-10));
        }
    }

    @Test
    void measuringChangesNothing() {
        TrainingResult often = run(training("adam", Map.of(), 30));
        ProbeSchedule seldom = new ProbeSchedule(30, 1e-3, 50, false);
        TrainingResult rarely = run(training("adam", Map.of(), 30), seldom, (_, _) -> true);
        double[] expected = often.losses().numbers("loss");
        double[] found = rarely.losses().numbers("loss");
        for (int step = 0; step <= 30; step++) {
            assertThat(found[step]).isEqualTo(expected[step]);
        }
        assertThat(rarely.probes().numbers("sharpness")).containsOnly(Double.NaN);
    }

    @Test
    void twoRunsHaveTheSameBits() {
        TrainingResult first = run(training("adamw", Map.of(), 20));
        TrainingResult second = run(training("adamw", Map.of(), 20));
        for (Column column : first.probes().columns()) {
            assertThat(second.probes().numbers(column.name()))
                    .isEqualTo(first.probes().numbers(column.name()));
        }
        assertThat(second.losses().numbers("loss")).isEqualTo(first.losses().numbers("loss"));
    }

    @Test
    void anAbsurdLearningRateEndsAsDivergedWithTheStep() {
        TrainingResult result = run(training("gd", Map.of("lr", 1e30), 50));
        assertThat(result.outcome()).isEqualTo(new TrainingOutcome.Diverged(1));
        assertThat(result.losses().rows()).isEqualTo(2);
        assertThat(result.probes().numbers("preconditionedSharpness")).containsExactly(Double.NaN);
    }

    @Test
    void theObserverStopsTheRun() {
        TrainingResult result = run(training("adam", Map.of(), 50), ProbeSchedule.DEFAULT, (step, _) -> step < 7);
        assertThat(result.outcome()).isEqualTo(new TrainingOutcome.Stopped(7));
        assertThat(result.losses().rows()).isEqualTo(8);
    }

    @Test
    void aRuleWithoutPreconditionerHasTheSharpnessItself() {
        TrainingResult result = run(training("gd", Map.of("lr", 1e-3), 10));
        double[] sharpness = result.probes().numbers("sharpness");
        for (int i = 0; i < sharpness.length; i++) {
            // two searches, each with a residual of 1e-3 of the value at most
            assertThat(result.probes().numbers("preconditionedSharpness")[i])
                    .isCloseTo(sharpness[i], within(2e-3 * sharpness[i]));
        }
        assertThat(result.probes().columns()).extracting(Column::name).doesNotContain("couplingRatio50");
    }

    /// A black image gives the input 0: 12 weights never have a gradient, nor have the 6 weights behind tanh(0) = 0,
    /// nor has the bias of the output that is 0 and should be.
    @Test
    void coordinatesThatNeverHadAGradientAreExcludedAndCounted() {
        OptimizerRule rule = RuleReader.read("test.opt", """
            optimizer test
            state v = 0
            v <- 0.9*v + 0.1*g^2
            precondition P = sqrt(v)
            x <- x - 0.1*g/max(P, 1e-30)
            """);
        TrainingResult result = onABlackImage(rule, Map.of());
        assertThat(result.probes().numbers("zeroGradients")).containsExactly(19);
        assertThat(result.probes().numbers("excludedCoordinates")).containsExactly(19);
        assertThat(result.probes().numbers("preconditionedSharpness")[0]).isFinite();
    }

    @Test
    void withoutEpsilonADeadUnitIsZeroOverZeroAndTheRunDiverges() {
        OptimizerRule rule = Catalogue.shipped("adam-uncorrected");
        assertThat(onABlackImage(rule, Map.of("eps", 0.0)).outcome()).isEqualTo(new TrainingOutcome.Diverged(1));
        assertThat(onABlackImage(rule, Map.of("eps", 1e-8)).outcome()).isEqualTo(new TrainingOutcome.Completed(1));
    }

    private static TrainingResult onABlackImage(OptimizerRule rule, Map<String, Double> hyper) {
        LabelledImages black = new LabelledImages(new DataShape.Images(1, 1, 4, 2), new byte[4], new int[1]);
        FullyConnected network = new FullyConnected(List.of(4, 3, 2), Activation.TANH);
        return Training.of(rule, hyper, 1)
                .run(
                        place -> NetworkLoss.halfSquared(network, black.toSamples(place)),
                        Training.Watch.of(List.of(SharpnessProbe.source(ProbeSchedule.DEFAULT, 0)), (_, _) -> true));
    }

    @Test
    void nativeMemoryStaysFlat() {
        Training warmUp = training("adam", Map.of(), 50);
        run(warmUp);
        long pointers = Pointer.totalCount();
        long before = outsideOfTheHeap();
        run(training("adam", Map.of(), 500));
        assertThat(Pointer.totalCount()).as("of 500 steps").isLessThan(pointers + 50);
        // θ has 6,442 numbers, of which a step makes some eight tensors: 500 that leaked would hold 400 KB each, so 200
        // MB.
        // What HotSpot and the allocator take meanwhile is below 100 MB
        assertThat(outsideOfTheHeap() - before).isLessThan(150L << 20);
    }

    /// Bytes of memory in use, without what the heap has taken.
    private static long outsideOfTheHeap() {
        return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> training("adam", Map.of(), 0)).hasMessage("steps = 0 is outside [1, inf)");
        assertThatThrownBy(() -> training("adam", Map.of("beta3", 0.5), 1))
                .hasMessage("adam has no hyper-parameter 'beta3'; it has [lr, beta1, beta2, eps]");
        assertThatThrownBy(() -> new ProbeSchedule(0, 1e-3, 10, true)).hasMessage("every = 0 is outside [1, inf)");
        assertThatThrownBy(() -> new ProbeSchedule(1, 0, 10, true)).hasMessage("tolerance = 0 is outside (0, 1)");
        assertThatThrownBy(() -> LibTorch.useThreads(0)).hasMessage("threads = 0 is outside [1, inf)");
    }

    @Test
    void quantilesInterpolateBetweenSortedRatiosAndLeaveZerosOut() {
        try (PointerScope _ = new PointerScope()) {
            double[] v = new double[102];
            double[] g = new double[102];
            Arrays.setAll(v, i -> 4 * i); // v/g² = i for i = 1 … 101
            Arrays.setAll(g, i -> i == 0 ? 0 : i % 2 == 0 ? 2 : -2);
            CouplingRatio ratio = CouplingRatio.of(Place.CPU_FLOAT64.tensor(v, 102), Place.CPU_FLOAT64.tensor(g, 102));
            assertThat(ratio.quantiles()).containsExactly(2, 11, 51, 91, 100);
            assertThat(ratio.zeroGradients()).isEqualTo(1);
            assertThat(CouplingRatio.of(Place.CPU_FLOAT64.zeros(3), Place.CPU_FLOAT64.zeros(3))
                            .quantiles())
                    .containsOnly(Double.NaN);
        }
    }

    @Test
    void libtorchIsThereWithItsVersion() {
        assertThat(LibTorch.availability()).isInstanceOfSatisfying(LibTorch.Availability.Present.class, present -> {
            assertThat(present.version()).startsWith("2.");
        });
    }

    private static Training training(String rule, Map<String, Double> hyper, int steps) {
        return Training.of(Catalogue.shipped(rule), hyper, steps);
    }

    private static TrainingResult run(Training training) {
        return run(training, ProbeSchedule.DEFAULT, (_, _) -> true);
    }

    private static TrainingResult run(Training training, ProbeSchedule probes, TrainingObserver observer) {
        return training.run(
                place -> NetworkLoss.halfSquared(NETWORK, IMAGES.toSamples(place)),
                Training.Watch.of(List.of(SharpnessProbe.source(probes, 0)), observer));
    }
}
