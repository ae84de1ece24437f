package adamscope.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a replay makes of the suspects and the advice: a change that removes the rise confirms, one that leaves it
/// refutes, and advice is what was tried.
final class ReplayDecision {
    private static final double CONFIRMED = 0.95;
    private static final double REFUTED = 0.2;

    /// Changes that a run can keep, in the order in which they are advised; the others are signs only.
    private static final List<Replay.Variation> REMEDIES = List.of(
            Replay.Variation.LR_HALVED,
            Replay.Variation.LR_HELD,
            Replay.Variation.BATCH_SKIPPED,
            Replay.Variation.EPS_RAISED,
            Replay.Variation.BETA2_LOWER,
            Replay.Variation.BETA1_LOWER);

    private static final String REPLAYED = "it was replayed";

    private ReplayDecision() {}

    static EventDiagnosis of(EventDiagnosis diagnosed, Replay replay, Circumstances known) {
        if (!replay.again()) {
            return diagnosed;
        }
        List<Suspect> suspects = diagnosed.suspects().stream()
                .map(suspect -> judged(suspect, replay))
                .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
                .toList();
        return new EventDiagnosis(
                diagnosed.event(),
                diagnosed.endOf(),
                diagnosed.until(),
                diagnosed.aftermath(),
                diagnosed.signs(),
                diagnosed.moved(),
                suspects,
                advice(diagnosed, replay, known));
    }

    private static Suspect judged(Suspect suspect, Replay replay) {
        if (replay.cause().filter(suspect.cause()::equals).isPresent()) {
            return suspect.with(CONFIRMED, "a replay: " + replay.verdict(), true)
                    .decided(REPLAYED);
        }
        Optional<Replay.Result> failed = tests(suspect.cause()).stream()
                .flatMap(change -> replay.results().stream().filter(result -> result.change() == change))
                .filter(result -> !result.removed())
                .findFirst();
        boolean removed = replay.removing().stream()
                .anyMatch(change -> tests(suspect.cause()).contains(change));
        if (failed.isPresent() && !removed) {
            return suspect.with(
                            Math.min(suspect.weight(), REFUTED),
                            String.format(
                                    Locale.ROOT,
                                    "a replay with %s: %s",
                                    failed.get().change().words(),
                                    left(failed.get(), replay)),
                            false)
                    .decided(REPLAYED);
        }
        return suspect.with(Math.min(suspect.weight(), CONFIRMED - 0.05));
    }

    /// The changes that take away a cause and nothing else.
    private static List<Replay.Variation> tests(Cause cause) {
        return switch (cause) {
            case PRECONDITIONER_LAG -> List.of(Replay.Variation.V_FLOORED, Replay.Variation.PRECONDITIONER_FROZEN);
            case SCHEDULE -> List.of(Replay.Variation.LR_HELD);
            case BAD_BATCH -> List.of(Replay.Variation.BATCH_SKIPPED);
            case SHARPNESS, LEARNING_RATE -> List.of(Replay.Variation.LR_HALVED);
            case DIVERGENCE_REGIME,
                    PRECISION,
                    LOSS_SCALE,
                    ARCHITECTURE,
                    OTHER,
                    OPTIMIZER_STATE,
                    RESTART,
                    NAN_GRADIENT,
                    LOSS_TERM,
                    PERIODIC,
                    ABSORPTION -> List.of();
        };
    }

    private static List<String> advice(EventDiagnosis diagnosed, Replay replay, Circumstances known) {
        Sentences sentences = new Sentences();
        for (Replay.Variation change : REMEDIES) {
            result(replay, change)
                    .filter(Replay.Result::removed)
                    .ifPresent(result -> sentences.say(
                            "%s from step %d on: a replay %s; %s",
                            remedy(change, diagnosed, known), replay.from(), left(result, replay), cost(change)));
        }
        if (sentences.all().isEmpty()) {
            sentences.say(
                    "nothing that was tried removes the rise; compare code, data and parameters at steps %d and %d",
                    Math.max(0, diagnosed.event().onset() - 1),
                    diagnosed.event().onset());
        }
        List<String> failed = new ArrayList<>();
        for (Replay.Variation change : REMEDIES) {
            result(replay, change)
                    .filter(result -> !result.removed())
                    .ifPresent(result -> failed.add(change.words() + " " + left(result, replay)));
        }
        if (!failed.isEmpty()) {
            sentences.say("of no use in a replay: %s", String.join("; ", failed));
        }
        return sentences.all();
    }

    private static Optional<Replay.Result> result(Replay replay, Replay.Variation change) {
        return replay.results().stream()
                .filter(result -> result.change() == change)
                .findFirst();
    }

    /// `leaves 2.22 of 2.55 decades`.
    private static String left(Replay.Result result, Replay replay) {
        double whole = replay.results().getFirst().rise();
        return Double.isInfinite(result.rise())
                ? "ends without a number"
                : Double.isInfinite(whole)
                        ? String.format(Locale.ROOT, "leaves a rise of %.3g decades of one to no number", result.rise())
                        : String.format(Locale.ROOT, "leaves %.3g of %.3g decades", result.rise(), whole);
    }

    private static String remedy(Replay.Variation change, EventDiagnosis diagnosed, Circumstances known) {
        double beta1 = known.or("beta1", Double.NaN);
        double beta2 = known.or("beta2", Double.NaN);
        return switch (change) {
            case LR_HALVED, LR_HELD -> change.words();
            case BETA2_LOWER ->
                Double.isNaN(beta2)
                        ? change.words()
                        : "beta2 = " + Inequality.number(Math.max(0, 1 - 10 * (1 - beta2)));
            case BETA1_LOWER ->
                Double.isNaN(beta1) ? change.words() : "beta1 = " + Inequality.number(Math.max(0, 1 - 2 * (1 - beta1)));
            case BATCH_SKIPPED ->
                String.format(
                        Locale.ROOT,
                        "%s (look at those of steps %d and %d)",
                        change.words(),
                        diagnosed.event().onset() - 1,
                        diagnosed.event().onset());
            case NOTHING, V_FLOORED, PRECONDITIONER_FROZEN, M_RESET, EPS_RAISED -> change.words();
        };
    }

    private static String cost(Replay.Variation change) {
        return switch (change) {
            case LR_HALVED -> "it costs up to twice the steps for the same way";
            case LR_HELD -> "it costs what a higher lr would have gained";
            case BATCH_SKIPPED -> "it costs two batches";
            case EPS_RAISED -> "coordinates with smaller gradients then move as under SGD";
            case BETA2_LOWER -> "v then averages over a tenth of the steps, which is noisier";
            case BETA1_LOWER -> "m then averages over half of the steps, which is noisier";
            case NOTHING, V_FLOORED, PRECONDITIONER_FROZEN, M_RESET -> "a sign, no remedy";
        };
    }
}
