package adamscope.page;

import adamscope.optimizer.OptimizerRule;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.StableCurvatures;
import adamscope.stability.Threshold;
import java.util.List;
import java.util.Map;

/// What theory derives from a rule and its values: the threshold of the sharpness, the growth beyond it, and on
/// c·|x|^k the regime.
final class TheoryAnswer {
    private static final double BEYOND = 1.1;

    private TheoryAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        Map<String, Double> values = question.values(rule);
        Reply answer = new Reply().with("preconditioned", rule.precondition().isPresent());
        PowerLawTheory.of(rule, question.objective(), values)
                .ifPresent(theory -> answer.with("regime", regime(theory)));
        if (!rule.hyperNames().contains("lr")) {
            return answer.with("absent", "the rule has no hyper-parameter lr");
        }
        try {
            threshold(answer, rule, values);
        } catch (IllegalArgumentException none) {
            answer.with("absent", none.getMessage());
        }
        return answer;
    }

    private static void threshold(Reply answer, OptimizerRule rule, Map<String, Double> values) {
        double lr = values.get("lr");
        StableCurvatures stable = Threshold.stable(rule, values, Threshold.LATE);
        List<Reply> intervals = stable.intervals().stream()
                .map(interval -> new Reply().with("from", interval.from()).with("to", interval.to()))
                .toList();
        answer.with("stable", intervals)
                .with("unstableEverywhere", stable.unstableEverywhere())
                .with("grows", stable.grows())
                .with("piecewise", stable.piecewise())
                .with("dependsOnStep", stable.grows() && lr > 0 && Threshold.dependsOnStep(rule, values));
        stable.threshold().ifPresent(at -> answer.with("threshold", at).with("timesLr", at * lr));
        Threshold.growth(rule, values, BEYOND)
                .ifPresent(growth -> answer.with("growth", growth.factor()).with("beyond", growth.times()));
    }

    private static Reply regime(PowerLawTheory theory) {
        return new Reply()
                .with("name", theory.regime().named())
                .with("degree", theory.degree())
                .with("rho", theory.rho())
                .with("stabilityBoundary", theory.stabilityBoundary())
                .with("existenceBoundary", theory.existenceBoundary());
    }
}
