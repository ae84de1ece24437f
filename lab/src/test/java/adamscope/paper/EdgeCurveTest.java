package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.report.Claim.Verdict;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeCurveTest {
    /// λ₁ in units of a threshold of 2, measured at steps 1, 10, 20, …
    private static EdgeCurve curve(double... ratios) {
        double[] steps = new double[ratios.length];
        double[] sharpness = new double[ratios.length];
        double[] threshold = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            steps[i] = i == 0 ? 1 : 10 * i;
            sharpness[i] = 2 * ratios[i];
            threshold[i] = 2;
        }
        return EdgeCurve.preconditioned(new Table(
                "probes",
                List.of(
                        new Column.Numbers("step", "", steps),
                        new Column.Numbers("preconditionedSharpness", "", sharpness),
                        new Column.Numbers("threshold", "", threshold))));
    }

    @Test
    void theAverageIsOverTimeNotOverMeasurements() {
        EdgeCurve dense = new EdgeCurve(new double[] {0, 10, 11, 12, 20, 30}, new double[] {9, 2, 2, 2, 1, 1});
        // from step 10: 2 over 10 steps, 1 over 10 steps and over as long again as the last interval
        assertThat(dense.since(10).mean()).isEqualTo((10 * 2 + 20 * 1) / 30.0);
        assertThat(dense.since(10).low()).isEqualTo(1);
        assertThat(dense.since(10).high()).isEqualTo(2);
    }

    @Test
    void theThresholdIsReachedAtTheFirstStepNearIt() {
        assertThat(curve(0.1, 0.5, 0.96, 1.1).reaches(1)).isEqualTo(30);
        assertThat(curve(0.1, 0.5, 0.96).reached()).isTrue();
        assertThat(curve(0.1, 0.5, 0.94).reached()).isFalse();
    }

    @Test
    void theVerdictOnSettlingFollowsTheMeasurement() {
        EdgeCurve settled = curve(0.1, 0.5, 1, 1.02, 0.98, 1, 1);
        EdgeCurve above = curve(0.1, 0.5, 1, 1.2, 1.2, 1.2, 1.2);
        EdgeCurve tooShort = curve(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
        EdgeCurve fallen = curve(0.1, 0.5, 1, 0.8, 0.6, 0.4, 0.3);
        assertThat(verdict(Map.of("a", settled))).isEqualTo(Verdict.AGREES);
        assertThat(verdict(Map.of("a", above))).isEqualTo(Verdict.DISAGREES);
        assertThat(verdict(Map.of("a", settled, "b", tooShort))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(Map.of("a", settled, "b", fallen))).isEqualTo(Verdict.DISAGREES);
    }

    private static Verdict verdict(Map<String, EdgeCurve> runs) {
        return EdgeClaim.of(Register.of("P3-06"), runs).claim("1", "").verdict();
    }

    @Test
    void theRateOfTheSharpnessAfterTheThresholdIsHeldAgainstTheRateBefore() {
        double[] steps = new double[21];
        double[] raw = new double[21];
        double[] ratio = new double[21];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = 10 * i;
            // e^(0.01 t) up to step 100, where the threshold is crossed, e^(0.001 t) from there on
            raw[i] = Math.exp(0.01 * Math.min(100, steps[i]) + 0.001 * Math.max(0, steps[i] - 100));
            ratio[i] = steps[i] < 100 ? 0.5 : 1;
        }
        RawGrowth growth = RawGrowth.of(new Table(
                "probes",
                List.of(
                        new Column.Numbers("step", "", steps),
                        new Column.Numbers("preconditionedSharpness", "", ratio),
                        new Column.Numbers("sharpness", "", raw),
                        new Column.Numbers("threshold", "", ones(ratio.length)))));
        assertThat(growth.from()).isEqualTo(100);
        // straight lines: exact but for rounding
        assertThat(growth.part()).isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(growth.factor()).isCloseTo(Math.exp(0.1), org.assertj.core.data.Offset.offset(1e-9));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
