package adamscope.training;

import adamscope.model.ModelSource;
import adamscope.probe.LiveCost;
import adamscope.probe.ModelEvaluation;
import adamscope.probe.Probe;
import adamscope.probe.ProbePlan;
import adamscope.probe.SpectrumProbe;
import adamscope.probe.ValidationProbe;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is measured along a training beside what every step gives.
///
/// @param probe    the curvature
/// @param evaluate the error of the solution of a differential equation
/// @param spectrum all eigenvalues of the Hessian, as a density
/// @param layers   steps between two measurements of each layer by itself; 0: never; [LiveCost#BY_COST]
public record WatchPlan(
        Optional<ProbePlan> probe,
        Optional<ModelEvaluation> evaluate,
        Optional<SpectrumProbe.Plan> spectrum,
        int layers) {

    /// As keys of a training.
    public static final Shape<WatchPlan> SHAPE = Shape.of(keys -> {
        var probe = keys.add(
                Key.of(
                                "probe",
                                ProbePlan.FORM,
                                "steps between two looks at the curvature, 0 for none, or what is asked")
                        .orElse(Optional.empty()),
                WatchPlan::probe);
        var layers = keys.add(
                Key.of(
                                "layers",
                                Forms.wordOr("auto", LiveCost.BY_COST, Forms.count(0)),
                                "steps between two measurements of each layer by itself; 0: never; auto: as often as"
                                        + " costs little")
                        .orElse(LiveCost.BY_COST),
                WatchPlan::layers);
        var evaluate = keys.add(
                Key.optional("evaluate", ModelEvaluation.SHAPE, "the error of the solution of deep-galerkin"),
                WatchPlan::evaluate);
        var spectrum = keys.add(
                Key.optional(
                        "spectrum", SpectrumProbe.Plan.SHAPE, "density of the eigenvalues of H by Lanczos quadrature"),
                WatchPlan::spectrum);
        return in -> new WatchPlan(in.get(probe), in.get(evaluate), in.get(spectrum), in.get(layers));
    });

    public WatchPlan {
        if (layers < LiveCost.BY_COST) {
            throw new IllegalArgumentException("layers = " + layers + " is outside [0, inf)");
        }
    }

    /// Curvature alone.
    public static WatchPlan of(Optional<ProbePlan> probe, int layers) {
        return new WatchPlan(probe, Optional.empty(), Optional.empty(), layers);
    }

    /// The same without held-out samples, which belong to the task.
    public WatchPlan ofSolution() {
        return new WatchPlan(probe, evaluate.filter(plan -> plan.validation().isEmpty()), spectrum, layers);
    }

    /// @throws IllegalArgumentException if a model cannot be looked at so
    public void refuse(ModelSource model) {
        evaluate.ifPresent(evaluation -> evaluation.refuse(model));
    }

    /// The probes, in this order.
    public List<Probe.Source> sources(Task task, Training training) {
        long seed = training.run().seed();
        return Stream.of(
                        probe.map(plan -> plan.source(seed)),
                        evaluate.map(plan -> plan.source(task.model(), seed)),
                        task.validation().map(ValidationProbe::source),
                        spectrum.map(plan -> plan.source(training.ending().steps())))
                .flatMap(Optional::stream)
                .toList();
    }
}
