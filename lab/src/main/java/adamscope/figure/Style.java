package adamscope.figure;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/// How a line, a set of points or a category looks. Every series differs from its neighbours in colour and in dash or
/// marker, so that a figure reads in black and white too.
public record Style(Ink ink, Dash dash, Marker marker) {
    /// The colours of Okabe and Ito, Color Universal Design (2008), told apart with every common colour blindness.
    public enum Ink {
        BLUE(0x0072B2),
        VERMILION(0xD55E00),
        BLUISH_GREEN(0x009E73),
        REDDISH_PURPLE(0xCC79A7),
        ORANGE(0xE69F00),
        SKY_BLUE(0x56B4E9),
        YELLOW(0xF0E442),
        BLACK(0x000000),
        WHITE(0xFFFFFF);

        private final Color color;

        Ink(int rgb) {
            color = new Color(rgb);
        }

        /// The colour as CSS writes it, `#0072b2`.
        public String css() {
            return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
        }

        /// The colour for drawing.
        Color color() {
            return color;
        }
    }

    /// Line patterns, as lengths of strokes and gaps in units of the page.
    public enum Dash {
        SOLID(),
        DASHED(6, 3),
        DASH_DOT(7, 3, 1.5f, 3),
        DOTTED(1.5f, 2.5f),
        LONG_DASH(12, 4);

        private final float[] pattern;

        Dash(float... pattern) {
            this.pattern = pattern;
        }

        float[] pattern() {
            return pattern.clone();
        }
    }

    /// Shapes of points.
    public enum Marker {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND,
        CROSS
    }

    /// The style of the series with this index in its panel.
    public static Style ofSeries(int index) {
        // yellow and white vanish on white paper; black is kept for references
        int inks = Ink.YELLOW.ordinal();
        return new Style(
                Ink.values()[index % inks],
                Dash.values()[index % Dash.values().length],
                Marker.values()[index % Marker.values().length]);
    }

    /// The style of the curve with this index over a map.
    static Style overMap(int index) {
        List<Ink> inks = List.of(Ink.BLACK, Ink.VERMILION, Ink.WHITE, Ink.REDDISH_PURPLE);
        return of(inks.get(index % inks.size()), Dash.values()[index % Dash.values().length]);
    }

    /// The fill of the kind with this index in a map of kinds; neighbours differ in lightness too, and only
    /// from the seventh on is one a shade of another.
    public static Ink ofKind(int index) {
        List<Ink> inks = List.of(
                Ink.SKY_BLUE,
                Ink.YELLOW,
                Ink.VERMILION,
                Ink.REDDISH_PURPLE,
                Ink.BLUISH_GREEN,
                Ink.BLACK,
                Ink.ORANGE,
                Ink.BLUE);
        return inks.get(index % inks.size());
    }

    /// A line of this colour and pattern.
    public static Style of(Ink ink, Dash dash) {
        return new Style(ink, dash, Marker.CIRCLE);
    }
}
