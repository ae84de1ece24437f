package adamscope.linear;

import adamscope.linear.EigenTracker.Tracking;
import adamscope.linear.RitzSpace.Ritz;
import java.util.List;
import java.util.function.LongSupplier;

/// Bounds an operator outside a basis by Lanczos processes from fresh random vectors, whose vectors join the basis.
///
/// @param space    the basis
/// @param operator that it belongs to
/// @param settings of the tracker
/// @param tracked  values whose place among all is to be certain
record RandomProbe<V>(RitzSpace<V> space, LinearOperator<V> operator, Tracking settings, int tracked) {
    /// After so many steps a bound that is good for now is enough, though not for long.
    private static final int PATIENCE = 10;

    private static final double GOOD_FOR_NOW = 0.95;

    /// So near its largest Ritz value a bound can fall no further: the next process begins outside of this one.
    private static final double TIGHT = 0.02;

    /// A bound on every eigenvalue of the operator in the complement of the basis, exceeded with a probability of at
    /// most [EigenTracker#MISS]; ∞ where products ran out first.
    double bound(LongSupplier seed) {
        double rest = Double.POSITIVE_INFINITY;
        while (space.finite() && !space.complete() && space.products() < settings.maxProducts()) {
            int from = space.size();
            V random = operator.space().random(seed.getAsLong());
            boolean admitted = space.admit(random);
            operator.space().release(random);
            if (!admitted) {
                return rest;
            }
            for (int steps = 1; space.finite(); steps++) {
                List<Ritz> ritz = space.ritz();
                double size = Math.abs(ritz.getFirst().value());
                double[][] t = block(from);
                double inside = RitzSpace.descending(t)[0];
                rest = bound(t, inside, from)
                        + Math.sqrt(steps) * operator.uncertainty().product() * size
                        + space.rounding();
                if (enough(ritz, rest, steps) || space.products() >= settings.maxProducts()) {
                    return rest;
                }
                if (rest - inside <= TIGHT * size || !space.expandFrom(space.size() - 1)) {
                    break;
                }
            }
        }
        return space.complete() ? Double.NEGATIVE_INFINITY : rest;
    }

    private boolean enough(List<Ritz> ritz, double rest, int steps) {
        double least = ritz.get(Math.min(tracked, ritz.size()) - 1).value();
        double far = least - (1 - Outlook.FAR) * Math.abs(least);
        double now = least - (1 - GOOD_FOR_NOW) * Math.abs(least);
        return ritz.size() >= tracked && (rest <= far || (steps >= PATIENCE && rest <= now));
    }

    /// T, what the process sees of the operator.
    private double[][] block(int from) {
        double[][] h = space.projected();
        int steps = space.size() - from;
        double[][] t = new double[steps][steps];
        for (int j = 0; j < steps; j++) {
            t[j][j] = h[from + j][from + j];
            if (j > 0) {
                t[j][j - 1] = h[from + j][from + j - 1];
                t[j - 1][j] = t[j][j - 1];
            }
        }
        return t;
    }

    private double bound(double[][] t, double inside, int from) {
        double[] alpha = new double[t.length];
        double[] beta = new double[t.length];
        for (int j = 0; j < t.length; j++) {
            alpha[j] = t[j][j];
            beta[j] = j + 1 < t.length
                    ? Math.abs(t[j + 1][j])
                    : Math.max(space.couplingNorm(space.size() - 1), space.rounding());
        }
        long dimension = operator.space().dimension() - from;
        return new RandomStart(alpha, beta, dimension).upperBound(inside, EigenTracker.MISS);
    }
}
