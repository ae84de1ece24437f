package adamscope.cli;

import adamscope.experiment.ExperimentReference;
import adamscope.experiment.ExperimentSchema;
import adamscope.store.JsonDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope schema`: what may stand in experiment files.
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of experiment files. An editor with a YAML server completes and checks keys by it,"
                    + " where a file begins with",
            "# yaml-language-server: $schema=experiment.schema.json"
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope schema")
final class CommandSchema implements Callable<Integer> {
    private final Console console;

    @Option(names = "--markdown", description = "The same as tables for a person: docs/experiments.md.")
    private boolean markdown;

    @Mixin
    private JsonOption json;

    CommandSchema(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (markdown && !json.wanted) {
            console.out().print(ExperimentReference.markdown());
        } else {
            console.out().println(JsonDocument.text(ExperimentSchema.document()));
        }
        return ExitCode.DONE;
    }
}
