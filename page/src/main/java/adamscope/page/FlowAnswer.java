package adamscope.page;

import adamscope.flow.FlowComparison;
import adamscope.flow.FlowKind;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The flow that a rule follows as its learning rate tends to 0, at the times of a run.
final class FlowAnswer {
    private static final int ROWS = 400;

    private FlowAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        FormulaObjective objective = question.objective();
        Map<String, Double> values = question.values(rule);
        double lr = values.get(rule.hyper("lr").name());
        FlowComparison.Result found = new FlowComparison(
                        rule,
                        values,
                        objective,
                        question.x0(),
                        question.start(),
                        question.number("steps") * lr,
                        ROWS,
                        List.of(FlowKind.LIMIT))
                .run();
        FlowComparison.Found limit = found.found().getFirst();
        return new Reply()
                .with("sentence", limit.outcome().sentence())
                .with("distance", limit.distance())
                .with(
                        "step",
                        Arrays.stream(found.table().numbers("time"))
                                .map(time -> time / lr)
                                .toArray())
                .with("log10Loss", found.table().numbers(FlowComparison.column("log10Loss", FlowKind.LIMIT.word())));
    }
}
