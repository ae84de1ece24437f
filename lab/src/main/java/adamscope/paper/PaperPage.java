package adamscope.paper;

import adamscope.experiment.Reproduction;
import adamscope.figure.Figure;
import adamscope.figure.FigurePng;
import adamscope.figure.FigureSvg;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.ReportHtml;
import adamscope.report.RunReport;
import adamscope.report.Section;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;

/// The page of a reproduced figure: the figure, and beside each claim what was expected and what was measured.
public final class PaperPage {
    private PaperPage() {}

    /// Runs the store's reproduction and completes the folder.
    public static Report run(ResultStore store, Effort effort) {
        PaperFigure figure = PaperFigures.find(reproduction(store).id());
        for (Table table : figure.measure(effort)) {
            store.write(table);
        }
        Report report = write(store);
        store.finish(
                figure.cost().network() ? Map.of("training", MeasuredTraining.SEED) : Map.of(),
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

    /// Writes `report.html` and the figure as SVG and PNG, from the tables of the folder.
    public static Report write(ResultStore store) {
        PaperFigure figure = PaperFigures.find(reproduction(store).id());
        Tables tables = new Tables(store::table);
        Figure drawn = figure.draw(tables);
        store.write("figures/" + drawn.id() + ".svg", FigureSvg.text(drawn));
        store.write("figures/" + drawn.id() + ".png", FigurePng.bytes(drawn));
        Report report = report(store, figure.caption(), drawn, figure.claims(tables));
        store.write("report.html", ReportHtml.text(report));
        return report;
    }

    private static Report report(ResultStore store, Caption caption, Figure drawn, List<Claim> claims) {
        boolean full = reproduction(store).full();
        return new Report(
                caption.id() + ": " + caption.source(),
                RunReport.lead(claims),
                List.of(
                        new Section.Prose("What the paper shows", List.of(caption.shows())),
                        new Section.Prose(
                                "What was run",
                                List.of(caption.setup() + (full ? " Full size: " + caption.full() : ""))),
                        new Section.FigureSection("Figure", drawn, drawn.description() + "."),
                        new Section.Claims("Claims", claims),
                        new Section.KeyValues("Provenance", RunReport.provenance(store.provenance()))));
    }

    private static Reproduction reproduction(ResultStore store) {
        return store.experiment() instanceof Reproduction reproduction ? reproduction : notOne(store);
    }

    private static Reproduction notOne(ResultStore store) {
        throw new IllegalArgumentException(store.folder() + " holds no reproduction of a figure");
    }
}
