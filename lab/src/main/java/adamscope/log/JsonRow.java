package adamscope.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// One JSON object of a log, as a row: `{"step": 12, "loss": 0.5, "grad": {"norm": 1.5}}` has the tags `loss` and
/// `grad/norm`.
///
/// Objects under the names of a configuration (`config`, `args`, `hparams`, ...), and rows without a step before the
/// first row with one, give hyper-parameters. Nothing of a row is taken before its end was read.
final class JsonRow {
    static final Set<String> CONFIGURATIONS =
            Set.of("config", "args", "hparams", "hyper", "hyperparameters", "params", "optimizer", "_config");
    private static final Set<String> MODES = Set.of("mode", "split", "phase", "stage", "subset");
    private static final int RUN_NAME = -3;

    private final String file;
    private final CollectedRuns runs;
    private final Optional<String> givenStep;
    private final Map<String, Integer> stepRanks = new HashMap<>();
    private final List<String> tags = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final Map<String, String> words = new HashMap<>();
    private int stepRank;
    private OptionalLong step;
    private int bestRank = Integer.MAX_VALUE;
    private long lastStep;
    private long rows;
    private String runName;
    private OptionalLong epoch;
    private String prefix = "";
    private final Map<String, EpochClock> clocks = new HashMap<>();

    JsonRow(String file, CollectedRuns runs) {
        this.file = file;
        this.runs = runs;
        givenStep = runs.names().step();
    }

    /// Reads an object from behind its opening brace.
    void read(JsonParser json) throws IOException {
        read(json, "", OptionalLong.empty());
    }

    /// Reads an object whose place in a document says more than it does.
    ///
    /// @param before goes before its tags
    /// @param known  its step; empty if the object itself says it
    void read(JsonParser json, String before, OptionalLong known) throws IOException {
        prefix = before;
        tags.clear();
        values.clear();
        words.clear();
        step = OptionalLong.empty();
        stepRank = Integer.MAX_VALUE;
        runName = "";
        epoch = OptionalLong.empty();
        if (known.isPresent()) {
            step = known;
            stepRank = -2;
        }
        fields(json, "");
        commit();
    }

    private void fields(JsonParser json, String path) throws IOException {
        int element = 0;
        boolean array = json.currentToken() == JsonToken.START_ARRAY;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (token == null) {
                throw new IOException("the object is not closed");
            }
            if (token == JsonToken.FIELD_NAME) {
                continue;
            }
            String key = array ? Integer.toString(element++) : json.currentName();
            String tag = path.isEmpty() ? key : path + "/" + key;
            if (token.isStructStart()) {
                if (element > 64) {
                    json.skipChildren();
                } else {
                    fields(json, tag);
                }
            } else if (token.isNumeric()) {
                number(tag, number(json, token));
            } else if (token == JsonToken.VALUE_STRING) {
                word(tag, json.getText());
            } else if (token.isBoolean()) {
                words.put(tag, json.getText());
            }
        }
    }

    private static double number(JsonParser json, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && json.getTextLength() > 18) {
            return WrittenNumber.number(json.getText()).orElse(Double.NaN);
        }
        return json.getDoubleValue();
    }

    private void word(String tag, String text) {
        OptionalDouble number = WrittenNumber.number(text);
        if (RunNames.is(tag)) {
            named(tag, text);
        } else if (number.isPresent()) {
            number(tag, number.getAsDouble());
        } else {
            words.put(tag, text);
        }
    }

    private void named(String tag, String value) {
        runName += (runName.isEmpty() ? "" : ", ") + RunNames.of(tag, value);
    }

    private void number(String tag, double number) {
        int rank = givenStep.isPresent() && givenStep.get().equals(tag)
                ? -2
                : stepRanks.computeIfAbsent(tag, name -> RunNames.is(name) ? RUN_NAME : StepNames.rank(name));
        if (rank == RUN_NAME) {
            named(tag, WrittenNumber.brief(number));
            return;
        }
        if (tag.equals("current_steps")) {
            // LLaMA-Factory, which logs the mean since the row before.
            runs.single().averages();
        }
        if (tag.equals("epoch")) {
            epoch = WrittenNumber.step(number);
        }
        if (rank == -1 || stepRanks.size() > 10_000) {
            if (stepRanks.size() > 10_000) {
                stepRanks.clear();
            }
            tags.add(tag);
            values.add(number);
        } else if (rank < stepRank && WrittenNumber.step(number).isPresent()) {
            stepRank = rank;
            step = WrittenNumber.step(number);
        }
    }

    private void commit() {
        Optional<RunPoints> run = runs.run(runName);
        if (run.isEmpty()) {
            return;
        }
        if (step.isEmpty() || stepRank > bestRank) {
            step = withoutStep(run.get());
        } else {
            bestRank = stepRank;
        }
        if (step.isEmpty()) {
            return;
        }
        String mode = MODES.stream()
                .map(words::get)
                .filter(java.util.Objects::nonNull)
                .map(RunNames::mode)
                .findFirst()
                .orElse(prefix);
        lastStep = stepRank <= bestRank && epoch.isPresent()
                ? clocks.computeIfAbsent(runName + mode, _ -> new EpochClock())
                        .step(epoch.getAsLong(), step.getAsLong(), -1)
                : step.getAsLong();
        for (int i = 0; i < tags.size(); i++) {
            run.get().add(mode + tags.get(i), lastStep, values.get(i));
        }
        configure(run.get(), false);
    }

    /// The step of a row that names none: that of the row before it, or its number; nothing for a configuration.
    private OptionalLong withoutStep(RunPoints run) {
        boolean counted = bestRank < Integer.MAX_VALUE;
        boolean measures = tags.stream()
                .anyMatch(tag -> configuration(tag).isEmpty()
                        && Recognition.read(tag)
                                .filter(reading -> !reading.quantity().startsWith("lr"))
                                .isPresent());
        if (!measures) {
            configure(run, true);
            return OptionalLong.empty();
        }
        if (counted) {
            return OptionalLong.of(lastStep);
        }
        run.numbered();
        return OptionalLong.of(rows++);
    }

    /// Takes what stands under the name of a configuration, or the whole row.
    private void configure(RunPoints run, boolean all) {
        for (int i = 0; i < tags.size(); i++) {
            if (all || configuration(tags.get(i)).isPresent()) {
                run.configure(file, tags.get(i), Double.toString(values.get(i)));
            }
        }
        words.forEach((tag, word) -> {
            if (all || configuration(tag).isPresent()) {
                run.configure(file, tag, word);
            }
        });
    }

    private static Optional<String> configuration(String tag) {
        int slash = tag.indexOf('/');
        return slash > 0 && CONFIGURATIONS.contains(tag.substring(0, slash))
                ? Optional.of(tag.substring(0, slash))
                : Optional.empty();
    }
}
