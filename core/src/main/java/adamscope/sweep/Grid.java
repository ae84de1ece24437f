package adamscope.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Every combination of the values of some axes; the first axis varies fastest.
public record Grid(List<Axis> axes) {
    /// The most cells that one sweep may have.
    public static final long MOST_CELLS = 100_000_000;

    /// Per cell about eight columns of doubles.
    private static final double BYTES = 64;

    /// Seconds per cell and step on one thread, in double: the order of magnitude.
    private static final double SECONDS = 3e-9;

    public Grid {
        axes = List.copyOf(axes);
        Set<String> names = new HashSet<>();
        for (Axis axis : axes) {
            if (!names.add(axis.name())) {
                throw new IllegalArgumentException("two axes are called " + axis.name() + "; each needs its own name");
            }
        }
    }

    /// The number of cells; may exceed any bound, so it is a double beyond 2⁵³.
    public double cells() {
        return axes.stream().mapToDouble(Axis::points).reduce(1, (a, b) -> a * b);
    }

    /// Refuses a grid of more than [#MOST_CELLS] cells.
    ///
    /// @throws IllegalArgumentException that says what the grid would take on disk and in time
    public void refuseTooLarge(long steps) {
        double cells = cells();
        if (cells > MOST_CELLS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a grid of %s has %.3g cells, the most is %.0e: it would take about %.3g GB on disk and, at %d"
                            + " steps a cell, %.3g hours on one thread",
                    axes.stream()
                            .map(axis -> Integer.toString(axis.points()))
                            .reduce((a, b) -> a + " x " + b)
                            .orElse("0"),
                    cells,
                    (double) MOST_CELLS,
                    cells * BYTES / 1e9,
                    steps,
                    cells * steps * SECONDS / 3600));
        }
    }
}
