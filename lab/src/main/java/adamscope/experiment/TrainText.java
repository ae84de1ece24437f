package adamscope.experiment;

import adamscope.optimizer.HyperParameter;
import adamscope.training.Change;
import adamscope.training.CheckpointFolder;
import adamscope.training.GradientChanges;
import adamscope.training.Schedule;
import adamscope.training.Training;
import adamscope.training.TunedSchedule;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An experiment of kind `train` as YAML, for [ExperimentText].
///
/// @param folder of the file: paths of what lies in it are written relative to it, others whole
record TrainText(YAMLGenerator yaml, Optional<Path> folder) {

    private String near(String path) {
        return folder.map(inside -> inside.toAbsolutePath().normalize() + "/")
                .filter(path::startsWith)
                .map(inside -> path.substring(inside.length()))
                .orElse(path);
    }

    void write(Train train) throws IOException {
        Training training = train.training();
        yaml.writeObjectFieldStart("model");
        yaml.writeStringField("kind", train.task().model().kind());
        for (Map.Entry<String, String> setting : train.task().model().settings().entrySet()) {
            yaml.writeStringField(setting.getKey(), near(setting.getValue()));
        }
        yaml.writeEndObject();
        if (train.task().data().isPresent()) {
            yaml.writeObjectFieldStart("data");
            for (Map.Entry<String, Object> field :
                    DataFields.words(train.task().data().get()).entrySet()) {
                if (field.getValue() instanceof List<?> items) {
                    yaml.writeArrayFieldStart(field.getKey());
                    for (Object item : items) {
                        yaml.writeString(near(item.toString()));
                    }
                    yaml.writeEndArray();
                } else {
                    yaml.writeStringField(field.getKey(), near(field.getValue().toString()));
                }
            }
            yaml.writeEndObject();
        }
        if (train.task().loss().isPresent()) {
            yaml.writeStringField("loss", train.task().loss().get().word());
        }
        optimizer(training.tuned());
        yaml.writeNumberField("steps", training.ending().steps());
        number("stop_loss", training.ending().loss());
        number("diverged_loss", training.ending().bound());
        if (training.batching().size() > 0) {
            yaml.writeNumberField("batch", training.batching().size());
        } else {
            yaml.writeStringField("batch", "full");
        }
        yaml.writeNumberField("micro_batch", training.batching().micro());
        gradient(training.gradient());
        changes(training);
        ProbeFields.write(yaml, train.probe());
        if (train.layers() == Training.Watch.LAYERS_BY_COST) {
            yaml.writeStringField("layers", TrainFields.AUTO);
        } else {
            yaml.writeNumberField("layers", train.layers());
        }
        checkpoints(train.checkpoints());
        settings(training.run());
    }

    private void optimizer(TunedSchedule tuned) throws IOException {
        yaml.writeObjectFieldStart("optimizer");
        if (new TunedRule(tuned.rule(), Map.of()).shipped()) {
            yaml.writeStringField("name", tuned.rule().name());
        } else {
            yaml.writeStringField("rule", tuned.rule().text());
        }
        for (HyperParameter hyper : tuned.rule().hyperParameters()) {
            schedule(hyper.name(), tuned.schedules().get(hyper.name()));
        }
        yaml.writeEndObject();
    }

    private void schedule(String name, Schedule schedule) throws IOException {
        if (schedule instanceof Schedule.Constant(double value)) {
            number(name, value);
            return;
        }
        yaml.writeObjectFieldStart(name);
        switch (schedule) {
            case Schedule.Warmup(long steps, Schedule after) -> {
                fields(after);
                // The other decay by the inverse root names its warm-up itself.
                if (!(after instanceof Schedule.InverseSquareRoot)) {
                    yaml.writeNumberField("warmup", steps);
                }
            }
            case Schedule.Constant _,
                    Schedule.InverseSquareRoot _,
                    Schedule.Cosine _,
                    Schedule.Steps _,
                    Schedule.Exponential _,
                    Schedule.Linear _,
                    Schedule.Rate _ -> fields(schedule);
        }
        yaml.writeEndObject();
    }

    private void fields(Schedule schedule) throws IOException {
        switch (schedule) {
            case Schedule.Constant(double value) -> {
                yaml.writeStringField("schedule", "constant");
                number("value", value);
            }
            case Schedule.InverseSquareRoot(double peak, long steps) -> {
                yaml.writeStringField("schedule", "inverse-square-root");
                number("value", peak);
                yaml.writeNumberField("warmup", steps);
            }
            case Schedule.Cosine(double begin, double end, long steps) -> between("cosine", begin, end, steps);
            case Schedule.Linear(double begin, double end, long steps) -> between("linear", begin, end, steps);
            case Schedule.Steps(double begin, double factor, long every) -> {
                yaml.writeStringField("schedule", "steps");
                number("value", begin);
                number("factor", factor);
                yaml.writeNumberField("every", every);
            }
            case Schedule.Exponential(double begin, double factor) -> {
                yaml.writeStringField("schedule", "exponential");
                number("value", begin);
                number("factor", factor);
            }
            case Schedule.Rate(double rate) -> {
                yaml.writeStringField("schedule", "rate");
                number("rate", rate);
            }
            case Schedule.Warmup _ -> throw new IllegalArgumentException("a warm-up of a warm-up cannot be written");
        }
    }

    private void between(String word, double begin, double end, long steps) throws IOException {
        yaml.writeStringField("schedule", word);
        number("value", begin);
        number("end", end);
        yaml.writeNumberField("steps", steps);
    }

    private void gradient(GradientChanges gradient) throws IOException {
        number("noise", gradient.noise());
        number("clip", gradient.clip());
        number("decay", gradient.weightDecay());
        yaml.writeBooleanField("decoupled", gradient.decoupled());
    }

    private void changes(Training training) throws IOException {
        if (training.changes().isEmpty()) {
            return;
        }
        yaml.writeArrayFieldStart("changes");
        for (Change change : training.changes()) {
            yaml.writeStartObject();
            yaml.writeNumberField("at", change.at());
            switch (change) {
                case Change.Freeze _ -> yaml.writeStringField("freeze", "preconditioner");
                case Change.Clear(var _, String state) -> yaml.writeStringField("clear", state);
                case Change.Floor(var _, String state) -> yaml.writeStringField("floor", state);
                case Change.Skip _ -> yaml.writeStringField("skip", "step");
                case Change.Retune(var _, Map<String, Schedule> schedules) -> {
                    yaml.writeObjectFieldStart("set");
                    for (String name : schedules.keySet().stream().sorted().toList()) {
                        schedule(name, schedules.get(name));
                    }
                    yaml.writeEndObject();
                }
            }
            yaml.writeEndObject();
        }
        yaml.writeEndArray();
    }

    private void checkpoints(CheckpointFolder.Policy policy) throws IOException {
        yaml.writeObjectFieldStart("checkpoint");
        yaml.writeNumberField("steps", policy.steps());
        number("minutes", policy.minutes());
        yaml.writeNumberField("keep", policy.keep());
        yaml.writeEndObject();
    }

    private void settings(Training.Settings run) throws IOException {
        yaml.writeStringField("init", run.start().name().toLowerCase(Locale.ROOT));
        yaml.writeNumberField("seed", run.seed());
        yaml.writeStringField("precision", run.place().precision().name().toLowerCase(Locale.ROOT));
        yaml.writeStringField("device", run.place().device());
        yaml.writeNumberField("threads", run.threads());
    }

    private void number(String key, double value) throws IOException {
        yaml.writeFieldName(key);
        yaml.writeNumber(ExperimentReader.written(value));
    }
}
