package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `-c FILE.yaml` with what overrides it: `--optimizer` and `--set`.
final class ExperimentOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE.yaml",
            description = "Read the experiment from a file, such as the experiment.yaml of a run folder; other options"
                    + " override it.")
    Path file;

    @Mixin
    RuleOptions rule;

    /// The experiment so far: of the file, or of that kind, with the optimizer and its values as the options say.
    ExperimentDraft draft(String kind) {
        ExperimentDraft draft = file == null ? ExperimentDraft.of(kind) : ExperimentDraft.read(file);
        return draft.optimizer(rule.optimizer).set(rule.settings);
    }
}
