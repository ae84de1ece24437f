package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.DataSet;
import adamscope.data.DataShape;
import adamscope.data.LabelledImages;
import adamscope.data.Samples;
import adamscope.data.Scaling;
import adamscope.data.SineSum;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.HeldOut;
import adamscope.model.ModelSource;
import adamscope.model.Network;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.CheckpointFolder;
import adamscope.training.CheckpointPolicy;
import adamscope.training.Companions;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationProbeTest {
    /// Two pixels; a scaling of each set by itself makes them ±1.
    private static LabelledImages images(int... labels) {
        byte[] pixels = new byte[2 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            pixels[2 * i + labels[i]] = (byte) 200;
        }
        return new LabelledImages(new DataShape.Images(1, 1, 2, 2), pixels, labels);
    }

    private static TrainingResult trained(LabelledImages seen, LabelledImages held) {
        Training training = Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.5), 60);
        FullyConnected linear = FullyConnected.between(2, List.of(), 2, Activation.IDENTITY);
        Validation plan = new Validation(0.5, Optional.empty(), 0, 30, Optional.empty());
        return training.run(
                place -> new NetworkLoss(
                        linear,
                        seen.toSamples(place),
                        Criterion.HALF_SQUARED,
                        Optional.of(
                                new HeldOut(held.toSamples(place, Scaling.STANDARD), Criterion.HALF_SQUARED, linear))),
                Training.Watch.of(List.of(ValidationProbe.source(plan)), (_, _) -> true));
    }

    @Test
    void aLearnedRuleIsRightOnOtherImagesOfItAndWrongOnItsOpposite() {
        // class i has the bright pixel i; gradient descent on this linear problem contracts by 1 − 0.5·(eigenvalue 1 or
        // 2) a step, so after 60 steps outputs are one-hot to 2^−60
        TrainingResult right = trained(images(0, 1, 0, 1), images(1, 0));
        assertThat(right.probes().numbers("step")).containsExactly(1, 30, 60);
        assertThat(right.probes().numbers("validationAccuracy")[2]).isEqualTo(1);
        assertThat(right.probes().numbers("validationLoss")[2]).isLessThan(1e-10); // single precision, squared

        LabelledImages opposite =
                new LabelledImages(images(0, 1).shape(), images(0, 1).values(), new int[] {1, 0});
        TrainingResult wrong = trained(images(0, 1, 0, 1), opposite);
        assertThat(wrong.probes().numbers("validationAccuracy")[2]).isZero();
        // outputs (1, 0) for the target (0, 1): ½(1 + 1); exact but for single precision
        assertThat(wrong.probes().numbers("validationLoss")[2]).isCloseTo(1, within(1e-5));
    }

    /// Of the loss w²/2 of one weight, on which gradient descent is w ← (1 − lr)·w.
    private static TrainingResult scalar(
            OptimizerRule rule, Map<String, Double> hyper, Optional<Double> ema, int steps) {
        Place place = Place.CPU_FLOAT64;
        ModelSource.OfSamples model = new ModelSource.Dense(List.of(), Activation.IDENTITY, false);
        Network network = model.network(new DataShape.Vectors(1, 1));
        Samples one = new Samples(place.tensor(new double[] {1}, 1, 1), place.zeros(1, 1), place);
        NetworkLoss loss = new NetworkLoss(
                network, one, Criterion.HALF_SQUARED, Optional.of(new HeldOut(one, Criterion.HALF_SQUARED, network)));
        Validation plan = new Validation(0.5, Optional.empty(), 0, 1, ema);
        return Training.of(rule, hyper, steps)
                .run(_ -> loss, Training.Watch.of(List.of(ValidationProbe.source(plan)), (_, _) -> true));
    }

    @Test
    void theExponentialAverageBeginsAtTheFirstStepAndIsThatOfPyTorchsAveragedModel() {
        try (PointerScope _ = new PointerScope()) {
            TrainingResult found = scalar(Catalogue.shipped("gd"), Map.of("lr", 0.25), Optional.of(0.9), 12);
            double[] losses = found.losses().numbers("loss");
            double[] averaged = found.probes().numbers("validationLossAveraged");
            // AveragedModel copies the first parameters it sees, then ema·ā + (1 − ema)·θ; w from the loss, whose sign
            // stays
            double mean = Math.sqrt(2 * losses[1]);
            assertThat(found.probes().numbers("validationLoss")).isEqualTo(Arrays.copyOfRange(losses, 1, 13));
            for (int step = 1; step <= 12; step++) {
                mean = step == 1 ? mean : 0.9 * mean + (1 - 0.9) * Math.sqrt(2 * losses[step]);
                // roots of numbers that were rounded, some ten times
                assertThat(averaged[step - 1]).isCloseTo(mean * mean / 2, within(2e-15));
            }
        }
    }

    @Test
    void aRunThatWasBrokenOffGoesOnToTheSameAverage(@TempDir Path folder) {
        Validation plan = new Validation(0, Optional.of(new SineSum(7, 2, 3)), 0, 3, Optional.of(0.9));
        Task task = new Task(
                new ModelSource.Dense(List.of(3), Activation.TANH, true),
                Optional.of(new SineSum(9, 2, 0)),
                Optional.empty(),
                Optional.of(plan));
        Training training = Training.of(Catalogue.shipped("adam"), Map.of("lr", 0.01), 20);
        CheckpointFolder keeper = new CheckpointFolder(folder, "digest", CheckpointPolicy.DEFAULT, Companions.NONE);
        List<Probe.Source> probes = List.of(ValidationProbe.source(plan));
        Table whole = training.run(place -> task.at(place, 1), Training.Watch.of(probes, (_, _) -> true))
                .probes();
        for (int stop : new int[] {8, 13, 20}) {
            TrainingResult part = training.goOn(
                    place -> task.at(place, 1),
                    new Training.Watch(probes, 0, List.of(), (step, _) -> step < stop, Optional.of(keeper)),
                    keeper);
            double[] found = part.probes().numbers("validationLossAveraged");
            int end = stop == 20 ? whole.rows() : 1 + stop / 3;
            assertThat(found).hasSizeGreaterThan(1);
            assertThat(found)
                    .isEqualTo(Arrays.copyOfRange(whole.numbers("validationLossAveraged"), end - found.length, end));
        }
    }

    private static final String SCHEDULE_FREE = """
        # Defazio et al. 2024, equations 3 to 5 with c = 1/t: the gradient is taken at y, here x
        optimizer schedule-free-sgd
        hyper lr = 0.25 in (0, inf)
        hyper beta = 0.9 in [0, 1)
        state z = x, a = x
        z <- z - lr*g
        a <- (1 - 1/t)*a + 1/t*z
        x <- (1 - beta)*z + beta*a
        evaluate = a
        """;

    @Test
    void scheduleFreeIsMeasuredAtItsAveragedPoint() {
        try (PointerScope _ = new PointerScope()) {
            OptimizerRule rule = RuleReader.read("test", SCHEDULE_FREE);
            TrainingResult found = scalar(rule, Map.of(), Optional.empty(), 12);
            double[] losses = found.losses().numbers("loss");
            double start = Math.sqrt(2 * losses[0]);
            double y = start;
            double z = start;
            double a = start;
            for (int t = 1; t <= 12; t++) {
                z -= 0.25 * y;
                a = (1 - 1.0 / t) * a + 1.0 / t * z;
                y = (1 - 0.9) * z + 0.9 * a;
                // from the root of a rounded loss: some ten roundings
                assertThat(found.probes().numbers("validationLoss")[t - 1]).isCloseTo(y * y / 2, within(2e-15));
                assertThat(found.probes().numbers("validationLossAveraged")[t - 1])
                        .isCloseTo(a * a / 2, within(2e-15));
            }
            assertThat(Math.abs(y - a)).isGreaterThan(1e-3 * start);
            assertThatThrownBy(() -> scalar(rule, Map.of(), Optional.of(0.9), 2))
                    .hasMessageContaining("schedule-free-sgd says by its line evaluate")
                    .hasMessageContaining("leave ema out");
        }
    }

    @Test
    void theLastStepIsLookedAtWheneverItComes() {
        try (PointerScope _ = new PointerScope()) {
            Place place = Place.CPU_FLOAT64;
            Network network =
                    new ModelSource.Dense(List.of(), Activation.IDENTITY, false).network(new DataShape.Vectors(1, 1));
            Samples one = new Samples(place.tensor(new double[] {1}, 1, 1), place.zeros(1, 1), place);
            NetworkLoss loss = new NetworkLoss(
                    network,
                    one,
                    Criterion.HALF_SQUARED,
                    Optional.of(new HeldOut(one, Criterion.HALF_SQUARED, network)));
            Validation plan = new Validation(0.5, Optional.empty(), 0, 10, Optional.empty());
            Training.Watch watch = Training.Watch.of(
                    List.of(SharpnessProbe.source(ProbeSchedule.DEFAULT, 1), ValidationProbe.source(plan)),
                    (_, _) -> true);
            Training training = Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.25), 17);
            Table probes = training.run(_ -> loss, watch).probes();
            assertThat(probes.numbers("step")).endsWith(10, 17);
            assertThat(probes.numbers("validationLoss")[probes.rows() - 1]).isPositive();
            assertThat(probes.numbers("sharpness")[probes.rows() - 1]).isNaN();
            // (3/4)²ᵗ is 1/100 after 8.004 steps
            double limit = loss.mean(loss.initial(0), Batch.all(loss)).item_double() / 100;
            TrainingResult stopped = training.with(new Training.StopRule(17, limit, Double.MAX_VALUE))
                    .run(_ -> loss, watch);
            assertThat(stopped.outcome()).isEqualTo(new TrainingOutcome.ReachedLoss(9));
            assertThat(stopped.probes().numbers("step")).endsWith(9);
            assertThat(stopped.probes().numbers("validationLoss"))
                    .endsWith(stopped.losses().numbers("loss")[9]);
        }
    }

    @Test
    void aShareIsChosenByItsSeedAloneAndNoSampleIsOnBothSides() {
        try (PointerScope _ = new PointerScope()) {
            Place place = Place.CPU_FLOAT64;
            double[] numbers = new double[20];
            Arrays.setAll(numbers, i -> i);
            Samples all = new Samples(place.tensor(numbers, 20, 1), place.tensor(numbers, 20, 1), place);
            DataSet set = new DataSet(all, new DataShape.Vectors(1, 1));
            Validation plan = new Validation(0.3, Optional.empty(), 7, 10, Optional.empty());
            Validation.Split split = plan.split(set, place);
            assertThat(split.held().count()).isEqualTo(6);
            double[] held = Place.numbers(split.held().inputs());
            double[] seen = Place.numbers(split.seen().inputs());
            assertThat(held).isSorted();
            assertThat(seen).isSorted().doesNotContain(held);
            assertThat(seen.length + held.length).isEqualTo(20);
            assertThat(Place.numbers(split.held().targets())).isEqualTo(held);
            assertThat(Place.numbers(plan.split(set, place).held().inputs())).isEqualTo(held);
            Validation other = new Validation(0.3, Optional.empty(), 8, 10, Optional.empty());
            assertThat(Place.numbers(other.split(set, place).held().inputs())).isNotEqualTo(held);
            Validation none = new Validation(0.01, Optional.empty(), 8, 10, Optional.empty());
            assertThatThrownBy(() -> none.split(set, place)).hasMessageContaining("share = 0.01 of 20 samples is 0");
            Validation ofOthers = new Validation(0, Optional.of(new SineSum(5, 2, 1)), 0, 10, Optional.empty());
            assertThatThrownBy(() -> ofOthers.split(set, place)).hasMessageContaining("Vectors[width=2, outputs=1]");
        }
    }

    @Test
    void perplexityIsTheExponentialOfTheLossOfAToken() {
        try (PointerScope _ = new PointerScope()) {
            Place place = Place.CPU_FLOAT64;
            ModelSource.OfSamples model = new ModelSource.Language(1, 1, 4, true);
            DataSet text = new TextSource(Optional.empty(), Tokenizer.BYTES, 8, 20).read(place);
            Network network = model.network(text.shape());
            NetworkLoss loss = new NetworkLoss(
                    network,
                    text.samples(),
                    Criterion.tokens(text.samples()),
                    Optional.of(new HeldOut(text.samples(), Criterion.tokens(text.samples()), network)));
            Validation plan = new Validation(0.5, Optional.empty(), 0, 1, Optional.empty());
            TrainingResult found = Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.1), 2)
                    .run(_ -> loss, Training.Watch.of(List.of(ValidationProbe.source(plan)), (_, _) -> true));
            double after = found.losses().numbers("loss")[2];
            assertThat(found.probes().numbers("validationLoss")[1]).isEqualTo(after);
            assertThat(found.probes().numbers("validationPerplexity")[1]).isEqualTo(Math.exp(after));
            // an untrained model of 256 tokens
            assertThat(after).isCloseTo(Math.log(256), within(0.1));
        }
    }
}
