package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Setting;
import adamscope.experiment.Shipped;
import adamscope.experiment.Train;
import adamscope.run.Finding;
import adamscope.run.Run;
import adamscope.run.TrainingRun;
import adamscope.shape.Decimal;
import adamscope.store.JsonDocument;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.store.RunFolders;
import adamscope.text.Shell;
import adamscope.training.CheckpointFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "The outcome is done, reached-loss, diverged or interrupted; an interrupted run ends with a checkpoint, and"
                    + " exit code 130 after Ctrl-C, 75 after SIGTERM, SIGUSR1 or --until."
        },
        footerHeading = "%nExample (full-batch Adam with spikes, Ma, Wu & E 2022, Fig. 1, shorter):%n",
        footer = "  adamscope train -c P2-fig1 --part regression-1 --set steps=50 --out runs/a")
final class CommandTrain implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml|NAME",
            description = "Read the experiment from a file of kind train, or one of --list; other options override it.")
    private String config;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private DataOption data;

    @Option(names = "--part", paramLabel = "NAME", description = "One experiment of a series alone.")
    private String part;

    @Mixin
    private SizeOption size;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with what is in this folder, from its newest checkpoint; --set steps=N or stop_loss=X"
                    + " prolongs it, also when it is complete.")
    private Path resume;

    @Option(names = "--list", description = "List what there is: the experiments that ship with the program.")
    private boolean list;

    @Mixin
    private UntilOption until;

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
        until.begin(console.interruption());
        ResultStore store = resume == null ? out.create(console, experiment()) : resumed();
        Finding found = resume == null ? Run.begin(store, console) : Run.resume(store, console);
        if (json.wanted) {
            console.json(store.experiment().kind(), found.document(store.folder()));
        } else {
            found.lines().forEach(console::line);
            if (!found.interrupted()) {
                console.line("report: " + store.folder().resolve("report.html"));
            }
        }
        return found.interrupted() ? console.interruption().code() : ExitCode.DONE;
    }

    private Integer listed() {
        if (json.wanted) {
            console.json("trainings", JsonDocument.object("trainings", Shipped.all()));
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
        boolean shipped = !Files.exists(file) && Shipped.isFigure(config);
        if (!shipped && !Files.exists(file)) {
            Shipped.meant(config).ifPresent(id -> {
                throw new IllegalArgumentException("there is no file " + config + "; " + id + " ships: train -c " + id
                        + ", or one of its trainings alone with --part NAME");
            });
        }
        ExperimentDraft draft = shipped ? Shipped.draft(config) : ExperimentDraft.read(file);
        Experiment experiment = draft.size(size.chosen())
                .part(part)
                .data(data.given)
                .optimizer(rule.optimizer)
                .set(rule.settings)
                .trainings();
        if (shipped) {
            Shipped.refuseLacking(experiment);
        }
        return experiment;
    }

    private ResultStore resumed() {
        if (out.folder != null) {
            throw new IllegalArgumentException("--resume goes on in its own folder; leave --out away");
        }
        ResultStore there = ResultStore.of(resume);
        List<String> arguments = command.commandLine().getParseResult().originalArgs();
        boolean changed = !rule.settings.isEmpty()
                || rule.optimizer != null
                || config != null
                || part != null
                || size.isGiven()
                || data.isGiven();
        if (!(there.experiment() instanceof Train || there.experiment() instanceof Series)) {
            throw new IllegalArgumentException(there.folder() + " holds an experiment of kind "
                    + there.experiment().kind() + ", no training");
        }
        Experiment asked = changed ? asked(there.experiment()) : there.experiment();
        if (!same(asked, there)) {
            throw new IllegalArgumentException("--resume " + resume
                    + ": this is another experiment than the one the run began with; only steps and stop_loss may"
                    + " change, leave -c and --set of others away");
        }
        refuseEnded(there, asked);
        if (asked instanceof Train train
                && there.experiment() instanceof Train begun
                && !train.training().ending().equals(begun.training().ending())) {
            return prolonged(train, arguments);
        }
        refuseComplete(there);
        return ResultStore.resume(resume, arguments);
    }

    private Experiment asked(Experiment begun) {
        if (config != null) {
            return experiment();
        }
        if (rule.optimizer != null || size.isGiven() || data.isGiven() || !(begun instanceof Train train)) {
            throw new IllegalArgumentException("--resume " + resume
                    + ": a run goes on with the experiment it began with; leave --set, --optimizer, --data and --full"
                    + " away");
        }
        return train.with(Setting.values(rule.settings));
    }

    /// Refuses what no more steps change: a run that diverged, or that reached the loss at which it still is to end.
    private static void refuseEnded(ResultStore store, Experiment asked) {
        if (!(store.experiment() instanceof Train begun && asked instanceof Train train)
                || !(Provenance.results(store.folder()).get("") instanceof Map<?, ?> found)) {
            return;
        }
        String end = store.folder() + " holds a run that %s at step " + found.get("steps") + "; ";
        if ("diverged".equals(found.get("outcome"))) {
            RunFolders.tidy(store.folder());
            throw new IllegalArgumentException(String.format(Locale.ROOT, end, "diverged")
                    + "nothing goes on from there; begin another with other values: "
                    + Shell.call("train", "-c", store.folder().resolve("experiment.yaml"), "--set", "lr=VALUE"));
        }
        double loss = begun.training().ending().loss();
        if ("reached-loss".equals(found.get("outcome"))
                && train.training().ending().loss() >= loss) {
            RunFolders.tidy(store.folder());
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, end, "reached stop_loss = " + Decimal.written(loss))
                            + "to go on below it: "
                            + Shell.call("train", "--resume", store.folder(), "--set", "stop_loss=X"));
        }
    }

    private static void refuseComplete(ResultStore store) {
        if (store.provenance().complete() && store.experiment() instanceof Train train) {
            RunFolders.tidy(store.folder());
            throw new IllegalArgumentException(store.folder() + " holds a run that is complete, with steps = "
                    + train.training().ending().steps() + "; to prolong it: "
                    + Shell.call("train", "--resume", store.folder(), "--set", "steps=N") + " (or stop_loss=X)");
        }
    }

    /// The same run with a later end, or an earlier one that it has not reached yet.
    private ResultStore prolonged(Train asked, List<String> arguments) {
        List<Long> kept = CheckpointFolder.steps(TrainingRun.checkpoints(resume, ""));
        if (!kept.isEmpty() && asked.training().ending().steps() < kept.getLast()) {
            throw new IllegalArgumentException("--resume " + resume + ": steps = "
                    + asked.training().ending().steps() + ", but the run has made " + kept.getLast() + " already");
        }
        return ResultStore.prolong(resume, asked, arguments);
    }

    /// Checkpoints may be taken at other times, and the end may be another; nothing else may differ.
    private static boolean same(Experiment asked, ResultStore store) {
        return asked instanceof Train train && store.experiment() instanceof Train begun
                ? train.digest(store.folder()).equals(begun.digest(store.folder()))
                : ExperimentText.write(asked).equals(ExperimentText.write(store.experiment()));
    }
}
