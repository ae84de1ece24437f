package adamscope.probe;

import adamscope.data.DataSource;
import adamscope.model.ModelSource;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Optional;

/// The error of a model that solves a differential equation, at other points than those it learns from.
///
/// @param every  steps between two looks
/// @param points of the domain
/// @param data   held-out samples as they were once written here; they are a [Validation]
public record ModelEvaluation(int every, int points, Optional<DataSource> data) {
    /// As a mapping.
    public static final Shape<ModelEvaluation> SHAPE = Shape.of(keys -> {
        var every = keys.add(
                Key.of("every", Forms.count(1), "steps between two looks").orElse(10), ModelEvaluation::every);
        var points = keys.add(
                Key.of("points", Forms.count(1), "other points of the domain").orElse(10_000), ModelEvaluation::points);
        var data = keys.add(
                Key.optional("data", DataSource.WORDS, "as earlier versions wrote `validation: {data: …}`"),
                evaluation -> Optional.<DataSource>empty());
        return in -> new ModelEvaluation(in.get(every), in.get(points), in.get(data));
    });

    /// Of a solution.
    public ModelEvaluation(int every, int points) {
        this(every, points, Optional.empty());
    }

    /// What held-out samples are now.
    public Optional<Validation> validation() {
        return data.map(held -> new Validation(0, Optional.of(held), 0, every, Optional.empty()));
    }

    /// @throws IllegalArgumentException if the model has nothing of the kind
    public void refuse(ModelSource model) {
        if (!(model instanceof ModelSource.Galerkin galerkin)) {
            throw new IllegalArgumentException(
                    "evaluate is the error of a deep-galerkin model; a model that learns from data is measured on"
                            + " others by validation, as in validation: {share: 0.1} or validation: {data: {source:"
                            + " fashion-mnist, skip: 1000, first: 4000}}");
        }
        if (galerkin.problem().exact().isEmpty()) {
            throw new IllegalArgumentException(
                    "evaluate: the error of the solution needs the solution; give it as exact of the model");
        }
    }

    /// The probe.
    ///
    /// @param seed of the training; the points are others than it draws
    public Probe.Source source(ModelSource model, long seed) {
        return switch (model) {
            case ModelSource.Galerkin galerkin ->
                SolutionErrorProbe.source(galerkin.problem(), new SolutionErrorProbe.ErrorPoints(every, points, ~seed));
            case ModelSource.OfSamples _ -> throw new IllegalStateException("no equation");
        };
    }
}
