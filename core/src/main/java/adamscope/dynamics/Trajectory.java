package adamscope.dynamics;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.kernel.Program;
import adamscope.kernel.StepProgram;
import adamscope.kernel.TileRun;
import adamscope.kernel.WideInterpreter;
import adamscope.kernel.WideNumber;
import adamscope.objective.FormulaObjective;
import adamscope.objective.Minimum;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A run as recorded.
///
/// The table has a row for each kept step t: the values at x_t, before the update t+1. Columns: `step`, `log10Loss` (of
/// the loss over its minimum), where the minimum is not 0 also `loss` itself, each variable under its own name,
/// `log10Abs[…]` of each variable and state, `relativeStep[…]` = (x_t − x_{t+1})/x_t
/// (η·ω·λ of
/// the degenerate polynomial theory), `log10Coupling…` = log₁₀ v/g² with the v that holds this gradient. The last row
/// is the final state, where no update was computed.
///
/// @param steps         steps done
/// @param x             final values; zero where double cannot hold them
/// @param log10AbsX     log₁₀ of their magnitudes
/// @param loss          final
/// @param log10Loss     final, over the minimum
/// @param minLog10Loss  over all steps, recorded or not
/// @param minimum       of the loss, and how it is known
public record Trajectory(
        Outcome outcome,
        long steps,
        double[] x,
        double[] log10AbsX,
        double loss,
        double log10Loss,
        double minLog10Loss,
        Minimum minimum,
        Table table) {

    /// Collects rows while a run goes on.
    static final class RowCollector {
        private final Yardstick yardstick;
        private final FormulaObjective objective;
        private final StepProgram step;
        private final int watched;
        private final WideInterpreter loss;
        private final List<Long> steps = new ArrayList<>();
        private final double[][] columns;
        private int next;

        RowCollector(Yardstick yardstick, StepProgram step, int watched) {
            this.yardstick = yardstick;
            this.objective = yardstick.objective();
            this.watched = watched;
            this.step = step;
            this.loss = new WideInterpreter(Program.of(List.of(yardstick.loss(), objective.loss())));
            this.columns = new double[names().size()][64];
        }

        /// Keeps step t: `state` before the update, and what the update computed.
        void record(long t, WideNumber[] state, WideNumber[] results) {
            values(t, state);
            for (int i = 0; i < objective.dimension(); i++) {
                WideNumber moved = WideNumber.apply(BinaryOperation.SUBTRACT, state[i], results[i]);
                add(WideNumber.apply(BinaryOperation.DIVIDE, moved, state[i]).toDouble());
            }
            for (int i = 0; i < step.observed().size(); i++) {
                add(observed(i, results).log10Magnitude());
            }
        }

        /// The coupling ratio anew, from v and g: in double g² underflows long before them.
        private WideNumber observed(int i, WideNumber[] results) {
            String name = step.observed().get(i);
            if (!name.startsWith(TileRun.COUPLING)) {
                return results[step.components().size() + i];
            }
            String of = name.substring(TileRun.COUPLING.length());
            WideNumber v = results[step.components().indexOf("v" + of)];
            WideNumber g = results[step.resultOf("gradient" + of)];
            return WideNumber.apply(BinaryOperation.DIVIDE, v, WideNumber.apply(BinaryOperation.MULTIPLY, g, g));
        }

        /// Keeps the final state.
        void recordLast(long t, WideNumber[] state) {
            values(t, state);
            while (next < columns.length) {
                add(Double.NaN);
            }
        }

        private void values(long t, WideNumber[] state) {
            next = 0;
            steps.add(t);
            WideNumber[] losses = losses(state);
            add(losses[0].log10Magnitude());
            if (!yardstick.isTheLoss()) {
                add(losses[1].toDouble());
            }
            for (int i = 0; i < objective.dimension(); i++) {
                add(state[i].toDouble());
            }
            for (int c = 0; c < watched; c++) {
                add(state[c].log10Magnitude());
            }
        }

        /// Over the minimum, and as the formula says.
        private WideNumber[] losses(WideNumber[] state) {
            Map<String, WideNumber> at = new HashMap<>();
            for (int i = 0; i < objective.dimension(); i++) {
                at.put(objective.variables().get(i), state[i]);
            }
            return loss.evaluate(at::get);
        }

        /// Adds to the column that follows the one before.
        private void add(double value) {
            int row = steps.size() - 1;
            if (row == columns[next].length) {
                columns[next] = Arrays.copyOf(columns[next], 2 * row);
            }
            columns[next++][row] = value;
        }

        /// In the order in which a row is added.
        private List<String> names() {
            List<String> names = new ArrayList<>(List.of("log10Loss"));
            if (!yardstick.isTheLoss()) {
                names.add("loss");
            }
            names.addAll(objective.variables());
            step.components().subList(0, watched).forEach(name -> names.add("log10Abs[" + name + "]"));
            objective
                    .variables()
                    .forEach(name -> names.add("relativeStep" + (objective.dimension() == 1 ? "" : "[" + name + "]")));
            step.observed()
                    .forEach(name -> names.add("log10" + Character.toUpperCase(name.charAt(0)) + name.substring(1)));
            return names;
        }

        Trajectory trajectory(Outcome outcome, long done, WideNumber[] state, double lowest) {
            List<Column> all = new ArrayList<>();
            all.add(new Column.Integers(
                    "step", "steps", steps.stream().mapToLong(Long::longValue).toArray()));
            List<String> names = names();
            for (int i = 0; i < names.size(); i++) {
                all.add(new Column.Numbers(names.get(i), "", Arrays.copyOf(columns[i], steps.size())));
            }
            double[] x = new double[objective.dimension()];
            double[] log10AbsX = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = state[i].toDouble();
                log10AbsX[i] = state[i].log10Magnitude();
            }
            WideNumber[] losses = losses(state);
            return new Trajectory(
                    outcome,
                    done,
                    x,
                    log10AbsX,
                    losses[1].toDouble(),
                    losses[0].log10Magnitude(),
                    lowest,
                    yardstick.minimum(),
                    new Table("trajectory", all));
        }
    }
}
