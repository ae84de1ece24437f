package adamscope.stability;

import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;

/// The objective c·|x|^k with real k > 2: what makes a minimum degenerate, and a rule scale-free beside it.
///
/// @param degree      k
/// @param coefficient c > 0
public record PowerLaw(double degree, double coefficient) {

    public PowerLaw {
        if (!(degree > 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree) + " is outside (2, inf)");
        }
        if (!(coefficient > 0) || Double.isInfinite(coefficient)) {
            throw new IllegalArgumentException(
                    "coefficient = " + new PlainText().number(coefficient) + " is outside (0, inf)");
        }
    }

    /// |x|^k/k.
    public static PowerLaw of(double degree) {
        return new PowerLaw(degree, 1 / degree);
    }

    /// The objective as a power law.
    ///
    /// @throws SymmetryException if it is none; the message says what would be one
    public static PowerLaw of(FormulaObjective objective) {
        double degree = PowerLawTheory.degreeOf(objective)
                .orElseThrow(() -> new SymmetryException("objective " + objective.text()
                        + " is not c*|x|^k with one variable and k > 2, so it has no scale symmetry"
                        + hint(objective)));
        double coefficient = adamscope.formula.Evaluation.value(objective.loss(), _ -> 1);
        return new PowerLaw(degree, coefficient);
    }

    private static String hint(FormulaObjective objective) {
        if (objective.dimension() != 1) {
            return "";
        }
        double right = adamscope.formula.Evaluation.value(objective.loss(), _ -> 1);
        double left = adamscope.formula.Evaluation.value(objective.loss(), _ -> -1);
        return right > 0 && left == -right
                ? "; it falls without bound for x < 0, where an overshoot escapes (write abs(x) for x)"
                : right > 0 && Double.isNaN(left) ? "; it has no value for x < 0 (write abs(x) for x)" : "";
    }
}
