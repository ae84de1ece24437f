package adamscope.paper;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The verdicts of [SignLikeNetwork]: intervals over independent runs decide them.
final class SignLikeNetworkClaims {
    private static final String NETWORK = SignLikeNetwork.NETWORK;
    private static final String SEEDS = SignLikeNetwork.SEEDS;
    /// Means of u that differ by less than this part: the layers count as alike.
    private static final double ALIKE = 0.1;
    /// A power of t this small counts as none.
    private static final double FLAT = 0.1;

    private SignLikeNetworkClaims() {}

    static List<Claim> of(Tables tables) {
        double[] tested = tables.numbers(NETWORK, "lawsTested");
        double[] rejected = tables.numbers(NETWORK, "lawsRejected");
        double[] distance = tables.numbers(NETWORK, "lawDistance");
        long times =
                IntStream.range(0, rejected.length).filter(i -> rejected[i] > 0).count();
        String tests = Statement.format(
                "KS tests of one run: at %d of %d times some pair of layers rejected, %.0f of %.0f pairs at the end,"
                        + " distance up to %.2f",
                times,
                rejected.length,
                rejected[rejected.length - 1],
                tested[tested.length - 1],
                Arrays.stream(distance).max().orElseThrow());
        return List.of(
                layersAlike(tables, tests),
                evenness(tables),
                power(
                        tables,
                        "P4-09-variance",
                        "Generalised p-affine variance: E‖g − ∇F‖² ≤ σ₀² + σ₁²‖∇F‖^p, the argument needs p ≤ 2",
                        "variancePower",
                        "p",
                        2),
                power(
                        tables,
                        "P4-09-smoothness",
                        "(L₀, L₁, q)-smoothness: ‖∇F(x) − ∇F(y)‖ ≤ (L₀ + L₁‖∇F(x)‖^q)·‖x − y‖, the argument needs"
                                + " q ≤ 1",
                        "smoothnessPower",
                        "q",
                        1));
    }

    /// One law in all layers has one mean of u: the differences of layers' means over independent runs decide.
    private static Claim layersAlike(Tables tables, String tests) {
        List<String> layers = SignLikeNetwork.layers(tables.table(NETWORK));
        int pairs = layers.size() * (layers.size() - 1) / 2;
        String widest = "";
        double most = 0;
        boolean apart = false;
        boolean alike = true;
        for (int i = 0; i < layers.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] one = tables.numbers(SEEDS, "meanRatio " + layers.get(i));
                double[] other = tables.numbers(SEEDS, "meanRatio " + layers.get(j));
                double[] difference = one.clone();
                Arrays.setAll(difference, k -> one[k] - other[k]);
                // Bonferroni over the pairs
                Interval interval = Interval.ofMean(difference, 1 - 0.05 / pairs);
                double size = 0.5 * (mean(one) + mean(other));
                apart |= !interval.contains(0);
                alike &= Math.max(-interval.low(), interval.high()) < ALIKE * size;
                double share = Math.abs(mean(difference)) / size;
                if (share > most) {
                    most = share;
                    widest = Statement.format(
                            "mean u of %s less that of %s: in [%.3f, %.3f], of %.3f",
                            layers.get(i), layers.get(j), interval.low(), interval.high(), size);
                }
            }
        }
        Verdict verdict = apart ? Verdict.DISAGREES : alike ? Verdict.AGREES : Verdict.INCONCLUSIVE;
        return network(
                "P4-08-network",
                "The coordinates of u follow one law in all layers of a network",
                "every interval of a difference of layers' means of u holds 0",
                "95 % over all pairs of layers (Bonferroni), Student's over seeds",
                widest + ". " + tests,
                verdict,
                "Coordinates of one layer share their gradients' factors, so that a test within a run is too sharp;"
                        + " runs from different seeds are independent. This network is not one of the paper's.");
    }

    private static Claim evenness(Tables tables) {
        Interval power = Interval.ofMean(tables.numbers(SEEDS, "evennessPower"), 0.95);
        double least =
                Arrays.stream(tables.numbers(SEEDS, "leastEvenness")).min().orElseThrow();
        Verdict verdict =
                power.low() >= -FLAT ? Verdict.AGREES : power.high() < -FLAT ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
        return network(
                "P4-09",
                "‖∇F‖₁/‖∇F‖₂ ≥ C₁√d along the run",
                "‖∇F‖₁/(‖∇F‖₂√d) does not fall with t",
                "the interval of its power of t lies above −0.1; below it: disagrees",
                Statement.format(
                        "power of t in [%.3f, %.3f] over seeds; at least %.3f in all runs",
                        power.low(), power.high(), least),
                verdict,
                "Over this run; a bound for all times does not follow from any run.");
    }

    private static Claim power(Tables tables, String id, String text, String column, String letter, double largest) {
        Interval interval = Interval.ofMean(tables.numbers(SEEDS, column), 0.95);
        Verdict verdict = interval.high() <= largest
                ? Verdict.AGREES
                : interval.low() > largest ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
        return network(
                id,
                text,
                Statement.format("%s ≤ %.0f", letter, largest),
                "the 95 % interval over seeds",
                Statement.format("%s in [%.2f, %.2f]", letter, interval.low(), interval.high()),
                verdict,
                "Fitted to readings along the run, which lie near a curve, not below one; the assumption is an"
                        + " inequality."
                        + (verdict == Verdict.INCONCLUSIVE ? " The interval reaches to both sides." : ""));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static Claim network(
            String id, String text, String expected, String tolerance, String measured, Verdict verdict, String note) {
        return new Statement(id, "Sign-like descent, conditions 2 and 3", text, "the network, see above")
                .open(expected, tolerance, measured, verdict, note);
    }
}
