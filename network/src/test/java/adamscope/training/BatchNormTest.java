package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.DataShape;
import adamscope.data.Samples;
import adamscope.model.BatchNorm;
import adamscope.model.Criterion;
import adamscope.model.HeldOut;
import adamscope.model.ModelSource;
import adamscope.model.Network;
import adamscope.model.NetworkLoss;
import adamscope.model.ResNet;
import adamscope.model.WideResNet;
import adamscope.optimizer.Catalogue;
import adamscope.probe.SharpnessProbe;
import adamscope.probe.Validation;
import adamscope.probe.ValidationProbe;
import adamscope.rule.Change;
import adamscope.rule.TensorRule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Running means and variances along trainings, and validation by them; `tools/record_batchnorm.py`.
class BatchNormTest {
    private static final Place PLACE = Place.CPU_FLOAT64;
    private static final DataShape.Images SMALL = new DataShape.Images(2, 8, 8, 3);

    /// On smaller ones the last stage has one pixel, and a batch normalisation of few numbers enlarges rounding.
    private static final DataShape.Images LARGE = new DataShape.Images(2, 16, 16, 3);
    private static final int STEPS = 6;

    private static Network network(String name, BatchNorm norm) {
        return name.equals("resnet18")
                ? new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 3, norm, LARGE)
                : new WideResNet(1, 1, true, norm, SMALL);
    }

    private static NetworkLoss loss(Network network) {
        return loss(network, SMALL);
    }

    private static NetworkLoss loss(Network network, DataShape.Images images) {
        Samples held = samples(5, images, i -> Math.sin(0.23 * i));
        return new NetworkLoss(
                network,
                samples(8, images, i -> Math.cos(0.37 * i)),
                Criterion.CROSS_ENTROPY,
                Optional.of(new HeldOut(held, Criterion.CROSS_ENTROPY, network)));
    }

    private static Samples samples(int count, DataShape.Images images, DoubleUnaryOperator pixel) {
        Tensor classes = torch.arange(new Scalar(count)).remainder(new Scalar(3));
        return new Samples(
                numbers(count * images.pixels(), pixel).view(count, images.pixels()),
                torch.one_hot(classes.to(torch.ScalarType.Long), 3).to(torch.ScalarType.Double),
                PLACE);
    }

    private static Tensor numbers(int count, DoubleUnaryOperator number) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number.applyAsDouble(i);
        }
        return PLACE.tensor(numbers, count);
    }

    /// Before the first step, at the parameters of `tools/record_models.py`.
    private static Checkpoint begin(NetworkLoss loss) {
        double[] theta = new double[(int) loss.parameters()];
        for (Block block : loss.blocks()) {
            for (int i = (int) block.offset(); i < block.offset() + block.size(); i++) {
                theta[i] = (block.name().endsWith(" scale") ? 1 : 0) + 0.2 * Math.sin(1.3 * i + 0.5);
            }
        }
        Map<String, Tensor> memory = new HashMap<>();
        loss.statistics().tensors().forEach((name, tensor) -> memory.put(Checkpoint.RUNNING + name, tensor));
        TensorRule.Clock clock = new TensorRule.Clock(0, Map.of(), Map.of());
        return new Checkpoint(clock, 2, PLACE.tensor(theta, theta.length), Map.of(), memory);
    }

    private static Training training(List<Change> changes) {
        return Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.05), STEPS)
                .with(new Batching(3, 0, 3))
                .with(changes);
    }

    /// Validation after every step, the curvature now and then; keeps every checkpoint.
    private static Training.Watch watch(Map<Long, Checkpoint> kept, int curvature) {
        Validation plan = new Validation(0.5, Optional.empty(), 0, 1, Optional.empty());
        ProbeSchedule sharpness = new ProbeSchedule(curvature, 0.1, 8, false);
        PointerScope scope = PointerScope.getInnerScope();
        CheckpointKeeper keeper = new CheckpointKeeper() {
            @Override
            public void after(long step, Supplier<Checkpoint> checkpoint) {
                Checkpoint made = checkpoint.get();
                Map<String, Tensor> memory = new HashMap<>();
                made.memory().forEach((name, tensor) -> memory.put(name, Scopes.kept(scope, tensor.clone())));
                kept.put(
                        step,
                        new Checkpoint(
                                made.clock(),
                                made.loss(),
                                Scopes.kept(scope, made.theta().clone()),
                                Map.of(),
                                memory));
            }

            @Override
            public void last(Supplier<Checkpoint> checkpoint) {}
        };
        return new Training.Watch(
                List.of(SharpnessProbe.source(sharpness, 1), ValidationProbe.source(plan)),
                0,
                List.of(),
                (_, _) -> true,
                Optional.of(keeper));
    }

    private static double[] running(Checkpoint checkpoint, List<Block> blocks, String which) {
        List<Double> all = new ArrayList<>();
        for (Block block : blocks) {
            if (block.name().endsWith(" scale")) {
                String name = block.name().replaceAll(" scale$", " ") + which;
                for (double number : Place.numbers(checkpoint.running().get(name))) {
                    all.add(number);
                }
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void agree(double[] found, JsonNode expected, double tolerance) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.length; i++) {
            double value = expected.get(i).asDouble();
            assertThat(found[i]).isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "wide-resnet"})
    void runningStatisticsAndValidationByThemAreThoseOfPyTorch(String name) throws IOException {
        try (PointerScope _ = new PointerScope();
                InputStream file = BatchNormTest.class.getResourceAsStream(
                        "/adamscope/model/torch-1.13.1/batchnorm-" + name + ".json")) {
            JsonNode recorded = new ObjectMapper().readTree(file);
            boolean wide = name.equals("wide-resnet");
            BatchNorm norm = new BatchNorm(recorded.get("momentum").asDouble(), true);
            NetworkLoss loss = loss(network(name, norm), wide ? SMALL : LARGE);
            Map<Long, Checkpoint> kept = new TreeMap<>();
            int steps = recorded.get("evaluated").size();
            TrainingResult found = training(List.of())
                    .with(new Batching(wide ? 3 : 4, 0, 3))
                    .with(Training.StopRule.after(steps))
                    .resume(_ -> loss, watch(kept, 100), begin(loss));
            // normalisations of few numbers enlarge rounding: found 4e-13
            for (String which : List.of("running_mean", "running_var")) {
                agree(running(kept.get((long) steps), loss.blocks(), which), recorded.get(which), 1e-12);
            }
            for (int i = 0; i < steps; i++) {
                JsonNode step = recorded.get("evaluated").get(i);
                assertThat(found.probes().numbers("validationLoss")[i])
                        .isCloseTo(step.get("loss").asDouble(), within(1e-12));
                assertThat(found.probes().numbers("validationAccuracy")[i])
                        .isEqualTo(step.get("accuracy").asDouble());
            }
        }
    }

    /// Full batches too: there a probe takes the gradient of the next step in a pass of its own.
    @ParameterizedTest
    @ValueSource(longs = {0, 3})
    void aTrainingThatWasCutOffGoesOnWithTheSameBits(long batch) {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(network("wide-resnet", BatchNorm.DEFAULT));
            long end = 4;
            Training training =
                    training(List.of()).with(new Batching(batch, 0, 3)).with(Training.StopRule.after(end));
            Map<Long, Checkpoint> whole = new TreeMap<>();
            TrainingResult all = training.resume(_ -> loss, watch(whole, 2), begin(loss));
            int cut = 2; // a step after which the curvature was measured
            Map<Long, Checkpoint> rest = new TreeMap<>();
            TrainingResult resumed = training.resume(_ -> loss, watch(rest, 2), whole.get((long) cut));
            Checkpoint expected = whole.get(end);
            Checkpoint found = rest.get(end);
            assertThat(Place.numbers(found.theta())).isEqualTo(Place.numbers(expected.theta()));
            expected.memory()
                    .forEach((name, tensor) -> assertThat(
                                    Place.numbers(found.memory().get(name)))
                            .as(name)
                            .isEqualTo(Place.numbers(tensor)));
            double[] losses = all.probes().numbers("validationLoss");
            assertThat(resumed.probes().numbers("validationLoss"))
                    .containsExactly(Arrays.copyOfRange(losses, cut, (int) end));
        }
    }

    @Test
    void aBatchWhoseStepIsSkippedDoesNotCount() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(network("wide-resnet", BatchNorm.DEFAULT));
            Map<Long, Checkpoint> kept = new TreeMap<>();
            training(List.of(new Change.Skip(3))).resume(_ -> loss, watch(kept, 100), begin(loss));
            Map<String, Tensor> before = kept.get(3L).running();
            kept.get(4L)
                    .running()
                    .forEach((name, tensor) ->
                            assertThat(Place.numbers(tensor)).as(name).isEqualTo(Place.numbers(before.get(name))));
            assertThat(Place.numbers(kept.get(5L).running().get("last running_mean")))
                    .isNotEqualTo(Place.numbers(before.get("last running_mean")));
        }
    }

    /// As PyTorch's `track_running_stats=False`, and as it was here before.
    @Test
    void withoutRunningStatisticsValidationIsByThoseOfItsSamples() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(network("wide-resnet", new BatchNorm(0.1, false)));
            assertThat(loss.statistics().isEmpty()).isTrue();
            Map<Long, Checkpoint> kept = new TreeMap<>();
            TrainingResult found = training(List.of()).resume(_ -> loss, watch(kept, 100), begin(loss));
            HeldOut held = loss.held().orElseThrow();
            Tensor outputs = loss.network()
                    .output(kept.get((long) STEPS).theta(), held.samples().inputs());
            assertThat(found.probes().numbers("validationLoss")[STEPS - 1])
                    .isEqualTo(held.criterion()
                            .mean(outputs, held.samples().targets())
                            .item_double());
        }
    }

    @Test
    void aCheckpointWithoutThemIsRefused() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(network("wide-resnet", BatchNorm.DEFAULT));
            Checkpoint whole = begin(loss);
            Checkpoint bare = new Checkpoint(whole.clock(), whole.loss(), whole.theta(), Map.of(), Map.of());
            assertThatThrownBy(() -> training(List.of()).resume(_ -> loss, watch(new TreeMap<>(), 100), bare))
                    .hasMessageContaining("no running means");
        }
    }

    @Test
    void aNetworkWithoutBiasesKeepsThemToo() {
        try (PointerScope _ = new PointerScope()) {
            Network network = new ModelSource.Wide(1, 1, true, BatchNorm.DEFAULT, false).network(SMALL);
            NetworkLoss loss = loss(network);
            Map<Long, Checkpoint> kept = new TreeMap<>();
            training(List.of()).with(Training.StopRule.after(1)).resume(_ -> loss, watch(kept, 100), begin(loss));
            assertThat(kept.get(1L).running()).hasSize(2 * 7);
        }
    }
}
