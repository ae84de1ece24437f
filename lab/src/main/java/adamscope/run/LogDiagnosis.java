package adamscope.run;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.FloatFormat;
import adamscope.log.LogReader;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// How a log is diagnosed: by what it says of its run, and what somebody says of it.
///
/// @param named  whether somebody named the rule
/// @param given  hyper-parameters that go over those of the log
/// @param format of the states; empty: as logged, if it is
public record LogDiagnosis(OptimizerRule rule, boolean named, Map<String, Double> given, Optional<FloatFormat> format) {
    /// The optimizer of a log that names none.
    public static final String DEFAULT_RULE = "adam";

    /// Of a log of which nobody says anything.
    public static LogDiagnosis ofUnknown() {
        return new LogDiagnosis(Catalogue.find(DEFAULT_RULE), false, Map.of(), Optional.empty());
    }

    /// The diagnosis.
    public Diagnosis of(RunLog log) {
        RunLog known = HyperNote.taken(log, rule, !named && !ofOwnRun(log), given);
        Optional<FloatFormat> logged = log.hyper(LogReader.SIGNIFICAND_BITS)
                .flatMap(bits -> Arrays.stream(FloatFormat.values())
                        .filter(each -> each.digits() == bits)
                        .findFirst());
        return Diagnosis.of(known, Circumstances.of(known, rule, format.or(() -> logged)));
    }

    /// Whether the configuration of a run folder of this program was read, which names the rule.
    private static boolean ofOwnRun(RunLog log) {
        return log.facts().sources().values().stream()
                .anyMatch(source -> source.place().startsWith("experiment.yaml"));
    }
}
