package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.model.Activation;
import adamscope.model.BatchLoss;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.SharpnessProbe;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.table.Column;
import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final LabelledImages IMAGES = FashionMnist.shipped(40);
    private static final FullyConnected NETWORK = FullyConnected.of(784, 6, 1, 10, Activation.TANH);
    private static final CheckpointPolicy EVERY_5 = new CheckpointPolicy(5, Double.POSITIVE_INFINITY, 2);

    @TempDir
    private Path folder;

    /// Minibatches, noise, changing betas, a frozen preconditioner and warm-started probes: all that has a memory.
    private static Training training(long steps) {
        return new Training(
                new TunedSchedule(
                        Catalogue.shipped("adam"),
                        Map.of(
                                "lr", new Schedule.Warmup(10, new Schedule.Cosine(1e-2, 1e-4, 40)),
                                "beta1", new Schedule.Rate(20))),
                Training.StopRule.after(steps),
                new Batching(12, 5, 3),
                new GradientChanges(1e-4, 1, 1e-3, false),
                List.of(
                        new Change.Retune(14, Map.of("beta2", new Schedule.Constant(0.99))),
                        new Change.Freeze(22),
                        new Change.Clear(23, "m")),
                Training.Conditions.DEFAULT);
    }

    @Test
    void aRunThatWasBrokenOffAnywhereGoesOnWithTheSameBits() throws IOException {
        TrainingResult whole = run(folder.resolve("whole"), 30, 30);
        for (long stop : new long[] {3, 14, 22, 23, 29}) {
            Path parts = folder.resolve("parts-" + stop);
            run(parts, 30, stop);
            assertThat(CheckpointFolder.steps(parts)).last().isEqualTo(stop);
            TrainingResult rest = run(parts, 30, 30);
            assertThat(Files.readAllBytes(parts.resolve("step-000000030.safetensors")))
                    .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve("step-000000030.safetensors")));
            assertThat(Files.readString(parts.resolve("step-000000030.json")))
                    .isEqualTo(Files.readString(folder.resolve("whole").resolve("step-000000030.json")));
            double[] losses = whole.losses().numbers("loss");
            assertThat(rest.losses().numbers("loss"))
                    .isEqualTo(Arrays.copyOfRange(losses, (int) stop + 1, losses.length));
            for (Column column : rest.probes().columns()) {
                double[] all = whole.probes().numbers(column.name());
                double[] last = rest.probes().numbers(column.name());
                assertThat(last).isEqualTo(Arrays.copyOfRange(all, all.length - last.length, all.length));
            }
        }
    }

    @Test
    void onlyTheNewestStayAndAHalfWrittenOneDoesNotExist() throws IOException {
        run(folder, 30, 30);
        assertThat(CheckpointFolder.steps(folder)).containsExactly(25L, 30L);
        Files.delete(folder.resolve("step-000000030.json"));
        assertThat(CheckpointFolder.steps(folder)).containsExactly(25L);
        run(folder, 30, 30);
        assertThat(CheckpointFolder.steps(folder)).containsExactly(25L, 30L);
    }

    @Test
    void anotherExperimentAndDamagedFilesAreRefused() throws IOException {
        run(folder, 10, 10);
        assertThatThrownBy(() -> CheckpointFolder.read(folder, 10, "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another experiment");
        Path tensors = folder.resolve("step-000000010.safetensors");
        byte[] bytes = Files.readAllBytes(tensors);
        Files.write(tensors, Arrays.copyOf(bytes, bytes.length - 8));
        assertThatThrownBy(() -> CheckpointFolder.read(folder, 10, "digest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step-000000010.safetensors");
        Files.writeString(folder.resolve("step-000000010.json"), "{");
        assertThatThrownBy(() -> CheckpointFolder.read(folder, 10, "digest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void aDamagedCheckpointIsSetAsideAndTheOneBeforeItIsTaken() throws IOException {
        run(folder, 10, 10);
        Path newest = folder.resolve("step-000000010.safetensors");
        byte[] whole = Files.readAllBytes(newest);
        byte[] flipped = whole.clone();
        flipped[flipped.length - 3] ^= 1;
        for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, 100), new byte[0])) {
            run(folder, 10, 10);
            assertThat(CheckpointFolder.steps(folder)).containsExactly(5L, 10L);
            Files.write(newest, damaged);
            List<String> warnings = new ArrayList<>();
            assertThat(keeper().newestWhole(warnings::add)).hasValue(5);
            assertThat(warnings).singleElement().asString().contains("step-000000010.safetensors");
            assertThat(CheckpointFolder.steps(folder)).containsExactly(5L);
            assertThat(folder.resolve("step-000000010.json.damaged")).exists();
        }
    }

    @Test
    void withoutAWholeCheckpointNothingIsSetAside() throws IOException {
        assertThat(keeper().newestWhole(reason -> {})).isEmpty();
        run(folder, 10, 10);
        Files.writeString(folder.resolve("step-000000005.json"), "");
        Files.writeString(folder.resolve("step-000000010.json"), "{\"format\": 1}");
        assertThatThrownBy(() -> keeper().newestWhole(reason -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no checkpoint in " + folder + " is whole")
                .hasMessageContaining("format '1', expected 2");
        assertThat(CheckpointFolder.steps(folder)).containsExactly(5L, 10L);
    }

    @Test
    void theCheckpointOfAnotherExperimentIsNoDamage() {
        run(folder, 10, 10);
        CheckpointFolder other = new CheckpointFolder(folder, "other", EVERY_5, Companions.NONE);
        assertThatThrownBy(() -> other.newestWhole(reason -> {})).hasMessageContaining("belongs to another experiment");
        assertThat(CheckpointFolder.steps(folder)).containsExactly(5L, 10L);
    }

    private CheckpointFolder keeper() {
        return new CheckpointFolder(folder, "digest", EVERY_5, Companions.NONE);
    }

    /// A run of so many steps from the newest checkpoint of the folder, broken off after step `stop`.
    private static TrainingResult run(Path folder, long steps, long stop) {
        CheckpointFolder keeper = new CheckpointFolder(folder, "digest", EVERY_5, Companions.NONE);
        Training.Watch watch = new Training.Watch(
                List.of(SharpnessProbe.source(new ProbeSchedule(7, 1e-3, 50, true), 0)),
                4,
                List.of(),
                (step, _) -> step < stop,
                Optional.of(keeper));
        try (PointerScope _ = new PointerScope()) {
            Optional<Checkpoint> from = keeper.newest();
            return from.isPresent()
                    ? training(steps).resume(CheckpointTest::loss, watch, from.get())
                    : training(steps).run(CheckpointTest::loss, watch);
        }
    }

    private static BatchLoss loss(Place place) {
        return NetworkLoss.halfSquared(NETWORK, IMAGES.toSamples(place));
    }
}
