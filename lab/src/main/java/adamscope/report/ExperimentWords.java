package adamscope.report;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.Phase;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
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
            case Train train ->
                String.format(
                        Locale.ROOT,
                        "Training of %s with %s",
                        train.task().model().kind(),
                        train.training().tuned().rule().name());
            case Sweep sweep -> SweepSections.title(sweep);
            case Series series -> {
                String names = series.rules().stream()
                        .map(OptimizerRule::name)
                        .distinct()
                        .collect(Collectors.joining(", "));
                yield names + ": one rule, " + series.parts().size() + " experiments";
            }
            case Reproduction reproduction -> reproduction.id();
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
                        "%s on %s from x = %s: %d steps in %s arithmetic%s; %s.",
                        run.optimizer().rule().name(),
                        run.objective(),
                        start(run.x0()),
                        run.steps(),
                        run.arithmetic().name().toLowerCase(Locale.ROOT),
                        run.noise().present()
                                ? ", the gradient with normal noise of standard deviation "
                                        + Decimal.written(run.noise().deviation()) + ", seed "
                                        + run.noise().seed()
                                : "",
                        run.optimizer().shown()));
            case Flows flows ->
                List.of(FlowFigure.described(flows) + flows.optimizer().shown() + ".");
            case Train train -> TrainFigure.described(train);
            case Sweep sweep -> SweepSections.described(sweep, described(sweep.base()));
            case Series series ->
                series.parts().values().stream()
                        .flatMap(p -> described(p).stream())
                        .toList();
            case Reproduction reproduction -> throw drawnElsewhere(reproduction);
        };
    }

    /// A start as a reader writes it: 1, or (−1.2, 1) of several variables.
    static String start(List<Double> x0) {
        String numbers = x0.stream()
                .map(x -> (x < 0 ? "−" : "") + new PlainText().number(Math.abs(x)))
                .collect(Collectors.joining(", "));
        return x0.size() == 1 ? numbers : "(" + numbers + ")";
    }
}
