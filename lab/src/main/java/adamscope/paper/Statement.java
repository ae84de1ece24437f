package adamscope.paper;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import java.util.Locale;

/// A statement of a paper, ready to be held against measurements; the measurement decides the verdict.
///
/// @param id    such as `P1-08`
/// @param where section, theorem or figure
/// @param text  what is said
/// @param setup what was run to check it
record Statement(String id, String where, String text, String setup) {

    /// Agrees if the measurement lies within `tolerance` of what is expected.
    Claim near(double expected, double tolerance, String why, double measured) {
        return judged(
                format("%.8g", expected),
                format("±%.2g: ", tolerance) + why,
                format("%.8g", measured),
                Math.abs(measured - expected) <= tolerance,
                "");
    }

    /// Agrees if the measurement does not exceed a bound.
    Claim atMost(double bound, String why, double measured) {
        return judged("at most " + format("%.3g", bound), why, format("%.3g", measured), measured <= bound, "");
    }

    /// Agrees or not, as a condition on measured numbers says.
    Claim judged(String expected, String tolerance, String measured, boolean agrees, String note) {
        return claim(expected, tolerance, measured, agrees ? Verdict.AGREES : Verdict.DISAGREES, note);
    }

    /// Agrees where its condition holds; a measured counter-example outside makes it conditional.
    ///
    /// @param agrees         whether the measurements inside the condition agree
    /// @param counterExample whether one outside it was measured here
    Claim conditional(String expected, String measured, boolean agrees, boolean counterExample, String note) {
        Verdict verdict = !agrees ? Verdict.DISAGREES : counterExample ? Verdict.CONDITIONAL : Verdict.AGREES;
        return claim(expected, "as stated", measured, verdict, note);
    }

    /// A verdict with a third outcome: the size of the experiment may leave the statement undecided, and the note says
    /// why.
    Claim open(String expected, String tolerance, String measured, Verdict verdict, String note) {
        return claim(expected, tolerance, measured, verdict, note);
    }

    private Claim claim(String expected, String tolerance, String measured, Verdict verdict, String note) {
        return new Claim(id, where, text, setup, expected, tolerance, measured, verdict, note);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
