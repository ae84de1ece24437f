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
import adamscope.objective.Minimum;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import adamscope.table.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a report says of each kind of experiment: a title, what was run, and its sections.
final class KindPage {
    private KindPage() {}

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
        return Stream.concat(setUp(experiment).stream(), measuredFrom(experiment).stream())
                .toList();
    }

    /// That losses are measured from a minimum, where that is not 0.
    private static Optional<String> measuredFrom(Experiment experiment) {
        Optional<Minimum> minimum = switch (experiment) {
            case Simulation run -> Optional.of(run.formula().minimum(run.x0(), Map.of()));
            case Phase phase -> Optional.of(phase.formula().minimum(phase.x0(), Map.of()));
            case Basin basin -> Optional.of(basin.formula().minimum(basin.x0(), Map.of()));
            case Bifurcation _, Stability _, Flows _, Train _, Sweep _, Series _, Reproduction _ -> Optional.empty();
        };
        return minimum.flatMap(Minimum::measuredFrom)
                .map(clause -> clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".");
    }

    private static List<String> setUp(Experiment experiment) {
        return switch (experiment) {
            case Bifurcation diagram ->
                MapSections.described(diagram, diagram.optimizer().shown());
            case Basin basin -> MapSections.described(basin, basin.optimizer().shown());
            case Stability map -> MapSections.described(map, map.optimizer().shown());
            case Phase phase ->
                List.of(String.format(
                        Locale.ROOT,
                        "%s on %s from x = %s: %d × %d cells over %s and %s, %d steps each, in %s arithmetic; %s.",
                        phase.optimizer().rule().name(),
                        phase.objective(),
                        start(phase.x0()),
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
            case Sweep sweep ->
                // a parameter of the objective moves its minimum from point to point
                SweepSections.described(
                        sweep, sweep.parameters().isEmpty() ? described(sweep.base()) : setUp(sweep.base()));
            case Series series ->
                series.parts().values().stream()
                        .flatMap(p -> described(p).stream())
                        .toList();
            case Reproduction reproduction -> throw drawnElsewhere(reproduction);
        };
    }

    /// The sections of an experiment that is no series, part by part: a folder of an earlier version may lack the
    /// tables of some.
    ///
    /// @param name   of the part of a series; empty outside one
    /// @param tables by name
    static List<Supplier<List<Section>>> sections(String name, Experiment experiment, Function<String, Table> tables) {
        return switch (experiment) {
            case Phase phase -> List.of(() -> PhaseFigure.sections(name, phase, tables));
            case Bifurcation diagram -> List.of(() -> MapSections.of(name, diagram, tables));
            case Basin basin -> List.of(() -> MapSections.of(name, basin, tables));
            case Stability map -> List.of(() -> MapSections.of(name, map, tables));
            case Simulation run -> List.of(() -> SimulationFigure.sections(name, Map.of(name, run), tables));
            case Flows flows -> List.of(() -> FlowFigure.sections(name, flows, tables));
            case Train train -> TrainFigure.sections(name, train, tables);
            case Sweep sweep -> List.of(() -> SweepSections.of(sweep, tables));
            case Series _ -> throw new IllegalStateException("a series is drawn part by part");
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
