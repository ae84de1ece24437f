package adamscope.paper;

import adamscope.experiment.Differences;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.figure.Figure;
import adamscope.report.Citation;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.report.Section;
import adamscope.report.StandingWords;
import adamscope.run.Host;
import adamscope.run.Run;
import adamscope.store.FolderLock;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// The page of a reproduced figure: the figure, and beside each claim what was expected and what was measured.
public final class PaperPage {
    private PaperPage() {}

    /// Runs the store's reproduction and completes the folder.
    ///
    /// @throws CancellationException if it was interrupted; trainings have kept checkpoints
    public static Report run(ResultStore store, Effort effort, Host host) {
        try (FolderLock _ = store.lock()) {
            return complete(store, effort, host);
        }
    }

    private static Report complete(ResultStore store, Effort effort, Host host) {
        Map<String, Long> seeds = new LinkedHashMap<>();
        PaperFigure drawn = PaperFigures.find(reproduction(store).id());
        switch (drawn) {
            case ComputedFigure figure -> {
                figure.measure(effort).forEach(store::write);
            }
            case TrainedFigure figure -> {
                Series series = (Series) reproduction(store).experiment().orElseThrow();
                Run.Left left = Run.tables(store, series, host, effort.trainings());
                if (left.finding().interrupted()) {
                    throw new CancellationException();
                }
                seeds.putAll(left.seeds());
                SeedAxis.of(series).derived(figure, series, new Tables(store::table), store::write);
            }
        }
        List<Control> controls = drawn.controls();
        for (int i = 0; i < controls.size(); i++) {
            for (Table table : controls.get(i).measure().apply(effort.ofControls())) {
                store.write(new Table(controlTable(i, table.name()), table.columns()));
            }
        }
        Report report = write(store);
        store.finish(
                seeds,
                JsonDocument.object(
                        "claims",
                        RunReport.claims(report).stream()
                                .map(c -> JsonDocument.object(
                                        "id", c.id(),
                                        "expected", c.expected(),
                                        "measured", c.measured(),
                                        "verdict", c.verdict().words()))
                                .toList()));
        return report;
    }

    /// Writes `report.html` and the figure as SVG and PNG, from the tables that this version left.
    private static Report write(ResultStore store) {
        PaperFigure figure = PaperFigures.find(reproduction(store).id());
        Tables tables = new Tables(store::table);
        return written(
                store,
                page(
                        store,
                        figure,
                        List.of(
                                drawn(store, figure.draw(tables)),
                                new Section.Claims("Claims", axis(store).claims(figure, tables))),
                        controls(store, figure)));
    }

    /// Writes the page of a folder that any version may have made.
    public static Report again(ResultStore store) {
        return written(store, read(store));
    }

    private static Report written(ResultStore store, Report report) {
        RunReport.write(store, report);
        return report;
    }

    /// The page from the tables of a folder that any version may have made; [RunReport#missing] says what it lacks. The
    /// folder is left as it is.
    public static Report read(ResultStore store) {
        PaperFigure figure = PaperFigures.find(reproduction(store).id());
        EarlierRun run = new EarlierRun(store, figure);
        Section shown = run.drawn()
                .<Section>map(drawn -> drawn(store, drawn))
                .orElseGet(() -> new Section.Picture("Figure", run.picture(), "As it was drawn when this was run."));
        Section.Claims claims = new Section.Claims("Claims", run.claims());
        List<Section> found = run.sentence().isEmpty()
                ? List.of(shown, claims)
                : List.of(new Section.Prose(RunReport.MISSING, List.of(run.sentence())), shown, claims);
        return page(store, figure, found, run.orNone(() -> controls(store, figure)));
    }

    private static Section drawn(ResultStore store, Figure drawn) {
        return new Section.FigureSection("Figure", drawn, (drawn.description() + ". " + standing(store)).strip());
    }

    private static String controlTable(int control, String name) {
        return "control-" + (control + 1) + "-" + name;
    }

    private static Report page(
            ResultStore store, PaperFigure figure, List<Section> found, List<List<String>> controls) {
        Caption caption = figure.caption();
        List<Section> sections = new ArrayList<>(List.of(
                new Section.Prose("What the paper shows", List.of(caption.shows())),
                new Section.Prose("What was run", whatWasRun(caption, reproduction(store)))));
        sections.addAll(found);
        if (!controls.isEmpty()) {
            sections.add(new Section.TableSection(
                    "Negative controls",
                    "Runs in which the statements are false, judged by the same criteria: none may agree",
                    List.of("Run", "Claim", "Verdict", "Measured"),
                    controls));
        }
        List<Claim> claims = RunReport.claims(new Report("", "", found));
        Citation.section(reproduction(store).experiment().map(Experiment::rules).orElse(List.of()), claims)
                .ifPresent(sections::add);
        sections.add(new Section.KeyValues("Provenance", RunReport.provenance(store.provenance())));
        return new Report(caption.id() + ": " + caption.source(), RunReport.lead(claims), sections);
    }

    /// What stands behind the eigenvalues of its trainings.
    private static String standing(ResultStore store) {
        return StandingWords.of(store.tables().stream()
                .filter(name -> !name.startsWith("control-"))
                .map(store::table)
                .toList());
    }

    /// A row for each statement of each control; none for a folder that was made before there were controls.
    private static List<List<String>> controls(ResultStore store, PaperFigure figure) {
        List<List<String>> rows = new ArrayList<>();
        List<Control> controls = figure.controls();
        for (int i = 0; i < controls.size(); i++) {
            Control control = controls.get(i);
            int number = i;
            if (store.tables().stream().noneMatch(name -> name.startsWith(controlTable(number, "")))) {
                continue;
            }
            Tables tables = new Tables(name -> store.table(controlTable(number, name)));
            for (Claim claim : figure.claims(tables)) {
                if (control.falsifies().contains(claim.id())) {
                    rows.add(List.of(control.what(), claim.id(), claim.verdict().words(), claim.measured()));
                }
            }
        }
        return rows;
    }

    /// The set-up of the figure, and what was changed of it.
    private static List<String> whatWasRun(Caption caption, Reproduction run) {
        List<String> sentences = new ArrayList<>();
        sentences.add(caption.setup()
                + switch (run.size()) {
                    case DEFAULT -> "";
                    case MEDIUM ->
                        " Medium size: 5,000 images with their own labels and a network of the paper's width, as the"
                                + " section medium of the file says.";
                    case FULL -> " Full size: " + caption.full();
                });
        run.experiment().ifPresent(experiment -> {
            SeedAxis axis = SeedAxis.of(experiment);
            sentences.add(TrainedOn.words(run.id(), experiment).strip());
            if (SeedAxis.isFor(run.id())) {
                sentences.add(axis.words());
            }
            Experiment own =
                    axis.seeded(Shipped.draft(run.id()).size(run.size()).trainings());
            String changed = Differences.between(ExperimentText.write(own), ExperimentText.write(experiment));
            if (!changed.isEmpty()) {
                sentences.add("Changed in this run: " + changed + ".");
            }
        });
        return sentences;
    }

    /// The seeds of the trainings of a folder.
    static SeedAxis axis(ResultStore store) {
        return reproduction(store).experiment().map(SeedAxis::of).orElseGet(() -> new SeedAxis(1));
    }

    private static Reproduction reproduction(ResultStore store) {
        return store.experiment() instanceof Reproduction reproduction ? reproduction : notOne(store);
    }

    private static Reproduction notOne(ResultStore store) {
        throw new IllegalArgumentException(store.folder() + " holds no reproduction of a figure");
    }
}
