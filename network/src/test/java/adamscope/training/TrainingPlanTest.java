package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedUniform;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.probe.Measured;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    private static final LabelledImages IMAGES = FashionMnist.shipped(60);
    private static final FullyConnected NETWORK = FullyConnected.of(784, 6, 1, 10, Activation.TANH);
    private static final OptimizerRule ADAM = Catalogue.shipped("adam");
    private static final Training PLAN = new Training(
            TunedSchedule.constant(ADAM, Map.of()),
            Training.StopRule.after(12),
            Batching.FULL,
            GradientChanges.NONE,
            List.of(),
            new Training.Conditions(0, ClosedMap.Start.ZERO, Place.CPU_FLOAT64, 1));

    /// PyTorch's Adam computes 1 - beta**step with the beta of the step: here by hand at step 2 after beta1 became 0.5.
    @Test
    void whenBetaChangesTheBiasCorrectionIsThatOfTheNewBeta() {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(new double[] {1}, 1);
            Tensor gradient = Place.CPU_FLOAT64.tensor(new double[] {1}, 1);
            TensorRule rule = TensorRule.start(
                    ADAM,
                    Map.of(),
                    List.of(new Block("x", 0, List.of(1L))),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, Place.CPU_FLOAT64));
            TunedSchedule tuned = TunedSchedule.constant(ADAM, Map.of("eps", 0.0, "lr", 0.5, "beta1", 0.9));
            rule.use(tuned.at(1));
            rule.advance(theta, gradient);
            assertThat(theta.item_double()).isCloseTo(0.5, within(1e-13)); // the first step is lr
            rule.use(tuned.with(Map.of("beta1", new Schedule.Constant(0.5))).at(2));
            rule.advance(theta, gradient);
            // m₂ = 0.5·0.1 + 0.5 = 0.55 over 1 − 0.5² = 0.75; v̂ = 1
            assertThat(theta.item_double())
                    .isCloseTo(0.5 - 0.5 * 0.55 / 0.75, within(1e-13)); // 1 − 0.999² has 2⁻⁵³/0.002
        }
    }

    @Test
    void everyEpochIsAnotherOrderOfAllSamplesAndAFunctionOfTheSeed() {
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = loss(Place.CPU_FLOAT64);
            Batching batching = new Batching(25, 0, 7);
            List<Long> first = epoch(batching, loss, 0);
            List<Long> second = epoch(batching, loss, 1);
            List<Long> all = LongStream.range(0, 60).boxed().toList();
            assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(second);
            assertThat(second).containsExactlyInAnyOrderElementsOf(all);
            assertThat(epoch(batching, loss, 1)).isEqualTo(second);
            assertThat(epoch(new Batching(25, 0, 8), loss, 1)).isNotEqualTo(second);
        }
    }

    /// 7,200 orders of 3 numbers: each of the 6 about 1,200 times, deviation √(7200·5/36) = 32.
    @Test
    void everyOrderIsEquallyLikely() {
        Map<String, Integer> counts = new java.util.HashMap<>();
        for (int seed = 0; seed < 7200; seed++) {
            counts.merge(Arrays.toString(CountedUniform.order(3, seed)), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1200 - 160, 1200 + 160));
    }

    @Test
    void theResultDoesNotDependOnTheSizeOfTheMicroBatches() {
        double[] whole = losses(PLAN);
        for (long micro : new long[] {1, 7, 59}) {
            double[] parts = losses(with(new Batching(0, micro, 0)));
            for (int step = 0; step < whole.length; step++) {
                // 61·2⁻⁵³ of the gradient at most, through 12 steps of lr = 1e-3 on a loss near 1
                assertThat(parts[step]).isCloseTo(whole[step], within(1e-12));
            }
        }
    }

    @Test
    void aModelThatMixesItsSamplesIsRefusedMicroBatches() {
        assertThatThrownBy(() -> with(new Batching(0, 10, 0)).run(place -> mixing(loss(place)), watch()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("micro_batch = 10")
                .hasMessageContaining("batch normalisation");
        assertThat(with(new Batching(0, 60, 0))
                        .run(place -> mixing(loss(place)), watch())
                        .outcome())
                .isEqualTo(new TrainingOutcome.Completed(12));
    }

    @Test
    void aMinibatchRunSeesTheLossOfItsBatch() {
        double[] losses = losses(with(new Batching(20, 0, 3)));
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = loss(Place.CPU_FLOAT64);
            Batch first = new Batching(20, 0, 3).of(loss).batch(1);
            assertThat(losses[0]).isEqualTo(loss.mean(loss.initial(0), first).item_double());
        }
    }

    @Test
    void aLongGradientIsClippedToItsNormAndAShortOneStays() {
        double norm = live(PLAN, "gradientNorm")[0];
        // gd with lr 1 moves by the clipped gradient: c·‖g‖/(‖g‖ + 1e-6)
        assertThat(live(gd(new GradientChanges(0, norm / 2, 0, false)), "stepNorm")[1])
                .isCloseTo(norm / 2 * norm / (norm + 1e-6), within(1e-12));
        assertThat(live(gd(new GradientChanges(0, norm * 2, 0, false)), "stepNorm")[1])
                .isCloseTo(norm, within(1e-12));
    }

    @Test
    void weightDecayIsAddedToTheGradientOrShrinksTheParameters() {
        double[] coupled = losses(gd(new GradientChanges(0, Double.POSITIVE_INFINITY, 0.01, false)));
        double[] decoupled = losses(gd(new GradientChanges(0, Double.POSITIVE_INFINITY, 0.01, true)));
        double[] none = losses(gd(GradientChanges.NONE));
        // for plain gradient descent both are θ − η(g + λθ)
        assertThat(coupled[1]).isCloseTo(decoupled[1], within(1e-14)).isNotEqualTo(none[1]);
        Training adamw = new Training(
                TunedSchedule.constant(Catalogue.shipped("adamw"), Map.of("weight_decay", 0.01)),
                PLAN.ending(),
                PLAN.batching(),
                GradientChanges.NONE,
                List.of(),
                PLAN.run());
        Training decayed = with(new GradientChanges(0, Double.POSITIVE_INFINITY, 0.01, true));
        double[] expected = losses(adamw);
        double[] found = losses(decayed);
        for (int step = 0; step < expected.length; step++) {
            assertThat(found[step]).isCloseTo(expected[step], within(1e-13)); // other order of two roundings a step
        }
    }

    @Test
    void noiseHasItsStandardDeviationAndIsAFunctionOfTheStep() {
        double sigma = 10;
        double[] steps = live(gd(new GradientChanges(sigma, Double.POSITIVE_INFINITY, 0, false)), "stepNorm");
        long parameters = NETWORK.parameters();
        // ‖noise‖² is σ²·χ² of 4,780 numbers: relative deviation of the norm 1/√(2·4780) = 0.010
        assertThat(steps[1]).isCloseTo(sigma * Math.sqrt(parameters), within(0.05 * sigma * Math.sqrt(parameters)));
        assertThat(steps[2]).isNotEqualTo(steps[1]);
        assertThat(live(gd(new GradientChanges(sigma, Double.POSITIVE_INFINITY, 0, false)), "stepNorm"))
                .isEqualTo(steps);
    }

    @Test
    void aFrozenPreconditionerMakesTheRuleHeavyBallWithIt() {
        Training freezing = changing(List.of(new Change.Freeze(5)));
        double[] before = losses(PLAN);
        double[] found = losses(freezing);
        assertThat(Arrays.copyOf(found, 6)).isEqualTo(Arrays.copyOf(before, 6));
        assertThat(found[7]).isNotEqualTo(before[7]);
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = loss(Place.CPU_FLOAT64);
            assertThat(found).isEqualTo(byHand(loss));
        }
    }

    /// Adam to step 5, then m ← β₁m + (1 − β₁)g, θ ← θ − ηm/P₅, number by number.
    private static double[] byHand(BatchLoss loss) {
        Tensor theta = loss.initial(0);
        Tensor gradient = loss.place().zeros(loss.parameters());
        adamscope.curvature.LossSurface surface = adamscope.curvature.LossSurface.of(loss);
        double[] losses = new double[13];
        losses[0] = surface.gradient(theta, gradient);
        TensorRule rule = TensorRule.start(
                ADAM, Map.of(), loss.blocks(), ClosedMap.Start.ZERO, new Point(theta, gradient, loss.place()));
        Tensor preconditioner = null;
        for (int step = 1; step <= 5; step++) {
            preconditioner = rule.advanceWithPreconditioner(theta, gradient);
            losses[step] = surface.gradient(theta, gradient);
        }
        double[] p = Place.numbers(preconditioner);
        double[] m = Place.numbers(rule.state("m"));
        for (int step = 6; step <= 12; step++) {
            double[] x = Place.numbers(theta);
            double[] g = Place.numbers(gradient);
            for (int i = 0; i < x.length; i++) {
                m[i] = 0.9 * m[i] + (1 - 0.9) * g[i];
                x[i] = x[i] - 1e-3 * m[i] / p[i];
            }
            theta.copy_(loss.place().tensor(x, x.length));
            losses[step] = surface.gradient(theta, gradient);
        }
        return losses;
    }

    @Test
    void hyperParametersAndStatesMayChangeInTheMiddle() {
        double[] before = losses(PLAN);
        double[] retuned = losses(changing(List.of(new Change.Retune(4, Map.of("lr", new Schedule.Constant(1e-2))))));
        assertThat(Arrays.copyOf(retuned, 5)).isEqualTo(Arrays.copyOf(before, 5));
        assertThat(retuned[5]).isNotEqualTo(before[5]);
        Training cleared = changing(List.of(new Change.Clear(4, "m")));
        // m₅ = β₁·0 + (1 − β₁)·g₄, up to the roundings of a norm
        assertThat(live(cleared, "averageGradientNorm")[5])
                .isCloseTo((1 - 0.9) * live(cleared, "gradientNorm")[4], within(1e-12));
    }

    @Test
    void aChangeThatCannotBeIsRefusedBeforeTheRun() {
        assertThatThrownBy(() -> changing(List.of(new Change.Clear(4, "n")))).hasMessage("adam has no state 'n'");
        assertThatThrownBy(() -> changing(List.of(new Change.Retune(4, Map.of("beta1", new Schedule.Constant(1))))))
                .hasMessage("adam: beta1 = 1 at step 5 is outside [0, 1)");
        assertThatThrownBy(() -> new Change.Freeze(0)).hasMessageContaining("at = 0");
        assertThatThrownBy(() -> new Training(
                        TunedSchedule.constant(Catalogue.shipped("gd"), Map.of()),
                        PLAN.ending(),
                        PLAN.batching(),
                        PLAN.gradient(),
                        List.of(new Change.Freeze(3)),
                        PLAN.run()))
                .hasMessage("gd has no preconditioner that could be frozen");
    }

    @Test
    void itEndsWhenTheLossIsReachedOrBeyondTheBound() {
        double[] losses = losses(PLAN);
        assertThat(run(ending(losses[6], Double.MAX_VALUE)).outcome()).isEqualTo(new TrainingOutcome.ReachedLoss(6));
        assertThat(run(ending(
                                Double.NEGATIVE_INFINITY,
                                Arrays.stream(losses).max().orElseThrow()))
                        .outcome())
                .isEqualTo(new TrainingOutcome.Completed(12));
        assertThat(run(ending(Double.NEGATIVE_INFINITY, losses[12])).outcome())
                .isEqualTo(new TrainingOutcome.Diverged(1));
    }

    private static Training ending(double loss, double bound) {
        return new Training(
                PLAN.tuned(),
                new Training.StopRule(12, loss, bound),
                PLAN.batching(),
                PLAN.gradient(),
                PLAN.changes(),
                PLAN.run());
    }

    private static Training changing(List<Change> changes) {
        return new Training(PLAN.tuned(), PLAN.ending(), PLAN.batching(), PLAN.gradient(), changes, PLAN.run());
    }

    private static Training with(Batching batching) {
        return new Training(PLAN.tuned(), PLAN.ending(), batching, PLAN.gradient(), PLAN.changes(), PLAN.run());
    }

    private static Training with(GradientChanges gradient) {
        return new Training(PLAN.tuned(), PLAN.ending(), PLAN.batching(), gradient, PLAN.changes(), PLAN.run());
    }

    private static Training gd(GradientChanges gradient) {
        return new Training(
                TunedSchedule.constant(Catalogue.shipped("gd"), Map.of("lr", 1.0)),
                new Training.StopRule(2, Double.NEGATIVE_INFINITY, Double.MAX_VALUE),
                PLAN.batching(),
                gradient,
                List.of(),
                PLAN.run());
    }

    private static List<Long> epoch(Batching batching, BatchLoss loss, long epoch) {
        List<Long> samples = new ArrayList<>();
        Batching.Batches batches = batching.of(loss);
        for (long step = 3 * epoch + 1; step <= 3 * epoch + 3; step++) {
            Batch.Chosen chosen = (Batch.Chosen) batches.batch(step);
            assertThat(chosen.count()).isEqualTo(step % 3 == 0 ? 10 : 25);
            Arrays.stream(chosen.samples()).forEach(samples::add);
        }
        return samples;
    }

    private static double[] losses(Training training) {
        return run(training).losses().numbers("loss");
    }

    private static TrainingResult run(Training training) {
        return training.run(TrainingPlanTest::loss, watch());
    }

    private static double[] live(Training training, String name) {
        List<Double> values = new ArrayList<>();
        TrainingSink sink = new TrainingSink() {
            private int column;

            @Override
            public void begin(List<Measured> live, List<Measured> probed) {
                column = live.stream().map(Measured::name).toList().indexOf(name);
            }

            @Override
            public void live(long step, double[] row) {
                values.add(row[column]);
            }

            @Override
            public void probed(long step, double[] row) {}
        };
        training.run(
                TrainingPlanTest::loss,
                new Training.Watch(List.of(), 0, List.of(sink), (_, _) -> true, Optional.empty()));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Training.Watch watch() {
        return Training.Watch.of(List.of(), (_, _) -> true);
    }

    private static BatchLoss loss(Place place) {
        return NetworkLoss.halfSquared(NETWORK, IMAGES.toSamples(place));
    }

    /// The same loss, calling itself not separable.
    private static BatchLoss mixing(BatchLoss loss) {
        return new BatchLoss() {
            @Override
            public List<Block> blocks() {
                return loss.blocks();
            }

            @Override
            public Tensor initial(long seed) {
                return loss.initial(seed);
            }

            @Override
            public long samples() {
                return loss.samples();
            }

            @Override
            public Place place() {
                return loss.place();
            }

            @Override
            public boolean separable() {
                return false;
            }

            @Override
            public Tensor mean(Tensor theta, Batch batch) {
                return loss.mean(theta, batch);
            }
        };
    }
}
