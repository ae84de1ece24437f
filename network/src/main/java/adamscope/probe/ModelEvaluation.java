package adamscope.probe;

import adamscope.data.DataSource;
import adamscope.model.ModelSource;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Optional;

/// How a model does where its training does not look: on held-out samples, or, for one that solves
/// a differential equation, at other points of its domain.
///
/// @param every  steps between two looks
/// @param data   held-out samples; empty: the error of the solution
/// @param points of the domain, for the error of the solution
public record ModelEvaluation(int every, Optional<DataSource> data, int points) {
    /// As a mapping.
    public static final Shape<ModelEvaluation> SHAPE = Shape.of(keys -> {
        var every = keys.add(
                Key.of("every", Forms.count(1), "steps between two looks").orElse(10), ModelEvaluation::every);
        var data = keys.add(
                Key.optional("data", DataSource.WORDS, "held-out samples; deep-galerkin has none"),
                ModelEvaluation::data);
        var points = keys.add(
                Key.of("points", Forms.count(1), "other points of the domain, for the error of deep-galerkin")
                        .orElse(10_000),
                ModelEvaluation::points);
        return in -> new ModelEvaluation(in.get(every), in.get(data), in.get(points));
    });

    /// @throws IllegalArgumentException if the model has nothing of the kind
    public void refuse(ModelSource model) {
        boolean solves = model instanceof ModelSource.Galerkin;
        if (solves && data.isPresent()) {
            throw new IllegalArgumentException(
                    "evaluate: data: deep-galerkin learns from no data; without data the error of its solution is"
                            + " measured");
        }
        if (model instanceof ModelSource.Galerkin(var problem, var _, var _, var _, var _)
                && problem.exact().isEmpty()) {
            throw new IllegalArgumentException(
                    "evaluate: the error of the solution needs the solution; give it as exact of the model");
        }
        if (!solves && data.isEmpty()) {
            throw new IllegalArgumentException("evaluate: data is missing: held-out samples, as in"
                    + " evaluate: {every: 10, data: {source: fashion-mnist, skip: 1000, first: 4000}}");
        }
    }

    /// The probe.
    ///
    /// @param seed of the training; the points are others than it draws
    public Probe.Source source(ModelSource model, long seed) {
        return model instanceof ModelSource.Galerkin galerkin
                ? SolutionErrorProbe.source(galerkin.problem(), new SolutionErrorProbe.Sampling(every, points, ~seed))
                : HeldOutProbe.source(every, data.orElseThrow());
    }
}
