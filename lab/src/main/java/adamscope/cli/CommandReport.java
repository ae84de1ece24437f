package adamscope.cli;

import adamscope.experiment.Reproduction;
import adamscope.paper.PaperPage;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `adamscope report DIR`: figures and report of a finished run, drawn again from its tables.
@Command(
        name = "report",
        description = "Draw the figures and the report of a finished run again, from its tables.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope report runs/example")
final class CommandReport implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "A run folder.")
    private Path folder;

    @Mixin
    private JsonOption json;

    CommandReport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ResultStore store = ResultStore.open(folder);
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
}
