package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.SpectralDensity.Estimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stated standard errors against exact spectra of 100 eigenvalues, 200 seeds each: how often the truth lies within two
/// and three of them. Student's distribution with three degrees of freedom, as of four vectors, has 172 and 188 of 200,
/// with nine, as of the trace, 185 and 197; what is asked is four standard deviations of the count fewer.
class SpectralErrorsTest {
    private static final int SEEDS = 200;
    private static final int SIZE = 100;
    private static final Map<String, IntToDoubleFunction> SPECTRA = new LinkedHashMap<>(Map.of(
            "few carry it", i -> i < 5 ? 8000.0 / (1 + i) : 5 * Math.sin(7 * i),
            "flat", i -> 1 + 0.5 * Math.sin(i),
            "power law", i -> Math.pow(i + 1, -1.5),
            "half zero", i -> i < SIZE / 2 ? 0 : 0.1 * (i - SIZE / 2 + 1)));

    @ParameterizedTest
    @ValueSource(strings = {"few carry it", "flat", "power law", "half zero"})
    void theTruthLiesWithinTheStatedErrorsAsOftenAsTheySay(String name) {
        double[] values =
                IntStream.range(0, SIZE).mapToDouble(SPECTRA.get(name)).toArray();
        double limit = 0.01 * Arrays.stream(values).max().orElseThrow();
        double[] truth = {
            Arrays.stream(values).sum(),
            Arrays.stream(values).average().orElseThrow(),
            Arrays.stream(values).map(x -> x * x).average().orElseThrow(),
            Arrays.stream(values).filter(x -> Math.abs(x) <= limit).count() / (double) SIZE,
            Arrays.stream(values).filter(x -> x < -limit).count() / (double) SIZE
        };
        SymmetricMatrix matrix = Matrices.reflected(5, values);
        int[] two = new int[truth.length];
        int[] three = new int[truth.length];
        for (int seed = 0; seed < SEEDS; seed++) {
            TraceEstimate trace = TraceEstimate.of(matrix, 30, 1000L * seed);
            SpectralDensity density = SpectralDensity.of(matrix, 4, 20, 1000L * seed);
            List<Estimate> estimates = List.of(
                    new Estimate(trace.value(), trace.standardError()),
                    density.moment(1),
                    density.moment(2),
                    density.mass(-limit, limit),
                    density.mass(Double.NEGATIVE_INFINITY, -limit));
            for (int i = 0; i < truth.length; i++) {
                double off = Math.abs(estimates.get(i).value() - truth[i]);
                double rounding = 1e-12 * Math.abs(truth[i]);
                two[i] += off <= 2 * estimates.get(i).standardError() + rounding ? 1 : 0;
                three[i] += off <= 3 * estimates.get(i).standardError() + rounding ? 1 : 0;
            }
        }
        List<String> names = List.of("trace", "mean", "mean square", "mass near zero", "mass below zero");
        for (int i = 0; i < truth.length; i++) {
            System.out.println(name + ", " + names.get(i) + ": within 2 errors " + two[i] + ", within 3 " + three[i]
                    + " of " + SEEDS);
            assertThat(two[i]).as(names.get(i) + ", within 2").isGreaterThanOrEqualTo(i == 0 ? 170 : 152);
            assertThat(three[i]).as(names.get(i) + ", within 3").isGreaterThanOrEqualTo(i == 0 ? 190 : 175);
        }
    }
}
