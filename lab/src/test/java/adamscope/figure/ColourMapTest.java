package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ColourMapTest {
    /// Relative luminance, WCAG 2.2.
    private static double luminance(Color colour) {
        float[] c = colour.getRGBColorComponents(null);
        return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Test
    void theSequentialMapGrowsLighterAllTheWay() {
        for (int i = 0; i < 100; i++) {
            assertThat(luminance(ColourMap.SEQUENTIAL.colour((i + 1) / 100.0)))
                    .isGreaterThan(luminance(ColourMap.SEQUENTIAL.colour(i / 100.0)));
        }
    }

    @Test
    void theDivergingMapIsLightestInTheMiddle() {
        for (int i = 0; i < 50; i++) {
            assertThat(luminance(ColourMap.DIVERGING.colour((i + 1) / 100.0)))
                    .isGreaterThan(luminance(ColourMap.DIVERGING.colour(i / 100.0)));
            assertThat(luminance(ColourMap.DIVERGING.colour(1 - (i + 1) / 100.0)))
                    .isGreaterThan(luminance(ColourMap.DIVERGING.colour(1 - i / 100.0)));
        }
    }

    @Test
    void numbersBeyondTheEndsGetTheColourOfTheEnd() {
        assertThat(ColourMap.SEQUENTIAL.colour(-3)).isEqualTo(ColourMap.SEQUENTIAL.colour(0));
        assertThat(ColourMap.SEQUENTIAL.colour(Double.POSITIVE_INFINITY)).isEqualTo(ColourMap.SEQUENTIAL.colour(1));
    }
}
