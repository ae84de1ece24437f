package adamscope.sweep;

import adamscope.objective.Minimum;
import adamscope.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The cells of a plane that its steps did not decide, and where in the plane they lie, as it was measured.
///
/// @param cells how many
/// @param all   of how many
/// @param side  of the plane that tells them from the others best; empty where none holds most of them and few others
public record UndecidedCells(int cells, int all, Optional<Side> side) {
    /// By how much the share of them beyond a line must exceed that of the others.
    private static final double TOLD = 0.5;

    private static final int MOST_DIGITS = 17;

    /// What lies beyond a line across one axis.
    ///
    /// @param axis   its name
    /// @param above  beyond is above
    /// @param border between the values of the axis that are beyond and the others, in few digits
    /// @param inside how many of the undecided cells are beyond
    /// @param others how many others are
    public record Side(String axis, boolean above, double border, int inside, int others) {
        private boolean isBeyond(double value, double border) {
            return above ? value > border : value < border;
        }

        /// The border with the fewest digits, two at least, that leave every value on its side.
        private Side inFewDigits(double[] values) {
            for (int digits = 2; digits < MOST_DIGITS; digits++) {
                double rounded =
                        new BigDecimal(border).round(new MathContext(digits)).doubleValue();
                if (Arrays.stream(values).allMatch(value -> isBeyond(value, rounded) == isBeyond(value, border))) {
                    return new Side(axis, above, rounded, inside, others);
                }
            }
            return this;
        }

        private String words() {
            return axis + (above ? " > " : " < ") + Minimum.written(border);
        }
    }

    /// Counts over the table of a plane, whose first two columns are its axes.
    public static UndecidedCells of(Table plane) {
        List<String> outcomes = plane.words("outcome");
        boolean[] open = new boolean[outcomes.size()];
        for (int cell = 0; cell < open.length; cell++) {
            open[cell] = outcomes.get(cell).equals("undecided");
        }
        int cells = (int) IntStream.range(0, open.length).filter(i -> open[i]).count();
        UndecidedCells found = new UndecidedCells(cells, open.length, Optional.empty());
        if (cells == 0 || cells == open.length) {
            return found;
        }
        for (int axis = 0; axis < 2; axis++) {
            String name = plane.columns().get(axis).name();
            double[] values = plane.numbers(name);
            for (double border : Arrays.stream(values).distinct().toArray()) {
                for (boolean above : new boolean[] {true, false}) {
                    found = found.orBetter(side(name, values, border, above, open));
                }
            }
        }
        Side best = found.side().orElseThrow();
        return new UndecidedCells(
                cells,
                open.length,
                found(best, cells, open.length) > TOLD
                        ? Optional.of(best.inFewDigits(plane.numbers(best.axis())))
                        : Optional.empty());
    }

    private static Side side(String axis, double[] values, double border, boolean above, boolean[] open) {
        int inside = 0;
        int others = 0;
        for (int cell = 0; cell < values.length; cell++) {
            if (above ? values[cell] > border : values[cell] < border) {
                inside += open[cell] ? 1 : 0;
                others += open[cell] ? 0 : 1;
            }
        }
        return new Side(axis, above, border, inside, others);
    }

    private UndecidedCells orBetter(Side other) {
        return side.isPresent() && found(side.orElseThrow(), cells, all) >= found(other, cells, all)
                ? this
                : new UndecidedCells(cells, all, Optional.of(other));
    }

    /// The share of the undecided cells beyond the line less that of the others.
    private static double found(Side side, int cells, int all) {
        return (double) side.inside() / cells - (double) side.others() / (all - cells);
    }

    /// What would decide them, in words.
    public String words(long steps) {
        String count =
                String.format(Locale.ROOT, "%,d of %,d cells %s undecided", cells, all, cells == 1 ? "is" : "are");
        return side.map(there -> String.format(
                        Locale.ROOT,
                        "%s: %,d steps are too few at %s, where %s",
                        count,
                        steps,
                        there.words(),
                        there.inside() < cells
                                ? String.format(Locale.ROOT, "%,d of them lie", there.inside())
                                : cells == 1 ? "it lies" : "all of them lie"))
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s: %,d steps are too few, %s",
                        count,
                        steps,
                        cells == all ? "everywhere" : "at places all over the plane"));
    }
}
