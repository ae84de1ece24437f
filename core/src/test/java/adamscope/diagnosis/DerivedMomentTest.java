package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.optimizer.Catalogue;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DerivedMomentTest {
    /// Additions and products of 40 steps, and a root.
    private static final double ROUNDING = 2e-15;

    /// Norms of the gradient of ½Σ h x², h = (1, 3, 10, 30, 100), from (1, …, 5) under Adam(0.1, 0.9, 0.95); PyTorch
    /// 1.13, float64.
    private static final double[] NORMS = {
        515.1087263869639, 504.64175411898026, 494.17935350372977, 483.7240096139817,
        473.27828263108813, 462.84480462444304, 452.4262763090638, 442.0254638255436,
        431.645195588024, 421.2883592496639, 410.9578988430456, 400.65681216545045,
        390.38814849237195, 380.1550067066792, 369.9605339105898, 359.8079245356565,
        349.7004198987724, 339.64130810894335, 329.63392424138516, 319.68165075359855,
        309.7879181818167, 299.9562061911621, 290.19004505326575, 280.493017604753,
        270.86876171348797, 261.32097325358524, 251.8534095658284, 242.46989335698987,
        233.17431697121407, 223.97064695277058, 214.86292881582193, 205.8552919443188,
        196.95195456021742, 188.15722871437762, 179.4755252666061, 170.91135882968393,
        162.4693526619074, 154.15424350776155, 145.970886405365, 137.92425949739192
    };

    @Test
    void theRootOfTheSecondMomentIsThatOfPyTorchToTheLastBits() {
        double[] root = of(40, 0, i -> NORMS[i], Map.of("beta2", 0.95)).root();
        // √Σ exp_avg_sq after steps 1, 2, 10, 40 of the same run
        assertThat(root[0] / 115.18181280045913).isCloseTo(1, within(ROUNDING));
        assertThat(root[1] / 159.17497447781824).isCloseTo(1, within(ROUNDING));
        assertThat(root[9] / 294.35100956913027).isCloseTo(1, within(ROUNDING));
        assertThat(root[39] / 257.4473975568991).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void gradientsAboveTheClippingNormEnterWithThatNorm() {
        DerivedMoment clipped = of(40, 0, i -> NORMS[i], Map.of("beta2", 0.95, DerivedMoment.CLIP, 50.0));
        // Σv = 50²(1 − 0.95^n)
        assertThat(clipped.root()[9]).isCloseTo(50 * Math.sqrt(1 - Math.pow(0.95, 10)), within(50 * ROUNDING));
        assertThat(clipped.words()).isEqualTo("from the gradient norms, clipped at 50.0");
        assertThat(of(40, 0, i -> NORMS[i], Map.of("beta2", 0.95)).words()).contains("if they were not clipped");
    }

    @Test
    void aLogThatStartsLateKnowsTheAverageFromOneMemoryOn() {
        // g² = q^t: the average over n rows with weights β₂^j is (1−β₂)q^t·((β₂/q)^n − 1)/((β₂/q) − 1)/(1−β₂^n)
        double beta2 = 0.9;
        double q = 0.99;
        double[] root =
                of(60, 5000, i -> Math.pow(q, i / 2.0), Map.of("beta2", beta2)).root();
        // 0.9^9 > 1/e > 0.9^10
        assertThat(root[8]).isNaN();
        double r = beta2 / q;
        double expected = 0.1 * Math.pow(q, 9) * (Math.pow(r, 10) - 1) / (r - 1) / (1 - Math.pow(beta2, 10));
        assertThat(root[9] * root[9] / expected).isCloseTo(1, within(10 * ROUNDING));
    }

    @Test
    void aGradientWithoutANumberBeginsTheAverageAnew() {
        double[] root = of(60, 0, i -> i == 30 ? Double.POSITIVE_INFINITY : 2, Map.of("beta2", 0.9))
                .root();
        assertThat(root[29]).isCloseTo(2 * Math.sqrt(1 - Math.pow(0.9, 30)), within(2 * ROUNDING));
        assertThat(root[30]).isNaN();
        assertThat(root[39]).isNaN();
        assertThat(root[40]).isCloseTo(2, within(2 * ROUNDING));
    }

    @Test
    void whatDoesNotFollowIsNotMade() {
        RunLog sparse = log(40, i -> 10L * i, _ -> 1, Map.of("beta2", 0.95));
        assertThat(DerivedMoment.of(sparse, Circumstances.of(sparse)).refusal().orElseThrow())
                .contains("every step", "20 in a row");
        assertThat(of(40, 0, _ -> 1, Map.of("lr", 0.1)).refusal().orElseThrow()).contains("beta2 is not known");
        RunLog every = log(40, i -> i, _ -> 1, Map.of("beta2", 0.95));
        Circumstances lion = Circumstances.of(every, Catalogue.shipped("lion"), Optional.empty());
        assertThat(DerivedMoment.of(every, lion).refusal().orElseThrow()).contains("lion keeps no");
        assertThat(DerivedMoment.of(every, lion).derived()).isFalse();
    }

    @Test
    void aMomentThatIsLoggedIsTaken() {
        RunLog log = RunLog.of(
                "made",
                new Table(
                        "made",
                        List.of(
                                new Column.Integers("step", "", new long[] {0, 1}),
                                new Column.Numbers(Quantity.LOSS, "", new double[] {1, 1}),
                                new Column.Numbers(Quantity.GRADIENT_NORM, "", new double[] {1, 1}),
                                new Column.Numbers(Quantity.ROOT_SECOND_MOMENT_NORM, "", new double[] {7, 7}))),
                Map.of("beta2", 0.9));
        DerivedMoment moment = DerivedMoment.of(log, Circumstances.of(log));
        assertThat(moment.derived()).isFalse();
        assertThat(moment.refusal()).isEmpty();
    }

    @Test
    void lossRateAndGradientNormGiveTheLag() {
        // The gradient is gone 100 times faster than v forgets; the loss climbs over 30 rows.
        IntToDoubleFunction gradient = i -> i < 600 ? Math.exp(-Math.min(i, 300) / 40.0) : 3;
        RunLog log = log(1000, i -> i, gradient, Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999));
        EventDiagnosis rise = Diagnosis.of(log, Circumstances.of(log)).leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.PRECONDITIONER_LAG);
        assertThat(rise.first().evidence().getFirst()).contains("times g²", "from the gradient norms");
        // Without β₂ there is no v, and nothing is said of it.
        RunLog unknown = log(1000, i -> i, gradient, Map.of("lr", 1e-3));
        assertThat(Diagnosis.of(unknown, Circumstances.of(unknown))
                        .leading()
                        .orElseThrow()
                        .suspects())
                .noneMatch(s -> s.evidence().stream().anyMatch(e -> e.contains("times g²")));
    }

    private static DerivedMoment of(int rows, long from, IntToDoubleFunction gradient, Map<String, Double> hyper) {
        RunLog log = log(rows, i -> from + i, gradient, hyper);
        return DerivedMoment.of(log, Circumstances.of(log));
    }

    private static RunLog log(
            int rows,
            java.util.function.IntToLongFunction steps,
            IntToDoubleFunction gradient,
            Map<String, Double> hyper) {
        IntToDoubleFunction loss =
                i -> i < 600 ? 1 : Math.pow(1.15, Math.min(30, i - 599)) * Math.exp(-Math.max(0, i - 630) / 50.0) + 1;
        return RunLog.of(
                "made",
                new Table(
                        "made",
                        List.of(
                                new Column.Integers(
                                        "step",
                                        "",
                                        IntStream.range(0, rows)
                                                .mapToLong(steps)
                                                .toArray()),
                                new Column.Numbers(
                                        Quantity.LOSS,
                                        "",
                                        IntStream.range(0, rows)
                                                .mapToDouble(loss)
                                                .toArray()),
                                new Column.Numbers(
                                        Quantity.GRADIENT_NORM,
                                        "",
                                        IntStream.range(0, rows)
                                                .mapToDouble(gradient)
                                                .toArray()))),
                hyper);
    }
}
