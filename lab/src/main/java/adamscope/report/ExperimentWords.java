package adamscope.report;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Phase;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.experiment.TunedRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// An experiment in words: the title of its report, and what was run.
final class ExperimentWords {
    private ExperimentWords() {}

    /// The title of its report.
    static String title(Experiment experiment) {
        return switch (experiment) {
            case Phase phase -> "Phase diagram of " + phase.optimizer().rule().name() + " on " + phase.objective();
            case Bifurcation diagram ->
                "Bifurcations of " + diagram.optimizer().rule().name() + " on " + diagram.objective();
            case Basin basin -> "Basins of " + basin.optimizer().rule().name() + " on " + basin.objective();
            case Stability map -> "Stability of " + map.optimizer().rule().name() + " on " + map.objective();
            case Simulation run -> run.optimizer().rule().name() + " on " + run.objective();
            case Flows flows -> flows.optimizer().rule().name() + " and its flows on " + flows.objective();
            case NetworkTraining training ->
                "Training with " + training.optimizer().rule().name();
            case Train train ->
                String.format(
                        Locale.ROOT,
                        "Training of %s with %s",
                        train.task().model().kind(),
                        train.training().tuned().rule().name());
            case Sweep sweep -> SweepSections.title(sweep);
            case Series series -> {
                String names = series.parts().values().stream()
                        .flatMap(part -> tuned(part).stream())
                        .map(tuned -> tuned.rule().name())
                        .distinct()
                        .collect(Collectors.joining(", "));
                yield names + ": one rule, " + series.parts().size() + " experiments";
            }
            case Reproduction reproduction -> reproduction.id();
        };
    }

    private static List<TunedRule> tuned(Experiment experiment) {
        return switch (experiment) {
            case Phase phase -> List.of(phase.optimizer());
            case Bifurcation diagram -> List.of(diagram.optimizer());
            case Basin basin -> List.of(basin.optimizer());
            case Stability map -> List.of(map.optimizer());
            case Simulation run -> List.of(run.optimizer());
            case Flows flows -> List.of(flows.optimizer());
            case NetworkTraining training -> List.of(training.optimizer());
            case Train _ -> List.of();
            case Sweep sweep -> List.of(sweep.optimizer());
            case Series series ->
                series.parts().values().stream().flatMap(p -> tuned(p).stream()).toList();
            case Reproduction reproduction -> throw drawnElsewhere(reproduction);
        };
    }

    static IllegalStateException drawnElsewhere(Reproduction reproduction) {
        return new IllegalStateException("the page of " + reproduction.id() + " is written by adamscope.paper");
    }

    /// What was run, a sentence for each part.
    static List<String> described(Experiment experiment) {
        return switch (experiment) {
            case Bifurcation diagram ->
                MapSections.described(diagram, diagram.optimizer().shown());
            case Basin basin -> MapSections.described(basin, basin.optimizer().shown());
            case Stability map -> MapSections.described(map, map.optimizer().shown());
            case Phase phase ->
                List.of(String.format(
                        Locale.ROOT,
                        "%s on %s: %d × %d cells over %s and %s, %d steps each, in %s arithmetic; %s.",
                        phase.optimizer().rule().name(),
                        phase.objective(),
                        phase.x().points(),
                        phase.y().points(),
                        phase.x().name(),
                        phase.y().name(),
                        phase.steps(),
                        phase.arithmetic().name().toLowerCase(Locale.ROOT),
                        phase.optimizer().shown()));
            case Simulation run ->
                List.of(String.format(
                        Locale.ROOT,
                        "%s on %s from x = %s: %d steps in %s arithmetic; %s.",
                        run.optimizer().rule().name(),
                        run.objective(),
                        run.x0(),
                        run.steps(),
                        run.arithmetic().name().toLowerCase(Locale.ROOT),
                        run.optimizer().shown()));
            case Flows flows ->
                List.of(FlowFigure.described(flows) + flows.optimizer().shown() + ".");
            case NetworkTraining training ->
                List.of(String.format(
                                Locale.ROOT,
                                "%s on the first %d images of %s, full batch: hidden layers %s, %s, mean squared error"
                                        + " on one-hot",
                                training.optimizer().rule().name(),
                                training.images(),
                                training.data(),
                                training.hidden(),
                                training.activation())
                        + String.format(
                                Locale.ROOT,
                                " labels, %d steps, curvature every %d; %s.",
                                training.steps(),
                                training.every(),
                                training.optimizer().shown()));
            case Train train -> TrainFigure.described(train);
            case Sweep sweep -> SweepSections.described(sweep, described(sweep.base()));
            case Series series ->
                series.parts().values().stream()
                        .flatMap(p -> described(p).stream())
                        .toList();
            case Reproduction reproduction -> throw drawnElsewhere(reproduction);
        };
    }
}
