package adamscope.flow;

import adamscope.formula.PlainText;

/// The bound of signGD flow on a loss with the Polyak–Łojasiewicz property ‖∇f‖² ≥ μ(f − f*): the gap is at most
/// (√(f₀ − f*) − √μ·t/2)², so it vanishes by the time 2√((f₀ − f*)/μ). [Ma, Wu & E, Proposition 4]
///
/// On f = e·x² with μ = 4e the time is |x₀| for every e, which is exact; the paper prints |x₀|e^(−1/2) and calls it
/// loose. In more dimensions it can be loose: ½(x² + y²/100) from (1, 1) takes 1.0, the bound is 10.05.
///
/// @param mu  constant of the Polyak–Łojasiewicz inequality
/// @param gap f₀ − f* at the start
public record SignFlowBound(double mu, double gap) {

    public SignFlowBound {
        if (!(mu > 0 && mu < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mu = " + new PlainText().number(mu) + " is outside (0, inf)");
        }
        if (!(gap >= 0 && gap < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gap = " + new PlainText().number(gap) + " is outside [0, inf)");
        }
    }

    /// The largest gap possible at a time.
    public double gapAt(double time) {
        double root = Math.max(0, Math.sqrt(gap) - Math.sqrt(mu) * time / 2);
        return root * root;
    }

    /// The time by which the minimum is reached.
    public double latestEnd() {
        return 2 * Math.sqrt(gap / mu);
    }
}
