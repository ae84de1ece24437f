package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.SteppedRule;
import adamscope.optimizer.Catalogue;
import adamscope.regime.CurveOutcome;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final int STEPS = 2000;

    /// Adam on x⁴/4 falls by a factor a step while √v rules, and like a power of t once ε does: x' = x − (lr/ε)x³.
    private static RunLog quartic(double eps, boolean everything) {
        Map<String, Double> hyper = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.95, "eps", eps);
        SteppedRule rule = SteppedRule.start(Catalogue.shipped("adam"), new double[] {0.5}, hyper);
        double[] loss = new double[STEPS];
        double[] step = new double[STEPS];
        double[] average = new double[STEPS];
        double[] root = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            double x = rule.x()[0];
            rule.advance(new double[] {x * x * x});
            loss[t] = Math.pow(rule.x()[0], 4) / 4;
            step[t] = Math.abs(rule.x()[0] - x);
            average[t] = Math.abs(rule.state("m")[0]);
            root[t] = Math.sqrt(rule.state("v")[0]);
        }
        List<Column> columns = new ArrayList<>(List.of(
                new Column.Integers("step", "", LongStream.range(0, STEPS).toArray()),
                new Column.Numbers(Quantity.LOSS, "", loss)));
        if (everything) {
            columns.add(new Column.Numbers(Quantity.STEP_NORM, "", step));
            columns.add(new Column.Numbers(Quantity.AVERAGE_GRADIENT_NORM, "", average));
        } else {
            columns.add(new Column.Numbers(Quantity.ROOT_SECOND_MOMENT_NORM, "", root));
        }
        return new RunLog("quartic", new Table("made", columns), withCount(hyper), List.of());
    }

    private static Map<String, Double> withCount(Map<String, Double> hyper) {
        Map<String, Double> all = new java.util.LinkedHashMap<>(hyper);
        all.put("parameters", 1.0);
        return all;
    }

    private static CurveOutcome outcome(RunLog log) {
        return Diagnosis.of(log, Circumstances.of(log)).outcome();
    }

    @Test
    void aLossThatEpsHoldsUpIsStalledAndSaysWhichEpsLetsItGoOn() {
        for (boolean everything : new boolean[] {true, false}) {
            assertThat(outcome(quartic(1e-5, everything)))
                    .isInstanceOfSatisfying(CurveOutcome.Stalled.class, stalled -> {
                        assertThat(stalled.why()).contains("eps = 1.00e-05", "an eps below 1.0e-07");
                        // |x|³ = ε at x = 0.0215; from 0.5 down at most 7.27·lr a step
                        assertThat(stalled.step()).isBetween(70L, 1500L);
                    });
        }
    }

    @Test
    void withoutEpsTheSameRunIsNotStalled() {
        assertThat(outcome(quartic(1e-30, true))).isNotInstanceOf(CurveOutcome.Stalled.class);
    }

    @Test
    void aGradientOfExactlyZeroIsAStandstill() {
        RunLog log = log(Map.of(
                Quantity.LOSS, i -> 1 + 1e-3 * Math.sin(i * i),
                Quantity.GRADIENT_NORM, i -> i < 800 ? 1e-5 : 0));
        assertThat(outcome(log)).isInstanceOfSatisfying(CurveOutcome.Stalled.class, stalled -> {
            assertThat(stalled.step()).isEqualTo(800);
            assertThat(stalled.why()).contains("gradient is exactly 0");
        });
    }

    private static RunLog log(Map<String, IntToDoubleFunction> quantities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers("step", "", LongStream.range(0, 1000).toArray()));
        quantities.forEach((name, value) -> columns.add(new Column.Numbers(
                name, "", IntStream.range(0, 1000).mapToDouble(value).toArray())));
        return RunLog.of("made", new Table("made", columns), Map.of());
    }
}
