package adamscope.page;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.diagnosis.RiseWords;
import adamscope.diagnosis.SimulatedQuantities;
import adamscope.dynamics.SingleRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a run rose: its rises, each explained as `diagnose` does from the run's folder.
final class DiagnosisAnswer {
    private static final List<String> LOSSES = List.of(Quantity.STEP, Quantity.LOSS, Quantity.LOG10_LOSS);

    private DiagnosisAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        FormulaObjective objective = question.objective();
        Map<String, Double> values = question.values(rule);
        Table run = new SingleRun(question.iteration(rule, objective, values), (long) question.number("steps"), (long)
                        question.number("every"))
                .run()
                .table();
        RunLog log = log(objective, run, values);
        Diagnosis diagnosis = Diagnosis.of(log, Circumstances.of(log, rule, Optional.empty()));
        return new Reply()
                .with("word", diagnosis.outcome().word())
                .with("sentence", diagnosis.outcome().sentence())
                .with("rises", diagnosis.rises())
                .with(
                        "events",
                        diagnosis.events().stream().map(DiagnosisAnswer::event).toList());
    }

    private static RunLog log(FormulaObjective objective, Table run, Map<String, Double> values) {
        List<Column> columns = new ArrayList<>(run.columns().stream()
                .filter(column -> LOSSES.contains(column.name()))
                .toList());
        SimulatedQuantities.of(objective, run)
                .forEach((name, numbers) -> columns.add(new Column.Numbers(name, "", numbers)));
        Map<String, Double> hyper = new LinkedHashMap<>(values);
        hyper.put(Circumstances.BATCH_SHARE, 1.0);
        return RunLog.of("run", new Table("run", columns), hyper);
    }

    private static Reply event(EventDiagnosis event) {
        return new Reply()
                .with("onset", event.event().onset())
                .with("peak", event.event().peak())
                .with("until", event.event().recovery().orElse(event.until()))
                .with("height", event.event().height())
                .with("cause", event.cause().words())
                .withTexts("lines", RiseWords.lines(event, new HashSet<>()));
    }
}
