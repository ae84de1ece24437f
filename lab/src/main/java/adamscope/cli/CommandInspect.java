package adamscope.cli;

import adamscope.diagnosis.FloatFormat;
import adamscope.exchange.StateRules;
import adamscope.experiment.Setting;
import adamscope.inspection.OptimizerState;
import adamscope.inspection.ParameterState;
import adamscope.inspection.PostMortem;
import adamscope.optimizer.Catalogue;
import adamscope.report.InspectionPage;
import adamscope.report.ReportHtml;
import adamscope.run.InspectedFiles;
import adamscope.run.Progress;
import adamscope.store.JsonDocument;
import adamscope.store.RunFolders;
import adamscope.store.TableFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope inspect`: what is wrong with a checkpoint.
@Command(
        name = "inspect",
        description = {
            "Look into a checkpoint of parameters and optimizer state, of PyTorch or of this program: lost, rounded,"
                    + " mixed-up or impossible numbers, each with its tensor and the inequality it rests on.",
            "Reads safetensors, what torch.save wrote (no code of it runs), folders of torch.distributed.checkpoint and"
                    + " of Hugging Face's trainer, and runs of this program. Every number is read once, however large"
                    + " the files."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope inspect docs/examples/pytorch/state.safetensors")
final class CommandInspect implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CHECKPOINT", description = "A file or folder.")
    private Path checkpoint;

    @Option(
            names = "--against",
            paramLabel = "EARLIER",
            description = "An earlier checkpoint of the same run: v and m are held against what the steps in between"
                    + " allow.")
    private Path against;

    @Option(
            names = "--hyper",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Hyper-parameters of the run, such as lr=3e-4,beta1=0.9,beta2=0.95,eps=1e-8; may be repeated."
                    + " They go before those of the file.")
    private List<String> hyper = new ArrayList<>();

    @Option(
            names = "--dtype",
            paramLabel = "FORMAT",
            description =
                    "Number format of optimizer states, in which they will go on, if not that of the file: float64,"
                            + " float32, bfloat16, float16, float8_e4m3, float8_e5m2. What it would lose is told.")
    private String dtype;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for a page with a figure, the JSON document and the tables findings and layers, which"
                    + " query reads; has to be new or empty.")
    private Path out;

    @Mixin
    private JsonOption json;

    CommandInspect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, Double> given = Setting.values("--hyper", hyper);
        Catalogue.shipped("adam").values(given);
        Optional<FloatFormat> format = Optional.ofNullable(dtype).map(FloatFormat::of);
        if (out != null) {
            RunFolders.refuseTaken(out);
        }
        PostMortem inspection = inspection(given, format);
        Map<String, Object> document = InspectionPrint.json(inspection);
        if (json.wanted) {
            console.json(InspectionPrint.SCHEMA, document);
        } else {
            InspectionPrint.lines(inspection).forEach(console::line);
        }
        if (out != null) {
            Map<String, String> texts = Map.of(
                    "report.html",
                    ReportHtml.text(InspectionPage.of(inspection)),
                    "inspection.json",
                    JsonDocument.text(JsonDocument.named(InspectionPrint.SCHEMA, document)) + "\n");
            OutFolder.write(out, folder -> TableFolder.write(folder, InspectionPage.tables(inspection), texts));
            if (!json.wanted) {
                console.line("");
                console.line("page: " + out.resolve("report.html"));
            }
        }
        return ExitCode.DONE;
    }

    private PostMortem inspection(Map<String, Double> given, Optional<FloatFormat> format) {
        BooleanSupplier stopping = console.stopping();
        try (InspectedFiles now = InspectedFiles.open(checkpoint);
                InspectedFiles before = against == null ? null : InspectedFiles.open(against)) {
            OptimizerState state = with(now.state(), given);
            try (Progress progress = console.progress("reading", state.numbers(), "numbers")) {
                return PostMortem.of(
                        state,
                        Optional.ofNullable(before).map(files -> with(files.state(), given)),
                        format,
                        numbers -> {
                            progress.advance(numbers);
                            if (stopping.getAsBoolean()) {
                                throw new CancellationException();
                            }
                        });
            }
        }
    }

    private static OptimizerState with(OptimizerState state, Map<String, Double> given) {
        return given.isEmpty()
                ? state
                : new OptimizerState(
                        state.source(),
                        state.parameters().stream()
                                .map(each -> new ParameterState(
                                        each.name(),
                                        each.tensors(),
                                        each.step(),
                                        each.hasState() ? StateRules.with(each.rule(), given) : each.rule()))
                                .toList(),
                        state.remarks());
    }
}
