package adamscope.paper;

import adamscope.report.Claim;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A statement of the [Register] with what a run measured of it; the register's criterion gives the verdict.
///
/// ```java
/// Register.of("P1-16")
///         .ran("averaged form, β₁ = 0.9, 1e6 steps; |x| over the law of GD")
///         .got("difference", momentum)
///         .claim("the law of GD", format("within %.1e", momentum), "");
/// ```
///
/// @param setup    what was run
/// @param measured numbers by the names of the criterion's bounds
record Measurement(Register.Entry entry, String setup, Map<String, Double> measured) {
    Measurement {
        measured = Map.copyOf(measured);
    }

    /// A formatted text, whatever the language of the machine.
    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /// What was run to check it.
    Measurement ran(String how) {
        return new Measurement(entry, how, measured);
    }

    /// A number that the criterion asks for; NaN where the run did not give it.
    Measurement got(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(measured);
        if (more.put(name, value) != null) {
            throw new IllegalStateException(entry.id() + ": '" + name + "' was measured twice");
        }
        return new Measurement(entry, setup, more);
    }

    /// A number that decides something only where a run came far enough; elsewhere it was not given.
    Measurement gotIf(boolean decided, String name, double value) {
        return got(name, decided ? value : Double.NaN);
    }

    /// A number that the criterion asks for: 1 if something was seen, 0 if not.
    Measurement got(String name, boolean seen) {
        return got(name, seen ? 1 : 0);
    }

    /// The verdict; where the statement does not simply agree, the note says which bounds were missed.
    ///
    /// @param expected what the statement predicts, for a reader
    /// @param found    what came out, for a reader
    Claim claim(String expected, String found) {
        return claim(expected, found, entry.criterion().missed(measured));
    }

    /// The verdict.
    ///
    /// @param note what a reader must know besides, in place of the bounds that were missed
    Claim claim(String expected, String found, String note) {
        ClaimCriterion criterion = entry.criterion();
        return new Claim(
                entry.id(),
                entry.where(),
                entry.says(),
                setup,
                expected,
                criterion.text(),
                found,
                criterion.verdict(measured),
                note,
                entry.history(),
                measured);
    }
}
