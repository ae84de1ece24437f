package adamscope.stability;

/// Adam with ε = 0 on |x|^k/k in the variables ω = m/g, λ = |x|^(k−2)/√v (both holding the gradient at x) and x: a
/// closed recurrence of three dimensions, exact for every x.
///
/// r = 1 − ηωλ, ω ← β₁ω/r^(k−1) + 1 − β₁, λ ← |r|^(k−2)λ/√(β₂ + (1−β₂)λ²r^(2k−2)x²), x ← rx. At x = 0 it is the limit
/// in which v has decoupled. [Adam on degenerate polynomials, Eqs. 3–5, Theorem A.2.]
public record NormalisedMap(PowerLawTheory theory, double lr) {

    /// A point of the state space.
    public record ScaledState(double omega, double lambda, double x) {}

    /// x_{t+1}/x_t at a state.
    public double ratio(ScaledState state) {
        return 1 - lr * state.omega() * state.lambda();
    }

    /// One step.
    public ScaledState next(ScaledState state) {
        double k = theory.degree();
        double beta1 = theory.beta1();
        double beta2 = theory.beta2();
        double r = ratio(state);
        double power = Math.copySign(Math.pow(Math.abs(r), k - 1), r);
        double back = state.lambda() * power * state.x();
        double lambda = Math.pow(Math.abs(r), k - 2) * state.lambda() / Math.sqrt(beta2 + (1 - beta2) * back * back);
        return new ScaledState(beta1 * state.omega() / power + 1 - beta1, lambda, r * state.x());
    }

    /// The fixed point (ω*, λ*, 0).
    public ScaledState fixedPoint() {
        return new ScaledState(theory.omega(), theory.w() / lr, 0);
    }

    /// The Jacobian in (ω, λ, x) by central differences with relative step h.
    public double[][] jacobian(ScaledState at, double h) {
        double[] centre = {at.omega(), at.lambda(), at.x()};
        double[][] jacobian = new double[3][3];
        for (int j = 0; j < 3; j++) {
            double width = h * Math.max(Math.abs(centre[j]), 1);
            double[] up = values(next(moved(centre, j, width)));
            double[] down = values(next(moved(centre, j, -width)));
            for (int i = 0; i < 3; i++) {
                jacobian[i][j] = (up[i] - down[i]) / (2 * width);
            }
        }
        return jacobian;
    }

    private static ScaledState moved(double[] centre, int coordinate, double by) {
        double[] moved = centre.clone();
        moved[coordinate] += by;
        return new ScaledState(moved[0], moved[1], moved[2]);
    }

    private static double[] values(ScaledState state) {
        return new double[] {state.omega(), state.lambda(), state.x()};
    }
}
