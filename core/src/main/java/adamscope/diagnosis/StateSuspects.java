package adamscope.diagnosis;

import adamscope.regime.RunLog;
import adamscope.regime.Seam;
import adamscope.regime.SpikeEvent;
import java.util.List;
import java.util.Locale;

/// Causes that lie between two sessions of a run: a state that was not restored, a beginning from scratch.
final class StateSuspects {
    /// A fall of ‖√v‖ in one row counts from this many times the fastest that β₂ allows.
    private static final double IMPOSSIBLE = 2;

    /// Decades that two runs from the same parameters may be apart, in the middle of their first rows.
    private static final double SAME_CURVE = 0.15;

    private StateSuspects() {}

    /// Σv cannot fall by more than β₂ a step: v' = β₂v + (1−β₂)g² ≥ β₂v in every coordinate.
    static Suspect state(Signs signs, RunLog log, SpikeEvent event, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.OPTIMIZER_STATE, 0);
        List<Seam> seams = log.facts().seamsWithin(event.onset() - 20, event.peak());
        if (Double.isNaN(signs.stateFall())) {
            draft.lacks("‖√v‖ of each step");
        } else {
            double allowed = Math.sqrt(known.or("beta2", Double.NaN));
            draft.rests(new Inequality(
                    "smallest ‖√v‖ over that of the row before",
                    Math.pow(10, signs.stateFall()),
                    "<",
                    "√β₂ a step, the fastest that v can fall",
                    allowed,
                    "v' = β₂v + (1−β₂)g² ≥ β₂v"));
            if (impossibleFall(signs, known)) {
                draft.supports(
                        0.85,
                        String.format(
                                Locale.ROOT,
                                "‖√v‖ fell to %.3g of its value within a row, where beta2 allows %.4g: v was set back",
                                Math.pow(10, signs.stateFall()),
                                allowed));
            } else {
                draft.contradicts(0.3, "v fell no faster than beta2 allows");
            }
        }
        if (!seams.isEmpty()) {
            draft.supports(
                    Double.isNaN(signs.stateFall()) ? 0.45 : 0.1,
                    "the run was resumed just before the rise: "
                            + seams.getLast().said());
        }
        return draft.decidedBy(
                "‖m‖ and ‖√v‖ in the first steps after the restart: they start from 0 if the state was not loaded");
    }

    /// Whether v fell faster than its decay allows.
    static boolean impossibleFall(Signs signs, Circumstances known) {
        double beta2 = known.or("beta2", Double.NaN);
        double allowed = 0.5 * Math.log10(beta2);
        return signs.stateFall() < Math.min(IMPOSSIBLE * allowed, allowed - 0.02);
    }

    /// The loss is back at its first value within one row and stays: the parameters are new.
    static Suspect restart(Signs signs, LossStart start, SpikeEvent event) {
        Suspect.Draft draft = new Suspect.Draft(Cause.RESTART, 0);
        if (event.broken() || Double.isNaN(start.distance())) {
            return draft.decidedBy("the loss before the first step, from the same seed");
        }
        double far = Math.abs(start.distance());
        draft.rests(new Inequality(
                "decades between the peak and the first losses of the run",
                far,
                "<",
                "the same parameters give the same loss",
                0.1,
                "loss = function of θ"));
        if (far < 0.1
                && signs.firstRowShare() > 0.7
                && event.height() > 0.3
                && start.fallen() > 0.3
                && (signs.stayed() < 0 || signs.stayed() > 2)
                && !(start.apart() > SAME_CURVE)) {
            draft.supports(
                    Double.isNaN(start.apart()) ? 0.5 : 0.7,
                    String.format(
                            Locale.ROOT,
                            "the loss went back to its first value, within %.2g %%, in one row%s",
                            100 * (Math.pow(10, far) - 1),
                            Double.isNaN(start.apart()) ? "" : ", and fell from there as it did at the beginning"));
        } else if (start.apart() > SAME_CURVE) {
            draft.contradicts(0.3, "the loss did not fall from there as it did at the beginning");
        } else if (far >= 0.1) {
            draft.contradicts(0.3, "the loss did not go back to its first value");
        }
        return draft.decidedBy("‖θ‖ before and after: it is that of the initial weights");
    }

    /// Where a run began, seen from a rise.
    ///
    /// @param distance log₁₀ of the largest loss of the rise over the middle of the first losses; NaN if not known
    /// @param fallen   decades that the loss had come down before the rise
    /// @param apart    decades between the rows after the peak and the first ones, in the middle; NaN for too few
    record LossStart(double distance, double fallen, double apart) {}
}
