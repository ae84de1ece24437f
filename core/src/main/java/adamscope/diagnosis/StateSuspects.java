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

    /// No β₂ in use is below it, so that v cannot fall faster where β₂ is not known.
    private static final double LEAST_DECAY = 0.5;

    /// A run from scratch takes at least this share of the rows that the first one took.
    private static final double SHARE = 0.25;

    /// Decades within which the first ten rows agree: 5 %. How long a loss then stays on its plateau is chance.
    private static final double SAME_ROWS = 0.02;

    private StateSuspects() {}

    /// Σv cannot fall by more than β₂ a step: v' = β₂v + (1−β₂)g² ≥ β₂v in every coordinate.
    static Suspect state(Signs signs, RunLog log, SpikeEvent event, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.OPTIMIZER_STATE, 0);
        List<Seam> seams = log.facts().seamsWithin(event.onset() - 20, event.peak());
        if (Double.isNaN(signs.stateFall())) {
            draft.lacks("‖√v‖ of each step");
        } else {
            boolean isKnown = known.value("beta2").isPresent();
            double allowed = Math.sqrt(known.or("beta2", LEAST_DECAY));
            draft.rests(new Inequality(
                    "smallest ‖√v‖ over that of the row before",
                    Math.pow(10, signs.stateFall()),
                    "<",
                    (isKnown ? "√β₂" : "√" + LEAST_DECAY) + " a step, the fastest that v can fall",
                    allowed,
                    "v' = β₂v + (1−β₂)g² ≥ β₂v"));
            if (impossibleFall(signs, known)) {
                draft.supports(
                        0.85,
                        String.format(
                                Locale.ROOT,
                                "‖√v‖ fell to %.3g of its value within a row, where %s allows %.4g: v was set back",
                                Math.pow(10, signs.stateFall()),
                                isKnown ? "beta2" : "even beta2 = " + LEAST_DECAY,
                                allowed));
            } else if (isKnown) {
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
        double allowed = 0.5 * Math.log10(known.or("beta2", LEAST_DECAY));
        return signs.stateFall() < Math.min(IMPOSSIBLE * allowed, allowed - 0.02);
    }

    /// The loss is back at its first value within one row and stays: the parameters are new.
    static Suspect restart(Signs signs, LossStart start, SpikeEvent event) {
        Suspect.Draft draft = new Suspect.Draft(Cause.RESTART, 0);
        if (event.broken() || Double.isNaN(start.distance())) {
            return draft.decidedBy("the loss before the first step, from the same seed");
        }
        double far = Math.abs(start.distance());
        boolean slowly = signs.stayedUp()
                || signs.stayed() >= 0 && start.rowsToHalf() >= 0 && signs.stayed() >= SHARE * start.rowsToHalf()
                || start.apart() < SAME_ROWS;
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
                && (signs.stayedUp() || signs.stayed() > 2)
                && slowly) {
            draft.supports(
                    0.7,
                    String.format(
                            Locale.ROOT,
                            "the loss went back to its first value, within %.2g %%, in one row, and %s",
                            100 * (Math.pow(10, far) - 1),
                            signs.stayed() < 0 || start.rowsToHalf() < 0
                                    ? "stayed above half of the way to its end"
                                    : String.format(
                                            Locale.ROOT,
                                            "took %d rows to half of the way, %d at the beginning",
                                            signs.stayed(),
                                            start.rowsToHalf())));
        } else if (!slowly && signs.stayed() >= 0) {
            draft.contradicts(
                    0.3,
                    String.format(
                            Locale.ROOT,
                            "the loss fell from there in %d rows as far as in %d at the beginning",
                            signs.stayed(),
                            start.rowsToHalf()));
        } else if (far >= 0.1) {
            draft.contradicts(0.3, "the loss did not go back to its first value");
        }
        return draft.decidedBy("‖θ‖ before and after: it is that of the initial weights");
    }

    /// Where a run began, seen from a rise.
    ///
    /// @param distance log₁₀ of the largest loss of the rise over the middle of the first losses; NaN if not known
    /// @param fallen   decades that the loss had come down before the rise
    /// @param rowsToHalf rows that the first fall took to half of the way; −1: it never got there
    /// @param apart decades between the ten rows after the peak and the first ten, in the middle; NaN for fewer
    record LossStart(double distance, double fallen, int rowsToHalf, double apart) {}
}
