package adamscope.corpus;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What was found in a labelled run, here and by two rules in use.
///
/// @param diagnosed the runs of the file
/// @param here      by [adamscope.regime.SpikeSearch]
/// @param window    by [WindowRule]
/// @param neighbour by [NeighbourRule]
/// @param right     labelled rises with the right cause named first
/// @param wrong     with another
/// @param withheld  with none, though found
public record JudgedRun(
        RunLabel label,
        List<Diagnosis> diagnosed,
        Found here,
        Found window,
        Found neighbour,
        int right,
        int wrong,
        int withheld) {

    public JudgedRun {
        diagnosed = List.copyOf(diagnosed);
    }

    /// Labelled rises that were found, and what was flagged without a label.
    public record Found(int found, int beyond) {}

    private record Span(long from, long to) {}

    /// Judges the diagnoses of a file, all of its runs together, as the label does.
    public static JudgedRun of(RunLabel label, List<Diagnosis> diagnosed) {
        long within = label.within() >= 0 ? label.within() : 2 * rowSteps(diagnosed);
        int right = 0;
        int wrong = 0;
        int withheld = 0;
        for (long rise : label.rises()) {
            List<Cause> named = diagnosed.stream()
                    .flatMap(diagnosis -> diagnosis.events().stream())
                    .filter(event -> holds(span(event.event()), rise, within))
                    .map(EventDiagnosis::cause)
                    .toList();
            if (label.cause().isPresent() && !named.isEmpty()) {
                right += named.contains(label.cause().get()) ? 1 : 0;
                withheld += named.stream().allMatch(Cause.OTHER::equals) ? 1 : 0;
            }
        }
        Found here = found(
                label,
                within,
                diagnosed,
                d -> d.events().stream().map(event -> span(event.event())).toList());
        if (label.cause().isPresent()) {
            wrong = here.found - right - withheld;
        }
        return new JudgedRun(
                label,
                diagnosed,
                here,
                found(label, within, diagnosed, d -> flagged(d, WindowRule::flagged)),
                found(label, within, diagnosed, d -> flagged(d, NeighbourRule::flagged)),
                right,
                wrong,
                withheld);
    }

    private static Found found(
            RunLabel label, long within, List<Diagnosis> diagnosed, Function<Diagnosis, List<Span>> flags) {
        List<Span> spans =
                diagnosed.stream().flatMap(d -> flags.apply(d).stream()).toList();
        int found = (int) label.rises().stream()
                .filter(rise -> spans.stream().anyMatch(span -> holds(span, rise, within)))
                .count();
        int beyond = (int) spans.stream()
                .filter(span -> label.rises().stream().noneMatch(rise -> holds(span, rise, within)))
                .count();
        return new Found(found, beyond);
    }

    private static boolean holds(Span span, long step, long within) {
        return step >= span.from - within && step <= span.to + within;
    }

    private static Span span(SpikeEvent event) {
        return new Span(event.onset(), event.peak());
    }

    private static List<Span> flagged(Diagnosis diagnosis, Function<double[], List<Integer>> rule) {
        LossCurve curve = diagnosis.curve();
        return rule
                .apply(Arrays.stream(curve.log10Loss())
                        .map(y -> Math.pow(10, y))
                        .toArray())
                .stream()
                .map(row -> new Span(curve.steps()[row], curve.steps()[row]))
                .toList();
    }

    private static long rowSteps(List<Diagnosis> diagnosed) {
        return diagnosed.stream()
                .map(Diagnosis::curve)
                .filter(curve -> curve.points() > 1)
                .mapToLong(curve -> {
                    long[] gaps = new long[curve.points() - 1];
                    Arrays.setAll(gaps, i -> curve.steps()[i + 1] - curve.steps()[i]);
                    Arrays.sort(gaps);
                    return gaps[gaps.length / 2];
                })
                .max()
                .orElse(0);
    }
}
