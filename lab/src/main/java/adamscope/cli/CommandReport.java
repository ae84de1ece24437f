package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.experiment.Reproduction;
import adamscope.figure.Figure;
import adamscope.figure.FigureFile;
import adamscope.figure.FigureFile.PaperSize;
import adamscope.figure.FigureFile.PictureFormat;
import adamscope.paper.PaperPage;
import adamscope.report.Bibliography.Work;
import adamscope.report.Citation;
import adamscope.report.Claim;
import adamscope.report.ExplorerState;
import adamscope.report.FigureChoice;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.shape.Decimal;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.text.FileReason;
import adamscope.web.ExplorerPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope report DIR`: figures and report of a finished run, drawn again from its tables.
@Command(
        name = "report",
        description = {
            "Draw the figures and the report of a finished run again, from its tables.",
            "With --panel, --format, --width, --height or --title: only figures as files, for papers and slides. With"
                    + " --cite: only captions in LaTeX and BibTeX of what the run used."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  adamscope report runs/example",
            "  adamscope report runs/example --explorer",
            "  adamscope report runs/example --panel loss --format pdf --width 86mm",
            "  adamscope report runs/example --cite"
        })
final class CommandReport implements Callable<Integer> {
    private static final Pattern LENGTH = Pattern.compile("([0-9.eE+-]+?)(mm|cm|in|pt)");
    private static final double GOLDEN = 0.75;

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "A run folder.")
    private Path folder;

    @Option(
            names = "--panel",
            paramLabel = "NAME",
            description = "One panel by its title or what its vertical axis shows, such as loss; or a whole figure by"
                    + " its name.")
    private String panel;

    @Option(names = "--format", paramLabel = "svg|png|pdf", description = "Of the files (default svg).")
    private PictureFormat format;

    @Option(
            names = "--width",
            paramLabel = "LENGTH",
            description = "Of the figure on paper, in mm, cm, in or pt: 86mm. Text is 8 points high whatever the size.")
    private String width;

    @Option(names = "--height", paramLabel = "LENGTH", description = "The same; default in proportion.")
    private String height;

    @Option(names = "--title", paramLabel = "TEXT", description = "In place of the title; '' for none.")
    private String title;

    @Option(names = "--cite", description = "Print captions in LaTeX, and BibTeX of program, optimizers and papers.")
    private boolean cite;

    @Option(
            names = "--explorer",
            description = "Also write explorer.html (1 MB), a page with sliders that the report links to: each run and"
                    + " diagram on a formula opens in it as it was run.")
    private boolean explorer;

    @Mixin
    private JsonOption json;

    CommandReport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        boolean files = single();
        if (explorer && (files || cite)) {
            throw new IllegalArgumentException(
                    "--explorer: it belongs to the whole report; leave out the options for single figures and --cite");
        }
        if (ComparedPage.isAt(folder)) {
            if (!files && !cite) {
                throw new IllegalArgumentException(
                        folder + " is a page of 'compare': of it, single figures are drawn again, with --panel,"
                                + " --format, --width, --height, --title or --cite; for a new page run 'compare'"
                                + " again");
            }
            return figures(ComparedPage.read(folder).found().page(), List.of());
        }
        ResultStore store = ResultStore.open(folder);
        if (!files && !cite) {
            return whole(store);
        }
        Report report = store.experiment() instanceof Reproduction
                ? PaperPage.read(store)
                : RunReport.read(store, console.judge());
        return figures(report, Citation.works(store.experiment().rules(), RunReport.claims(report)));
    }

    /// Figures as files, and what to cite.
    private int figures(Report report, List<Work> works) {
        List<Figure> chosen = FigureChoice.of(report, panel);
        if (title != null) {
            chosen = chosen.stream()
                    .map(figure -> FigureChoice.titled(figure, title))
                    .toList();
        }
        List<Path> written = single() ? chosen.stream().map(this::written).toList() : List.of();
        String citation = cite ? Citation.latex(report, chosen, works) : "";
        if (json.wanted) {
            console.json(
                    "report/files",
                    JsonDocument.object(
                            "files", written.stream().map(Path::toString).toList(), "citation", citation));
        } else {
            written.forEach(file -> console.line("figure: " + file));
            console.out().print(citation);
        }
        return ExitCode.DONE;
    }

    private boolean single() {
        return panel != null || format != null || width != null || height != null || title != null;
    }

    private int whole(ResultStore store) {
        if (explorer && !ExplorerPage.writeInto(store)) {
            throw new IllegalArgumentException("--explorer: " + store.folder() + ExplorerState.HOLDS_NOTHING);
        }
        Report report = store.experiment() instanceof Reproduction
                ? PaperPage.again(store)
                : RunReport.write(store, console.judge());
        Path page = store.folder().resolve("report.html");
        List<Claim> claims = RunReport.claims(report);
        if (!RunReport.missing(report).isEmpty()) {
            console.remark(RunReport.missing(report));
        }
        if (json.wanted) {
            console.json(
                    "report", JsonDocument.object("report", page.toString(), "claims", ClaimLines.documents(claims)));
        } else {
            ClaimLines.of(claims).forEach(console::line);
            console.line("report: " + page);
        }
        return ExitCode.DONE;
    }

    private Path written(Figure figure) {
        PaperSize usual = FigureFile.usual(figure);
        double ratio = figure.panels().size() == 1 ? GOLDEN : usual.height() / usual.width();
        double wide = width != null
                ? points("--width", width)
                : height != null ? points("--height", height) / ratio : usual.width();
        double high = height != null ? points("--height", height) : wide * ratio;
        PictureFormat kind = format == null ? PictureFormat.svg : format;
        Path file = folder.resolve("figures").resolve(figure.id() + "." + kind);
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, new FigureFile(figure, new PaperSize(wide, high)).bytes(kind));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
        }
        return file;
    }

    private static double points(String option, String text) {
        Matcher length = LENGTH.matcher(text.strip());
        if (!length.matches()) {
            throw new IllegalArgumentException(
                    option + " = '" + text + "' is no length; write a number with mm, cm, in or pt, such as 86mm");
        }
        double unit = switch (length.group(2)) {
            case "mm" -> 72 / 25.4;
            case "cm" -> 72 / 2.54;
            case "in" -> 72;
            default -> 1;
        };
        return unit * Decimal.read(option, length.group(1));
    }
}
