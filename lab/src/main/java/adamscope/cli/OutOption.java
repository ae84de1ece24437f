package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.store.ResultStore;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `--out DIR`: the run folder.
final class OutOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run folder, with table, figures and report; new or empty. Without it simulate and flow only"
                    + " print, other commands make a fresh one below runs/.")
    Path folder;

    /// A store in that folder, or in a fresh one below `runs/`; to be called before any work. From here on there is
    /// something to go on with, which a scheduler may ask for.
    ResultStore create(Console console, Experiment experiment) {
        console.hearScheduler();
        return ResultStore.create(
                folder, experiment, command.commandLine().getParseResult().originalArgs());
    }

    /// A store in that folder that other files are put into first, see [ResultStore#fill].
    ResultStore fill(Experiment experiment, Map<String, Object> facts, Runnable filling) {
        return ResultStore.fill(
                folder, experiment, command.commandLine().getParseResult().originalArgs(), facts, filling);
    }
}
