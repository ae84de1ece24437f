package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Reproduction;
import adamscope.paper.Caption;
import adamscope.paper.Effort;
import adamscope.paper.PaperFigures;
import adamscope.paper.PaperIndex;
import adamscope.paper.PaperPage;
import adamscope.report.Claim;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.RunFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.DoubleAdder;
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
            "One id: a run folder with tables, figure and page. Several, or all: a folder for each, and an index page."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope reproduce P1-fig5 --out runs/example")
final class CommandReproduce implements Callable<Integer> {
    private static final String ALL = "all";

    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "What to reproduce, see --list; all: everything.")
    private List<String> ids = List.of();

    @Option(names = "--list", description = "List what there is.")
    private boolean list;

    @Option(names = "--full", description = "The papers' own sizes where the standard ones are smaller.")
    private boolean full;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml",
            description = "The experiment.yaml of an earlier reproduction.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results; has to be new or empty. Without it: a fresh one below runs/.")
    private Path out;

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
        List<Reproduction> chosen = chosen();
        return chosen.size() == 1 ? single(chosen.getFirst()) : several(chosen);
    }

    private int listed() {
        List<Caption> captions = PaperFigures.captions();
        if (json.wanted) {
            console.json(captions.stream()
                    .map(c -> JsonDocument.object("id", c.id(), "source", c.source(), "shows", c.shows()))
                    .toList());
        } else {
            captions.forEach(c -> console.line("%-16s %s".formatted(c.id(), c.source())));
        }
        return ExitCode.DONE;
    }

    private List<Reproduction> chosen() {
        if (file != null) {
            if (!ids.isEmpty() || full) {
                throw new IllegalArgumentException("-c holds id and size; leave out " + (full ? "--full" : ids));
            }
            return List.of(known(ExperimentDraft.read(file).reproduction()));
        }
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("nothing to reproduce: give an ID, all, or --list to see what there is");
        }
        List<String> wanted = ids.contains(ALL)
                ? PaperFigures.captions().stream().map(Caption::id).toList()
                : ids.stream().distinct().toList();
        return wanted.stream().map(id -> known(new Reproduction(id, full))).toList();
    }

    private static Reproduction known(Reproduction reproduction) {
        PaperFigures.find(reproduction.id());
        return reproduction;
    }

    private int single(Reproduction reproduction) {
        ResultStore store = ResultStore.create(out, reproduction, arguments());
        List<Claim> claims = run(store);
        Path page = store.folder().resolve("report.html");
        if (json.wanted) {
            console.json(document(reproduction, claims, page));
        } else {
            lines(claims);
            console.line("report: " + page);
        }
        return ExitCode.DONE;
    }

    private int several(List<Reproduction> chosen) {
        if (out != null) {
            RunFolders.refuseTaken(out);
        }
        Path folder = out != null ? out : RunFolders.freshGroup("reproduce");
        List<PaperIndex.Entry> entries = new ArrayList<>();
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Reproduction reproduction : chosen) {
            Path place = folder.resolve(reproduction.id());
            try {
                List<Claim> claims = run(ResultStore.create(place, reproduction, arguments()));
                entries.add(new PaperIndex.Entry(reproduction.id(), claims, ""));
                documents.add(document(reproduction, claims, place.resolve("report.html")));
                if (!json.wanted) {
                    console.line(reproduction.id());
                    lines(claims);
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
                // one figure that fails must not take the others with it; index and exit code say so
                console.remark(reproduction.id() + " failed: " + said(failure));
                entries.add(new PaperIndex.Entry(reproduction.id(), List.of(), said(failure)));
                documents.add(JsonDocument.object("id", reproduction.id(), "failure", said(failure)));
            }
        }
        Path index = folder.resolve("index.html");
        try {
            Files.writeString(index, PaperIndex.text(entries));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + index, e);
        }
        if (json.wanted) {
            console.json(JsonDocument.object("index", index.toString(), "figures", documents));
        } else {
            console.line("index: " + index);
        }
        return entries.stream().allMatch(e -> e.failure().isEmpty()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// One line; errors of the virtual machine often have no message of their own.
    private static String said(Throwable failure) {
        String message = failure instanceof RuntimeException ? failure.getMessage() : failure.toString();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(failure.toString());
    }

    private List<Claim> run(ResultStore store) {
        Reproduction reproduction = (Reproduction) store.experiment();
        try (Progress progress = console.progress(reproduction.id(), 100, "hundredths")) {
            DoubleAdder share = new DoubleAdder();
            DoubleAdder shown = new DoubleAdder();
            Effort effort = new Effort(
                    reproduction.full(),
                    Runtime.getRuntime().availableProcessors(),
                    more -> {
                        share.add(more);
                        synchronized (shown) {
                            long whole = (long) Math.min(100, 100 * share.sum() - shown.sum());
                            progress.advance(whole);
                            shown.add(whole);
                        }
                    },
                    Thread.currentThread()::isInterrupted);
            return RunReport.claims(PaperPage.run(store, effort));
        }
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
                "full",
                reproduction.full(),
                "claims",
                ClaimLines.documents(claims),
                "report",
                page.toString());
    }

    private List<String> arguments() {
        return command.commandLine().getParent().getParseResult().originalArgs();
    }
}
