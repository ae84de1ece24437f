package adamscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.SteppedRule;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.optimizer.Catalogue;
import adamscope.stability.StepBound;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void gradientsThatGrowByTheRatioOfTheDecaysAttainTheBoundAtEveryStep() {
        StepBound bound = new StepBound(0.5, 0.9);
        SteppedRule adam = adam(1, 0.5, 0.9);
        for (int t = 1; t <= 60; t++) {
            // shrinking ratio 0.5/0.9 to the last step: the sequence that attains R_t for t = 60
            adam.advance(new double[] {Math.pow(0.5 / 0.9, 60 - t)});
        }
        StepRatio ratio = StepRatio.read(adam.state("m"), adam.state("v"), bound, 60);
        assertThat(ratio.share()).isCloseTo(1, within(1e-12)); // rounding of 60 steps
        assertThat(ratio.withinBound()).isTrue();
    }

    @Test
    void theBoundOfDecaysThatChangeIsThatOfConstantOnesWhereTheyStayAndIsAttained() {
        double constant = 0;
        double changing = 0;
        double[] a = new double[40]; // weights of the gradients in m
        double[] b = new double[40]; // and of their squares in v
        for (int t = 0; t < 40; t++) {
            constant = StepBound.squared(constant, 0.5, 0.9);
            double beta1 = 0.9 - 0.01 * t;
            double beta2 = 0.95 + 0.001 * t;
            changing = StepBound.squared(changing, beta1, beta2);
            for (int i = 0; i < t; i++) {
                a[i] *= beta1;
                b[i] *= beta2;
            }
            a[t] = 1 - beta1;
            b[t] = 1 - beta2;
        }
        assertThat(Math.sqrt(constant)).isCloseTo(new StepBound(0.5, 0.9).after(40), within(1e-12));
        double m = 0;
        double v = 0;
        for (int i = 0; i < 40; i++) {
            double g = a[i] / b[i]; // equality in Cauchy–Schwarz
            m += a[i] * g;
            v += b[i] * g * g;
        }
        assertThat(m / Math.sqrt(v)).isCloseTo(Math.sqrt(changing), within(1e-12)); // rounding of 40 terms
        assertThat(StepBound.squared(0, 0.3, 0.9)).isCloseTo(0.49 / 0.1, within(1e-14));
    }

    @Test
    void theIntervalOfAMeanIsStudents() {
        Interval interval = Interval.ofMean(new double[] {1, 2, 3}, 0.95);
        // mean 2, deviation 1, t = 4.302653 of a table for 2 degrees of freedom
        assertThat(interval.high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-6));
        assertThat(interval.low()).isCloseTo(2 - 4.302653 / Math.sqrt(3), within(1e-6));
        assertThatThrownBy(() -> Interval.ofMean(new double[] {1}, 0.95)).hasMessageContaining("at least 2");
    }

    @Test
    void noRandomGradientsExceedTheBound() {
        StepBound bound = new StepBound(0.9, 0.95);
        SteppedRule adam = adam(50, 0.9, 0.95);
        for (int t = 1; t <= 300; t++) {
            long step = t;
            adam.advance(IntStream.range(0, 50)
                    .mapToDouble(i -> Math.pow(CountedNormal.number(3, step * 50 + i), 3))
                    .toArray());
            assertThat(StepRatio.read(adam.state("m"), adam.state("v"), bound, t)
                            .withinBound())
                    .isTrue();
        }
    }

    @Test
    void aCoordinateWithoutAnyGradientCountsAsAtRestAndOneWithLostVAsInfinite() {
        assertThat(StepRatio.values(new double[] {0, 1, -2}, new double[] {0, 0, 4}))
                .containsExactly(0, Double.POSITIVE_INFINITY, 1);
        StepRatio lost = StepRatio.read(new double[] {0, 1, -2}, new double[] {0, 0, 4}, new StepBound(0.9, 0.999), 10);
        assertThat(lost.withinBound()).isFalse();
        assertThat(lost.coordinate()).isEqualTo(1);
    }

    @Test
    void aStateThatIsNotANumberIsNeverWithinTheBound() {
        StepRatio lost = StepRatio.read(
                new double[] {1, Double.NaN, 3}, new double[] {1, 1, 1e-9}, new StepBound(0.9, 0.999), 10);
        assertThat(lost.largest()).isNaN();
        assertThat(lost.withinBound()).isFalse();
    }

    @Test
    void theShapeOfAGradientIsItsClosedForm() {
        assertThat(GradientShape.of(new double[] {3, -3, 3, 3}).evenness()).isEqualTo(1);
        assertThat(GradientShape.of(new double[] {0, 1e-200, 0, 0}).evenness()).isEqualTo(0.5);
        assertThat(GradientShape.of(new double[] {3e200, 4e200}).l2())
                .isCloseTo(5e200, within(1e186)); // last place of 5e200 is 5e184
        assertThat(GradientShape.of(new double[3]).evenness()).isNaN();
    }

    @Test
    void kolmogorovSmirnovAgreesWithScipy() {
        // scipy 1.8: ks_2samp(i/20 + .001, (j/23)**2 + .0005, mode='exact')
        double[] a = numbers(20, i -> i / 20.0 + 0.001);
        double[] b = numbers(23, j -> j * j / 529.0 + 0.0005);
        EqualLaws.Pair pair = EqualLaws.between(List.of("a", "b"), List.of(a, b), 0.05)
                .pairs()
                .getFirst();
        assertThat(pair.distance()).isCloseTo(0.2847826086956522, within(1e-15));
        assertThat(pair.p()).isCloseTo(0.2791088714879061, within(1e-10)); // both sum exact path counts in double
    }

    @Test
    void holmsAdjustmentIsTheHandComputedOne() {
        // sorted .005 .01 .03 .04 → ·4, ·3, ·2, ·1 = .02 .03 .06 .04, then the running maximum
        assertThat(EqualLaws.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void aDistanceStatedAsDetectableIsFoundAtLeastAsOftenAsStated() {
        int n = 80;
        double distance = EqualLaws.detectable(n, n, 0.05, EqualLaws.POWER);
        int found = 0;
        for (int run = 0; run < 200; run++) {
            long seed = run;
            double[] first = numbers(n, i -> CountedUniform.number(seed, i));
            double[] second = numbers(n, i -> CountedUniform.number(seed, n + i + 1) + distance);
            found += EqualLaws.between(List.of("a", "b"), List.of(first, second), 0.05)
                            .rejected()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        // uniform laws shifted by δ lie δ apart; Hoeffding's bound is conservative
        assertThat(found).isGreaterThanOrEqualTo((int) (EqualLaws.POWER * 200));
    }

    @Test
    void equalLawsAreRejectedNoMoreOftenThanTheLevelOfAllTestsTogether() {
        int rejected = 0;
        for (int run = 0; run < 200; run++) {
            long seed = 1000 + run;
            List<double[]> blocks = IntStream.range(0, 4)
                    .mapToObj(block -> numbers(60, i -> CountedNormal.number(seed, 60L * block + i)))
                    .toList();
            rejected += EqualLaws.between(List.of("a", "b", "c", "d"), blocks, 0.05)
                            .rejected()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(rejected).isLessThanOrEqualTo(20); // 10 expected at most, standard deviation 3.1
    }

    @Test
    void anExponentAndItsIntervalAreThoseOfScipy() {
        PowerTrend trend = PowerTrend.of(new double[] {1, 2, 4, 8, 16}, new double[] {3, 2.2, 1.4, 1.1, 0.7}, 0.95);
        assertThat(trend.exponent()).isCloseTo(-0.5199071347101829, within(1e-12));
        assertThat(trend.interval().width() / 2)
                .isCloseTo(0.08135717374976058, within(1e-9)); // quantile of Student's law
    }

    @Test
    void anExactAffinePowerIsFoundExactly() {
        double[] x = numbers(60, i -> Math.pow(10, -2 + i / 20.0));
        double[] y = Arrays.stream(x).map(v -> 0.5 + 2 * Math.pow(v, 1.3)).toArray();
        AffinePowerFit fit = AffinePowerFit.of(x, y, new Interval(0.1, 2));
        assertThat(fit.p()).isCloseTo(1.3, within(1e-5)); // a minimum is found to the root of rounding
        assertThat(fit.a()).isCloseTo(0.5, within(1e-5));
        assertThat(fit.b()).isCloseTo(2, within(1e-4));
    }

    @Test
    void whatCannotBeTestedIsRefusedWithTheReason() {
        assertThatThrownBy(() -> EqualLaws.between(
                        List.of("a", "b"), List.of(new double[] {1, 2}, new double[] {1, Double.NaN}), 0.05))
                .hasMessageContaining("block b has NaN");
        assertThatThrownBy(() -> PowerTrend.of(new double[] {1, 2, 0}, new double[] {1, 1, 1}, 0.95))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> PowerTrend.of(new double[] {2, 2, 2}, new double[] {1, 2, 3}, 0.95))
                .hasMessageContaining("no exponent");
        assertThatThrownBy(() -> AffinePowerFit.of(new double[] {1, 2, 3, 4}, new double[4], new Interval(0.1, 2)))
                .hasMessageContaining("positive");
    }

    private static SteppedRule adam(int coordinates, double beta1, double beta2) {
        return SteppedRule.start(
                Catalogue.shipped("adam-uncorrected"),
                new double[coordinates],
                Map.of("beta1", beta1, "beta2", beta2, "eps", 0.0));
    }

    private static double[] numbers(int count, IntToDoubleFunction number) {
        return IntStream.rangeClosed(1, count).mapToDouble(number).toArray();
    }
}
