package adamscope.report;

import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
import adamscope.figure.FigurePng;
import adamscope.figure.FigureSvg;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleFormulas;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.table.Absent;
import adamscope.table.Table;
import adamscope.text.Listing;
import adamscope.text.Shell;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The report of a run folder, from its experiment and its tables alone.
///
/// Tables carry the name of their part in a series (`network-probes`), or none (`probes`).
public final class RunReport {
    /// Heading of what a folder of an earlier version lacks.
    public static final String MISSING = "What is missing";

    private static final String PAGE = "report.html";
    private static final int SHOWN_MISSING = 2;

    private final Function<String, Table> tables;
    private final ClaimJudge judge;
    private final boolean explorer;
    private final List<Section> sections = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Set<OptimizerRule> rules = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    private RunReport(Function<String, Table> tables, ClaimJudge judge, boolean explorer) {
        this.tables = tables;
        this.judge = judge;
        this.explorer = explorer;
    }

    /// The name of a table of a part; `part` is empty outside a series.
    public static String tableName(String part, String table) {
        return part.isEmpty() ? table : part + "-" + table;
    }

    /// The report of a run folder, which is left as it is.
    public static Report read(ResultStore store, ClaimJudge judge) {
        return read(store, judge, store.provenance().results());
    }

    private static Report read(ResultStore store, ClaimJudge judge, Map<String, Object> found) {
        Experiment experiment = store.experiment();
        Provenance provenance = store.provenance();
        RunReport report = new RunReport(
                name -> table(store, name), judge, Files.exists(store.folder().resolve(ExplorerState.FILE)));
        report.part("", experiment);
        List<Section> all = new ArrayList<>();
        all.add(new Section.Prose("What was run", KindPage.described(experiment)));
        report.rules.forEach(rule -> all.add(new Section.Formula(
                "",
                RuleFormulas.mathml(rule),
                rule.note().isBlank() ? rule.name() : rule.name() + ": " + rule.note())));
        if (!report.missing.isEmpty()) {
            all.add(new Section.Prose(
                    MISSING, List.of(lacks(provenance, report.missing) + "; what needs it is left out.")));
        }
        if (!report.claims.isEmpty()) {
            all.add(new Section.Claims("Claims", report.claims));
        }
        all.addAll(report.sections);
        Citation.section(experiment.rules(), report.claims).ifPresent(all::add);
        all.add(new Section.KeyValues("Provenance", provenance(provenance)));
        String lead = report.claims.isEmpty() ? outcome(found) : lead(report.claims);
        return new Report(KindPage.title(experiment), lead, all);
    }

    /// What a run came to, in the words of its command; empty of what is more than one run.
    private static String outcome(Map<String, Object> found) {
        return found.get("") instanceof Map<?, ?> results
                        && results.get("outcome") instanceof String word
                        && results.get("outcomeDetail") instanceof String detail
                ? "Outcome: " + word + "; " + detail + "."
                : "";
    }

    /// Writes `report.html` and each figure as SVG and PNG into the run folder.
    public static Report write(ResultStore store, ClaimJudge judge) {
        return write(store, judge, store.provenance().results());
    }

    /// The same of a run that has just ended.
    ///
    /// @param found what it found, in short
    public static Report write(ResultStore store, ClaimJudge judge, Map<String, Object> found) {
        Report report = read(store, judge, found);
        write(store, report);
        return report;
    }

    /// Writes a page as `report.html` and each of its figures as SVG and PNG.
    public static void write(ResultStore store, Report report) {
        Map<String, List<String>> panels = ReportHtml.panels(report);
        for (Figure figure : report.figures()) {
            store.write("figures/" + figure.id() + ".svg", FigureSvg.text(figure, panels.get(figure.id())));
            store.write("figures/" + figure.id() + ".png", FigurePng.bytes(figure));
        }
        store.write(PAGE, ReportHtml.text(report, panels));
    }

    /// Writes `report.html` alone.
    public static void writePage(ResultStore store, Report report) {
        store.write(PAGE, ReportHtml.text(report));
    }

    /// A table of the run; means over seeds are made anew where an older program left none.
    private static Table table(ResultStore store, String name) {
        return store.experiment() instanceof Sweep sweep
                        && name.equals(SweepRows.SEEDS)
                        && !store.tables().contains(name)
                ? SeedSections.table(sweep, SweepRows.of(store.folder(), sweep.space()), store.table("sweep"))
                : store.table(name);
    }

    /// The claims of a report.
    public static List<Claim> claims(Report report) {
        return report.sections().stream()
                .filter(Section.Claims.class::isInstance)
                .flatMap(section -> ((Section.Claims) section).claims().stream())
                .toList();
    }

    private void part(String name, Experiment experiment) {
        if (experiment instanceof Series series) {
            series(series);
            return;
        }
        judged(name, experiment);
        rules.addAll(experiment.rules());
        KindPage.sections(name, experiment, tables).forEach(this::drawn);
        wayToExplorer(Map.of(name, experiment));
    }

    /// Below what was drawn: the same parts in the explorer, where it can hold them.
    private void wayToExplorer(Map<String, ? extends Experiment> parts) {
        Map<String, ExplorerState> ways = new LinkedHashMap<>();
        parts.forEach((name, part) -> ExplorerState.of(part).ifPresent(state -> ways.put(name, state)));
        boolean said = sections.stream().anyMatch(Section.Explorer.class::isInstance);
        if (!ways.isEmpty() && (explorer || !said)) {
            sections.add(new Section.Explorer(explorer, ways));
        }
    }

    private void judged(String name, Experiment experiment) {
        unlessAbsent(() -> claims.addAll(judge.claims(experiment, table -> tables.apply(tableName(name, table)))));
    }

    /// A folder made by an earlier version may lack a table or a column: the other parts are drawn.
    private void unlessAbsent(Runnable part) {
        try {
            part.run();
        } catch (Absent absent) {
            missing.add(absent.words());
        }
    }

    private void drawn(Supplier<List<Section>> part) {
        unlessAbsent(() -> sections.addAll(part.get()));
    }

    private void series(Series series) {
        Map<String, Simulation> together = new LinkedHashMap<>();
        series.parts().forEach((name, part) -> {
            if (part instanceof Simulation run) {
                together.put(name, run);
                judged(name, run);
            } else {
                flush(together);
                part(name, part);
            }
        });
        flush(together);
    }

    private void flush(Map<String, Simulation> together) {
        if (!together.isEmpty()) {
            Map<String, Simulation> runs = new LinkedHashMap<>(together);
            runs.values().forEach(run -> rules.addAll(run.rules()));
            drawn(() -> SimulationFigure.sections("runs", runs, tables));
            wayToExplorer(runs);
            together.clear();
        }
    }

    static String id(String name, String kind) {
        String text =
                (name.isEmpty() || name.equals(kind) ? kind : name + "-" + kind).replaceAll("[^A-Za-z0-9_-]", "-");
        return text.matches("[A-Za-z].*") ? text : "f-" + text;
    }

    /// What a folder lacks: the beginning of a sentence.
    public static String lacks(Provenance provenance, Set<String> missing) {
        return "This folder was made by version " + provenance.build().version() + ", commit "
                + provenance.build().commit() + ", and lacks "
                + Listing.of(missing, SHOWN_MISSING, " and ");
    }

    /// What a report says is missing in the folder; empty if nothing is.
    public static String missing(Report report) {
        return report.sections().stream()
                .filter(section -> section.heading().equals(MISSING))
                .map(section -> String.join(" ", ((Section.Prose) section).paragraphs()))
                .findFirst()
                .orElse("");
    }

    /// How many of the claims agree, as a sentence; empty without claims.
    public static String lead(List<Claim> claims) {
        if (claims.isEmpty()) {
            return "";
        }
        long agree =
                claims.stream().filter(c -> c.verdict() == Claim.Verdict.AGREES).count();
        long conditional = claims.stream()
                .filter(c -> c.verdict() == Claim.Verdict.CONDITIONAL)
                .count();
        long open = claims.stream()
                .filter(c -> c.verdict() == Claim.Verdict.INCONCLUSIVE)
                .count();
        long decided = claims.size() - open;
        if (decided == 0) {
            return "What was measured here decides none of the claims of the papers" + NOT_DECIDED;
        }
        return agree + " of " + decided + " claims of the papers agree with what was measured here"
                + (conditional == 0 ? "" : ", " + conditional + " more under a condition")
                + (open == 0 ? "." : "; " + open + " more are not decided" + NOT_DECIDED);
    }

    private static final String NOT_DECIDED = "; the column of the set-up says what is missing.";

    /// Of parts with names of their own, with these; else the numbers alone.
    private static String seeds(Map<String, Long> seeds) {
        boolean plain = seeds.keySet().stream().allMatch(name -> name.matches("training( \\d+)?"));
        return seeds.entrySet().stream()
                .map(seed -> (plain ? "" : seed.getKey() + ": ") + seed.getValue())
                .collect(Collectors.joining(", "));
    }

    /// Where the results come from, for the end of a page.
    public static List<Section.KeyValue> provenance(Provenance p) {
        return List.of(
                new Section.KeyValue(
                        "Adamscope",
                        p.build().version() + ", commit " + p.build().commit()),
                new Section.KeyValue("Command", Shell.call(p.commandLine())),
                new Section.KeyValue("Started", p.start().toString()),
                new Section.KeyValue("Java", p.jdk()),
                new Section.KeyValue("JVM flags", String.join(" ", p.jvmFlags())),
                new Section.KeyValue("System", p.operatingSystem()),
                new Section.KeyValue("Processor", p.processor() + ", " + p.threads() + " threads"),
                new Section.KeyValue(
                        "Seeds",
                        p.seeds().isEmpty()
                                ? "none given: what chance there is follows from numbers fixed in the program"
                                : seeds(p.seeds())));
    }
}
