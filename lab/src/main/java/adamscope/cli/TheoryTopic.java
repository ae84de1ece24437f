package adamscope.cli;

import adamscope.optimizer.Catalogue;
import adamscope.stability.EpsilonFloor;
import adamscope.stability.ExponentialRateMap;
import adamscope.stability.FixedPointGrid;
import adamscope.stability.HenonReduction;
import adamscope.stability.LyapunovSpectrum;
import adamscope.stability.PowerLaw;
import adamscope.stability.PowerLawCoupling;
import adamscope.stability.PowerLawDescent;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.QuadraticTheory;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.stability.StabilityCorner;
import adamscope.stability.StepBound;
import adamscope.stability.TwoCycle;
import adamscope.store.JsonDocument;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A part of the theory beyond the fixed point, as numbers with names.
enum TheoryTopic {
    /// The two inequalities and where their borders meet.
    CORNER("the corner where the flip inequality acts; beta1, beta2 where both borders meet"),
    /// The map of Eq. 18.
    MAP("the map u <- gamma u (1-u)^(k-2) of a decoupled second moment without momentum"),
    /// Oscillations.
    CYCLE("the oscillation x = ±amplitude·lr: its multipliers, and the start that theorem 5.7 asks for"),
    /// Gradient descent in comparison.
    DESCENT("gradient descent and momentum on the same objective, from x = 1: constant·t^exponent"),
    /// The case k = 2.
    QUADRATIC("the same rule on x^2/2: slopes of ln L before the spike, and the step at which it begins"),
    /// v/g².
    COUPLING("the ratio v/g^2: where sign descent would decouple it, how fast it grows then"),
    /// Largest step.
    BOUND("the largest |m|/sqrt(v) that any gradients can bring about, after 1, 100, 10000 steps and ever"),
    /// The decoupled limit.
    HENON("the decoupled limit, a Hénon map with Jacobian determinant J"),
    /// Growth of deviations along the orbit.
    LYAPUNOV(
            "Lyapunov exponents of the scale-free system, derived from the rule: nats per step, 200,000 steps from near"
                    + " the fixed point after 1,000; ln spectral radius where it is stable"),
    /// ε above 0.
    EPS("where eps ends the linear phase");

    private final String text;

    TheoryTopic(String text) {
        this.text = text;
    }

    /// One line for a person.
    String text() {
        return text;
    }

    /// How it is written.
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static TheoryTopic read(String word) {
        return Arrays.stream(values())
                .filter(topic -> topic.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--what = '" + word + "' is none of "
                        + Arrays.stream(values()).map(TheoryTopic::word).collect(Collectors.joining(", "))));
    }

    private static Map<String, Object> lyapunov(PowerLawTheory theory) {
        Map<String, Double> values = Map.of(
                "lr",
                1.0,
                "beta1",
                theory.beta1(),
                "beta2",
                theory.beta2(),
                "eps",
                0.0,
                ReducedSystem.DEGREE,
                theory.degree());
        ReducedSystem system = ReducedSystem.of(
                Catalogue.shipped("adam-uncorrected"), Map.of("lr", 1.0, "eps", 0.0), PowerLaw.of(theory.degree()));
        SmoothMap map = SmoothMap.of(system.limit(), Map.of(), ReducedSystem.RELATIVE_STEP);
        // the map's own fixed point: its w and m are those before the step, the theory's w is that after it
        Map<String, Double> fixed = new HashMap<>(values);
        fixed.remove("beta2");
        FixedPointGrid point = FixedPointGrid.of(system, fixed, Map.of("beta2", new double[] {theory.beta2()}));
        double[] start = new double[map.dimension()];
        Arrays.setAll(start, i -> {
            double nearby = map.components().get(i).equals(ReducedSystem.STEP) ? 1.01 : 1;
            return nearby * (Double.isNaN(point.radius()[0]) ? 1 : point.state()[i][0]);
        });
        LyapunovSpectrum spectrum = LyapunovSpectrum.of(map, values, start, 1000, 200_000);
        return JsonDocument.object(
                "exponents",
                spectrum.escaped() ? null : spectrum.exponents(),
                "chaotic",
                !spectrum.escaped() && spectrum.exponents()[0] > 0,
                "escapedAt",
                spectrum.escaped() ? spectrum.steps() : null);
    }

    /// The numbers of the topic.
    Map<String, Object> numbers(PowerLawTheory theory, Map<String, Double> values) {
        double k = theory.degree();
        double lr = values.get("lr");
        return switch (this) {
            case CORNER -> {
                StabilityCorner corner = new StabilityCorner(k);
                yield JsonDocument.object(
                        "beta1",
                        corner.beta1(),
                        "beta2",
                        corner.beta2(),
                        "rho",
                        corner.rho(),
                        "highestFlipBeta1",
                        corner.highestFlipBeta1(),
                        "flipFreeBeta2",
                        theory.flipFreeBeta2());
            }
            case MAP -> {
                ExponentialRateMap map = ExponentialRateMap.ofBeta2(k, theory.beta2());
                yield JsonDocument.object(
                        "gamma",
                        map.gamma(),
                        "fixedPoint",
                        map.fixedPoint(),
                        "multiplier",
                        map.multiplier(),
                        "flipGamma",
                        ExponentialRateMap.flipGamma(k),
                        "crisisGamma",
                        ExponentialRateMap.crisisGamma(k),
                        "bounded",
                        map.bounded());
            }
            case CYCLE -> {
                TwoCycle cycle = new TwoCycle(TwoCycle.Momentum.HEAVY_BALL, k, theory.beta1(), theory.beta2());
                yield JsonDocument.object(
                        "amplitudeOverLr",
                        cycle.amplitudeOverLr(),
                        "spectralRadius",
                        cycle.spectralRadius(),
                        "stable",
                        cycle.stable(),
                        "rmspropStableBelowBeta2",
                        TwoCycle.rmspropStableBelow(k),
                        "rmspropMonotoneAboveBeta2",
                        ExponentialRateMap.monotoneAboveBeta2(k));
            }
            case DESCENT -> {
                PowerLawDescent descent = new PowerLawDescent(k, lr, 1);
                yield JsonDocument.object(
                        "constant",
                        descent.constant(),
                        "exponent",
                        descent.exponent(),
                        "stepsTo1e-2",
                        descent.hittingTime(1e-2),
                        "stepsTo1e-6",
                        descent.hittingTime(1e-6));
            }
            case QUADRATIC -> {
                QuadraticTheory quadratic = new QuadraticTheory(theory.beta1(), theory.beta2());
                yield JsonDocument.object(
                        "lossSlope", theory.beta1() > 0 ? quadratic.lossSlope() : null,
                        "lemmaF2Slope", theory.beta1() > 0 ? quadratic.continuousLossSlope() : null,
                        "criticalStep", quadratic.criticalStep());
            }
            case COUPLING -> {
                PowerLawCoupling coupling = new PowerLawCoupling(k, theory.beta2());
                yield JsonDocument.object(
                        "signTrigger", coupling.signTrigger(lr), "decoupledRate", coupling.decoupledRate());
            }
            case BOUND -> {
                StepBound bound = new StepBound(theory.beta1(), theory.beta2());
                yield JsonDocument.object(
                        "after1",
                        bound.after(1),
                        "after100",
                        bound.after(100),
                        "after10000",
                        bound.after(10_000),
                        "limit",
                        bound.limit());
            }
            case HENON -> {
                HenonReduction henon = new HenonReduction(theory);
                yield JsonDocument.object(
                        "J",
                        henon.jacobian(),
                        "A",
                        henon.linear(),
                        "spikeDepth",
                        henon.jacobian() > 1 && theory.beta1() > 0 ? henon.spikeDepth() : null);
            }
            case LYAPUNOV -> lyapunov(theory);
            case EPS -> {
                EpsilonFloor floor = new EpsilonFloor(theory, lr, values.getOrDefault("eps", 0.0));
                yield JsonDocument.object(
                        "x", floor.x(), "lrAfter", floor.descent().lr());
            }
        };
    }
}
