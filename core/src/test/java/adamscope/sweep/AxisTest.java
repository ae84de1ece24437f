package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void everyScaleBeginsAndEndsExactlyWhereTheAxisSays() {
        for (Axis.Spacing scale : Axis.Spacing.values()) {
            Axis axis = new Axis("beta2", 0.003, 0.99, 7, scale);
            assertThat(axis.values()).hasSize(7).startsWith(0.003).endsWith(0.99);
        }
    }

    @Test
    void aLinearAxisHasEqualDistances() {
        assertThat(Axis.read("beta1=0:1:5").values()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    }

    @Test
    void aLogAxisOverFourDecadesHitsEachDecade() {
        // exp and log round once each: a few units in the last place.
        assertThat(Axis.read("lr=1e-4:1:5:log").values())
                .containsExactly(new double[] {1e-4, 1e-3, 1e-2, 1e-1, 1}, within(1e-15));
    }

    @Test
    void aOneMinusLogAxisAddsANineAtEachPoint() {
        assertThat(Axis.read("beta2=0.9:0.9999:4:one-minus-log").values())
                .containsExactly(new double[] {0.9, 0.99, 0.999, 0.9999}, within(1e-15));
    }

    @Test
    void anAxisReadsBackFromItsText() {
        List.of("beta1=0.003:0.99:200", "lr=1e-5:10:31:log", "beta2=0.9:0.9999:4:one-minus-log", "offset=-2:-1e-20:3")
                .forEach(text -> {
                    Axis axis = Axis.read(text);
                    assertThat(Axis.read(axis.toString())).isEqualTo(axis);
                });
    }

    @Test
    void whatIsNoAxisIsRefusedWithTheFormThatIsExpected() {
        List.of("beta1", "beta1=0.5", "=0:1:5", "beta1=0:1", "beta1=0:1:5:log:x", "")
                .forEach(text -> assertThatThrownBy(() -> Axis.read(text))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("write NAME=FROM:TO:POINTS"));
    }

    @Test
    void boundsCountsAndScalesThatMakeNoAxisAreRefused() {
        refused("beta1=1:0:5", "axis beta1: from = 1 must lie below to = 0");
        refused("beta1=0.5:0.5:5", "must lie below");
        refused("beta1=NaN:1:5", "from = 'NaN' is no number");
        refused("lr=0:inf:5", "to = 'inf' is no number");
        refused("lr=0:1e999:5", "both finite");
        refused("beta1=0.1d:1f:5", "from = '0.1d' is no number");
        refused("beta1=0:1:1", "points = 1; an axis has at least 2");
        refused("beta1=0.9:0.9:1", "one value is no axis but a setting, beta1 = 0.9");
        refused("beta1=0.9:0.9:5", "one value is no axis but a setting, beta1 = 0.9");
        refused("beta1=0:1:-7", "points = -7");
        refused("beta1=0:1:many", "points = 'many' is no whole number");
        refused("beta1=a:1:5", "axis beta1: from = 'a' is no number");
        refused("lr=0:1:5:log", "a log scale needs from above 0");
        refused("beta1=0:1:5:one-minus-log", "a one-minus-log scale needs to below 1");
        refused("beta1=0:1:5:cubic", "scale = 'cubic' is none of linear, log, one-minus-log");
    }

    @Test
    void aGridOfABillionCellsIsRefusedWithItsSizeAndTime() {
        Grid grid = new Grid(List.of(Axis.read("beta1=0:0.9:50000"), Axis.read("beta2=0:0.9:20000")));
        // 1e9 cells of 64 bytes; 1e9 cells · 20000 steps · 3 ns = 60,000 s = 16.7 h
        assertThatThrownBy(() -> grid.refuseTooLarge(20_000))
                .hasMessageContaining("50000 x 20000")
                .hasMessageContaining("64.0 GB")
                .hasMessageContaining("16.7 hours");
    }

    @Test
    void aGridOfAsManyCellsAsAllowedIsNotRefused() {
        new Grid(List.of(Axis.read("beta1=0:0.9:10000"), Axis.read("beta2=0:0.9:10000"))).refuseTooLarge(1);
    }

    @Test
    void aGridRefusesTwoAxesOfOneName() {
        assertThatThrownBy(() -> new Grid(List.of(Axis.read("beta1=0:0.9:3"), Axis.read("beta1=0:0.5:3"))))
                .hasMessageContaining("two axes are called beta1");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Axis.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
