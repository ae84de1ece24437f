package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Arrays;
import java.util.Locale;

/// Where a blow-up begins: steps that were too long from the first one on, a gradient that is no number.
final class StartSuspects {
    private static final double CLIMBS = Math.log10(3);

    private StartSuspects() {}

    /// A loss that climbs from the start: gradient and loss feed each other, as they do where lr exceeds what the
    /// curvature allows.
    static Suspect learningRate(Climb climb, DiagnosedLog read) {
        Suspect.Draft draft = new Suspect.Draft(Cause.LEARNING_RATE, 0);
        String deciding = "a rerun of the first steps with lr at a third, and at a tenth: the climb goes, or it comes"
                + " later and slower";
        if (!climb.counts() || !climb.fromStart()) {
            return draft.decidedBy(deciding);
        }
        double factor = Math.pow(10, climb.decades());
        draft.rests(new Inequality(
                String.format(Locale.ROOT, "loss at step %d over that at step %d", climb.last(), climb.from()),
                factor,
                ">",
                "a run that learns falls",
                1,
                "descent lemma: lr·λ < 2 on a quadratic"));
        draft.supports(
                0.5,
                String.format(
                        Locale.ROOT,
                        "the loss climbed ×%.3g over the rows from step %d to step %d, and had not learned anything"
                                + " before",
                        factor,
                        climb.from(),
                        climb.last()));
        if (climb.gradient() > CLIMBS) {
            draft.supports(
                    0.25,
                    String.format(
                            Locale.ROOT,
                            "the gradient climbed with it, ×%.3g: the steps led to steeper ground",
                            Math.pow(10, climb.gradient())));
        } else if (Double.isNaN(climb.gradient())) {
            draft.lacks("‖g‖ of each step");
        } else {
            draft.contradicts(0.2, "the gradient did not climb with it");
        }
        rate(read.log(), climb).ifPresent(sentence -> draft.supports(0.1, sentence));
        return draft.decidedBy(deciding);
    }

    private static java.util.Optional<String> rate(RunLog log, Climb climb) {
        double[] lr = log.numbers(Quantity.LR).orElse(new double[0]);
        long[] steps = log.steps();
        double first = Double.NaN;
        double there = Double.NaN;
        for (int row = 0; row < lr.length && steps[row] <= climb.last(); row++) {
            first = Double.isNaN(first) ? lr[row] : first;
            there = Double.isFinite(lr[row]) ? lr[row] : there;
        }
        if (Double.isNaN(first) || !(there > 0)) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(
                there > 1.01 * first
                        ? String.format(Locale.ROOT, "lr was being raised and had reached %.3g", there)
                        : String.format(Locale.ROOT, "lr was %.3g from the first step on, without a warm-up", there));
    }

    /// A backward pass that gives no number while the loss still is one.
    static Suspect nanGradient(Rise rise) {
        Suspect.Draft draft = new Suspect.Draft(Cause.NAN_GRADIENT, 0);
        SpikeEvent event = rise.event();
        LossCurve curve = rise.read().curve();
        FirstMove gradient = rise.moved().stream()
                .filter(move -> move.quantity().startsWith(Quantity.GRADIENT_NORM) && move.noNumber() > 0)
                .findFirst()
                .orElse(null);
        if (!event.broken() || gradient == null || gradient.noNumber() > 5) {
            return draft.decidedBy("‖g‖ of each step up to the first loss that is no number");
        }
        long[] steps = rise.log().steps();
        int onset = Arrays.binarySearch(steps, event.onset());
        long at = steps[Math.max(0, onset - gradient.noNumber())];
        double loss = Math.pow(10, curve.log10Loss()[Math.max(0, curve.at(event.onset()) - 1)]);
        draft.supports(
                0.75,
                String.format(
                        Locale.ROOT,
                        "%s was no number at step %d, %d row%s before the loss, which was still %.4g",
                        gradient.quantity(),
                        at,
                        gradient.noNumber(),
                        gradient.noNumber() == 1 ? "" : "s",
                        loss));
        return draft.decidedBy(String.format(
                Locale.ROOT, "the backward pass of the batch of step %d, with anomaly detection of the framework", at));
    }
}
