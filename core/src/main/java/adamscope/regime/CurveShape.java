package adamscope.regime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Something that a curve did that is no sudden rise: a level that changed for good, or did not change any more.
public sealed interface CurveShape {

    /// The word for it in JSON.
    default String word() {
        return switch (this) {
            case Stall _ -> "stall";
            case Staircase _ -> "staircase";
            case Shift _ -> "level-shift";
            case Drift _ -> "drift";
            case FarRows _ -> "excursions";
        };
    }

    /// One sentence for a person.
    ///
    /// @param unit what the log counts: `step`, `epoch`
    default String sentence(String unit) {
        return switch (this) {
            case Stall(long step, double before, double after) ->
                String.format(
                        Locale.ROOT,
                        "the loss stands almost still from %s %d on: it fell by %.3g decades up to there, and %s by"
                                + " %.2g from there to the end",
                        unit,
                        step,
                        before,
                        after < 0 ? "rose" : "fell",
                        Math.abs(after));
            case Staircase(long first, long period, int drops, double drop, boolean epochs) ->
                String.format(
                        Locale.ROOT,
                        "the loss falls in a staircase: %d drops by about ×%.2g, every %d %ss from %s %d on, and little"
                                + " between%s",
                        drops,
                        Math.pow(10, -drop),
                        period,
                        unit,
                        unit,
                        first,
                        epochs
                                ? "; the drops are the beginnings of epochs, so samples are recognised when they come"
                                        + " again (memorised)"
                                : "; so falls a loss at the beginnings of epochs, when samples come again");
            case Shift(long step, double decades) ->
                String.format(
                        Locale.ROOT,
                        "the level of the loss falls by %.2g decades at %s %d and stays there",
                        -decades,
                        unit,
                        step);
            case Drift(long from, long to, double decades) ->
                String.format(
                        Locale.ROOT,
                        "the loss drifts up by %.2g decades from %s %d to %s %d, without a sudden rise",
                        decades,
                        unit,
                        from,
                        unit,
                        to);
            case FarRows(int rows, List<Long> steps, double decades) ->
                String.format(
                        Locale.ROOT,
                        "%s ×1.2 and six median deviations above the 40 before, by ×%.3g at most (%s%s %s%s): no more"
                                + " than the noise of this curve brings about in so many rows",
                        rows == 1 ? "one row stands" : rows + " rows stand",
                        Math.pow(10, decades),
                        unit,
                        rows == 1 ? "" : "s",
                        steps.stream().map(step -> Long.toString(step)).collect(Collectors.joining(", ")),
                        rows > steps.size() ? ", …" : "");
        };
    }

    /// A fall that ended in a knee, after which next to nothing was gained for a quarter of the run or more.
    ///
    /// @param before fall up to there, in decades
    /// @param after  fall from there to the end
    record Stall(long step, double before, double after) implements CurveShape {}

    /// Drops at equal distances, which make up most of the fall.
    ///
    /// @param first  step of the first drop
    /// @param period in steps
    /// @param drop   the middle one, in decades
    /// @param epochs whether the log says that the drops are at beginnings of epochs
    record Staircase(long first, long period, int drops, double drop, boolean epochs) implements CurveShape {}

    /// A sudden fall of the level.
    record Shift(long step, double decades) implements CurveShape {}

    /// A slow climb.
    record Drift(long from, long to, double decades) implements CurveShape {}

    /// Rows far above those before that are no rises.
    ///
    /// @param steps   of the furthest ones
    /// @param decades of the furthest one
    record FarRows(int rows, List<Long> steps, double decades) implements CurveShape {
        public FarRows {
            steps = List.copyOf(steps);
        }
    }
}
