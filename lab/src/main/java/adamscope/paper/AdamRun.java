package adamscope.paper;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;

/// A run of Adam as paper 1 sets it up: ε = 0, no bias correction, averages that begin with the first gradient.
///
/// β₁ = 0 is RMSProp. The arithmetic is scaled, so that nothing underflows.
record AdamRun(int degree, double beta1, double beta2, double lr, double x0) {

    /// η = 10⁻³ from x = 1.
    static AdamRun usual(int degree, double beta1, double beta2) {
        return new AdamRun(degree, beta1, beta2, 1e-3, 1);
    }

    Trajectory run(long steps, long every) {
        return run(steps, every, Arithmetic.SCALED);
    }

    Trajectory run(long steps, long every, Arithmetic arithmetic) {
        return run(FormulaObjective.power(degree), steps, every, arithmetic);
    }

    /// On another loss.
    Trajectory run(FormulaObjective loss, long steps, long every, Arithmetic arithmetic) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped("adam-uncorrected"),
                                loss,
                                Map.of("lr", lr, "beta1", beta1, "beta2", beta2, "eps", 0.0),
                                List.of(x0),
                                ClosedMap.Start.GRADIENT,
                                arithmetic),
                        steps,
                        every)
                .run();
    }

    /// The trajectory under a name of its own.
    Table table(String name, long steps, long every) {
        return new Table(name, run(steps, every).table().columns());
    }

    PowerLawTheory theory() {
        return new PowerLawTheory(degree, beta1, beta2);
    }

    /// log₁₀ L(η/2), the level of a sign descent.
    double log10SignLevel() {
        return degree * Math.log10(lr / 2) - Math.log10(degree);
    }
}
