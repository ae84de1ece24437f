package adamscope.cli;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.NumberFormat;
import adamscope.experiment.Setting;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.RunLog;
import adamscope.report.DiagnosisPage;
import adamscope.report.ReportHtml;
import adamscope.store.JsonDocument;
import adamscope.store.RunFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

/// `adamscope diagnose`: why a run spiked, from its log.
@Command(
        name = "diagnose",
        description = {
            "Say what a training run did, from its log: where the loss rose, the suspects with the inequality that"
                    + " each rests on and its measured sides, what speaks for and against, and what to change to which"
                    + " value.",
            "Reads TensorBoard, W&B, MLflow, CSV, JSON lines, Parquet and run folders of this program, files or"
                    + " folders, at full resolution and without a network."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope diagnose docs/examples/spike.csv --hyper lr=0.01,beta1=0.9,beta2=0.999")
final class CommandDiagnose implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Logs: files or folders.")
    private List<Path> paths;

    @Option(
            names = "--hyper",
            paramLabel = "NAME=VALUE",
            split = ",",
            description =
                    "Hyper-parameters of the run, such as lr=3e-4,beta1=0.9,beta2=0.95; may be repeated. Those that the"
                            + " log holds need not be named.")
    private List<String> hyper = new ArrayList<>();

    @Option(
            names = "--map",
            paramLabel = "QUANTITY=NAME",
            split = ",",
            description =
                    "Which series of the log is which quantity, such as loss=train/xent or gradientNorm=gnorm; may be"
                            + " repeated. Usual names are recognised.")
    private List<String> map = new ArrayList<>();

    @Option(
            names = "--optimizer",
            paramLabel = "NAME|FILE",
            defaultValue = "adam",
            description = "The optimizer of the run, of the catalogue or a rule file (standard: ${DEFAULT-VALUE}).")
    private String optimizer;

    @Option(
            names = "--dtype",
            paramLabel = "FORMAT",
            description = "Number format of optimizer states: float64, float32, bfloat16, float16.")
    private String dtype;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for a page with annotated curves and for the JSON document; has to be new or empty.")
    private Path out;

    @Mixin
    private JsonOption json;

    CommandDiagnose(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptimizerRule rule = Catalogue.find(optimizer);
        Map<String, Double> given = Setting.values(hyper);
        rule.values(given);
        Optional<NumberFormat> format = Optional.ofNullable(dtype).map(NumberFormat::of);
        NameMap names = NameMap.of(map);
        if (out != null) {
            RunFolders.refuseTaken(out);
        }
        List<Diagnosis> runs = new ArrayList<>();
        for (Path path : paths) {
            for (RunLog log : LogReader.read(path, names)) {
                runs.add(diagnosed(log, rule, given, format));
            }
        }
        Object document = runs.size() == 1
                ? DiagnosisPrint.json(runs.getFirst())
                : JsonDocument.object(
                        "runs", runs.stream().map(DiagnosisPrint::json).toList());
        if (json.wanted) {
            console.json(document);
        } else {
            for (int i = 0; i < runs.size(); i++) {
                if (i > 0) {
                    console.line("");
                }
                DiagnosisPrint.lines(runs.get(i)).forEach(console::line);
            }
        }
        if (out != null) {
            write(runs, document);
            if (!json.wanted) {
                console.line("");
                console.line("page: " + out.resolve("report.html"));
            }
        }
        return ExitCode.DONE;
    }

    private static Diagnosis diagnosed(
            RunLog log, OptimizerRule rule, Map<String, Double> given, Optional<NumberFormat> format) {
        Map<String, Double> all = new LinkedHashMap<>(log.hyper());
        all.putAll(given);
        RunLog known = new RunLog(log.name(), log.table(), all, log.remarks());
        return Diagnosis.of(known, Circumstances.of(known, rule, format));
    }

    private void write(List<Diagnosis> runs, Object document) {
        try {
            Files.createDirectories(out);
            Files.writeString(out.resolve("report.html"), ReportHtml.text(DiagnosisPage.of(runs)));
            Files.writeString(out.resolve("diagnosis.json"), JsonDocument.text(document) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
        }
    }
}
