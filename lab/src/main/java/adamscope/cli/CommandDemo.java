package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.run.Finding;
import adamscope.run.Run;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.web.ExplorerPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope demo`: the main job on shipped real data.
@Command(
        name = "demo",
        description = {
            "One rule, Adam without bias correction, from end to end: its phase diagram on x^4/4 against theory, a run"
                    + " in each regime, and the training of a network on 1,000 Fashion-MNIST images with its"
                    + " preconditioned sharpness watched. Ends with a report and the explorer."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope demo --out runs/demo")
final class CommandDemo implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml",
            description = "Read the experiment from a file, such as the experiment.yaml of an earlier demo.")
    private Path file;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandDemo(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Experiment demo = file == null
                ? shipped()
                : adamscope.experiment.ExperimentDraft.read(file).experiment();
        ResultStore store = out.create(console, demo);
        Finding found = Run.begin(store, console);
        if (found.interrupted()) {
            return console.interruption().code();
        }
        ExplorerPage.writeInto(store);
        Report page = RunReport.read(store, console.judge());
        RunReport.writePage(store, page);
        List<Claim> claims = RunReport.claims(page);
        Path report = store.folder().resolve("report.html");
        if (json.wanted) {
            console.json(
                    "demo",
                    JsonDocument.object(
                            "parts",
                            found.parts(store.folder()),
                            "claims",
                            ClaimLines.documents(claims),
                            "report",
                            report.toString()));
        } else {
            found.lines().forEach(console::line);
            ClaimLines.of(claims).forEach(console::line);
            console.line("report: " + report);
        }
        return ExitCode.DONE;
    }

    private static Experiment shipped() {
        try (InputStream text = CommandDemo.class.getResourceAsStream("demo.yaml")) {
            return ExperimentText.read("demo.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
