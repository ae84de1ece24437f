package adamscope.figure;

import adamscope.formula.PlainText;
import java.util.List;
import java.util.Optional;

/// Something drawn in a panel. Arrays are neither copied nor changed. A name goes to the legend; an empty one does not.
/// NaN means absent: a gap in a line, a hatched cell in a map.
public sealed interface Mark {
    /// The legend's text.
    String name();

    /// Points joined in order of their index; also the curve over a map.
    record Line(String name, double[] x, double[] y, Optional<Style> style) implements Mark {
        public Line {
            requireEqual(name, "x", x.length, "y", y.length);
        }
    }

    /// Points not joined.
    record Points(String name, double[] x, double[] y, Optional<Style> style) implements Mark {
        public Points {
            requireEqual(name, "x", x.length, "y", y.length);
        }
    }

    /// The region between two curves over the same x, such as quantiles.
    record Band(String name, double[] x, double[] lower, double[] upper, Optional<Style> style) implements Mark {
        public Band {
            requireEqual(name, "x", x.length, "lower", lower.length);
            requireEqual(name, "x", x.length, "upper", upper.length);
        }
    }

    /// A level y across the panel, such as a stability threshold.
    record HorizontalReference(String name, double y) implements Mark {}

    /// An instant x across the panel.
    record VerticalReference(String name, double x) implements Mark {}

    /// A short text centred at a point, such as the name of a region.
    record Note(String name, double x, double y) implements Mark {}

    /// Cells coloured by a number. Cell (i, j) spans `xEdges[i]` to `xEdges[i + 1]` and `yEdges[j]` to `yEdges[j + 1]`,
    /// edges increase; its value is `values[j * (xEdges.length - 1) + i]`.
    record HeatMap(double[] xEdges, double[] yEdges, double[] values, ColourScale colours) implements Mark {
        public HeatMap {
            requireEqual(colours.label(), "cells", cells(xEdges, yEdges), "values", values.length);
        }

        @Override
        public String name() {
            return "";
        }
    }

    /// Cells coloured by kind, laid out as in [HeatMap]; `kinds` holds indices into `names`, −1 for absent. A name
    /// has the colour of its index, whichever others occur.
    record CategoryMap(double[] xEdges, double[] yEdges, int[] kinds, List<String> names) implements Mark {
        public CategoryMap {
            names = List.copyOf(names);
            requireEqual(String.join(", ", names), "cells", cells(xEdges, yEdges), "kinds", kinds.length);
            for (int kind : kinds) {
                if (kind < -1 || kind >= names.size()) {
                    throw new IllegalArgumentException(
                            "kind " + kind + ": -1 to " + (names.size() - 1) + " is allowed");
                }
            }
        }

        @Override
        public String name() {
            return "";
        }
    }

    /// A line in the style of its place in the panel.
    static Line line(String name, double[] x, double[] y) {
        return new Line(name, x, y, Optional.empty());
    }

    /// A line in a chosen style.
    static Line line(String name, double[] x, double[] y, Style style) {
        return new Line(name, x, y, Optional.of(style));
    }

    /// Points in the style of their place in the panel.
    static Points points(String name, double[] x, double[] y) {
        return new Points(name, x, y, Optional.empty());
    }

    /// A band in the style of its place in the panel.
    static Band band(String name, double[] x, double[] lower, double[] upper) {
        return new Band(name, x, lower, upper, Optional.empty());
    }

    private static int cells(double[] xEdges, double[] yEdges) {
        requireIncreasing("xEdges", xEdges);
        requireIncreasing("yEdges", yEdges);
        return (xEdges.length - 1) * (yEdges.length - 1);
    }

    private static void requireIncreasing(String name, double[] edges) {
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] < edges[i])) {
                throw new IllegalArgumentException(
                        name + " do not increase at index " + i + ": " + new PlainText().number(edges[i]));
            }
        }
        if (edges.length < 2) {
            throw new IllegalArgumentException(name + ": " + edges.length + " edges, at least 2 are allowed");
        }
    }

    private static void requireEqual(String name, String first, int firstLength, String second, int secondLength) {
        if (firstLength != secondLength) {
            throw new IllegalArgumentException(
                    "'" + name + "' has " + firstLength + " " + first + " but " + secondLength + " " + second);
        }
    }
}
