package adamscope.page;

import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.RunSharpness;
import adamscope.table.Column;

/// One run by the reference interpreter: its outcome in words and its columns.
final class RunAnswer {
    private RunAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        FormulaObjective objective = question.objective();
        Trajectory run = new SingleRun(
                        question.iteration(rule, objective, question.values(rule)),
                        (long) question.number("steps"),
                        (long) question.number("every"))
                .run();
        Reply columns = new Reply();
        for (Column column : run.table().columns()) {
            if (!(column instanceof Column.Words)) {
                columns.with(column.name(), run.table().numbers(column.name()));
            }
        }
        columns.with("log10Sharpness", RunSharpness.preconditioned(objective, run.table()));
        return new Reply()
                .with("word", run.outcome().word())
                .with("sentence", run.outcome().sentence())
                .with("steps", run.steps())
                .with("loss", run.loss())
                .with("log10Loss", run.log10Loss())
                .with("minLog10Loss", run.minLog10Loss())
                .with("minimum", run.minimum().value())
                .with("minimumOrigin", run.minimum().origin().words())
                .with("x", run.x())
                .with("columns", columns);
    }
}
