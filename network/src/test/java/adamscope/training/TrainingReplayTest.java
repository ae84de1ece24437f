package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.Replay;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.optimizer.Catalogue;
import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import adamscope.rule.Change;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReplayTest {
    private static final Place DOUBLE = new Place("cpu", Precision.FLOAT64);

    /// ½(θ − c)² over centres c, from θ₀ = 1.00037.
    private record Parabola(Tensor centres, Place place) implements BatchLoss {
        static Parabola of(Place place, double... centres) {
            return new Parabola(place.tensor(centres, centres.length), place);
        }

        @Override
        public List<Block> blocks() {
            return List.of(new Block("theta", 0, List.of(1L)));
        }

        @Override
        public Tensor initial(long seed) {
            return place.tensor(new double[] {1.00037}, 1);
        }

        @Override
        public long samples() {
            return centres.size(0);
        }

        @Override
        public boolean separable() {
            return true;
        }

        @Override
        public Tensor mean(Tensor theta, Batch batch) {
            return theta.sub(batch.of(centres)).square().mean().mul(new Scalar(0.5));
        }
    }

    @TempDir
    private Path folder;

    @BeforeAll
    static void torch() {
        LibTorch.require();
    }

    private static Training training(Map<String, Double> hyper, Batching batching, List<Change> changes, long steps) {
        return new Training(
                TunedSchedule.constant(Catalogue.shipped("adam"), hyper),
                Training.StopRule.after(steps),
                batching,
                GradientChanges.NONE,
                changes,
                new Training.Conditions(0, ClosedMap.Start.ZERO, DOUBLE, 1));
    }

    private static Training lagging(List<Change> changes, long steps) {
        return training(Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.95, "eps", 0.0), Batching.FULL, changes, steps);
    }

    private static double[] losses(Training training, double... centres) {
        return training.run(place -> Parabola.of(place, centres), Training.Watch.of(List.of(), (_, _) -> true))
                .losses()
                .numbers("loss");
    }

    private static List<SpikeEvent> events(double[] losses) {
        return SpikeSearch.events(
                LossCurve.of(IntStream.range(0, losses.length).mapToLong(i -> i).toArray(), losses));
    }

    private static SpikeEvent highest(double[] losses) {
        return events(losses).stream()
                .max(Comparator.comparingDouble(SpikeEvent::height))
                .orElseThrow();
    }

    @Test
    void aSpikeOfALaggingPreconditionerGoesWhenVIsHeldAndNotWhenMIsReset() {
        // As on the formula: ε = 0 on a parabola has no stable regime, lr/√v grows by β₂^(−1/2) a step.
        Training plan = lagging(List.of(), 4000);
        SpikeEvent event = highest(losses(plan, 0));
        Replay replay = new TrainingReplay(plan, place -> Parabola.of(place, 0), _ -> Optional.empty())
                .of(event, List.of(event), (_, _) -> true);
        assertThat(replay.again()).isTrue();
        assertThat(replay.removing())
                .contains(Replay.Variation.V_FLOORED, Replay.Variation.PRECONDITIONER_FROZEN)
                .doesNotContain(Replay.Variation.M_RESET);
        assertThat(replay.results())
                .extracting(Replay.Result::change)
                .doesNotContain(Replay.Variation.BATCH_SKIPPED, Replay.Variation.LR_HELD);
        assertThat(replay.cause()).contains(Cause.PRECONDITIONER_LAG);
    }

    @Test
    void aBadBatchIsSkippedAndNothingElseHelps() {
        double[] centres = IntStream.range(0, 800)
                .mapToDouble(i -> i == 17 ? 300 : 0.1 * Math.sin(i))
                .toArray();
        // 100 batches of 8 an epoch; the loss of the batch with the outlier is about 300²/16.
        Training plan = training(
                Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.99, "eps", 1e-8), new Batching(8, 0, 5), List.of(), 300);
        double[] losses = losses(plan, centres);
        SpikeEvent event = highest(losses);
        assertThat(Math.pow(10, event.level() + event.height()))
                .isCloseTo(300 * 300 / 16.0, org.assertj.core.data.Percentage.withPercentage(2));
        // The batches of the other epochs are rises too, one of them within the memory of v before this one.
        Replay replay = new TrainingReplay(plan, place -> Parabola.of(place, centres), _ -> Optional.empty())
                .of(event, events(losses), (_, _) -> true);
        assertThat(replay.removing()).containsExactly(Replay.Variation.BATCH_SKIPPED);
        assertThat(replay.cause()).contains(Cause.BAD_BATCH);
    }

    @Test
    void aCheckpointOnTheDiskBeforeTheRiseGivesTheSameAnswerAsTheStart() {
        Training plan = lagging(List.of(), 4000);
        SpikeEvent event = highest(losses(plan, 0));
        long kept = event.onset() - 50;
        CheckpointFolder keeper = new CheckpointFolder(
                folder, "digest", new CheckpointPolicy(0, Double.POSITIVE_INFINITY, 1), Companions.NONE);
        lagging(List.of(), kept)
                .run(
                        place -> Parabola.of(place, 0),
                        new Training.Watch(List.of(), 0, List.of(), (_, _) -> true, Optional.of(keeper)));
        assertThat(CheckpointFolder.steps(folder)).containsExactly(kept);
        Replay fromStart = new TrainingReplay(plan, place -> Parabola.of(place, 0), _ -> Optional.empty())
                .of(event, List.of(event), (_, _) -> true);
        Replay fromDisk = new TrainingReplay(
                        plan,
                        place -> Parabola.of(place, 0),
                        _ -> Optional.of(CheckpointFolder.read(folder, kept, "digest")))
                .of(event, List.of(event), (_, _) -> true);
        assertThat(fromDisk.results()).isEqualTo(fromStart.results());
    }

    @Test
    void aRiseBeforeEveryCheckpointIsRefused() {
        Training plan = lagging(List.of(), 400);
        SpikeEvent event = new SpikeEvent(50, 60, java.util.OptionalLong.empty(), 1, 2, 0);
        try (PointerScope _ = new PointerScope()) {
            CheckpointFolder keeper = new CheckpointFolder(
                    folder, "digest", new CheckpointPolicy(0, Double.POSITIVE_INFINITY, 1), Companions.NONE);
            lagging(List.of(), 100)
                    .run(
                            place -> Parabola.of(place, 0),
                            new Training.Watch(List.of(), 0, List.of(), (_, _) -> true, Optional.of(keeper)));
            TrainingReplay replay = new TrainingReplay(
                    plan,
                    place -> Parabola.of(place, 0),
                    _ -> Optional.of(CheckpointFolder.read(folder, 100, "digest")));
            assertThatThrownBy(() -> replay.of(event, List.of(event), (_, _) -> true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("first checkpoint that is left is of step 100");
        }
    }

    @Test
    void aSkippedStepLeavesTheParametersAsTheyAre() {
        double[] losses = losses(lagging(List.of(new Change.Skip(5)), 12), 0);
        // Full batch: the loss is a function of θ alone.
        assertThat(losses[6]).isEqualTo(losses[5]);
        assertThat(losses[7]).isNotEqualTo(losses[6]);
    }

    @Test
    void aFlooredStateNeverFallsAndGoesOnWithTheSameBits() {
        List<Change> floored = List.of(new Change.Floor(20, "v"));
        // v falls on the way down a parabola; held, it is what it was at step 20.
        assertThat(state(60, floored)).isEqualTo(state(20, List.of())).isGreaterThan(state(60, List.of()));
        Path parts = folder.resolve("parts");
        keptUntil(40, floored, parts);
        keptUntil(60, floored, parts);
        try (PointerScope _ = new PointerScope()) {
            assertThat(CheckpointFolder.read(parts, 60, "digest")
                            .states()
                            .get("v")
                            .item_double())
                    .isEqualTo(state(60, floored));
        }
    }

    private double state(long steps, List<Change> changes) {
        Path kept = folder.resolve(steps + "-" + changes.size());
        keptUntil(steps, changes, kept);
        try (PointerScope _ = new PointerScope()) {
            return CheckpointFolder.read(kept, steps, "digest")
                    .states()
                    .get("v")
                    .item_double();
        }
    }

    /// In 40 steps of 0.02 θ falls from 1 to 0.2, and g² to a twentieth.
    private static void keptUntil(long steps, List<Change> changes, Path kept) {
        CheckpointFolder keeper = new CheckpointFolder(
                kept, "digest", new CheckpointPolicy(0, Double.POSITIVE_INFINITY, 1), Companions.NONE);
        training(Map.of("lr", 0.02, "beta1", 0.9, "beta2", 0.95), Batching.FULL, changes, steps)
                .goOn(
                        place -> Parabola.of(place, 0),
                        new Training.Watch(List.of(), 0, List.of(), (_, _) -> true, Optional.of(keeper)),
                        keeper);
    }
}
