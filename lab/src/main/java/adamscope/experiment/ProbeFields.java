package adamscope.experiment;

import adamscope.curvature.ProbeSchedule;
import adamscope.training.CurvatureQuestion;
import adamscope.training.DirectionsProbe;
import adamscope.training.ProbePlan;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The key `probe` of a training: a number of steps, or a mapping that says what is measured and when.
final class ProbeFields {
    private static final String STEP_RATIO = "step-ratio";

    private ProbeFields() {}

    /// The plan; empty for the number 0.
    static Optional<ProbePlan> read(Node node) {
        if (node instanceof Node.Scalar(String label, String text)) {
            int every = (int) Decimal.whole(label, text, 0, Integer.MAX_VALUE);
            return every == 0 ? Optional.empty() : Optional.of(ProbePlan.every(every));
        }
        Fields fields = new Fields(ExperimentReader.mapping(node));
        ProbePlan plan = Fields.at(node, () -> plan(fields));
        fields.refuseOthers();
        return Optional.of(plan);
    }

    private static ProbePlan plan(Fields fields) {
        ProbeSchedule standard = ProbeSchedule.STANDARD;
        DirectionsProbe.Choice choice = DirectionsProbe.Choice.STANDARD;
        ProbeSchedule schedule = new ProbeSchedule(
                (int) fields.whole("every", 1, Integer.MAX_VALUE, standard.every()),
                number(fields, "tolerance", standard.tolerance()),
                (int) fields.whole("products", 1, Integer.MAX_VALUE, standard.maxProducts()),
                fields.truth("raw", true),
                dense(fields));
        List<String> words = fields.words("what", ProbeFields::known, List.of("sharpness"));
        int top = (int) fields.whole("top", 1, 1000, choice.top());
        return new ProbePlan(
                schedule,
                words.stream()
                        .flatMap(word -> CurvatureQuestion.find(word).stream())
                        .toList(),
                words.contains(STEP_RATIO),
                new DirectionsProbe.Choice(
                        top,
                        (int) fields.whole("most", 1, 1000, top),
                        (int) fields.whole("batches", 1, Integer.MAX_VALUE, choice.batches()),
                        fields.whole("batch_size", 1, Integer.MAX_VALUE, choice.batchSize())));
    }

    private static String known(String word) {
        if (!word.equals(STEP_RATIO) && CurvatureQuestion.find(word).isEmpty()) {
            List<String> words = new ArrayList<>(CurvatureQuestion.words());
            words.add(STEP_RATIO);
            throw new IllegalArgumentException("'" + word + "' is none of " + words);
        }
        return word;
    }

    private static ProbeSchedule.Dense dense(Fields fields) {
        List<ProbeSchedule.Window> windows = new ArrayList<>();
        fields.find("windows").ifPresent(node -> {
            if (!(node instanceof Node.Sequence(var _, List<Node> items))) {
                throw new IllegalArgumentException(
                        node.label() + " must be a list, such as - {from: 100, to: 200, every: 1}");
            }
            for (Node item : items) {
                Fields window = new Fields(ExperimentReader.mapping(item));
                windows.add(Fields.at(
                        item,
                        () -> new ProbeSchedule.Window(
                                window.whole("from", 1, Long.MAX_VALUE), window.whole("to", 1, Long.MAX_VALUE), (int)
                                        window.whole("every", 1, Integer.MAX_VALUE, 1))));
                window.refuseOthers();
            }
        });
        double rise = number(fields, "loss_rise", Double.POSITIVE_INFINITY);
        double near = number(fields, "near", Double.POSITIVE_INFINITY);
        boolean event = Double.isFinite(rise) || Double.isFinite(near);
        return new ProbeSchedule.Dense(
                windows, rise, near, (int) fields.whole("dense", 0, Integer.MAX_VALUE, event ? 20 : 0));
    }

    private static double number(Fields fields, String key, double standard) {
        return fields.find(key).map(Fields::number).orElse(standard);
    }

    /// The plan as YAML, every key written out; 0 for none.
    static void write(YAMLGenerator yaml, Optional<ProbePlan> plan) throws IOException {
        if (plan.isEmpty()) {
            yaml.writeNumberField("probe", 0);
            return;
        }
        ProbePlan probe = plan.get();
        ProbeSchedule schedule = probe.schedule();
        if (probe.equals(ProbePlan.every(schedule.every()))) {
            yaml.writeNumberField("probe", schedule.every());
            return;
        }
        yaml.writeObjectFieldStart("probe");
        yaml.writeNumberField("every", schedule.every());
        List<String> words = new ArrayList<>(
                probe.what().stream().map(CurvatureQuestion::word).toList());
        if (probe.stepRatio()) {
            words.add(STEP_RATIO);
        }
        yaml.writeArrayFieldStart("what");
        for (String word : words) {
            yaml.writeString(word);
        }
        yaml.writeEndArray();
        number(yaml, "tolerance", schedule.tolerance());
        yaml.writeNumberField("products", schedule.maxProducts());
        yaml.writeBooleanField("raw", schedule.raw());
        yaml.writeNumberField("top", probe.choice().top());
        yaml.writeNumberField("most", probe.choice().most());
        yaml.writeNumberField("batches", probe.choice().batches());
        yaml.writeNumberField("batch_size", probe.choice().batchSize());
        dense(yaml, schedule.dense());
        yaml.writeEndObject();
    }

    private static void dense(YAMLGenerator yaml, ProbeSchedule.Dense dense) throws IOException {
        if (!dense.windows().isEmpty()) {
            yaml.writeArrayFieldStart("windows");
            for (ProbeSchedule.Window window : dense.windows()) {
                yaml.writeStartObject();
                yaml.writeNumberField("from", window.from());
                yaml.writeNumberField("to", window.to());
                yaml.writeNumberField("every", window.every());
                yaml.writeEndObject();
            }
            yaml.writeEndArray();
        }
        number(yaml, "loss_rise", dense.lossRise());
        number(yaml, "near", dense.near());
        yaml.writeNumberField("dense", dense.steps());
    }

    private static void number(YAMLGenerator yaml, String key, double value) throws IOException {
        yaml.writeFieldName(key);
        yaml.writeNumber(ExperimentReader.written(value));
    }
}
