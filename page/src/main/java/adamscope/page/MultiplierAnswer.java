package adamscope.page;

import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Multipliers;
import adamscope.stability.Threshold;
import java.util.List;
import java.util.Map;

/// The eigenvalues of the step with its preconditioner held, over the curvature: up to twice the threshold.
final class MultiplierAnswer {
    private static final int POINTS = 121;
    private static final double FARTHEST = 2;

    private MultiplierAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        Map<String, Double> values = question.values(rule);
        double lr = values.get(rule.hyper("lr").name());
        double unit = Threshold.stable(rule, values, Threshold.LATE).threshold().orElse(1 / lr);
        double[] curvatures = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            curvatures[i] = FARTHEST * unit * i / (POINTS - 1);
        }
        List<Multipliers> all = Threshold.multipliers(rule, values, curvatures);
        return new Reply()
                .with("curvatures", curvatures)
                .with("unit", unit)
                .with("timesLr", unit * lr)
                .with("radii", all.stream().mapToDouble(Multipliers::radius).toArray())
                .with(
                        "points",
                        all.stream()
                                .map(at ->
                                        new Reply().with("re", at.realParts()).with("im", at.imaginaryParts()))
                                .toList());
    }
}
