package adamscope.report;

import adamscope.diagnosis.RiseWords;
import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Stability;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.PowerLaw;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.ReducedSystem;
import adamscope.sweep.Agreement;
import adamscope.sweep.OrbitSweep.Variables;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Sections of a report on a rule as a map: bifurcations, basins, stability.
final class MapSections {
    private MapSections() {}

    static List<Section> of(String name, Bifurcation diagram, Function<String, Table> tables) {
        Table orbits = tables.apply(RunReport.tableName(name, "orbits"));
        Table exponents = tables.apply(RunReport.tableName(name, "exponents"));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section.FigureSection(
                "Bifurcations",
                BifurcationFigure.of(RunReport.id(name, "bifurcation"), diagram, orbits, exponents),
                "Each column shows points of one orbit, as many as leave its density visible, from the last "
                        + diagram.length().kept() + " of "
                        + (diagram.length().discarded() + diagram.length().steps())
                        + " steps; the table holds them all. Where the fixed point is stable, its line covers them."
                        + " The exponent is the mean of ln of the growth of a small deviation over the steps after the"
                        + " first " + diagram.length().discarded() + "; it is absent where the"
                        + " orbit escaped."));
        List<String> notes = new ArrayList<>(meaning(diagram));
        long escaped =
                exponents.words("outcome").stream().filter("escaped"::equals).count();
        if (escaped > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%d of %d orbits escaped: some coordinate passed 1e100 or was no number. They leave no point.",
                    escaped,
                    exponents.rows()));
        }
        OrbitRemarks.of(diagram, diagram.orbits().memory(), unsettled(exponents)).stream()
                .map(RiseWords::sentence)
                .forEach(notes::add);
        sections.add(new Section.Prose("", notes));
        return sections;
    }

    /// None are known of a run that was made before exponents were held against their drift.
    private static long unsettled(Table exponents) {
        return exponents.columns().stream().noneMatch(column -> column.name().equals("motion"))
                ? 0
                : exponents.words("motion").stream()
                        .filter(OrbitDiagram.Motion.UNSETTLED.word()::equals)
                        .count();
    }

    private static List<String> meaning(Bifurcation diagram) {
        if (diagram.variables() != Variables.REDUCED) {
            return List.of("The variables are those of the rule, with its running powers at 0.");
        }
        return List.of(
                meaning(diagram.optimizer().rule(), diagram.optimizer().values(), PowerLaw.of(diagram.formula())));
    }

    private static String meaning(OptimizerRule rule, Map<String, Double> values, PowerLaw law) {
        ReducedSystem system = ReducedSystem.of(rule, values, law);
        List<String> parts = new ArrayList<>();
        system.meaning().forEach((component, meaning) -> parts.add(component + " = " + meaning));
        return "The system is the rule in variables without scale, in the limit x -> 0: " + String.join(", ", parts)
                + ", with averages before the step and k = " + Decimal.written(law.degree())
                + ". Its fixed point is convergence at a constant factor a step.";
    }

    static List<Section> of(String name, Basin basin, Function<String, Table> tables) {
        Table table = tables.apply(RunReport.tableName(name, "basin"));
        return List.of(
                new Section.FigureSection(
                        "Basins",
                        BasinFigure.of(RunReport.id(name, "basin"), basin, table),
                        "Each cell is one run from that start. Sustained minimum: the lowest maximum over a window of"
                                + " 50 steps, so that a passage through zero does not count."),
                shares("Starts by outcome", "outcome", Agreement.outcomes(table), table.rows()));
    }

    static List<Section> of(String name, Stability map, Function<String, Table> tables) {
        Table cells = tables.apply(RunReport.tableName(name, "stability"));
        Table curves = tables.apply(RunReport.tableName(name, "curves"));
        Map<String, Long> regimes = new TreeMap<>();
        cells.words("regime").forEach(word -> regimes.merge(word, 1L, Long::sum));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section.FigureSection(
                "Stability",
                StabilityFigure.of(RunReport.id(name, "stability"), map, cells, curves),
                "The spectral radius is the largest magnitude of the multipliers, from the symbolic Jacobian of the"
                    + " rule. Flip: a multiplier passes −1 and the period doubles; rotation: a complex pair passes the"
                    + " unit circle (Neimark–Sacker); fold: a multiplier passes 1; marginal: the largest has magnitude"
                    + " 1, as on a border or where the curvature vanishes, and the multipliers do not tell; existence:"
                    + " beyond it there is no fixed point with x keeping its sign. Colours beyond the bar take that of"
                    + " its end."));
        sections.add(new Section.Prose(
                "",
                List.of(
                        PowerLawTheory.degreeOf(map.formula()).isPresent()
                                ? meaning(
                                        map.optimizer().rule(), map.optimizer().values(), PowerLaw.of(map.formula()))
                                : "The fixed point is the one that Newton's method finds from x = "
                                        + KindPage.start(map.x0()) + ".")));
        sections.add(shares("Cells by regime", "regime", regimes, cells.rows()));
        return sections;
    }

    static Section shares(String caption, String column, Map<String, Long> counts, int all) {
        return new Section.TableSection(
                "",
                caption,
                List.of(column, "cells", "share"),
                counts.entrySet().stream()
                        .map(e -> List.of(
                                e.getKey(),
                                Long.toString(e.getValue()),
                                String.format(Locale.ROOT, "%.1f %%", 100.0 * e.getValue() / all)))
                        .toList());
    }

    static List<String> described(Bifurcation diagram, String values) {
        return List.of(String.format(
                Locale.ROOT,
                "%s on %s in %s variables: %d values of %s, %d steps each; %s.",
                diagram.optimizer().rule().name(),
                diagram.objective(),
                diagram.variables().name().toLowerCase(Locale.ROOT),
                diagram.x().points(),
                diagram.x().name(),
                diagram.length().discarded() + diagram.length().steps(),
                values));
    }

    static List<String> described(Basin basin, String values) {
        return List.of(String.format(
                Locale.ROOT,
                "%s on %s from %d × %d starts over %s and %s, %d steps each, in %s arithmetic; %s.",
                basin.optimizer().rule().name(),
                basin.objective(),
                basin.x().points(),
                basin.y().points(),
                basin.x().name(),
                basin.y().name(),
                basin.steps(),
                basin.arithmetic().name().toLowerCase(Locale.ROOT),
                values));
    }

    static List<String> described(Stability map, String values) {
        return List.of(String.format(
                Locale.ROOT,
                "%s on %s: fixed point and multipliers at %d × %d pairs of %s and %s; %s.",
                map.optimizer().rule().name(),
                map.objective(),
                map.x().points(),
                map.y().points(),
                map.x().name(),
                map.y().name(),
                values));
    }
}
