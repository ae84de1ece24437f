package adamscope.report;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EarlyWarning;
import adamscope.diagnosis.RiseWords;
import adamscope.regime.SeriesRises;
import adamscope.regime.SpikeEvent;
import adamscope.regime.WordEvent;
import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// A diagnosis in sentences, for the terminal and for the page.
public final class DiagnosisWords {
    private static final int MOST_SERIES = 6;
    private static final List<WordEvent.Kind> TROUBLES =
            List.of(WordEvent.Kind.OVERFLOW, WordEvent.Kind.SKIPPED_STEP, WordEvent.Kind.NOT_A_NUMBER);

    private DiagnosisWords() {}

    /// One sentence or two: what the run did, and why.
    public static String headline(Diagnosis diagnosis) {
        String outcome = RiseWords.capital(diagnosis.outcome().sentence());
        return diagnosis
                .log()
                .facts()
                .axis()
                .unit()
                .in(outcome + "."
                        + diagnosis
                                .leading()
                                .map(e -> " " + RiseWords.sentence(e))
                                .orElse(""));
    }

    /// What other quantities did, those first that did it without the loss; at most some.
    public static List<String> others(Diagnosis diagnosis) {
        String unit = diagnosis.log().facts().axis().unit().word();
        List<SeriesRises> series = diagnosis.others().stream()
                .sorted(Comparator.comparingInt(SeriesRises::alone).reversed())
                .toList();
        List<String> lines = new ArrayList<>(series.stream()
                .limit(MOST_SERIES)
                .map(each -> each.sentence(unit))
                .toList());
        if (series.size() > MOST_SERIES) {
            lines.add("rises in "
                    + Listing.of(
                            series.subList(MOST_SERIES, series.size()).stream()
                                    .map(SeriesRises::quantity)
                                    .toList(),
                            4 * MOST_SERIES));
        }
        return lines;
    }

    /// Overflows, skipped steps and numbers that are none, as far as the log tells them in words: how often, and since
    /// when.
    public static List<String> said(Diagnosis diagnosis) {
        String unit = diagnosis.log().facts().axis().unit().word();
        return TROUBLES.stream()
                .map(kind -> diagnosis.log().facts().words().stream()
                        .filter(word -> word.kind() == kind)
                        .toList())
                .filter(words -> !words.isEmpty())
                .map(words -> String.format(
                        Locale.ROOT,
                        "%s: %d line%s, the first %s",
                        words.getFirst().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        words.size(),
                        words.size() == 1 ? "" : "s",
                        words.getFirst().step() < 0
                                ? "before the first row"
                                : "after " + unit + " " + words.getFirst().step()))
                .toList();
    }

    /// Whether an alarm came before the leading rise, and how many alarms there were.
    public static String warning(Diagnosis diagnosis) {
        EarlyWarning warning = diagnosis.warning();
        if (!warning.watches()) {
            return "nothing to watch; it needs ‖Δθ‖, ‖g‖, |m|/√v, attention logits or the preconditioned sharpness of"
                    + " more than 50 rows";
        }
        int[] alarms = warning.alarms();
        String all = alarms.length == 0
                ? String.format(Locale.ROOT, "no alarm, highest score %.2g", warning.highest())
                : String.format(
                        Locale.ROOT,
                        "%d alarm%s, the first at step %d (%s), highest score %.3g",
                        alarms.length,
                        alarms.length == 1 ? "" : "s",
                        warning.steps()[alarms[0]],
                        warning.source(alarms[0]),
                        warning.highest());
        return all
                + diagnosis
                        .leading()
                        .map(leading -> {
                            long onset = leading.event().onset();
                            OptionalLong lead = diagnosis.lead(warning, leading);
                            return lead.isPresent()
                                    ? String.format(
                                            Locale.ROOT,
                                            "; the rise at step %d was announced %d step%s before",
                                            onset,
                                            lead.getAsLong(),
                                            lead.getAsLong() == 1 ? "" : "s")
                                    : unannounced(warning, leading.event());
                        })
                        .orElse("");
    }

    /// An alarm in the rise itself is no warning, and neither is it silence.
    private static String unannounced(EarlyWarning warning, SpikeEvent event) {
        long end = event.recovery().orElse(event.peak());
        return Arrays.stream(warning.alarms())
                .mapToLong(row -> warning.steps()[row])
                .filter(step -> step >= event.onset() && step <= end)
                .mapToObj(step -> String.format(
                        Locale.ROOT,
                        "; the rise at step %d had no alarm before it, its first came at step %d",
                        event.onset(),
                        step))
                .findFirst()
                .orElseGet(
                        () -> String.format(Locale.ROOT, "; the rise at step %d came without warning", event.onset()));
    }

    /// Counts, outcome and score as names with values.
    static List<Section.KeyValue> summary(Diagnosis diagnosis) {
        List<Section.KeyValue> values = new ArrayList<>();
        values.add(new Section.KeyValue(
                "outcome",
                diagnosis.outcome().word() + ": " + diagnosis.outcome().sentence()));
        int points = diagnosis.curve().points();
        values.add(new Section.KeyValue(
                "losses",
                points == 0
                        ? "none"
                        : String.format(
                                Locale.ROOT,
                                "%d, steps %d to %d",
                                points,
                                diagnosis.curve().steps()[0],
                                diagnosis.curve().steps()[points - 1])));
        values.add(new Section.KeyValue(
                "spike score",
                String.format(
                        Locale.ROOT,
                        "%.3g %% of the steps in rises, %.3g rises and %.3g decades climbed per thousand steps",
                        diagnosis.score().percentOfSteps(),
                        diagnosis.score().eventsPerThousand(),
                        diagnosis.score().decadesPerThousand())));
        diagnosis.shapes().forEach(shape -> values.add(new Section.KeyValue("shape", shape.sentence("step"))));
        others(diagnosis).forEach(sentence -> values.add(new Section.KeyValue("also", sentence)));
        values.add(new Section.KeyValue("early warning", warning(diagnosis)));
        diagnosis
                .position()
                .side()
                .ifPresent(side -> values.add(new Section.KeyValue(
                        "(a, b)",
                        String.format(
                                Locale.ROOT,
                                "%.4g, %.4g: %s",
                                diagnosis.position().a(),
                                diagnosis.position().b(),
                                side.name().toLowerCase(java.util.Locale.ROOT)))));
        if (!diagnosis.position().regimes().isEmpty()) {
            values.add(new Section.KeyValue(
                    "regime on x^4, x^6, x^8", diagnosis.position().regimes().toString()));
        }
        return values.stream()
                .map(value -> new Section.KeyValue(
                        value.key(), diagnosis.log().facts().axis().unit().in(value.value())))
                .toList();
    }
}
