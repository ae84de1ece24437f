package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.BatchSharpness;
import adamscope.curvature.BlockDegeneracy;
import adamscope.curvature.CriticalStep;
import adamscope.curvature.Curvature;
import adamscope.curvature.CurvaturePoint;
import adamscope.curvature.Directions;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.data.Samples;
import adamscope.linear.CountedNormal;
import adamscope.linear.RestartedLanczos;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.training.Training;
import adamscope.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CurvatureAnswersTest {
    private static final Place PLACE = Place.CPU_FLOAT64;
    private static final FullyConnected NETWORK = FullyConnected.of(784, 8, 2, 10, Activation.TANH);

    private static TrainingResult trained(int steps, Probe.Source... probes) {
        return Training.of(Catalogue.shipped("adam-uncorrected"), Map.of("lr", 1e-3), steps)
                .run(
                        place -> NetworkLoss.halfSquared(
                                NETWORK, FashionMnist.shipped(20).toSamples(place)),
                        Training.Watch.of(List.of(probes), (_, _) -> true));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyQuestionIsAnsweredAndTheAnswersAgreeWithTheProbesAlongTheRun() {
        CurvatureAnswers.Inquiry inquiry = new CurvatureAnswers.Inquiry(
                List.of(CurvatureQuestion.values()), 3, 1e-3, 500, new CurvatureAnswers.Batches(4, 5));
        CurvatureAnswers answers = new CurvatureAnswers(10, inquiry, Catalogue.shipped("adam-uncorrected"));
        TrainingResult result = trained(
                10,
                SharpnessProbe.source(ProbeSchedule.DEFAULT, 0),
                DirectionsProbe.source(ProbeSchedule.DEFAULT, new DirectionsProbe.Choice(3, 4, 5), 0),
                (_, _) -> answers);
        Map<String, Object> found = answers.answers();
        for (CurvatureQuestion question : CurvatureQuestion.values()) {
            assertThat(found).containsKey(question.word());
        }
        var probes = result.probes();
        Map<String, Object> sharpness = (Map<String, Object>) found.get("sharpness");
        double top = (double) ((Map<String, Object>) sharpness.get("preconditioned")).get("value");
        // both to 1e-3: residual here, residual²/gap there
        assertThat(probes.numbers("preconditionedSharpness")[1]).isCloseTo(top, within(2e-3 * top));
        assertThat(probes.numbers("top1")[1]).isCloseTo(top, within(2e-3 * top));
        assertThat((double) sharpness.get("threshold")).isCloseTo(38e3, within(1e-6)); // 38/lr
        Map<String, Object> directions = (Map<String, Object>) found.get("directions");
        assertThat(probes.numbers("updateOnTop")[1])
                .isCloseTo((double) directions.get("updateOnTop"), within(0.02)); // vectors to about √1e-3
        assertThat(probes.numbers("curvatureAlongUpdate")[1])
                .isCloseTo((double) directions.get("curvatureAlongUpdate"), within(1e-3 * top));
        assertThat((double) directions.get("semiGradientOnTop")).isBetween(0.0, 1.0 + 1e-6);
        Map<String, Object> degeneracy = (Map<String, Object>) found.get("degeneracy");
        assertThat(degeneracy.keySet())
                .isEqualTo(new java.util.LinkedHashSet<>(
                        NETWORK.blocks().stream().map(Block::name).toList()));
    }

    /// ½·mean‖Wx + b − y‖² is a quadratic in θ: what is measured there has a closed form.
    private static CurvaturePoint quadratic() {
        double[] inputs = new double[8 * 3];
        Arrays.setAll(inputs, i -> CountedNormal.number(5, i));
        double[] targets = new double[8 * 2];
        Arrays.setAll(targets, i -> CountedNormal.number(6, i));
        Samples samples = new Samples(PLACE.tensor(inputs, 8, 3), PLACE.tensor(targets, 8, 2), PLACE);
        NetworkLoss loss = NetworkLoss.halfSquared(new FullyConnected(List.of(3, 2), Activation.TANH), samples);
        LossSurface surface = LossSurface.of(loss);
        Tensor theta = loss.initial(1);
        Curvature curvature = surface.curvature(theta);
        Tensor preconditioner = torch.ones_like(theta).mul(new Scalar(4.0));
        Tensor update = curvature.gradient().mul(new Scalar(-0.01));
        return new CurvaturePoint(surface, theta, curvature, preconditioner, update);
    }

    @Test
    void onAQuadraticTheCriticalStepIsTwoOverTheCurvature() {
        try (PointerScope _ = new PointerScope()) {
            CurvaturePoint point = quadratic();
            double along =
                    CurvaturePoint.along(point.curvature(), point.curvature().gradient());
            CriticalStep critical = CriticalStep.of(point.surface(), point.theta(), point.update(), 1e-6);
            // L(θ − s·g) = L − s·g² + s²/2·gᵀHg: back at L for s = 2/(gᵀHg/g²); the update is 0.01·g
            assertThat(critical.multiple() * 0.01).isCloseTo(2 / along, within(1e-5 / along));
            assertThat(critical.passes()).isLessThan(45);
        }
    }

    @Test
    void onAQuadraticTheExponentIsTwoAndOneBatchHasTheCurvatureAlongTheGradient() {
        try (PointerScope _ = new PointerScope()) {
            CurvaturePoint point = quadratic();
            for (Block block : point.surface().loss().blocks()) {
                assertThat(BlockDegeneracy.of(point, block, BlockDegeneracy.Quadrature.DEFAULT)
                                .localExponent())
                        .isCloseTo(2, within(1e-4)); // third derivative 0 up to rounding/h = 1e-16/1e-5
            }
            double along =
                    CurvaturePoint.along(point.curvature(), point.curvature().gradient());
            List<Batch> whole = List.of(new Batch.Consecutive(0, 8));
            assertThat(BatchSharpness.of(point.surface(), whole, point.theta()).value())
                    .isCloseTo(along, within(1e-12 * along));
        }
    }

    @Test
    void aGradientAlongAnEigenvectorLiesOnItAndAnyVectorLiesOnAllOfThem() {
        try (PointerScope _ = new PointerScope()) {
            CurvaturePoint point = quadratic();
            int n = (int) point.theta().numel();
            List<Tensor> all = RestartedLanczos.top(n, 1e-10, 400, 1).pairs(point.curvature()).top().stream()
                    .map(adamscope.linear.Eigenpair::vector)
                    .toList();
            Directions directions = Directions.of(point, all, all.subList(0, 1));
            assertThat(directions.gradientOnTop()).isCloseTo(1, within(1e-9)); // Parseval
            // P = 4: P^(−1/2)g is along g, and P^(−1/2)·H·P^(−1/2) = H/4
            assertThat(directions.semiGradientOnTop())
                    .isCloseTo(
                            CurvaturePoint.squaredCosine(
                                    point.surface().space(), point.curvature().gradient(), all.getFirst()),
                            within(1e-12));
            assertThat(directions.alongSemiGradient()).isCloseTo(directions.alongGradient() / 4, within(1e-12));
            assertThat(directions.alongUpdate()).isCloseTo(directions.alongGradient() / 4, within(1e-12));
        }
    }

    @Test
    void denseWindowsAndARiseOfTheLossAreMeasuredMoreOften() {
        ProbeSchedule.Dense dense = new ProbeSchedule.Dense(
                List.of(new ProbeSchedule.Window(12, 15, 1)), Double.POSITIVE_INFINITY, 1e-12, 3);
        // λ₁ is always above 1e-12 of the threshold: every measurement starts a stretch of three more steps
        TrainingResult near = trained(8, SharpnessProbe.source(new ProbeSchedule(100, 1e-2, 100, false, dense), 0));
        assertThat(near.probes().numbers("step")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        ProbeSchedule.Dense windows =
                new ProbeSchedule.Dense(dense.windows(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
        TrainingResult window =
                trained(20, SharpnessProbe.source(new ProbeSchedule(100, 1e-2, 100, false, windows), 0));
        assertThat(window.probes().numbers("step")).containsExactly(1, 12, 13, 14, 15);
        assertThatThrownBy(() -> new ProbeSchedule.Window(5, 4, 1)).hasMessageContaining("ends before it begins");
    }
}
