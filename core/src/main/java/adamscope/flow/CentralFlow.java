package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The flow of the average of a run that oscillates at the edge of stability in one direction.
///
/// Below the threshold it is the flow of the rule. At the threshold the run oscillates by ±δ, δ along the top
/// eigenvector u of P⁻¹H, so the gradient that the averages see alternates between ∇L + ½σ²∇S ± σ·Hu, with
/// S = u'H(·)u: every line of the rule is averaged over the two. σ² is what keeps λ₁(P⁻¹H) at the threshold; it is
/// never negative, and 0 below the threshold. [Cohen et al. 2024, Understanding optimization in deep learning with
/// central flows, arXiv 2410.24206, for gradient descent and RMSProp]
///
/// Derived from the rule's text. A state that averages the gradient linearly (momentum) is replaced by the average
/// gradient: it is fast beside the central flow. Decays become rates (1 − β)/(βη), as a state is used after its update.
/// Not described: two directions at the edge, oscillation of another period than two, noise, and the delay before an
/// oscillation that has died out grows again.
///
/// @param values every hyper-parameter
public record CentralFlow(
        OptimizerRule rule,
        Map<String, Double> values,
        FormulaObjective objective,
        List<Double> x0,
        ClosedMap.Start start) {

    /// Columns of a solution that only this flow has: E‖δ‖², and λ₁(P⁻¹H) over its threshold.
    static final List<String> OSCILLATION = List.of("variance", "relativeSharpness");

    public CentralFlow {
        values = rule.values(values);
        x0 = List.copyOf(x0);
        new FlowRun(new Flow.Gradient(), objective, x0, start);
    }

    /// Solves it. Beside the columns of every flow there are `variance`, E‖δ‖², and `relativeSharpness`, λ₁(P⁻¹H) over
    /// its threshold.
    ///
    /// @throws IllegalArgumentException for bad times, a rule without flow or threshold, or a start without velocity
    public FlowTrajectory run(double... times) {
        FlowRun.requireIncreasing(times);
        return new CentralRun(this, new CentralEquations(this)).run(times);
    }

    /// The largest λ₁(P⁻¹H) at which the rule with its preconditioner frozen is stable.
    ///
    /// @throws IllegalArgumentException if there is none, as for sign methods
    public double threshold() {
        OptionalDouble threshold = Threshold.curvature(rule, values);
        return threshold.orElseThrow(() -> new IllegalArgumentException(rule.name()
                + " has no stability threshold, so no central flow: its step does not grow with curvature"));
    }

    Flow.Limit limit() {
        Flow.Limit plain = Flow.Limit.of(rule, values);
        Map<String, Double> rates = new LinkedHashMap<>();
        plain.rates().forEach((name, rate) -> {
            if (values.get(name) == 0) {
                throw new IllegalArgumentException(
                        rule.name() + ": " + name + " = 0 has no memory, so no central flow; it has to be positive");
            }
            rates.put(name, rate / values.get(name));
        });
        return new Flow.Limit(rule, rates, plain.fixed());
    }
}
