package adamscope.paper;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The claim that a sharpness settles at its threshold, judged by the time average over the last third of each run.
///
/// A run that never came near its threshold decides nothing: it is too short.
///
/// @param below how far below the threshold an average may be, as a part of it
/// @param above how far above
record EdgeClaim(double below, double above) {
    /// Around the threshold.
    static final EdgeClaim AROUND = new EdgeClaim(0.1, 0.1);

    /// At it or just above.
    static final EdgeClaim AT_OR_ABOVE = new EdgeClaim(0.05, 0.3);

    /// @param runs by a word for each
    Claim judged(Statement statement, String expected, Map<String, EdgeCurve> runs) {
        List<String> tooShort = new ArrayList<>();
        boolean agrees = true;
        for (Map.Entry<String, EdgeCurve> run : runs.entrySet()) {
            double mean = run.getValue().lastThird().mean();
            if (!run.getValue().reached()) {
                tooShort.add(run.getKey());
            } else if (!(mean >= 1 - below && mean <= 1 + above)) {
                agrees = false;
            }
        }
        Verdict verdict = !agrees ? Verdict.DISAGREES : tooShort.isEmpty() ? Verdict.AGREES : Verdict.INCONCLUSIVE;
        return statement.open(
                expected,
                Statement.format("average of the last third between %.2f and %.2f of it", 1 - below, 1 + above),
                measured(runs),
                verdict,
                note(verdict, tooShort));
    }

    private static String note(Verdict verdict, List<String> tooShort) {
        String few = tooShort.isEmpty()
                ? ""
                : "These runs were too short to come within 5 % of the threshold: " + String.join("; ", tooShort) + ".";
        return switch (verdict) {
            case AGREES -> "";
            case INCONCLUSIVE -> few;
            case DISAGREES, CONDITIONAL ->
                ("An average of a run that reached the threshold lies outside. " + few).strip();
        };
    }

    /// Each run with its average and extremes over the last third, in units of the threshold.
    static String measured(Map<String, EdgeCurve> runs) {
        return "in units of the threshold: "
                + runs.entrySet().stream()
                        .map(run -> {
                            EdgeCurve.Stay stay = run.getValue().lastThird();
                            return Statement.format(
                                    "%s: %.3f (%.2f to %.2f)", run.getKey(), stay.mean(), stay.low(), stay.high());
                        })
                        .collect(Collectors.joining("; "));
    }
}
