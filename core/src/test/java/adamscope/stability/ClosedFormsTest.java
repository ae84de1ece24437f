package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClosedFormsTest {

    // k, size, time by the formula; steps of gradient descent with lr = 0.1 from 1, theory section 6
    @ParameterizedTest
    @CsvSource({"4, 0.01, 49995, 49989", "6, 0.05, 399997.5, 399990", "8, 0.1, 1666665, 1666657"})
    void theHittingTimeOfTheFlowIsCloseToTheStepsOfGradientDescent(int k, double size, double time, double steps) {
        PowerLawDescent descent = new PowerLawDescent(k, 0.1, 1);
        assertThat(descent.hittingTime(size)).isCloseTo(time, within(1e-9 * time));
        assertThat(descent.hittingTime(size)).isCloseTo(steps, within(2e-4 * steps));
        assertThat(descent.at(time)).isCloseTo(size, within(1e-12));
    }

    @Test
    void theConstantOfThePowerLawIsItsLimit() {
        PowerLawDescent descent = new PowerLawDescent(6, 0.1, 1);
        double t = 1e12;
        assertThat(descent.at(t) / (descent.constant() * Math.pow(t, descent.exponent())))
                .isCloseTo(1, within(1e-11)); // x0^-4/(4·0.1·1e12)
    }

    @Test
    void onAQuadraticTheExponentialScheduleIsLemmaF1() {
        // x' = −η₀e^{αt}x by 100,000 steps of the midpoint rule: error ≈ h²·rate³·t/24 ≈ 1e-7
        double h = 1e-4;
        double log = 0;
        for (int i = 0; i < 100_000; i++) {
            log -= h * 0.05 * Math.exp(0.1 * (i + 0.5) * h);
        }
        assertThat(new ExponentialSchedule(2, 0.05, 0.1, 1).logAt(10)).isCloseTo(log, within(1e-8));
        assertThatThrownBy(() -> new ExponentialSchedule(2, 0.05, 0.1, 1).rate())
                .hasMessageContaining("x^2/2");
    }

    @Test
    void theExponentialScheduleOfADegenerateMinimumReachesItsRate() {
        ExponentialSchedule schedule = new ExponentialSchedule(6, 0.05, 0.5, 1);
        assertThat(schedule.logAt(100) - Math.log(schedule.constant()) - 100 * schedule.rate())
                .isCloseTo(0, within(1e-12));
        // with α = −ln(β₂)/2 it is the rate of RMSProp
        assertThat(new ExponentialSchedule(6, 1, -0.5 * Math.log(0.93), 1).rate())
                .isCloseTo(Math.log(new PowerLawTheory(6, 0, 0.93).rho()), within(1e-15));
    }

    // measured envelopes of runs on x²/2, theory section 8
    @ParameterizedTest
    @CsvSource({"0.9, 0.99, -0.10303, -0.09749", "0.5, 0.99, -0.6915, -0.4975"})
    void adamOnAQuadraticFollowsTheDiscreteSlope(double beta1, double beta2, double measured, double continuous) {
        QuadraticTheory theory = new QuadraticTheory(beta1, beta2);
        assertThat(theory.lossSlope()).isCloseTo(measured, within(0.002 * Math.abs(measured)));
        assertThat(theory.continuousLossSlope()).isCloseTo(continuous, within(5e-5));
    }

    @Test
    void theCriticalStepIsTheFrozenThreshold() {
        OptionalDouble threshold =
                Threshold.timesLearningRate(Catalogue.shipped("adam-uncorrected"), Map.of("beta1", 0.7));
        assertThat(new QuadraticTheory(0.7, 0.99).criticalStep())
                .isCloseTo(threshold.getAsDouble(), within(1e-9)); // bisection of a derived spectral radius
    }

    @Test
    void theCouplingRatioOfARunObeysItsRecurrence() {
        Trajectory run = run("rmsprop", Map.of("lr", 1e-3, "beta2", 0.9, "eps", 0.0), 1200);
        double[] ratio = run.table().numbers("log10Coupling");
        double[] gradient = run.table().numbers("log10Gradient");
        PowerLawCoupling theory = new PowerLawCoupling(4, 0.9);
        for (int t = 0; t + 1 < 1200; t++) {
            double decay = Math.pow(10, 2 * (gradient[t + 1] - gradient[t]));
            double next = theory.next(Math.pow(10, ratio[t]), decay);
            assertThat(Math.log10(next)).isCloseTo(ratio[t + 1], within(1e-12)); // logarithms of size 10
        }
    }

    @Test
    void theSignTriggerIsWhereTheDecayIsBeta2() {
        PowerLawCoupling theory = new PowerLawCoupling(4, 0.9);
        double trigger = theory.signTrigger(1e-3);
        assertThat(trigger).isCloseTo(0.0575, within(1e-4));
        double decay = Math.pow(1 - 1e-3 / trigger, 2 * (4 - 1)); // of sign descent [Eq. 72]
        assertThat(decay).isCloseTo(0.9, within(1e-13));
        assertThat(PowerLawCoupling.momentRatio(0.9, 0.95)).isCloseTo(1.9, within(1e-12));
        assertThat(PowerLawCoupling.momentRatio(0.9, 0.89)).isInfinite();
    }

    @Test
    void theStepBoundIsAttainedByGrowingGradients() {
        double beta1 = 0.9;
        double beta2 = 0.999;
        StepBound bound = new StepBound(beta1, beta2);
        double m = 0;
        double v = 0;
        int steps = 60;
        for (int i = 1; i <= steps; i++) {
            double g = Math.pow(beta1 / beta2, steps - i);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
        }
        assertThat(bound.after(steps)).isCloseTo(m / Math.sqrt(v), within(1e-12));
        assertThat(bound.limit()).isCloseTo(7.270292, within(5e-7));
        assertThat(bound.after(1_000_000)).isCloseTo(bound.limit(), within(1e-12));
        assertThat(new StepBound(0.99, 0.99).limit()).isCloseTo(1, within(1e-13));
        assertThat(new StepBound(0.9, 0.81).limit()).isInfinite();
    }

    @Test
    void epsilonEndsTheLinearPhaseWhereSaid() {
        EpsilonFloor floor = new EpsilonFloor(new PowerLawTheory(4, 0.9, 0.93), 1e-3, 1e-8);
        assertThat(floor.x()).isCloseTo(2.99e-4, within(5e-7)); // λ* = 8.92791, √(λ*ε)
        assertThatThrownBy(() -> new EpsilonFloor(new PowerLawTheory(4, 0.9, 0.8), 1e-3, 1e-8))
                .hasMessageContaining("III");
    }

    @Test
    void decoupledAdamIsTheHenonMap() {
        PowerLawTheory theory = new PowerLawTheory(4, 0.9, 0.93);
        Trajectory run = run("adam-uncorrected", Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.93, "eps", 0.0), 3000);
        double[] x = run.table().numbers("log10Abs[x]");
        double[] v = run.table().numbers("log10Coupling");
        double[] g = run.table().numbers("log10Gradient");
        HenonReduction henon = new HenonReduction(theory);
        for (int t = 2000; t < 2900; t++) {
            double rootV = Math.pow(10, 0.5 * (v[t] + 2 * g[t]) - 0.5 * t * Math.log10(0.93));
            double b = 1e-3 * 0.1 / (rootV * theory.rho());
            double now = scaled(x, t - 1, theory);
            double residual = henon.residual(b, now, scaled(x, t, theory), scaled(x, t + 1, theory));
            assertThat(residual / now).isCloseTo(0, within(1e-10)); // log₁₀|x| ≈ −50 carries 1e-14·ln 10·50
        }
    }

    private static double scaled(double[] log10AbsX, int t, PowerLawTheory theory) {
        return Math.pow(10, log10AbsX[t] - t * Math.log10(theory.rho()));
    }

    // J − 1 times depth of runs, theory section 4.7
    @ParameterizedTest
    @CsvSource({"0.8995, -0.545", "0.897, -0.550", "0.895, -0.564"})
    void theSpikeDepthScalesWithTheDistanceFromTheBorder(double beta2, double measured) {
        HenonReduction henon = new HenonReduction(new PowerLawTheory(4, 0.9, beta2));
        assertThat(henon.spikeDepth() * (henon.jacobian() - 1)).isCloseTo(measured, within(0.04 * 0.55));
    }

    // C = depth·(J − 1)/log₁₀β₁ of logarithmic iterations written apart from this program, at J = 1.002
    @ParameterizedTest
    @CsvSource({
        "4, 0.5, 6.28",
        "4, 0.8, 9.78",
        "4, 0.9, 11.80",
        "4, 0.95, 13.96",
        "6, 0.5, 5.33",
        "6, 0.9, 9.11",
        "8, 0.5, 5.17",
        "8, 0.9, 8.57",
        "10, 0.5, 5.21",
        "10, 0.9, 7.72"
    })
    void theTimeOfEscapeIsFittedWithinATenthForOtherDegreesAndMomenta(int k, double beta1, double measured) {
        PowerLawTheory theory = new PowerLawTheory(k, beta1, Math.pow(beta1 / 1.002, 2 * (k - 2.0) / k));
        HenonReduction henon = new HenonReduction(theory);
        assertThat(henon.escapeTime() / measured).isCloseTo(1, within(0.1));
        assertThat(henon.spikeDepth()).isCloseTo(henon.escapeTime() * Math.log10(beta1) / 0.002, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(LinearMomentum.class)
    void theTableOfThresholdsIsWhatTheRulesThemselvesGive(LinearMomentum method) {
        for (double beta1 : new double[] {0, 0.5, 0.9, 0.99}) {
            Map<String, Double> values = method == LinearMomentum.GRADIENT_DESCENT ? Map.of() : Map.of("beta1", beta1);
            double derived = Threshold.timesLearningRate(Catalogue.shipped(method.rule()), values)
                    .orElseThrow();
            // bisection of a spectral radius whose slope at the threshold is at least 2
            assertThat(method.thresholdTimesLr(beta1)).isCloseTo(derived, within(1e-9 * derived));
            assertThat(method.growthFactor(beta1, derived * (1 + 1e-9)) - 1)
                    .isCloseTo(1e-9 * method.growthSlope(beta1), within(1e-3 * 1e-9 * method.growthSlope(beta1)));
        }
    }

    @Test
    void rmspropsTheoremHasTheBoundOfItsLemma() {
        assertThat(ExponentialRateMap.monotoneAboveBeta2(4)).isCloseTo(0.021948, within(5e-7)); // (4/27)²
    }

    private static Trajectory run(String rule, Map<String, Double> values, int steps) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                FormulaObjective.power(4),
                                values,
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.SCALED),
                        steps,
                        1)
                .run();
    }
}
