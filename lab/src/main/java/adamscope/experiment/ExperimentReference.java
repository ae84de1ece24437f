package adamscope.experiment;

import adamscope.data.DataSource;
import adamscope.model.ModelSource;
import adamscope.probe.ProbePlan;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.shape.Alternatives;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.training.CheckpointPolicy;

/// The keys of experiment files as Markdown, made of the shapes: `docs/experiments.md`.
public final class ExperimentReference {
    private final StringBuilder text = new StringBuilder();

    private ExperimentReference() {}

    /// The whole page.
    public static String markdown() {
        ExperimentReference page = new ExperimentReference();
        page.text.append("""
            # Keys of experiment files

            Written by `adamscope schema --markdown`. `adamscope schema > experiment.schema.json` is the same for an
            editor: with a line `# yaml-language-server: $schema=experiment.schema.json` on top of a file it
            completes and checks keys. `--set KEY=VALUE` sets a key with a single value. A key without a default is
            needed.

            Every file has `kind`. A file may have a section `full`, the numbers of a paper, which `--full` takes in
            place of those outside it, `medium` likewise by `--size medium`, and a series a section `common`, what its parts share.
            """);
        page.words("## kind: ", Experiment.Kinds.ALL);
        page.words("## model.kind: ", ModelSource.WORDS);
        page.words("## data.source: ", DataSource.WORDS);
        page.words("## schedule: ", Schedule.WORDS);
        page.words("## change: ", Change.WORDS);
        page.table("## probe", ProbePlan.SHAPE);
        page.table("## checkpoint", CheckpointPolicy.SHAPE);
        return page.text.toString();
    }

    private void words(String heading, Alternatives<?> words) {
        words.words().forEach(word -> table(heading + word.word(), word.shape()));
    }

    private void table(String heading, Shape<?> shape) {
        text.append("\n").append(heading).append("\n\n");
        if (shape.keys().isEmpty()) {
            text.append("No further key.\n");
            return;
        }
        text.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Key<?> key : shape.keys()) {
            row(
                    "`" + key.name() + "`",
                    key.form().allowed().words(),
                    key.absent().map(Key.Default::shown).orElse(""),
                    key.meaning());
        }
    }

    private void row(String... cells) {
        text.append("|");
        for (String cell : cells) {
            text.append(" ").append(cell.replace("|", "\\|")).append(" |");
        }
        text.append("\n");
    }
}
