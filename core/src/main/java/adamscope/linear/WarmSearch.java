package adamscope.linear;

import adamscope.linear.EigenTracker.Settings;
import adamscope.linear.EigenTracker.State;
import adamscope.linear.LinearOperator.Uncertainty;
import adamscope.linear.RitzSpace.Ritz;
import adamscope.linear.TrackedSpectrum.Effort;
import adamscope.linear.TrackedSpectrum.Tracked;
import java.util.ArrayList;
import java.util.List;

/// One measurement of an [EigenTracker].
final class WarmSearch<V> {
    private static final int OLDEST_RIVAL = 4;
    private static final int DEEP_LOOK = 4;
    private static final double FORGETTING = 0.8;
    private static final int FIRST_BASIS = 5;

    private final Settings settings;
    private final State<V> before;
    private final LinearOperator<V> operator;
    private final RitzSpace<V> space;
    private final boolean cold;
    private final int wanted;
    private Effort effort;
    private boolean rivalInside;
    private boolean lookedDeep;
    private boolean rivalUsed;
    private int looks;
    private List<Ritz> ritz;

    WarmSearch(Settings settings, LinearOperator<V> operator, State<V> before, double threshold) {
        this.settings = settings;
        this.operator = operator;
        this.before = before;
        this.space = new RitzSpace<>(operator);
        this.cold = before.vectors().isEmpty();
        this.effort = cold ? Effort.START : Effort.ROUTINE;
        int tracked = cold ? settings.count() : before.vectors().size();
        boolean near = !cold && before.values()[tracked - 1] >= settings.near() * threshold;
        int more = near && tracked < settings.most() ? tracked + 1 : tracked;
        this.wanted = (int) Math.min(more, operator.space().dimension());
    }

    /// Frees the basis; the vectors found stay.
    void release() {
        space.release();
    }

    TrackedSpectrum<V> run() {
        before.vectors().stream().limit(wanted).forEach(space::admit);
        if (space.size() < wanted && before.rival() != null) {
            rivalUsed = space.admit(before.rival());
        }
        while (space.finite() && space.size() < (cold ? 1 : wanted)) {
            if (!admitRandom()) {
                break;
            }
        }
        rivalInside = cold;
        while (space.finite() && space.size() > 0) {
            ritz = space.ritz();
            if (space.complete()) {
                break;
            }
            if (space.products() >= settings.maxProducts()) {
                effort = unsettled() == null ? effort : Effort.EXHAUSTED;
                break;
            }
            if (!rivalInside && lookDue()) {
                admitRival();
                continue;
            }
            Ritz next = unsettled();
            if (next == null || !space.expand(next.weights(), settings.seed() + space.products())) {
                break;
            }
        }
        return found();
    }

    /// Whether the rival has to be multiplied: it is old, may have come near, or the spectrum jumped.
    private boolean lookDue() {
        if (ritz.size() < wanted) {
            return false;
        }
        double least = ritz.get(wanted - 1).value();
        double change = change();
        if (change > Math.max(0.05, 4 * before.drift())) {
            effort = Effort.JUMP;
            return true;
        }
        boolean seen = ritz.size() > wanted && ritz.get(wanted).value() > before.rivalValue();
        boolean near = predictedRival() >= least - settings.tolerance() * Math.abs(least);
        return seen || near || rivalUsed || before.rivalAge() >= OLDEST_RIVAL;
    }

    /// |Δ ln λ₁| since the measurement before.
    private double change() {
        double now = ritz.getFirst().value();
        return cold || !(now > 0 && before.values()[0] > 0) ? 0 : Math.abs(Math.log(now / before.values()[0]));
    }

    private double predictedRival() {
        return before.rivalValue()
                * (1 + Math.signum(before.rivalValue()) * 2 * before.drift() * (before.rivalAge() + 1));
    }

    private void admitRival() {
        rivalInside = true;
        if (effort == Effort.ROUTINE) {
            effort = Effort.RIVAL;
        }
        looks = 1;
        if (rivalUsed || before.rival() == null || !space.admit(before.rival())) {
            admitRandom();
        }
    }

    private boolean admitRandom() {
        V random = operator.space().random(settings.seed() + space.products());
        boolean admitted = space.admit(random);
        operator.space().release(random);
        return admitted;
    }

    /// The first pair that is not yet known well enough; null when all are.
    private Ritz unsettled() {
        if (cold
                && space.size()
                        < Math.min(wanted + FIRST_BASIS, operator.space().dimension())
                && !exact()) {
            return ritz.getFirst();
        }
        for (int i = 0; i < wanted; i++) {
            if (i >= ritz.size()) {
                return ritz.getLast();
            }
            if (!spent(i)) {
                return ritz.get(i);
            }
        }
        if (rivalInside && ritz.size() > wanted) {
            Ritz next = ritz.get(wanted);
            double least = ritz.get(wanted - 1).value();
            double error = rivalError(next);
            double tolerated = Math.max(settings.tolerance() * Math.abs(least), space.rounding());
            if (!cold && effort != Effort.JUMP && next.value() + error >= least - tolerated) {
                effort = Effort.CROSSING;
            }
            if (error > tolerated && next.value() + error > least) {
                return next;
            }
            if (!cold && (before.looks() + looks) % DEEP_LOOK == 0 && !lookedDeep) {
                lookedDeep = true;
                return next;
            }
        }
        return null;
    }

    /// Every residual is rounding error: nothing is left to find from here.
    private boolean exact() {
        return ritz.stream().allMatch(pair -> space.residual(pair) <= space.rounding());
    }

    private boolean met(int i) {
        return error(i, operator.uncertainty()) <= tolerated(i);
    }

    private double tolerated(int i) {
        return Math.max(settings.tolerance() * Math.abs(ritz.get(i).value()), space.rounding());
    }

    /// Whether another product is of no use: the pair is good enough, or only inexact products stand in the way.
    private boolean spent(int i) {
        return met(i) || error(i, Uncertainty.NONE) <= 0.25 * tolerated(i);
    }

    /// How much the value below the tracked ones may be too small.
    private double rivalError(Ritz next) {
        double residual = space.residual(next);
        double lower = ritz.size() > wanted + 1 ? ritz.get(wanted + 1).value() : 0.7 * next.value();
        double gap = next.value() - lower;
        return gap > residual ? residual * residual / gap : residual;
    }

    /// Kato & Temple: residual² over the distance to the largest eigenvalue outside the tracked ones; inexact products
    /// add to the residual, and sᵀEs to the value with the weights s.
    private double error(int i, Uncertainty uncertainty) {
        double size = Math.abs(ritz.getFirst().value());
        double residual = residual(ritz.get(i)) + uncertainty.product() * size;
        double outside = predictedRival();
        if (rivalInside) {
            outside = ritz.size() > wanted ? ritz.get(wanted).value() : Double.NEGATIVE_INFINITY;
            outside += ritz.size() > wanted ? Math.min(space.residual(ritz.get(wanted)), spread(outside)) : 0;
        }
        double gap = ritz.get(i).value() - outside;
        return (gap > residual ? residual * residual / gap : residual)
                + size * uncertainty.quotient() * squaredSum(ritz.get(i).weights());
    }

    /// (Σ|sᵢ|)²: how much entries of one size in E can make of sᵀEs.
    private static double squaredSum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += Math.abs(weight);
        }
        return sum * sum;
    }

    private double residual(Ritz pair) {
        return space.complete() ? 0 : space.residual(pair);
    }

    private double spread(double outside) {
        return 2 * before.drift() * Math.abs(outside);
    }

    /// What is known of a tracked value, without its vector.
    private Tracked<V> bound(int i) {
        if (!space.finite() || i >= ritz.size()) {
            return new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, false);
        }
        Ritz pair = ritz.get(i);
        return new Tracked<>(
                pair.value(),
                null,
                residual(pair) + operator.uncertainty().product() * Math.abs(pair.value()),
                error(i, operator.uncertainty()),
                met(i));
    }

    private TrackedSpectrum<V> found() {
        List<Tracked<V>> bounds = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            bounds.add(bound(i));
        }
        boolean looked = space.finite() && rivalInside;
        boolean other = looked && ritz.size() > wanted;
        double value = other ? ritz.get(wanted).value() : looked ? Double.NEGATIVE_INFINITY : before.rivalValue();
        double residual = other ? space.residual(ritz.get(wanted)) : looked ? 0 : before.rivalResidual();
        // only now the vectors, when those outside the basis are no longer needed
        space.releaseOutside();
        List<Tracked<V>> tracked = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            Tracked<V> known = bounds.get(i);
            V vector = Double.isNaN(known.value())
                    ? null
                    : space.vector(ritz.get(i).weights());
            tracked.add(new Tracked<>(known.value(), vector, known.residual(), known.error(), known.converged()));
        }
        return new TrackedSpectrum<>(
                tracked, value, residual, looked ? 0 : before.rivalAge() + 1, space.products(), effort);
    }

    /// What the next measurement starts from; nothing after a product that was not finite.
    State<V> after(TrackedSpectrum<V> found) {
        if (!space.finite() || found.values().stream().anyMatch(pair -> pair.vector() == null)) {
            return State.none();
        }
        double drift = before.drift();
        if (!cold && effort != Effort.JUMP) {
            drift = Math.max(EigenTracker.LEAST_DRIFT, Math.max(change(), FORGETTING * drift));
        }
        V rival = rivalUsed ? null : before.rival();
        if (rivalInside && ritz.size() > wanted) {
            rival = space.vector(ritz.get(wanted).weights());
        }
        return new State<>(
                found.values().stream().map(Tracked::vector).toList(),
                found.values().stream().mapToDouble(Tracked::value).toArray(),
                rival,
                found.rival(),
                found.rivalResidual(),
                found.rivalAge(),
                before.looks() + looks,
                drift);
    }
}
