package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.DataSource;
import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.SineSum;
import adamscope.data.Subset;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.GalerkinProblem;
import adamscope.model.ModelSource;
import adamscope.optimizer.Catalogue;
import adamscope.probe.ModelEvaluation;
import adamscope.probe.SpectrumProbe;
import adamscope.probe.Validation;
import adamscope.table.Column;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchPlanTest {
    private static final ModelSource DENSE = new ModelSource.Dense(List.of(3), Activation.TANH, true);
    private static final ModelSource GALERKIN =
            new ModelSource.Galerkin(GalerkinProblem.DISK, List.of(3), Activation.TANH, 4, true);

    private static ImageSource images(int skip, int first) {
        return new ImageSource(
                new ImageSource.Format.Bundled(), new Subset(List.of(), 0, first, skip), Scaling.STANDARD);
    }

    private static final Optional<ModelEvaluation> EVALUATION = Optional.of(new ModelEvaluation(2, 10));

    private static Optional<Validation> validation(DataSource data) {
        return Optional.of(new Validation(0, Optional.of(data), 0, 2, Optional.empty()));
    }

    private static TrainingResult run(WatchPlan plan, Task task, int steps) {
        Training training = Training.of(Catalogue.shipped("adam"), Map.of(), steps);
        return training.run(
                place -> task.at(place, 1), Training.Watch.of(plan.sources(task, training), (_, _) -> true));
    }

    @Test
    void heldOutImagesAndTheSpectrumAreColumnsOfTheirSteps() {
        Task task = new Task(
                DENSE, Optional.of(images(0, 8)), Optional.of(Criterion.HALF_SQUARED), validation(images(100, 5)));
        WatchPlan plan = new WatchPlan(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SpectrumProbe.Plan(List.of(), new SpectrumProbe.Resolution(1, 2, 0))),
                0);
        TrainingResult result = run(plan, task, 5);
        assertThat(result.probes().columns())
                .extracting(Column::name)
                .containsExactly(
                        "step", "validationLoss", "validationAccuracy", "node 1", "node 2", "weight 1", "weight 2");
        assertThat(result.probes().numbers("step")).containsExactly(1, 2, 4, 5);
        // of five images
        assertThat(5 * result.probes().numbers("validationAccuracy")[1]).isBetween(0.0, 5.0);
        assertThat(result.probes().numbers("node 1")[1]).isNaN();
        assertThat(result.probes().numbers("node 1")[3]).isFinite();
    }

    @Test
    void aCrossEntropyNeedsSharesOfClasses() {
        // targets of a sum of sines lie on both sides of 0
        Task task = new Task(DENSE, Optional.of(new SineSum(6, 2, 0)), Optional.of(Criterion.CROSS_ENTROPY));
        assertThatThrownBy(() -> task.at(Place.CPU_FLOAT64, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shares of the classes");
    }

    @Test
    void heldOutNumbersHaveALossAlone() {
        Task task = new Task(
                DENSE,
                Optional.of(new SineSum(6, 2, 0)),
                Optional.of(Criterion.MEAN_SQUARED),
                validation(new SineSum(6, 2, 0)));
        TrainingResult result = run(WatchPlan.of(Optional.empty(), 0), task, 4);
        assertThat(result.probes().columns()).extracting(Column::name).containsExactly("step", "validationLoss");
        // the same samples as the training's: the loss before the step after it
        assertThat(result.probes().numbers("validationLoss")[1])
                .isEqualTo(result.losses().numbers("loss")[2]);
    }

    @Test
    void aGalerkinProblemHasTheErrorOfItsSolutionInPlaceOfData() {
        WatchPlan plan = new WatchPlan(Optional.empty(), EVALUATION, Optional.empty(), 0);
        TrainingResult result = run(plan, new Task(GALERKIN, Optional.empty(), Optional.empty()), 4);
        assertThat(result.probes().numbers("solutionError")).hasSize(2).doesNotContain(Double.NaN);
    }

    @Test
    void whatDoesNotFitTheModelIsRefused() {
        assertThatThrownBy(() -> new WatchPlan(Optional.empty(), EVALUATION, Optional.empty(), 0).refuse(DENSE))
                .hasMessageContaining("validation: {share: 0.1}");
        assertThatThrownBy(() -> new Task(GALERKIN, Optional.empty(), Optional.empty(), validation(images(0, 5))))
                .hasMessageContaining("learns from no data");
    }

    @Test
    void aLossThatHasNoValueAtTheStartIsAMistakeWithItsPlace() {
        Criterion roots = Criterion.FORM.read(
                new adamscope.shape.Node.Scalar("loss", "sqrt(y - 1000)"),
                adamscope.shape.Given.in(java.nio.file.Path.of("")));
        Task task = new Task(DENSE, Optional.of(new SineSum(6, 2, 0)), Optional.of(roots));
        assertThatThrownBy(() -> run(WatchPlan.of(Optional.empty(), 0), task, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "at the start of the training sqrt\\(y - 1000\\) is no number where y - 1000 = -.*");
    }
}
