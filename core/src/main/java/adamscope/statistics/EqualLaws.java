package adamscope.statistics;

import adamscope.formula.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/// Whether blocks of numbers may come from one distribution: Kolmogorov–Smirnov tests of every pair of blocks, with
/// Holm's correction for their number, and what these tests could have seen.
///
/// The test supposes that the numbers of a block are independent. It says nothing about independence itself, and two
/// random halves of one mixture pass it whatever the mixture: the blocks must be chosen by what may differ (layers).
///
/// @param pairs        every pair of blocks
/// @param significance the probability α of at least one false rejection among all pairs
public record EqualLaws(List<Pair> pairs, double significance) {
    public EqualLaws {
        pairs = List.copyOf(pairs);
    }

    /// One test.
    ///
    /// @param distance   largest difference of the two empirical distribution functions
    /// @param p          probability of a distance at least as large if the laws are equal
    /// @param adjusted   p corrected for the number of tests; the pair is rejected if it is at most α
    /// @param detectable a true distance that is found with the power asked for, see [EqualLaws#detectable]
    public record Pair(String first, String second, double distance, double p, double adjusted, double detectable) {}

    /// The power that `detectable` states.
    public static final double POWER = 0.9;

    /// Tests every pair.
    ///
    /// @param names        one for each block
    /// @param blocks       at least 2 blocks of at least 2 numbers
    /// @param significance α, in (0, 1)
    public static EqualLaws between(List<String> names, List<double[]> blocks, double significance) {
        if (names.size() != blocks.size() || blocks.size() < 2) {
            throw new IllegalArgumentException(blocks.size() + " blocks and " + names.size()
                    + " names: at least 2 blocks with a name each are needed");
        }
        if (!(significance > 0 && significance < 1)) {
            throw new IllegalArgumentException(
                    "significance = " + new PlainText().number(significance) + " is outside (0, 1)");
        }
        for (int i = 0; i < blocks.size(); i++) {
            requireNumbers(names.get(i), blocks.get(i));
        }
        List<int[]> chosen = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = i + 1; j < blocks.size(); j++) {
                chosen.add(new int[] {i, j});
            }
        }
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double[] p = chosen.stream()
                .mapToDouble(c -> test.kolmogorovSmirnovTest(blocks.get(c[0]), blocks.get(c[1]), false))
                .toArray();
        double[] adjusted = holm(p);
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < chosen.size(); k++) {
            int i = chosen.get(k)[0];
            int j = chosen.get(k)[1];
            double[] a = blocks.get(i);
            double[] b = blocks.get(j);
            double distance = test.kolmogorovSmirnovStatistic(a, b);
            double seen = detectable(a.length, b.length, significance / chosen.size(), POWER);
            pairs.add(new Pair(names.get(i), names.get(j), distance, p[k], adjusted[k], seen));
        }
        return new EqualLaws(pairs, significance);
    }

    private static void requireNumbers(String name, double[] block) {
        if (block.length < 2) {
            throw new IllegalArgumentException(
                    "block " + name + " has " + block.length + " numbers, at least 2 are needed");
        }
        for (double value : block) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("block " + name + " has " + new PlainText().number(value)
                        + " in it; only finite numbers can be tested");
            }
        }
    }

    /// Pairs whose laws differ at the level α of all tests together.
    public List<Pair> rejected() {
        return pairs.stream().filter(pair -> pair.adjusted() <= significance).toList();
    }

    /// Adjusted p: with p₍₁₎ ≤ … ≤ p₍ₖ₎, max over j ≤ i of min(1, (k − j + 1)·p₍ⱼ₎); valid under any dependence of the
    /// tests [Holm 1979].
    public static double[] holm(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int j = 0; j < order.length; j++) {
            largest = Math.max(largest, Math.min(1, (p.length - j) * p[order[j]]));
            adjusted[order[j]] = largest;
        }
        return adjusted;
    }

    /// A true distance δ of the distribution functions that is rejected with at least the probability `power`:
    /// δ = √((1/n + 1/m)/2)·(√ln(2/α) + √ln(1/(1 − power))).
    ///
    /// The test at level α rejects beyond √((1/n + 1/m)/2)·√ln(2/α) (first term of the limit law), and the difference
    /// of two shares of n and m draws falls short of its mean by t with probability at most
    /// exp(−2t²/(1/n + 1/m)) [Hoeffding 1963, Theorem 1]. No claim is made for smaller distances. 1 or more: none is
    /// sure to be found.
    public static double detectable(int n, int m, double alpha, double power) {
        return Math.sqrt((1.0 / n + 1.0 / m) / 2) * (Math.sqrt(Math.log(2 / alpha)) + Math.sqrt(-Math.log1p(-power)));
    }
}
