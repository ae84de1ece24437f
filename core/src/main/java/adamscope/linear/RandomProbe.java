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
    /// After so many steps a bound that is good for now is enough, though not for later.
    private static final int PATIENCE = 10;

    private static final double GOOD_FOR_NOW = 0.95;

    /// So near its largest Ritz value a bound can fall no further: the next process begins outside of this one.
    private static final double TIGHT = 0.02;

    /// The next step lowers a bound by about so much of what this one did.
    private static final double SLOWING = 0.8;

    /// Gradients that a certificate takes beside its products.
    private static final int BESIDE = 3;

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
            double before = 0;
            for (int steps = 1; space.finite(); steps++) {
                List<Ritz> ritz = space.ritz();
                double size = Math.abs(ritz.getFirst().value());
                double[][] t = block(from);
                double inside = RitzSpace.descending(t)[0];
                rest = bound(t, inside, from)
                        + Math.sqrt(steps) * operator.uncertainty().product() * size
                        + space.rounding();
                double reach = reach(ritz, rest);
                boolean enough = reach > 0
                        ? SLOWING * (reach - before) * (space.products() + BESIDE) <= reach
                        : steps >= PATIENCE && goodForNow(ritz, rest);
                if (enough || space.products() >= settings.maxProducts()) {
                    return rest;
                }
                before = reach;
                if (rest - inside <= TIGHT * size || !space.expandFrom(space.size() - 1)) {
                    break;
                }
            }
        }
        return space.complete() ? Double.NEGATIVE_INFINITY : rest;
    }

    /// How far the others may rise until the next certificate, ∞ where that can be no further; the process ends when
    /// another product would make this longer by less than its share of what the certificate cost.
    private double reach(List<Ritz> ritz, double rest) {
        if (!goodForNow(ritz, rest)) {
            return 0;
        }
        double least = ritz.get(tracked - 1).value();
        Majorant<V> majorant =
                new Majorant<>(space, operator.space(), Outlook.<V>none().withRest(rest));
        double beyond = Outlook.beyondRivals(majorant, least, tracked);
        return beyond == Outlook.farFrom(least)
                ? Double.POSITIVE_INFINITY
                : Math.max(0, least - Outlook.USED_UP * Math.abs(least) - beyond);
    }

    private boolean goodForNow(List<Ritz> ritz, double rest) {
        if (ritz.size() < tracked) {
            return false;
        }
        double least = ritz.get(tracked - 1).value();
        return rest <= least - (1 - GOOD_FOR_NOW) * Math.abs(least);
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
