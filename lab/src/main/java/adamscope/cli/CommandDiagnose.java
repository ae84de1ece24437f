package adamscope.cli;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.FloatFormat;
import adamscope.diagnosis.Replay;
import adamscope.diagnosis.RunComparison;
import adamscope.experiment.Experiment;
import adamscope.experiment.Setting;
import adamscope.experiment.Simulation;
import adamscope.experiment.Train;
import adamscope.formula.PlainText;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.RunLog;
import adamscope.report.DiagnosedRun;
import adamscope.report.DiagnosisPage;
import adamscope.report.ReportHtml;
import adamscope.run.LogDiagnosis;
import adamscope.run.Replays;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.RunFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
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
            "Reads TensorBoard, W&B, MLflow, CSV, JSON, Parquet, what a trainer prints, and run folders of this"
                    + " program, files or folders, packed or not, at full resolution and without a network."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope diagnose docs/examples/spike.csv \\%n" + "      --hyper lr=0.01,beta1=0.9,beta2=0.999")
final class CommandDiagnose implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Logs: files or folders; - reads standard input, such as what a trainer prints.")
    private List<Path> paths = new ArrayList<>();

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
                            + " repeated. loss=a+b+c is a sum. Usual names are recognised.")
    private List<String> map = new ArrayList<>();

    @Option(
            names = "--optimizer",
            paramLabel = "NAME|FILE",
            description = "The optimizer of the run, of the catalogue or a rule file; default: what the run folder of"
                    + " a simulation or training says, else " + LogDiagnosis.DEFAULT_RULE + ".")
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

    @Option(
            names = "--replay",
            description =
                    "For run folders of simulate, train and import: run again from before the three highest rises with"
                            + " one thing changed each time, and say which changes remove the rise.")
    private boolean replay;

    @Option(
            names = "--measure",
            paramLabel = "N",
            description =
                    "Instead of reading logs, measure this command on N runs of each cause of its labelled corpus, test"
                            + " half: confusion matrix, rises found, early warning.")
    private Integer measure;

    @Option(
            names = "--benchmark",
            paramLabel = "DIR",
            description =
                    "Instead of reading logs, measure this command on the labelled logs of a folder (its labels.yaml):"
                            + " rises found, causes right, wrong and withheld, beside two rules in use.")
    private Path benchmark;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "600",
            description =
                    "Follow logs that grow, and tell a run's diagnosis anew when it changes; ends when nothing was"
                            + " added for SECONDS (default: 600). For event files, CSV, JSON lines and what a trainer"
                            + " prints.")
    private Double watch;

    @Option(
            names = "--against",
            paramLabel = "CALM",
            description =
                    "A run that was calm, to hold the others against: order of the batches, steps of the rises, the"
                            + " first quantity that parts, hyper-parameters that differ. Several PATHs are held against"
                            + " each other without it.")
    private Path against;

    @Mixin
    private JsonOption json;

    private boolean told;

    private Optional<StandardInput> input = Optional.empty();

    CommandDiagnose(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (measure != null || benchmark != null) {
            return measured();
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("PATH is missing; name the file or folder of a log");
        }
        if (against != null && watch != null) {
            throw new IllegalArgumentException("--against does not go with --watch: the run is not over");
        }
        readStandardInput();
        Map<String, Double> given = Setting.values("--hyper", hyper);
        paths.forEach(path -> rule(path).values(given));
        Optional<FloatFormat> format = Optional.ofNullable(dtype).map(FloatFormat::of);
        NameMap names = NameMap.of(map);
        if (out != null) {
            RunFolders.refuseTaken(out);
        }
        List<DiagnosedRun> runs = watch == null
                ? paths.stream()
                        .flatMap(path ->
                                diagnosed(path, names, log -> diagnosed(log, rule(path), given, format)).stream())
                        .toList()
                : watched(log -> diagnosed(log, rule(paths.getFirst()), given, format), names);
        Optional<RunComparison> comparison = compared(runs, names, log -> diagnosed(log, rule(against), given, format));
        runs = comparison.map(applied(runs)).orElse(runs);
        Map<String, Object> document = document(runs, comparison);
        if (json.wanted) {
            console.json("diagnosis", document);
        } else if (watch == null) {
            runs.forEach(this::tell);
            comparison.map(ComparisonPrint::lines).ifPresent(lines -> lines.forEach(console::line));
        }
        if (out != null) {
            write(runs, comparison, document);
            if (!json.wanted) {
                console.line("");
                console.line("page: " + out.resolve("report.html"));
            }
        }
        return ExitCode.DONE;
    }

    /// Runs of several paths held against each other, or against a calm one.
    private Optional<RunComparison> compared(
            List<DiagnosedRun> runs, NameMap names, Function<RunLog, Diagnosis> diagnosing) {
        List<Diagnosis> diagnoses = runs.stream().map(DiagnosedRun::diagnosis).toList();
        if (against == null) {
            return watch == null && paths.size() > 1 && runs.size() > 1 && runs.size() <= RunComparison.MOST
                    ? Optional.of(RunComparison.of(diagnoses))
                    : Optional.empty();
        }
        List<RunLog> calm = LogReader.read(against, names);
        if (calm.size() != 1) {
            throw new IllegalArgumentException(
                    "--against " + against + " holds " + calm.size() + " runs, one is needed");
        }
        return Optional.of(RunComparison.against(diagnoses, diagnosing.apply(calm.getFirst())));
    }

    private static Function<RunComparison, List<DiagnosedRun>> applied(List<DiagnosedRun> runs) {
        return comparison -> {
            List<Diagnosis> applied = comparison.applied(
                    runs.stream().map(DiagnosedRun::diagnosis).toList());
            return IntStream.range(0, runs.size())
                    .mapToObj(i -> new DiagnosedRun(applied.get(i), runs.get(i).replays()))
                    .toList();
        };
    }

    private static Map<String, Object> document(List<DiagnosedRun> runs, Optional<RunComparison> comparison) {
        Object all = runs.stream().map(DiagnosisPrint::json).toList();
        return comparison.isEmpty()
                ? JsonDocument.object("runs", all)
                : JsonDocument.object("runs", all, "comparison", ComparisonPrint.json(comparison.get()));
    }

    /// Puts the file that standard input is held in where `-` stands.
    private void readStandardInput() {
        int place = paths.indexOf(Path.of(StandardInput.NAME));
        if (place < 0) {
            return;
        }
        if (paths.lastIndexOf(Path.of(StandardInput.NAME)) != place) {
            throw new IllegalArgumentException("- is named twice; standard input can be read once");
        }
        input = Optional.of(watch == null ? StandardInput.read(System.in) : StandardInput.follow(System.in));
        paths = new ArrayList<>(paths);
        paths.set(place, input.get().file());
    }

    private OptimizerRule rule(Path path) {
        if (optimizer == null && Files.isRegularFile(path.resolve("experiment.yaml"))) {
            Experiment experiment = ResultStore.of(path).experiment();
            if (experiment instanceof Simulation simulation) {
                return simulation.optimizer().rule();
            }
            if (experiment instanceof Train train) {
                return train.training().tuned().rule();
            }
        }
        return Catalogue.find(optimizer == null ? LogDiagnosis.DEFAULT_RULE : optimizer);
    }

    private List<DiagnosedRun> diagnosed(Path path, NameMap names, Function<RunLog, Diagnosis> diagnosing) {
        List<Replay> replays = replay ? new Replays(console).of(path) : List.of();
        return LogReader.read(path, names).stream()
                .map(log -> new DiagnosedRun(diagnosing.apply(log).decidedBy(replays), replays))
                .toList();
    }

    private List<DiagnosedRun> watched(Function<RunLog, Diagnosis> diagnosing, NameMap names) {
        if (replay) {
            throw new IllegalArgumentException("--replay does not go with --watch: the run is not over");
        }
        Consumer<Diagnosis> telling = diagnosis -> tell(new DiagnosedRun(diagnosis, List.of()));
        Consumer<String> warning = json.wanted ? _ -> {} : console::line;
        return new DiagnosisWatch(diagnosing, telling, warning)
                        .follow(
                                paths,
                                names,
                                idle(),
                                () -> paths.size() == 1
                                        && input.filter(StandardInput::over).isPresent())
                        .stream()
                        .map(diagnosis -> new DiagnosedRun(diagnosis, List.of()))
                        .toList();
    }

    private void tell(DiagnosedRun run) {
        if (json.wanted) {
            return;
        }
        if (told) {
            console.line("");
        }
        told = true;
        DiagnosisPrint.lines(run.diagnosis()).forEach(console::line);
        if (replay) {
            ReplayPrint.lines(run.replays()).forEach(console::line);
        }
    }

    private Duration idle() {
        if (!(watch > 0 && watch <= 1e6)) {
            throw new IllegalArgumentException(
                    "--watch " + new PlainText().number(watch) + " is outside (0, 1e6]; it is in seconds");
        }
        return Duration.ofMillis(Math.round(watch * 1000));
    }

    private Diagnosis diagnosed(
            RunLog log, OptimizerRule rule, Map<String, Double> given, Optional<FloatFormat> format) {
        return new LogDiagnosis(rule, optimizer != null, given, format).of(log);
    }

    private int measured() {
        if (!paths.isEmpty() || json.wanted || out != null || watch != null || replay || against != null) {
            throw new IllegalArgumentException(
                    "--measure and --benchmark go without PATH, --json, --out, --watch," + " --replay and --against");
        }
        if (measure != null && benchmark != null) {
            throw new IllegalArgumentException("--measure goes without --benchmark");
        }
        (measure != null
                        ? DiagnosisMeasure.ofCorpus(measure)
                        : DiagnosisMeasure.of(
                                benchmark,
                                NameMap.of(map),
                                (log, path) -> diagnosed(
                                        log,
                                        rule(path),
                                        Setting.values("--hyper", hyper),
                                        Optional.ofNullable(dtype).map(FloatFormat::of))))
                .forEach(console::line);
        return ExitCode.DONE;
    }

    private void write(List<DiagnosedRun> runs, Optional<RunComparison> comparison, Map<String, Object> document) {
        OutFolder.write(out, folder -> {
            OutFolder.write(folder, "report.html", ReportHtml.text(DiagnosisPage.of(runs, comparison)));
            OutFolder.write(
                    folder, ResultStore.DIAGNOSIS, JsonDocument.text(JsonDocument.named("diagnosis", document)) + "\n");
        });
    }
}
