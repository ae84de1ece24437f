package adamscope.cli;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.Phase;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.Train;
import adamscope.objective.Minimum;
import adamscope.report.OrbitRemarks;
import adamscope.report.ShortNumber;
import adamscope.run.Finding;
import adamscope.shape.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What came out of an experiment, in sentences for the terminal.
final class FindingLines {
    private FindingLines() {}

    static List<String> of(Experiment experiment, Finding finding) {
        List<String> lines = new ArrayList<>();
        switch (finding) {
            case Finding.SimulationFound found -> simulation(lines, (Simulation) experiment, found);
            case Finding.PhaseFound found -> phase(lines, (Phase) experiment, found);
            case Finding.OrbitsFound found -> orbits(lines, (Bifurcation) experiment, found);
            case Finding.BasinFound found -> {
                Basin basin = (Basin) experiment;
                lines.add(line(
                        "%s on %s: %d starts", basin.optimizer().rule().name(), basin.objective(), found.starts()));
                lines.addAll(counts(found.outcomes()));
                lines.addAll(measuredFrom(found.minimum()));
            }
            case Finding.StabilityFound found -> {
                Stability map = (Stability) experiment;
                lines.add(line("%s on %s: %d cells", map.optimizer().rule().name(), map.objective(), found.cells()));
                lines.addAll(counts(found.regimes()));
                lines.add("curves: " + found.curves());
            }
            case Finding.FlowsFound found -> flows(lines, (Flows) experiment, found);
            case Finding.TrainingFound found -> {
                Train train = (Train) experiment;
                lines.add(line(
                        "%s with %s: %s after step %d, loss %.6g",
                        train.task().model().kind(),
                        train.training().tuned().rule().name(),
                        found.outcome(),
                        found.steps(),
                        found.finalLoss()));
                found.validation().ifPresent(validation -> lines.add(validation.words()));
                found.averaged().ifPresent(validation -> lines.add("at averaged parameters: " + validation.words()));
            }
            case Finding.SweepFound found -> sweep(lines, found);
            case Finding.SeriesFound found ->
                found.parts()
                        .forEach((name, part) -> lines.add(line(
                                "%-12s %s",
                                name, inShort(((Series) experiment).parts().get(name), part))));
        }
        return lines;
    }

    /// In one line, of a part of a series.
    private static String inShort(Experiment experiment, Finding finding) {
        return switch (finding) {
            case Finding.SimulationFound found -> found.outcome() + " after " + found.steps() + " steps";
            case Finding.TrainingFound found -> found.outcome() + " after " + found.steps() + " steps";
            case Finding.PhaseFound found -> found.cells() + " cells: " + found.outcomes();
            case Finding.OrbitsFound _,
                    Finding.BasinFound _,
                    Finding.StabilityFound _,
                    Finding.FlowsFound _,
                    Finding.SweepFound _,
                    Finding.SeriesFound _ -> of(experiment, finding).getFirst();
        };
    }

    private static void simulation(List<String> lines, Simulation simulation, Finding.SimulationFound found) {
        lines.add(line(
                "%s on %s, %d steps", simulation.optimizer().rule().name(), simulation.objective(), found.steps()));
        lines.add("outcome: " + found.outcome() + "; " + found.detail());
        lines.addAll(losses(found));
        for (int i = 0; i < found.x().length; i++) {
            lines.add(line(
                    "%s = %s (log10 of its magnitude: %s)",
                    simulation.formula().variables().get(i),
                    Decimal.written(found.x()[i]),
                    decades(found.log10AbsX()[i])));
        }
    }

    private static List<String> losses(Finding.SimulationFound found) {
        String end = decades(found.log10Loss());
        String least = decades(found.minLog10Loss());
        Minimum minimum = found.minimum();
        if (minimum.isKnown() && minimum.value() == 0) {
            return List.of(line("log10 loss: %s at the end, %s at its lowest", end, least));
        }
        List<String> lines = new ArrayList<>();
        lines.add("loss: " + Minimum.written(found.loss()) + " at the end");
        lines.addAll(measuredFrom(minimum));
        String measure = !minimum.isKnown()
                ? "magnitude of the loss"
                : found.loss() < minimum.value() ? "distance of the loss from there" : "loss over its minimum";
        lines.add(line("log10 of the %s: %s at the end, %s at its lowest", measure, end, least));
        return lines;
    }

    private static String decades(double log10) {
        return log10 == Double.NEGATIVE_INFINITY
                ? "-inf (exactly 0)"
                : Double.isFinite(log10) ? line("%.6g", log10) : Decimal.written(log10);
    }

    /// What losses are measured from, unless it is 0.
    private static List<String> measuredFrom(Minimum minimum) {
        if (!minimum.isKnown()) {
            return List.of("the loss has no minimum that is known: runs are judged by its magnitude and its gradient");
        }
        return minimum.value() == 0
                ? List.of()
                : List.of("losses are measured from a minimum of " + Minimum.written(minimum.value()) + ", "
                        + minimum.origin().words());
    }

    private static void phase(List<String> lines, Phase phase, Finding.PhaseFound found) {
        lines.add(line("%s on %s: %d cells", phase.optimizer().rule().name(), phase.objective(), found.cells()));
        lines.addAll(counts(found.outcomes()));
        lines.addAll(measuredFrom(found.minimum()));
        lines.add(found.agreement()
                .map(agreement -> agreement.open().cells() == 0
                        ? line("agreement with theory: %.2f %% of %d cells", 100 * agreement.share(), agreement.cells())
                        : line(
                                "agreement with theory: %.2f %% of the %d cells that are decided; %s",
                                100 * agreement.decidedShare(),
                                agreement.cells() - agreement.open().cells(),
                                agreement.open().words(phase.steps())))
                .orElse("agreement with theory: there is no closed theory for this rule, objective and eps"));
    }

    private static void orbits(List<String> lines, Bifurcation diagram, Finding.OrbitsFound found) {
        lines.add(line(
                "%s on %s: %d values of %s, %d with chaos, %d escaped",
                diagram.optimizer().rule().name(),
                diagram.objective(),
                found.values(),
                diagram.x().name(),
                found.chaotic(),
                found.escaped()));
        if (found.escaped() < found.values()) {
            lines.add(line("largest Lyapunov exponent %.6g nats per step", found.largestExponent()));
        }
        lines.addAll(OrbitRemarks.of(diagram, found.memory(), found.unsettled()));
        if (!found.stabilityLost().isEmpty()) {
            lines.add("the fixed point changes stability at " + diagram.x().name() + " = "
                    + found.stabilityLost().stream()
                            .map(value -> ShortNumber.of(value, 10))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void flows(List<String> lines, Flows flows, Finding.FlowsFound found) {
        lines.add(line(
                "%s on %s, %d steps up to time %s; rates %s",
                flows.optimizer().rule().name(),
                flows.objective(),
                found.steps(),
                ShortNumber.of(flows.time(), 10),
                found.rates().entrySet().stream()
                        .map(rate -> rate.getKey() + " = " + ShortNumber.of(rate.getValue(), 10))
                        .collect(Collectors.joining(", "))));
        found.flows()
                .forEach(flow -> lines.add(line(
                        "%-14s %s; largest distance from the iteration %.4g",
                        flow.flow().word(), flow.outcome().sentence(), flow.distance())));
    }

    private static void sweep(List<String> lines, Finding.SweepFound found) {
        lines.add(line(
                "%d points, %d of them run, %d kept from before",
                found.points(), found.pointsRun(), found.pointsKept()));
        lines.addAll(counts(found.outcomes()));
        found.areas().forEach((outcome, area) -> lines.add(line("  area of %-12s %s", outcome, area)));
        found.coarseGrid()
                .ifPresent(grid -> lines.add(line(
                        "an island of fewer than %1$d × %1$d points may lie unseen between those of the coarse grid",
                        grid)));
        found.ranShare()
                .ifPresent(share ->
                        lines.add(line("%.1f %% of the steps were computed, the rest was known", 100 * share)));
    }

    /// How often each word was found, a line each.
    private static List<String> counts(Map<String, Long> found) {
        return found.entrySet().stream()
                .map(e -> line("  %-15s %d", e.getKey(), e.getValue()))
                .toList();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
