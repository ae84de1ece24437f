package adamscope.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PreparedFormulasTest {
    /// Loss, gradient and Hessian share most of their parts; the same preparation serves all points.
    @Test
    void theBitsAreThoseOfASingleEvaluation() {
        Random random = new Random(7);
        for (String text : List.of(
                "beale", "ackley", "log(1 + exp(-x)) + abs(y)^1.5", "min(x, y)*max(x, 2)/tanh(y) - sign(x)*cosh(y)")) {
            FormulaObjective objective = FormulaObjective.read(text);
            List<Expression> formulas = new ArrayList<>(objective.gradient());
            formulas.add(objective.loss());
            objective.hessian().forEach(formulas::addAll);
            PreparedFormulas prepared = new PreparedFormulas(formulas);
            for (int point = 0; point < 20; point++) {
                double x = random.nextGaussian();
                double y = point == 0 ? 0 : random.nextGaussian();
                ToDoubleFunction<String> names = name -> name.equals("x") ? x : y;
                assertThat(prepared.at(names))
                        .as(text)
                        .containsExactly(formulas.stream()
                                .mapToDouble(formula -> Evaluation.value(formula, names))
                                .toArray());
            }
        }
    }

    @Test
    void aReductionIsRefused() {
        Expression norm = new Expression.Reduction(Expression.ReductionKind.NORM, new Expression.Symbol("g"));
        assertThatThrownBy(() -> new PreparedFormulas(List.of(norm))).hasMessage("norm is none of a scalar formula");
    }
}
