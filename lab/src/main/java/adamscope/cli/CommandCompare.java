package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.diagnosis.RunAxis;
import adamscope.diagnosis.SideBySide;
import adamscope.figure.Figure;
import adamscope.figure.FigureAnimation;
import adamscope.figure.FigureGif;
import adamscope.figure.FigureSvg;
import adamscope.report.PathsOnLoss;
import adamscope.report.Report;
import adamscope.report.ReportHtml;
import adamscope.report.SideBySideWords;
import adamscope.shape.Decimal;
import adamscope.store.JsonDocument;
import adamscope.store.RunFolders;
import adamscope.store.TableFolder;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope compare RUN…`: runs side by side.
@Command(
        name = "compare",
        description = {
            "Lay runs side by side: one figure of all, the settings that differ, the first step at which they part,"
                + " mean and spread where only the seed differs, and the best learning rate with its interval where lr"
                + " differs.",
            "Takes run folders, finished or not, folders of them, sweeps over lr, and the logs that diagnose reads."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope compare runs/a runs/b --out runs/a-and-b")
final class CommandCompare implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, folders of runs, sweeps, or logs.")
    private List<Path> places;

    @Option(
            names = "--by",
            paramLabel = "step|time|tokens",
            description = "The axis: steps (default); time, the sum of the learning rates so far, as in flow; tokens.")
    private String by = RunAxis.STEP.word();

    @Option(
            names = "--tolerance",
            paramLabel = "PART",
            description = "By what part of the larger loss two runs may differ without having parted (default 1e-6);"
                    + " the first bit that differs is told beside it.")
    private String tolerance = "1e-6";

    @Option(
            names = "--map",
            paramLabel = "QUANTITY=NAME",
            split = ",",
            description = "Which series of the log is which quantity, as in diagnose.")
    private List<String> map = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for a page; has to be new or empty.")
    private Path out;

    @Option(
            names = "--animate",
            paramLabel = "FILE.gif|svg",
            description = "For simulations of one objective of two variables: their paths over its contours, step by"
                    + " step, as a GIF or an SVG that moves by itself.")
    private Path animated;

    @Mixin
    private JsonOption json;

    CommandCompare(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ComparedPage page =
                new ComparedPage(places, map, ComparedPage.axis(by), Decimal.read("--tolerance", tolerance));
        if (out != null) {
            RunFolders.refuseTaken(out);
        }
        ComparedPage.Found found = page.found();
        Optional<SideBySide> compared = found.compared();
        if (animated != null) {
            animate(compared);
        }
        Map<String, Object> document = ComparedPrint.json(page, found);
        if (json.wanted) {
            console.json("compare", document);
        } else {
            compared.ifPresent(this::table);
            ComparedPrint.lines(compared, found.swept()).forEach(console::line);
        }
        if (out != null) {
            Report report = found.page();
            Map<String, String> files = new LinkedHashMap<>();
            files.put("report.html", ReportHtml.text(report));
            files.put(ComparedPage.FILE, JsonDocument.text(document) + "\n");
            report.figures().forEach(figure -> files.put(figure.id() + ".svg", FigureSvg.text(figure)));
            OutFolder.write(out, folder -> TableFolder.write(folder, List.of(), files));
            if (!json.wanted) {
                console.line("page: " + out.resolve("report.html"));
            }
        }
        return ExitCode.DONE;
    }

    private void animate(Optional<SideBySide> compared) {
        boolean svg = animated.toString().endsWith(".svg");
        if (!svg && !animated.toString().endsWith(".gif")) {
            throw new IllegalArgumentException(
                    "--animate " + animated + ": a file that ends in .gif or .svg is allowed");
        }
        PathsOnLoss paths = compared.flatMap(PathsOnLoss::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--animate takes simulations of one objective of two variables, such as rosenbrock"));
        try {
            List<Figure> frames = paths.frames();
            AtomicFile.write(
                    animated,
                    svg ? FigureAnimation.text(frames).getBytes(StandardCharsets.UTF_8) : FigureGif.bytes(frames));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + animated + ": " + FileReason.of(e), e);
        }
    }

    private void table(SideBySide compared) {
        Answer answer = Answer.to(console, CommandQuery.AnswerFormat.table);
        answer.columns(SideBySideWords.header(compared));
        SideBySideWords.rows(compared).forEach(row -> answer.row(List.copyOf(row)));
        answer.end();
    }
}
