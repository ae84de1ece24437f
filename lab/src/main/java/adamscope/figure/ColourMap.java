package adamscope.figure;

import java.awt.Color;

/// Colours along a bar, by formula: straight lines in lightness of the Oklab space (Björn Ottosson, 2020), in which
/// equal steps look equally large. Lightness alone tells the order, so the maps hold in grey and with every colour
/// blindness.
///
/// - `SEQUENTIAL`: dark violet over blue and green to light yellow
/// - `DIVERGING`: dark blue over near-white to dark orange, for quantities with a meaningful middle
public enum ColourMap {
    SEQUENTIAL,
    DIVERGING;

    /// The colour at `t`, clamped to 0 to 1.
    public Color colour(double t) {
        double s = Math.clamp(t, 0, 1);
        return switch (this) {
            // hue turns from violet (305°) to yellow (105°); chroma is what sRGB holds along that path
            case SEQUENTIAL -> fromOklch(0.24 + 0.69 * s, 0.10 + 0.06 * s, 305 - 200 * s);
            case DIVERGING -> {
                double distance = Math.abs(2 * s - 1);
                yield fromOklch(0.97 - 0.57 * distance, 0.14 * Math.sqrt(distance), s < 0.5 ? 255 : 55);
            }
        };
    }

    /// sRGB from lightness, chroma and hue in degrees; components outside sRGB are clipped.
    private static Color fromOklch(double lightness, double chroma, double hue) {
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Color(
                companded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                companded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                companded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double cube(double x) {
        return x * x * x;
    }

    /// The transfer curve of sRGB, IEC 61966-2-1.
    private static float companded(double linear) {
        double c = Math.clamp(linear, 0, 1);
        return (float) (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055);
    }
}
