package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Train;
import adamscope.run.Finding;
import adamscope.run.Run;
import adamscope.store.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `adamscope train`: any model of the papers by any rule.
@Command(
        name = "train",
        description = {
            "Train a network on data by an optimizer, measured at every step, and keep checkpoints from which it goes"
                    + " on to the same bits.",
            "-c takes a file or a name of --list. --set takes hyper-parameters and the keys of the experiment with a"
                    + " single value, such as steps, batch, seed or stop_loss.",
            "The outcome is done, reached-loss, diverged or interrupted; an interrupted run ends with exit code 1 and a"
                    + " checkpoint."
        },
        footerHeading = "%nExample (full-batch Adam with spikes, paper 2, Fig. 1 right, shorter):%n",
        footer = "  adamscope train -c p2-fig1-right --set steps=200 --out runs/p2-fig1-right")
final class CommandTrain implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml|NAME",
            description = "The experiment, of kind train; other options override it.")
    private String config;

    @Mixin
    private RuleOptions rule;

    @Option(
            names = "--data",
            paramLabel = "FILE.yaml",
            description = "Other samples: a file with the fields of the section data, such as source: cifar-10.")
    private Path data;

    @Option(names = "--full", description = "Take the numbers of the section full: those of the paper.")
    private boolean full;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the run in this folder from its newest checkpoint.")
    private Path resume;

    @Option(names = "--list", description = "List the experiments that ship with the program.")
    private boolean list;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandTrain(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (list) {
            return listed();
        }
        ResultStore store = resume == null ? out.create(experiment()) : resumed();
        Finding found;
        try (Interruption interruption = new Interruption(console)) {
            found = resume == null ? Run.begin(store, interruption) : Run.resume(store, interruption);
        }
        if (json.wanted) {
            console.json(found.document(store.folder()));
        } else {
            FindingLines.of(store.experiment(), found).forEach(console::line);
            if (!found.interrupted()) {
                console.line("report: " + store.folder().resolve("report.html"));
            }
        }
        return found.interrupted() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private Integer listed() {
        if (json.wanted) {
            console.json(Shipped.all());
        } else {
            Shipped.all().forEach((name, about) -> console.line(String.format(Locale.ROOT, "%-22s %s", name, about)));
        }
        return ExitCode.DONE;
    }

    private Experiment experiment() {
        if (config == null) {
            throw new IllegalArgumentException("-c is missing: name an experiment file, or one of "
                    + Shipped.all().keySet());
        }
        Path file = Path.of(config);
        ExperimentDraft draft =
                !Files.exists(file) && Shipped.has(config) ? Shipped.draft(config) : ExperimentDraft.read(file);
        return draft.full(full)
                .data(data)
                .optimizer(rule.optimizer)
                .set(rule.settings)
                .trainings();
    }

    private ResultStore resumed() {
        if (out.folder != null) {
            throw new IllegalArgumentException("--resume goes on in its own folder; leave --out away");
        }
        ResultStore store = ResultStore.resume(
                resume, command.commandLine().getParseResult().originalArgs());
        boolean changed = !rule.settings.isEmpty() || rule.optimizer != null || config != null || full || data != null;
        if (!(store.experiment() instanceof Train || store.experiment() instanceof Series)) {
            throw new IllegalArgumentException(store.folder() + " holds an experiment of kind "
                    + store.experiment().kind() + ", no training");
        }
        if (changed && config != null && !same(experiment(), store)) {
            throw new IllegalArgumentException("--resume " + resume
                    + ": this is another experiment than the one the run began with; leave -c and --set away");
        }
        if (changed && config == null) {
            throw new IllegalArgumentException("--resume " + resume
                    + ": a run goes on with the experiment it began with; leave --set, --optimizer and --full away");
        }
        return store;
    }

    /// Checkpoints may be taken at other times; nothing else may differ.
    private static boolean same(Experiment asked, ResultStore store) {
        return asked instanceof Train train && store.experiment() instanceof Train begun
                ? train.digest(store.folder()).equals(begun.digest(store.folder()))
                : ExperimentText.write(asked).equals(ExperimentText.write(store.experiment()));
    }
}
