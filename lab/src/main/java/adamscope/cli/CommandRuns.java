package adamscope.cli;

import adamscope.store.JsonDocument;
import adamscope.store.RunList;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `adamscope runs`: what is in a results folder.
@Command(
        name = "runs",
        description = "List the runs in a folder: kind, optimizer, when it began, whether it came to its end, size.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope runs .")
final class CommandRuns implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Folder of runs (default: runs).")
    private Path folder = Path.of("runs");

    @Mixin
    private JsonOption json;

    CommandRuns(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<RunList.Entry> runs = RunList.of(folder);
        if (json.wanted) {
            console.json(
                    "runs",
                    JsonDocument.object(
                            "runs",
                            runs.stream()
                                    .map(run -> JsonDocument.object(
                                            "folder", run.folder().toString(),
                                            "kind", run.kind(),
                                            "optimizer", run.optimizer(),
                                            "start", run.start(),
                                            "state", run.word(),
                                            "bytes",
                                                    run.bytes().isPresent()
                                                            ? run.bytes().getAsLong()
                                                            : null))
                                    .toList()));
            return ExitCode.DONE;
        }
        if (runs.isEmpty()) {
            console.line("no run in " + folder);
            return ExitCode.DONE;
        }
        int width = runs.stream().mapToInt(run -> run.stateWords().length()).reduce(10, Math::max);
        String row = "%-14s %-18s %-20s %-" + width + "s %9s  %s";
        console.line(String.format(Locale.ROOT, row, "kind", "optimizer", "began", "state", "size", "folder"));
        for (RunList.Entry run : runs) {
            console.line(String.format(
                    Locale.ROOT,
                    row,
                    run.kind(),
                    run.optimizer(),
                    run.start().truncatedTo(ChronoUnit.SECONDS),
                    run.stateWords(),
                    run.size(),
                    run.folder()));
        }
        return ExitCode.DONE;
    }
}
