package adamscope.report;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.Phase;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.TunedRule;
import adamscope.optimizer.Catalogue;
import adamscope.store.JsonDocument;
import adamscope.sweep.Axis;
import adamscope.sweep.OrbitSweep.Variables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An experiment as the explorer shows it.
///
/// @param optimizer with a value for each hyper-parameter; of one that is an axis that in the middle
/// @param start     one number for each variable
/// @param more      how the run begins and what is shown beside it, as the page's address has it
public record ExplorerState(
        TunedRule optimizer, String objective, List<Double> start, long steps, Map<String, Object> more) {
    /// The page in a run folder.
    public static final String FILE = "explorer.html";

    /// More take too long in a page.
    public static final long MOST_STEPS = 200_000;

    /// What is said of a run folder, behind its name, of which a page can show nothing.
    public static final String HOLDS_NOTHING =
            " holds nothing that the page can: runs, phase diagrams, basins, bifurcations, flows and stability maps on"
                    + " a formula, of up to " + MOST_STEPS + " steps, without noise and without a given minimum";

    /// Of a run beside what has no steps of its own.
    private static final long STEPS = 4000;

    /// The state; none of what a page has no place for: trainings, noise, long runs, a minimum that was named.
    public static Optional<ExplorerState> of(Experiment experiment) {
        Optional<ExplorerState> state = switch (experiment) {
            case Simulation run
            when !run.noise().present() && run.minimum().isEmpty() ->
                Optional.of(new ExplorerState(
                        run.optimizer(),
                        run.objective(),
                        run.x0(),
                        run.steps(),
                        begun(run.init().name(), run.arithmetic().name())));
            case Phase phase
            when phase.minimum().isEmpty() -> {
                Map<String, Object> more =
                        begun(phase.init().name(), phase.arithmetic().name());
                more.putAll(JsonDocument.object("x", axis(phase.x()), "y", axis(phase.y())));
                TunedRule middle = middle(phase.optimizer(), List.of(phase.x(), phase.y()));
                yield Optional.of(new ExplorerState(middle, phase.objective(), phase.x0(), phase.steps(), more));
            }
            case Basin basin
            when basin.minimum().isEmpty() -> {
                Map<String, Object> more =
                        begun(basin.init().name(), basin.arithmetic().name());
                more.putAll(JsonDocument.object("x", axis(basin.x()), "y", axis(basin.y())));
                yield Optional.of(
                        new ExplorerState(basin.optimizer(), basin.objective(), basin.x0(), basin.steps(), more));
            }
            case Bifurcation diagram ->
                Optional.of(new ExplorerState(
                        middle(diagram.optimizer(), List.of(diagram.x())),
                        diagram.objective(),
                        diagram.variables() == Variables.REDUCED
                                ? Collections.nCopies(diagram.formula().dimension(), 1.0)
                                : diagram.x0(),
                        STEPS,
                        JsonDocument.object("orbit", axis(diagram.x()), "view", "orbit")));
            case Flows flows ->
                Optional.of(new ExplorerState(
                        flows.optimizer(), flows.objective(), flows.x0(), steps(flows), besideFlow(flows)));
            case Stability map ->
                Optional.of(new ExplorerState(
                        middle(map.optimizer(), List.of(map.x(), map.y())),
                        map.objective(),
                        map.x0(),
                        STEPS,
                        JsonDocument.object("x", axis(map.x()), "y", axis(map.y()))));
            default -> Optional.empty();
        };
        return state.filter(held -> held.steps() <= MOST_STEPS);
    }

    /// The states of an experiment by the names of the parts of a series; empty outside one.
    public static Map<String, ExplorerState> all(Experiment experiment) {
        Map<String, ExplorerState> all = new LinkedHashMap<>();
        Map<String, Experiment> parts = experiment instanceof Series series ? series.parts() : Map.of("", experiment);
        parts.forEach((name, part) -> of(part).ifPresent(state -> all.put(name, state)));
        return all;
    }

    /// As many as take its time.
    private static long steps(Flows flows) {
        double lr = flows.optimizer()
                .values()
                .get(flows.optimizer().rule().hyper("lr").name());
        return Math.max(1, Math.round(flows.time() / lr));
    }

    private static Map<String, Object> besideFlow(Flows flows) {
        Map<String, Object> more = begun(flows.init().name(), "double");
        more.put("flow", true);
        return more;
    }

    private static Map<String, Object> begun(String init, String arithmetic) {
        return JsonDocument.object(
                "start", init.toLowerCase(Locale.ROOT), "arithmetic", arithmetic.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> axis(Axis axis) {
        return JsonDocument.object(
                "name",
                axis.name(),
                "from",
                axis.from(),
                "to",
                axis.to(),
                "scale",
                axis.scale().word());
    }

    private static TunedRule middle(TunedRule optimizer, List<Axis> axes) {
        Map<String, Double> values = new LinkedHashMap<>(optimizer.values());
        axes.forEach(axis -> values.put(axis.name(), axis.at(0.5)));
        return new TunedRule(optimizer.rule(), values);
    }

    /// As the page reads it; JSON has no infinity.
    public Map<String, Object> document() {
        String name = optimizer.rule().name();
        boolean shipped = Catalogue.NAMES.contains(name)
                && Catalogue.shipped(name).text().equals(optimizer.rule().text());
        Map<String, Object> values = new LinkedHashMap<>();
        optimizer
                .values()
                .forEach((hyper, value) ->
                        values.put(hyper, Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : value));
        Map<String, Object> rule = JsonDocument.object(
                shipped ? "name" : "text", shipped ? name : optimizer.rule().text(), "values", values);
        Map<String, Object> document =
                JsonDocument.object("rules", List.of(rule), "objective", objective, "x0", start, "steps", steps);
        document.putAll(more);
        return document;
    }

    /// The address of the page in this state, from its folder.
    public String link() {
        String text = JsonDocument.text(document()).replaceAll("\n *", "");
        return FILE + "#" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
