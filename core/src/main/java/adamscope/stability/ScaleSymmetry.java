package adamscope.stability;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The weights of the states of a rule under x → s·x on c·|x|^k, for small x: m ~ x^(k−1), v ~ x^(2(k−2)) for Adam.
///
/// A state that the gradient keeps up has the weight of what drives it. One state may be left behind instead: its drive
/// vanishes beside it as x → 0, and its weight follows from the step being as large as x itself. That is decoupling:
/// v ← β₂·v while g² is far below.
///
/// @param states   names of the states, in order
/// @param forms    weight of each state as (constant, factor of k)
/// @param odd      states that change sign with x
/// @param left     the state left behind, −1 for none
/// @param power    the power of that state in the step: −½ for v in m/√v
record ScaleSymmetry(List<String> states, List<double[]> forms, Set<String> odd, int left, double power) {
    private static final double SAME = 1e-9;
    private static final double FAR_BELOW = -1e3;

    /// The symmetry.
    ///
    /// @param next   next value of x and of each state in terms of x, g, the states and the hyper-parameters
    /// @param values hyper-parameters with a value
    /// @throws SymmetryException if there is none
    static ScaleSymmetry of(
            String rule, List<String> states, Map<String, Expression> next, Map<String, Double> values, double degree) {
        Search search = new Search(states, next, values, degree);
        Set<String> odd = Reflection.oddStates(states, next, search::exponent)
                .orElseThrow(() -> new SymmetryException(
                        rule + " does not treat x and -x alike, so it has no scale-free system on |x|^k"));
        for (int left = -1; left < states.size(); left++) {
            // a state that changes sign with x, such as an average gradient, is no scale
            double[] point = left >= 0 && odd.contains(states.get(left)) ? null : search.balanced(left);
            if (point != null && !states.isEmpty() && (left < 0 || search.power(left, point) != 0)) {
                return search.symmetry(left, point, odd);
            }
        }
        throw new SymmetryException(rule + " has no scale-free system on |x|^k with k = "
                + new PlainText().number(degree) + " as x -> 0: " + search.reason());
    }

    private record Search(
            List<String> states, Map<String, Expression> next, Map<String, Double> values, double degree) {

        double exponent(Expression e) {
            return new ScaleWeights(states, values, new double[0], "").exponent(e);
        }

        private ScaleWeights weights(double[] point, String absent) {
            return new ScaleWeights(states, values, point, absent);
        }

        /// The weight of everything that moves `name` besides itself.
        private double[] drive(String name, double[] point) {
            double[] drive = weights(point, name).of(next.get(name));
            // a step of its own size relative to x, such as lr·|x|·m/√v
            return drive == null && name.equals(OptimizerRule.PARAMETER)
                    ? weights(point, "").of(moved(next.get(name)))
                    : drive;
        }

        /// The formula less the x that it starts from: −b of (x − a) − b, with a as it is.
        private static Expression moved(Expression e) {
            return switch (e) {
                case Symbol(String name) when name.equals(OptimizerRule.PARAMETER) -> Expression.ZERO;
                case Binary(var operation, var a, var b)
                when operation == BinaryOperation.SUBTRACT -> new Binary(operation, moved(a), b);
                case Binary(var operation, var a, var b)
                when operation == BinaryOperation.ADD ->
                    moved(a) == a ? new Binary(operation, a, moved(b)) : new Binary(operation, moved(a), b);
                default -> e;
            };
        }

        /// (1, k, a) at which all balances hold, or null.
        double[] balanced(int left) {
            double[] point = start(left);
            for (int round = 0; round < 4 * (states.size() + 1); round++) {
                double[][] solved = solve(left, point);
                if (solved == null) {
                    return null;
                }
                double[] moved = point.clone();
                for (int i = 0; i < states.size(); i++) {
                    moved[2 + i] = solved[i][0] + solved[i][1] * degree;
                }
                if (Arrays.equals(moved, point)) {
                    break;
                }
                point = moved;
            }
            return holds(left, point) ? point : null;
        }

        private double[] start(int left) {
            double[] point = ScaleWeights.none(states.size());
            point[0] = 1;
            point[1] = degree;
            if (left >= 0) {
                point[2 + left] = FAR_BELOW;
            }
            return point;
        }

        /// Weights as (constant, factor of k) from the linear equations that are active at the point, or null.
        double[][] solve(int left, double[] point) {
            double[][] rows = equations(left, point);
            return rows == null ? null : eliminated(rows);
        }

        private double[][] equations(int left, double[] point) {
            int n = states.size();
            double[][] rows = new double[n][n + 2];
            for (int i = 0; i < n; i++) {
                double[] form = drive(i == left ? OptimizerRule.PARAMETER : states.get(i), point);
                if (form == null) {
                    return null;
                }
                // a_i − drive = 0, or for the state left behind: step − 1 = 0
                double sign = i == left ? 1 : -1;
                for (int j = 0; j < n; j++) {
                    rows[i][j] = sign * form[2 + j];
                }
                rows[i][i] += i == left ? 0 : 1;
                rows[i][n] = i == left ? 1 - form[0] : form[0];
                rows[i][n + 1] = i == left ? -form[1] : form[1];
            }
            return rows;
        }

        /// By how much the weight of the step changes with that of the state left behind, the others following it.
        double power(int left, double[] point) {
            double[] step = drive(OptimizerRule.PARAMETER, point);
            double[] weights = new double[2];
            for (int pinned = 0; pinned < 2; pinned++) {
                double[][] rows = equations(left, point);
                Arrays.fill(rows[left], 0);
                rows[left][left] = 1;
                rows[left][states.size()] = pinned;
                double[][] solved = eliminated(rows);
                for (int i = 0; solved != null && i < states.size(); i++) {
                    weights[pinned] += step[2 + i] * solved[i][0];
                }
            }
            return weights[1] - weights[0];
        }

        private static double[][] eliminated(double[][] rows) {
            int n = rows.length;
            for (int c = 0; c < n; c++) {
                int pivot = c;
                for (int r = c; r < n; r++) {
                    pivot = Math.abs(rows[r][c]) > Math.abs(rows[pivot][c]) ? r : pivot;
                }
                if (Math.abs(rows[pivot][c]) < SAME) {
                    return null;
                }
                double[] swapped = rows[c];
                rows[c] = rows[pivot];
                rows[pivot] = swapped;
                double head = rows[c][c];
                for (int j = 0; j < n + 2; j++) {
                    rows[c][j] /= head;
                }
                for (int r = 0; r < n; r++) {
                    double factor = rows[r][c];
                    for (int j = 0; r != c && j < n + 2; j++) {
                        rows[r][j] -= factor * rows[c][j];
                    }
                }
            }
            double[][] solved = new double[n][];
            Arrays.setAll(solved, r -> new double[] {rows[r][n], rows[r][n + 1]});
            return solved;
        }

        private boolean holds(int left, double[] point) {
            ScaleWeights all = weights(point, "");
            if (!same(all.at(drive(OptimizerRule.PARAMETER, point)), 1)
                    || !same(all.at(all.of(next.get(OptimizerRule.PARAMETER))), 1)) {
                return false;
            }
            for (int i = 0; i < states.size(); i++) {
                double weight = point[2 + i];
                double driven = all.at(drive(states.get(i), point));
                boolean leads = same(all.at(all.of(next.get(states.get(i)))), weight);
                if (!leads || i == left && !(driven > weight + SAME) || i != left && !same(driven, weight)) {
                    return false;
                }
            }
            return true;
        }

        ScaleSymmetry symmetry(int left, double[] point, Set<String> odd) {
            List<double[]> forms = new ArrayList<>(Arrays.asList(solve(left, point)));
            double power = left < 0 ? 0 : power(left, point);
            return new ScaleSymmetry(states, forms, odd, left, power);
        }

        /// Why there is no balance: the step with every state at the weight of its drive.
        String reason() {
            double[] point = start(-1);
            double[][] solved = solve(-1, point);
            for (int i = 0; solved != null && i < states.size(); i++) {
                point[2 + i] = solved[i][0] + solved[i][1] * degree;
            }
            double step = weights(point, "").at(drive(OptimizerRule.PARAMETER, point));
            if (states.isEmpty() && Math.abs(step - 1) <= SAME) {
                return "each step is a fixed share of x, so that x changes by the same factor a step; there is no state"
                        + " whose fixed point could be sought";
            }
            if (step > 1 + SAME) {
                return "the step vanishes faster than x, so that x falls by a power of the time and not by a factor a"
                        + " step";
            }
            return step < 1 - SAME
                    ? "the step does not shrink with x and no state of the rule can balance it"
                    : "its states do not all follow a power of x";
        }

        private static boolean same(double a, double b) {
            return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(b));
        }
    }
}
