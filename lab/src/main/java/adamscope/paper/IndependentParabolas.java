package adamscope.paper;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.linear.CountedNormal;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Adam on ½‖x‖² in d coordinates: each goes its own way, so that no number of them moves the best learning rate, but
/// by chance of their starts.
final class IndependentParabolas {
    private static final int STEPS = 100;
    private static final double SPREAD = 0.3;

    /// d in the place of width and depth.
    private static final int[][] DIMENSIONS = {{1, 8}, {1, 32}, {2, 16}, {2, 64}};

    private IndependentParabolas() {}

    /// The loss of each d, seed and learning rate over the last fifth of the steps, as [LearningRateOverWidth] has it.
    static Table rates(double[] rates, int seeds) {
        List<double[]> rows = new ArrayList<>();
        for (int[] dimension : DIMENSIONS) {
            for (int seed = 0; seed < seeds; seed++) {
                for (double lr : rates) {
                    double loss = 0;
                    for (int i = 0; i < dimension[1]; i++) {
                        loss += lateLoss(lr, SPREAD * CountedNormal.number(1000L * dimension[1] + seed, i));
                    }
                    rows.add(new double[] {dimension[0], dimension[1], dimension[1], seed, lr, loss / dimension[1]});
                }
            }
        }
        List<String> names = List.of("depth", "width", "parameters", "seed", "lr", "lateLoss");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            columns.add(new Column.Numbers(
                    names.get(i),
                    "",
                    rows.stream().mapToDouble(row -> row[column]).toArray()));
        }
        return new Table("rates", columns);
    }

    private static double lateLoss(double lr, double start) {
        double[] loss = new SingleRun(
                        new Iteration(
                                Catalogue.shipped("adam"),
                                FormulaObjective.read("x^2/2"),
                                Map.of("lr", lr),
                                List.of(start),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        STEPS,
                        1)
                .run()
                .table()
                .numbers("log10Loss");
        double sum = 0;
        for (int step = loss.length - STEPS / 5; step < loss.length; step++) {
            sum += Math.pow(10, loss[step]);
        }
        return sum / (STEPS / 5.0);
    }
}
