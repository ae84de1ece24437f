package adamscope.probe;

import adamscope.model.GalerkinLoss;
import adamscope.model.GalerkinProblem;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// E\[(u − u*)²\] of a network that solves a differential equation, every so many steps, over points that training does
/// not see [Ma, Wu & E 2022, Fig. 10, whose square is not printed].
public final class SolutionErrorProbe implements Probe {
    /// The column.
    public static final String SOLUTION_ERROR = "solutionError";

    private final GalerkinProblem problem;
    private final ErrorPoints sampling;
    private final GalerkinLoss loss;

    private SolutionErrorProbe(GalerkinProblem problem, ErrorPoints sampling, GalerkinLoss loss) {
        this.problem = problem;
        this.sampling = sampling;
        this.loss = loss;
    }

    /// When it looks, and at what.
    ///
    /// @param every  steps between two measurements
    /// @param points how many, the same at each
    /// @param seed   of the points
    public record ErrorPoints(long every, int points, long seed) {
        public ErrorPoints {
            if (every < 1 || points < 1) {
                throw new IllegalArgumentException(
                        "every = " + every + ", points = " + points + ": each is at least 1");
            }
        }
    }

    /// Of a training of a [GalerkinLoss].
    public static Probe.Source source(GalerkinProblem problem, ErrorPoints sampling) {
        return (loss, _) -> {
            if (!(loss instanceof GalerkinLoss galerkin)) {
                throw new IllegalArgumentException(
                        "this loss is of no differential equation, so it has no solution error");
            }
            return new SolutionErrorProbe(problem, sampling, galerkin);
        };
    }

    @Override
    public List<Measured> measured() {
        return List.of(Measured.number(SOLUTION_ERROR));
    }

    @Override
    public boolean includes(long step) {
        return step % sampling.every() == 0;
    }

    @Override
    public double[] measure(Stepped stepped) {
        return new double[] {loss.testError(problem, stepped.theta(), sampling.points(), sampling.seed())};
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of();
    }
}
