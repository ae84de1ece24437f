package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.paper.Caption;
import adamscope.paper.Cost;
import adamscope.paper.PaperFigures;
import adamscope.paper.PaperIndex;
import adamscope.paper.PaperPage;
import adamscope.paper.SeedAxis;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.run.Trainings;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.RunFolders;
import adamscope.text.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `adamscope reproduce`: figures of the papers, computed anew, with their claims judged.
@Command(
        name = "reproduce",
        description = {
            "Compute figures, tables and theorems of the papers anew, and hold their claims against what was measured:"
                    + " expected, measured, agrees or not, and why.",
            "One id: a run folder with tables, figure and page. Several: a folder for each, and an index page; each"
                    + " page is complete when its figure is, and figures that show the same training share one run."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope reproduce P1-fig5 --out runs/example")
final class CommandReproduce implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "What to reproduce, see --list: ids, patterns such as P3-*, theory, networks, or all.")
    private List<String> ids = List.of();

    @Option(
            names = "--list",
            description =
                    "List what there is, and about how long each takes at its default size and at the medium one.")
    private boolean list;

    @Mixin
    private SizeOption size;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml",
            description = "Read the experiment from a file, the experiment.yaml of an earlier reproduction.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run folder; new or empty, or of the same call, of which what is complete is kept."
                    + " Without it: a fresh one below runs/.")
    private Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with what is in this folder, trainings from their newest checkpoints.")
    private Path resume;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Train from so many seeds, and judge by the interval of the mean; by default 5 where that"
                    + " takes minutes, otherwise 1.")
    private Integer seeds;

    @Mixin
    private DataOption data;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private EngineOption engine;

    @Mixin
    private UntilOption until;

    @Mixin
    private JsonOption json;

    CommandReproduce(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (list) {
            return listed();
        }
        engine.refuseUnusable();
        until.begin(console.interruption());
        if (resume != null) {
            return resumed();
        }
        List<Reproduction> chosen = chosen();
        long medium = FigureTimes.expected(
                chosen.stream().filter(one -> one.size() == Size.MEDIUM).toList());
        if (medium > 0) {
            console.remark("medium size: about " + ProgressLine.readable(medium)
                    + " on this machine's processors; Ctrl-C keeps what is done, --resume goes on");
        }
        return chosen.size() == 1 ? single(ResultStore.create(out, chosen.getFirst(), arguments())) : several(chosen);
    }

    private int listed() {
        List<Caption> captions = PaperFigures.captions();
        if (json.wanted) {
            console.json(
                    "figures",
                    JsonDocument.object(
                            "figures",
                            captions.stream()
                                    .map(c -> JsonDocument.object(
                                            "id", c.id(),
                                            "group", PaperFigures.cost(c.id()).group(),
                                            "processorSeconds",
                                                    PaperFigures.cost(c.id()).seconds(),
                                            "processorSecondsMedium",
                                                    PaperFigures.cost(c.id()).medium(),
                                            "source", c.source(),
                                            "shows", c.shows()))
                                    .toList()));
        } else {
            captions.forEach(c -> {
                Cost cost = PaperFigures.cost(c.id());
                console.line(String.format(
                        Locale.ROOT,
                        "%-16s %-8s %10s  %-20s %s",
                        c.id(),
                        cost.group(),
                        ProgressLine.readable(FigureTimes.alone(cost, Size.DEFAULT)),
                        cost.medium() == 0
                                ? ""
                                : "medium " + ProgressLine.readable(FigureTimes.alone(cost, Size.MEDIUM)),
                        c.source()));
            });
        }
        return ExitCode.DONE;
    }

    private List<Reproduction> chosen() {
        if (file != null) {
            if (!ids.isEmpty() || size.isGiven() || seeds != null || changed()) {
                throw new IllegalArgumentException("-c holds id, size and experiment; leave out "
                        + (size.isGiven()
                                ? "--size and --full"
                                : changed() ? "--optimizer, --set and --data" : seeds != null ? "--seeds" : ids));
            }
            return List.of(known(ExperimentDraft.read(file).reproduction()));
        }
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("nothing to reproduce: give an ID, all, or --list to see what there is");
        }
        List<String> chosen = PaperFigures.chosen(ids);
        if (seeds != null && chosen.stream().noneMatch(SeedAxis::isFor)) {
            throw new IllegalArgumentException("--seeds " + seeds + ": " + String.join(", ", chosen)
                    + (chosen.size() == 1 ? " has no" : " have no")
                    + " seeds to choose: it is computed by formulas, or its"
                    + " file names the seeds");
        }
        return chosen.stream().map(this::reproduction).toList();
    }

    private boolean changed() {
        return rule.isGiven() || data.isGiven();
    }

    private Reproduction reproduction(String id) {
        if (size.chosen() == Size.MEDIUM && PaperFigures.cost(id).medium() == 0) {
            throw new IllegalArgumentException(id + " has no medium size; those that have one: "
                    + PaperFigures.captions().stream()
                            .map(Caption::id)
                            .filter(other -> PaperFigures.cost(other).medium() > 0)
                            .collect(Collectors.joining(" ")));
        }
        if (!Shipped.isFigure(id)) {
            if (changed()) {
                throw new IllegalArgumentException(
                        id + " is computed by the program: --optimizer, --set and --data are for figures that are"
                                + " trained, such as P3-fig5");
            }
            return new Reproduction(id, size.chosen());
        }
        SeedAxis axis =
                seeds == null || !SeedAxis.isFor(id) ? SeedAxis.byDefault(id, size.chosen()) : new SeedAxis(seeds);
        Experiment experiment = axis.seeded(Shipped.draft(id)
                .size(size.chosen())
                .data(data.given)
                .optimizer(rule.optimizer)
                .set(rule.settings)
                .trainings());
        Shipped.refuseLacking(experiment);
        return new Reproduction(id, size.chosen(), Optional.of(experiment));
    }

    private int resumed() {
        if (out != null || file != null || size.isGiven() || seeds != null || changed() || !ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "--resume goes on with a reproduction as it began, in its own folder; leave everything else out");
        }
        ResultStore store = ResultStore.resume(resume, arguments());
        if (!(store.experiment() instanceof Reproduction reproduction)) {
            throw new IllegalArgumentException(
                    resume + " holds kind = " + store.experiment().kind() + ", no reproduction");
        }
        known(reproduction);
        return single(store);
    }

    private static Reproduction known(Reproduction reproduction) {
        PaperFigures.find(reproduction.id());
        return reproduction;
    }

    private int single(ResultStore store) {
        Reproduction reproduction = (Reproduction) store.experiment();
        console.wayOn("go on with: " + Shell.call("reproduce", "--resume", store.folder()));
        List<Claim> claims = new ReproducedFigure(console, reproduction.id(), "").run(store, trainings());
        Path page = store.folder().resolve("report.html");
        if (json.wanted) {
            console.json("reproduction", document(reproduction, claims, page));
        } else {
            lines(claims);
            console.line("report: " + page);
        }
        return ExitCode.DONE;
    }

    private Trainings trainings() {
        return new Trainings(folder -> engine.choose(console, folder));
    }

    private int several(List<Reproduction> chosen) {
        if (out != null) {
            RunFolders.refuseTaken(out, chosen.stream().map(Reproduction::id).toList());
        }
        Path folder = out != null ? out : RunFolders.freshGroup("reproduce");
        String wayOn = "the same command with --out " + Shell.word(folder) + " goes on";
        console.wayOn(wayOn);
        Pages pages = new Pages(folder, new ArrayList<>(), new ArrayList<>());
        BooleanSupplier stopping = console.stopping();
        Trainings shared = trainings();
        long start = System.nanoTime();
        for (int i = 0; i < chosen.size() && !stopping.getAsBoolean(); i++) {
            String task =
                    String.format(Locale.ROOT, "%s (%d of %d)", chosen.get(i).id(), i + 1, chosen.size());
            String left = FigureTimes.timeLeft(chosen, i, System.nanoTime() - start);
            one(chosen.get(i), new ReproducedFigure(console, task, left), shared, pages);
            pages.write();
        }
        if (stopping.getAsBoolean()) {
            throw new CancellationException(String.format(
                    Locale.ROOT,
                    "interrupted; pages of %d of %d figures are complete, index: %s; %s",
                    pages.entries().size(),
                    chosen.size(),
                    pages.index(),
                    wayOn));
        }
        if (json.wanted) {
            console.json(
                    "reproductions",
                    JsonDocument.object("index", pages.index().toString(), "figures", pages.documents()));
        } else {
            console.line("index: " + pages.index());
        }
        return pages.entries().stream().allMatch(e -> e.failure().isEmpty()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// What several figures leave.
    private record Pages(Path folder, List<PaperIndex.Entry> entries, List<Map<String, Object>> documents) {
        Path index() {
            return folder.resolve("index.html");
        }

        /// After each figure, so that what is done can be read.
        void write() {
            try {
                AtomicFile.write(index(), PaperIndex.text(entries).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + index(), e);
            }
        }
    }

    private void one(Reproduction reproduction, ReproducedFigure shown, Trainings shared, Pages pages) {
        String id = reproduction.id();
        Path place = pages.folder().resolve(id);
        try {
            List<Claim> claims = earlier(place, reproduction)
                    .orElseGet(() -> shown.run(ResultStore.create(place, reproduction, arguments()), shared));
            pages.entries().add(new PaperIndex.Entry(id, claims, ""));
            pages.documents().add(document(reproduction, claims, place.resolve("report.html")));
            if (!json.wanted) {
                console.line(id);
                lines(claims);
            }
        } catch (CancellationException e) {
            if (!shown.stopping().getAsBoolean()) {
                throw e;
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            // one figure that fails must not take the others with it; index and exit code say so
            console.remark(id + " failed: " + said(failure));
            pages.entries().add(new PaperIndex.Entry(id, List.of(), said(failure)));
            pages.documents().add(JsonDocument.object("id", id, "failure", said(failure)));
        }
    }

    /// The claims of a figure that an earlier call has completed.
    private Optional<List<Claim>> earlier(Path place, Reproduction reproduction) {
        if (!Files.exists(place.resolve("provenance.json"))) {
            return Optional.empty();
        }
        ResultStore store = ResultStore.open(place);
        return store.experiment().equals(reproduction) ? Optional.of(RunReport.claims(again(store))) : Optional.empty();
    }

    private Report again(ResultStore store) {
        Report report = PaperPage.again(store);
        if (!RunReport.missing(report).isEmpty()) {
            console.remark(store.folder() + ": " + RunReport.missing(report));
        }
        return report;
    }

    /// One line; errors of the virtual machine often have no message of their own.
    private static String said(Throwable failure) {
        String message = failure instanceof RuntimeException ? failure.getMessage() : failure.toString();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(failure.toString());
    }

    private void lines(List<Claim> claims) {
        ClaimLines.of(claims).forEach(console::line);
        claims.stream()
                .filter(c -> c.verdict() != Claim.Verdict.AGREES && !c.note().isEmpty())
                .forEach(c -> console.line("  " + c.id() + ": " + c.note()));
    }

    private static Map<String, Object> document(Reproduction reproduction, List<Claim> claims, Path page) {
        return JsonDocument.object(
                "id",
                reproduction.id(),
                "size",
                reproduction.size().word(),
                "claims",
                ClaimLines.documents(claims),
                "report",
                page.toString());
    }

    private List<String> arguments() {
        return command.commandLine().getParent().getParseResult().originalArgs();
    }
}
