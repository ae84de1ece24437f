package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.optimizer.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The map w ← γw(1 − w)² of gradient descent with a growing rate on x⁴/4, Eq. 18 with k = 4.
class OrbitDiagramTest {
    private static final Map<String, Double> FIXED = Map.of("lr", 1.0, "degree", 4.0);

    private static SmoothMap cubic(String observed) {
        return SmoothMap.of(
                ReducedSystem.of(Catalogue.shipped("gd-exponential"), Map.of(), PowerLaw.of(4))
                        .limit(),
                FIXED,
                observed);
    }

    private static OrbitDiagram diagram(double... gammas) {
        return OrbitDiagram.of(
                cubic("w"), Map.of(), "factor", gammas, new double[] {0.3}, new OrbitDiagram.Length(3000, 2000, 64));
    }

    private static long period(double[] points) {
        return Arrays.stream(points).map(p -> Math.rint(p * 1e6)).distinct().count();
    }

    @Test
    void thePeriodDoublesWhereTheTheorySaysItDoes() {
        // doublings at 4, 5, 5.23509, 5.28645; the values keep the distance that 3000 steps need to settle
        OrbitDiagram diagram = diagram(3.99, 4.01, 4.99, 5.01, 5.23, 5.24, 5.285, 5.288);
        assertThat(Arrays.stream(diagram.limitSet()).map(OrbitDiagramTest::period))
                .containsExactly(1L, 2L, 2L, 4L, 4L, 8L, 8L, 16L);
    }

    /// At w = 0 the multiplier is γ: an orbit that starts there stays, with the exponent ln γ > 0, and is no chaos.
    @Test
    void anOrbitThatStandsOnAnUnstablePointIsNotChaotic() {
        OrbitDiagram standing = OrbitDiagram.of(
                cubic("w"),
                Map.of(),
                "factor",
                new double[] {3},
                new double[] {0},
                new OrbitDiagram.Length(100, 200, 64));
        assertThat(standing.exponent()[0]).isCloseTo(Math.log(3), within(1e-12));
        assertThat(standing.motion(0)).isEqualTo(OrbitDiagram.Motion.UNSTABLE);
        assertThat(diagram(6.5).motion(0)).isEqualTo(OrbitDiagram.Motion.CHAOTIC);
        assertThat(diagram(3.5).motion(0)).isEqualTo(OrbitDiagram.Motion.REGULAR);
    }

    @Test
    void doublingsLieAtTheirValues() {
        // the multiplier of the 2ⁿ-cycle is −1 there; slopes d(multiplier)/dγ are of order −1 to −30
        assertThat(doubling(1, 3.9, 4.1)).isCloseTo(4, within(1e-9));
        assertThat(doubling(2, 4.9, 5.1)).isCloseTo(5, within(1e-9));
        // mpmath, 30 digits: root of the multiplier of the cycle + 1. Orbits settle so slowly there that counting
        // points puts them 1e-4 and 4e-5 lower, at 5.23498 and 5.28641.
        assertThat(doubling(4, 5.22, 5.25)).isCloseTo(5.2350893095218357, within(1e-9));
        assertThat(doubling(8, 5.28, 5.29)).isCloseTo(5.2864491184681226, within(1e-9));
    }

    private static double doubling(int period, double low, double high) {
        double from = low;
        double to = high;
        for (int i = 0; i < 45; i++) {
            double middle = 0.5 * (from + to);
            double[] seed = OrbitDiagram.of(
                            cubic("w"),
                            Map.of(),
                            "factor",
                            new double[] {middle},
                            new double[] {0.3},
                            new OrbitDiagram.Length(2000, 1, 1))
                    .limitSet()[0];
            List<PeriodicOrbit> orbits =
                    PeriodicOrbits.of(cubic("w"), Map.of("factor", middle), period, starts(seed[0]));
            boolean stable = orbits.stream().anyMatch(o -> o.multipliers().stable());
            from = stable ? middle : from;
            to = stable ? to : middle;
        }
        return 0.5 * (from + to);
    }

    private static List<double[]> starts(double seed) {
        return List.of(new double[] {seed}, new double[] {0.3}, new double[] {0.6});
    }

    @Test
    void theTwoCycleHasTheMultiplierNineMinusTwoGamma() {
        List<PeriodicOrbit> orbits = PeriodicOrbits.of(
                cubic("w"), Map.of("factor", 4.7), 2, List.of(new double[] {0.2}, new double[] {0.6}));
        assertThat(orbits)
                .anySatisfy(o -> assertThat(o.multipliers().values().getFirst().getReal())
                        .isCloseTo(9 - 2 * 4.7, within(1e-12)));
    }

    @Test
    void atTheCrisisTheLyapunovExponentIsLnThree() {
        // conjugate to the cubic Chebyshev map: ln|f'| is ln 3 up to a coboundary, so the mean is off by O(ln N/N)
        assertThat(diagram(9).exponent()[0]).isCloseTo(Math.log(3), within(1e-2));
        LyapunovSpectrum spectrum =
                LyapunovSpectrum.of(cubic("w"), Map.of("factor", 9.0), new double[] {0.3}, 1000, 200_000);
        assertThat(spectrum.exponents()[0]).isCloseTo(Math.log(3), within(1e-3));
    }

    @Test
    void beyondTheCrisisTheOrbitEscapesWithinTensOfSteps() {
        // theory 5.2: about 3 to 35 steps
        OrbitDiagram diagram = diagram(8.99, 9.3, 10, 12);
        assertThat(diagram.escapedAt()[0]).isEqualTo(-1);
        assertThat(Arrays.stream(diagram.escapedAt()).skip(1)).allMatch(step -> step > 0 && step < 200);
        assertThat(diagram.limitSet()[2]).containsOnly(Double.NaN);
    }

    @Test
    void fixedPointsAreTheThreeRootsOfTheCubic() {
        // w = γw(1 − w)²: 0 and 1 ∓ γ^(−1/2)
        List<FixedPoint> points =
                PeriodicOrbits.fixedPoints(cubic("ratio"), Map.of("factor", 3.0), List.of(new double[] {0.3}));
        double s = 1 / Math.sqrt(3);
        assertThat(points).hasSize(3);
        assertThat(points.get(0).state()[0]).isCloseTo(0, within(1e-12));
        assertThat(points.get(1).state()[0]).isCloseTo(1 - s, within(1e-14));
        assertThat(points.get(2).state()[0]).isCloseTo(1 + s, within(1e-14));
        assertThat(points.get(2).observed()).isCloseTo(-s, within(1e-14));
        assertThat(points.get(1).multipliers().values().getFirst().getReal())
                .isCloseTo(3 - 2 * Math.sqrt(3), within(1e-13));
    }

    @Test
    void everyOfTwoThousandValuesHasALyapunovExponent() {
        double[] gammas = new double[2000];
        Arrays.setAll(gammas, i -> 3 + 6.0 * i / 2000);
        OrbitDiagram diagram = OrbitDiagram.of(
                cubic("w"), Map.of(), "factor", gammas, new double[] {0.3}, new OrbitDiagram.Length(1000, 4000, 200));
        assertThat(Arrays.stream(diagram.exponent())).noneMatch(value -> Double.isNaN(value));
    }
}
