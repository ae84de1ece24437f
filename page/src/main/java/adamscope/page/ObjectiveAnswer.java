package adamscope.page;

import adamscope.formula.MathMl;
import adamscope.objective.FormulaObjective;
import adamscope.objective.NamedObjectives;
import java.util.List;
import java.util.Map;

/// What an objective's text says: its variables, itself and its gradient typeset.
final class ObjectiveAnswer {
    private ObjectiveAnswer() {}

    static Reply of(Question question) {
        FormulaObjective objective = question.objective();
        MathMl notation = new MathMl(Map.of());
        return new Reply()
                .withTexts("variables", objective.variables())
                .with("math", "<math><mi>L</mi><mo>=</mo>" + notation.write(objective.loss()) + "</math>")
                .withTexts(
                        "gradient",
                        objective.gradient().stream()
                                .map(g -> "<math>" + notation.write(g) + "</math>")
                                .toList())
                .withTexts("named", List.copyOf(NamedObjectives.all().keySet()));
    }
}
