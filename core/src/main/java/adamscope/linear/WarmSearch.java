package adamscope.linear;

import adamscope.linear.EigenTracker.TrackerState;
import adamscope.linear.EigenTracker.Tracking;
import adamscope.linear.LinearOperator.Uncertainty;
import adamscope.linear.RitzSpace.Ritz;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.linear.TrackedSpectrum.Tracked;
import adamscope.linear.TrackedSpectrum.TrackingEffort;
import java.util.ArrayList;
import java.util.List;

/// One measurement of an [EigenTracker].
final class WarmSearch<V> {
    private static final int FIRST_BASIS = 5;

    /// |Δ ln λ₁| of a jump.
    private static final double JUMP = 0.15;

    /// How much of what the operator did to the tracked vector it may do to an unseen eigenvalue.
    private static final double SHARE = 0.1;

    private static final double FORGETTING = 0.8;

    private final Tracking settings;
    private final TrackerState<V> before;
    private final LinearOperator<V> operator;
    private final RitzSpace<V> space;
    private final boolean cold;
    private final int wanted;
    private Outlook<V> outlook;
    private boolean foreseen;
    private boolean judged;
    private boolean certified;
    private TrackingEffort effort;
    private List<Ritz> ritz = List.of();
    /// null as long as nothing bounds the rest
    private Majorant<V> majorant;

    WarmSearch(Tracking settings, LinearOperator<V> operator, TrackerState<V> before, double threshold) {
        this.settings = settings;
        this.operator = operator;
        this.before = before;
        this.space = new RitzSpace<>(operator);
        this.cold = before.vectors().isEmpty();
        this.effort = cold ? TrackingEffort.START : TrackingEffort.ROUTINE;
        int tracked = cold ? settings.count() : before.vectors().size();
        boolean near = !cold && before.values()[tracked - 1] >= settings.near() * threshold;
        int more = near && tracked < settings.most() ? tracked + 1 : tracked;
        this.wanted = (int) Math.min(more, operator.space().dimension());
        this.outlook = before.outlook();
    }

    /// Frees the basis; the vectors found stay.
    void release() {
        space.release();
    }

    TrackedSpectrum<V> run() {
        before.vectors().stream().limit(wanted).forEach(space::admitKept);
        if (space.size() < wanted) {
            before.outlook().rivals().stream().limit(wanted - space.size()).forEach(space::admit);
        }
        while (space.finite() && space.size() < (cold ? 1 : wanted)) {
            if (!admitRandom()) {
                break;
            }
        }
        while (space.finite() && space.size() > 0) {
            look();
            if (space.complete()) {
                certified = true;
                break;
            }
            boolean spent = space.products() >= settings.maxProducts();
            if (!spent && !judged && !beginning() && certificateDue()) {
                certify();
                continue;
            }
            int next = unsettled();
            if (spent && next >= 0) {
                effort = TrackingEffort.EXHAUSTED;
            }
            if (spent || next < 0 || !expand(next)) {
                break;
            }
        }
        return found();
    }

    /// Takes stock of the basis.
    private void look() {
        ritz = space.ritz();
        if (!cold && !foreseen && ritz.size() >= wanted) {
            foreseen = true;
            double now = ritz.getFirst().value();
            double turned = Math.hypot(space.residual(ritz.getFirst()) / Math.abs(now), change());
            double growth = Math.max(before.drift(), SHARE * turned) * Math.abs(now);
            double scale = now > 0 && before.values()[0] > 0 ? Math.max(1, now / before.values()[0]) : 1;
            outlook = outlook.grown(scale, Double.isFinite(growth) ? growth : Double.POSITIVE_INFINITY);
        }
        boolean bounded = outlook.rest() < Double.POSITIVE_INFINITY && !space.complete();
        majorant = bounded ? new Majorant<>(space, operator.space(), outlook) : null;
    }

    /// |Δ ln λ₁| since the measurement before; 0 where a sign changed.
    private double change() {
        double now = ritz.getFirst().value();
        return cold || !(now > 0 && before.values()[0] > 0) ? 0 : Math.abs(Math.log(now / before.values()[0]));
    }

    /// Whether the first search still looks for what the certificate is to judge: by residual²/gap within the basis.
    private boolean beginning() {
        if (!cold || ritz.stream().allMatch(pair -> space.residual(pair) <= space.rounding())) {
            return false;
        }
        if (space.size() < Math.min(wanted + FIRST_BASIS, operator.space().dimension())) {
            return true;
        }
        double below = ritz.get(Math.min(wanted, ritz.size() - 1)).value();
        for (int i = 0; i < wanted; i++) {
            double residual = space.residual(ritz.get(i));
            double gap = ritz.get(i).value() - below;
            if ((gap > residual ? residual * residual / gap : residual) > tolerated(i)) {
                return true;
            }
        }
        return false;
    }

    /// Whether what was known of the rest is used up, or proves wrong: more Ritz values above its bound than there were
    /// tracked vectors and rivals (Cauchy).
    private boolean certificateDue() {
        if (cold || ritz.size() < wanted) {
            return cold;
        }
        double least = ritz.get(wanted - 1).value();
        double bound = outlook.rest();
        if (change() > JUMP) {
            effort = TrackingEffort.JUMP;
            return true;
        }
        long above = ritz.stream()
                .filter(pair -> pair.value() > bound + space.rounding())
                .count();
        boolean due = bound >= least - Math.max(Outlook.USED_UP, settings.tolerance()) * Math.abs(least)
                || above > before.vectors().size() + before.outlook().rivals().size();
        effort = due ? TrackingEffort.CERTIFICATE : effort;
        return due;
    }

    /// Bounds the rest anew, by a process that takes no hint from what is known.
    private void certify() {
        for (V rival : outlook.rivals()) {
            if (space.products() < settings.maxProducts()) {
                space.admit(rival);
            }
        }
        double rest = new RandomProbe<>(space, operator, settings, wanted).bound(this::seed);
        outlook = outlook.withRest(rest);
        certified = rest < Double.POSITIVE_INFINITY;
        judged = true;
    }

    /// One product more, where it lowers the bound on this value most.
    private boolean expand(int i) {
        if (i < ritz.size() && majorant != null) {
            V direction = majorant.direction(i);
            if (direction != null) {
                boolean admitted = space.admit(direction);
                operator.space().release(direction);
                if (admitted) {
                    effort = effort == TrackingEffort.ROUTINE && majorant.alongKnown(i) ? TrackingEffort.RIVAL : effort;
                    return true;
                }
            }
        }
        return i < ritz.size() ? space.expand(ritz.get(i).weights(), seed()) : admitRandom();
    }

    /// Another for each measurement and product.
    private long seed() {
        return CountedNormal.mixed(settings.seed() + 0x9E3779B97F4A7C15L * before.clock()) + space.products();
    }

    private boolean admitRandom() {
        V random = operator.space().random(seed());
        boolean admitted = space.admit(random);
        operator.space().release(random);
        return admitted;
    }

    /// The first tracked value that is not yet known well enough; −1 when all are.
    private int unsettled() {
        boolean beginning = beginning();
        for (int i = 0; i < wanted; i++) {
            boolean open = i >= ritz.size() || (beginning ? space.residual(ritz.get(i)) > space.rounding() : !spent(i));
            if (open) {
                return i;
            }
        }
        return -1;
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

    /// How far above the Ritz value the eigenvalue may be; inexact products add to the residual.
    private double width(int i, Uncertainty uncertainty) {
        if (space.complete()) {
            return 0;
        }
        if (majorant == null) {
            return Double.POSITIVE_INFINITY;
        }
        double width = Math.max(0, majorant.value(i) - ritz.get(i).value());
        double product = uncertainty.product() * Math.abs(ritz.getFirst().value());
        double residual = space.residual(ritz.get(i));
        double whole = residual + product;
        double gap = width > 0 ? residual * residual / width : 0;
        return product == 0 ? width : gap > whole ? whole * whole / gap : Math.max(whole, width);
    }

    /// Half of that, as the value is put into the middle, and what inexact products make of it: sᵀEs with the weights
    /// s.
    private double error(int i, Uncertainty uncertainty) {
        double sum = 0;
        for (double weight : ritz.get(i).weights()) {
            sum += Math.abs(weight);
        }
        double inexact =
                uncertainty.quotient() * sum * sum * Math.abs(ritz.getFirst().value());
        return width(i, uncertainty) / 2 + inexact;
    }

    private TrackedSpectrum<V> found() {
        List<Tracked<V>> bounds = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            bounds.add(bound(i));
        }
        boolean lead = !cold
                && !ritz.isEmpty()
                && ritz.getFirst().weights()[0] * ritz.getFirst().weights()[0] < 0.5;
        effort = lead && (effort == TrackingEffort.ROUTINE || effort == TrackingEffort.RIVAL)
                ? TrackingEffort.CROSSING
                : effort;
        if (space.finite() && bounds.stream().noneMatch(bound -> Double.isNaN(bound.value()))) {
            keepOutlook();
        } else {
            outlook = null;
        }
        // only now the vectors, when those outside the basis are no longer needed
        space.releaseOutside();
        List<Tracked<V>> tracked = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            V vector = Double.isNaN(bounds.get(i).value())
                    ? null
                    : space.vector(ritz.get(i).weights());
            tracked.add(bounds.get(i).with(vector));
        }
        double rival = outlook == null || outlook.tops().length == 0 ? Double.NaN : outlook.tops()[0];
        return new TrackedSpectrum<>(tracked, rival, certified, space.products(), effort);
    }

    private void keepOutlook() {
        if (space.complete()) {
            majorant = new Majorant<>(space, operator.space(), Outlook.<V>none().withRest(Double.NEGATIVE_INFINITY));
        }
        if (majorant == null) {
            outlook = Outlook.none();
        } else {
            outlook =
                    certified ? Outlook.certified(space, ritz, majorant, wanted) : outlook.updated(space, ritz, wanted);
        }
    }

    /// What is known of a tracked value, without its vector.
    private Tracked<V> bound(int i) {
        if (!space.finite() || i >= ritz.size()) {
            return new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, Standing.OPEN);
        }
        Ritz pair = ritz.get(i);
        double half = width(i, operator.uncertainty()) / 2;
        double residual = space.complete() ? 0 : space.residual(pair);
        double off = residual + operator.uncertainty().product() * Math.abs(pair.value());
        boolean middle = Double.isFinite(half);
        Standing standing = !met(i) ? Standing.OPEN : certified ? Standing.CERTIFIED : Standing.PROBABLE;
        return new Tracked<>(
                pair.value() + (middle ? half : 0),
                null,
                Math.hypot(off, middle ? half : 0) + space.roundingBound(),
                (middle ? error(i, operator.uncertainty()) : Double.POSITIVE_INFINITY) + space.roundingBound(),
                standing);
    }

    /// What the next measurement starts from; nothing but the clock after a product that was not finite.
    TrackerState<V> after(TrackedSpectrum<V> found) {
        if (outlook == null) {
            return TrackerState.<V>none().at(before.clock() + 1);
        }
        double moved = certified && !cold ? outlook.movedFrom(before.outlook()) : 0;
        return new TrackerState<>(
                found.values().stream().map(Tracked::vector).toList(),
                found.values().stream().mapToDouble(Tracked::value).toArray(),
                outlook,
                before.clock() + 1,
                Math.max(EigenTracker.LEAST_DRIFT, Math.max(moved, FORGETTING * before.drift())));
    }
}
