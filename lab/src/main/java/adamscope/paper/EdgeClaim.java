package adamscope.paper;

import static adamscope.paper.Measurement.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The claim that a sharpness settles at its threshold, judged by the time average over the last third of each run.
///
/// A run that never came near its threshold decides nothing: it is too short.
final class EdgeClaim {
    private EdgeClaim() {}

    /// What runs show of it, for the bounds of that name.
    ///
    /// @param runs by a word for each
    static Measurement of(Measurement claim, Map<String, EdgeCurve> runs) {
        double[] settled = runs.values().stream()
                .filter(EdgeCurve::reached)
                .mapToDouble(run -> run.lastThird().mean())
                .toArray();
        return claim.got("share of runs that came within 5 %", (double) settled.length / runs.size())
                .got(
                        "least average of the last third",
                        Arrays.stream(settled).min().orElse(Double.NaN))
                .got(
                        "largest average of the last third",
                        Arrays.stream(settled).max().orElse(Double.NaN));
    }

    /// A learning rate that falls to a ten-thousandth takes the threshold away from the sharpness.
    static Control decayingRate(TrainedFigure figure, long steps, String... claims) {
        return new Control(
                "the first training of each group with a learning rate that falls to a ten-thousandth",
                Set.of(claims),
                effort -> ControlRuns.of(figure, effort, train -> ControlRuns.decaying(train, steps)));
    }

    /// Each run with its average and extremes over the last third, in units of the threshold.
    static String measured(Map<String, EdgeCurve> runs) {
        return "in units of the threshold: "
                + runs.entrySet().stream()
                        .map(run -> {
                            EdgeCurve.Stay stay = run.getValue().lastThird();
                            return text("%s: %.3f (%.2f to %.2f)", run.getKey(), stay.mean(), stay.low(), stay.high());
                        })
                        .collect(Collectors.joining("; "));
    }
}
