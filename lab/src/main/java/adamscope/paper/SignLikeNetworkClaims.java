package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.report.Claim;
import adamscope.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The verdicts of [SignLikeNetwork]: intervals over independent runs decide them.
final class SignLikeNetworkClaims {
    private static final String NETWORK = SignLikeNetwork.NETWORK;
    private static final String SEEDS = SignLikeNetwork.SEEDS;

    private SignLikeNetworkClaims() {}

    static List<Claim> of(Tables tables) {
        double[] tested = tables.numbers(NETWORK, "lawsTested");
        double[] rejected = tables.numbers(NETWORK, "lawsRejected");
        double[] distance = tables.numbers(NETWORK, "lawDistance");
        long times =
                IntStream.range(0, rejected.length).filter(i -> rejected[i] > 0).count();
        String tests = text(
                "KS tests of one run: at %d of %d times some pair of layers rejected, %.0f of %.0f pairs at the end,"
                        + " distance up to %.2f",
                times,
                rejected.length,
                rejected[rejected.length - 1],
                tested[tested.length - 1],
                Arrays.stream(distance).max().orElseThrow());
        return List.of(layersAlike(tables, tests), conditions(tables));
    }

    /// One law in all layers has one mean of u: the differences of layers' means over independent runs decide.
    private static Claim layersAlike(Tables tables, String tests) {
        List<String> layers = SignLikeNetwork.layers(tables.table(NETWORK));
        int pairs = layers.size() * (layers.size() - 1) / 2;
        String widest = "";
        double most = 0;
        double farthest = 0;
        int apart = 0;
        for (int i = 0; i < layers.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] one = tables.numbers(SEEDS, "meanRatio " + layers.get(i));
                double[] other = tables.numbers(SEEDS, "meanRatio " + layers.get(j));
                double[] difference = one.clone();
                Arrays.setAll(difference, k -> one[k] - other[k]);
                // Bonferroni over the pairs
                Interval interval = Interval.ofMean(difference, 1 - 0.05 / pairs);
                double size = 0.5 * (mean(one) + mean(other));
                apart += interval.contains(0) ? 0 : 1;
                farthest = Math.max(farthest, Math.max(-interval.low(), interval.high()) / size);
                double share = Math.abs(mean(difference)) / size;
                if (share > most) {
                    most = share;
                    widest = text(
                            "mean u of %s less that of %s: in [%.3f, %.3f], of %.3f",
                            layers.get(i), layers.get(j), interval.low(), interval.high(), size);
                }
            }
        }
        return Register.of("P4-08")
                .ran("the network, see above; 95 % over all pairs of layers (Bonferroni), Student's over seeds")
                .got("pairs of layers whose means of u differ", apart)
                .got("farthest end of an interval, of the mean", farthest)
                .claim(
                        "every interval of a difference of layers' means of u holds 0",
                        text("%d of %d pairs differ; %s. %s", apart, pairs, widest, tests),
                        "Coordinates of one layer share their gradients' factors, so that a test within a run is too"
                                + " sharp; runs from different seeds are independent. This network is not one of the"
                                + " paper's.");
    }

    private static Claim conditions(Tables tables) {
        Interval even = Interval.ofMean(tables.numbers(SEEDS, "evennessPower"), 0.95);
        Interval variance = Interval.ofMean(tables.numbers(SEEDS, "variancePower"), 0.95);
        Interval smoothness = Interval.ofMean(tables.numbers(SEEDS, "smoothnessPower"), 0.95);
        double least =
                Arrays.stream(tables.numbers(SEEDS, "leastEvenness")).min().orElseThrow();
        return Register.of("P4-09")
                .ran("the network, see above; intervals over seeds")
                .got("power of t of ‖∇F‖₁/(‖∇F‖₂√d), upper end", even.high())
                .got("power of t of ‖∇F‖₁/(‖∇F‖₂√d), lower end", even.low())
                .got("p of the variance, lower end", variance.low())
                .got("p of the variance, upper end", variance.high())
                .got("q of the smoothness, lower end", smoothness.low())
                .got("q of the smoothness, upper end", smoothness.high())
                .claim(
                        "‖∇F‖₁/(‖∇F‖₂√d) does not fall with t; p ≤ 2; q ≤ 1",
                        text(
                                "power of t in [%.3f, %.3f], at least %.3f in all runs; p in [%.2f, %.2f]; q in [%.2f,"
                                        + " %.2f]",
                                even.low(),
                                even.high(),
                                least,
                                variance.low(),
                                variance.high(),
                                smoothness.low(),
                                smoothness.high()),
                        "Over these runs; a bound for all times does not follow from any run. p and q are fitted to"
                                + " readings along the run, which lie near a curve, not below one; the assumption is an"
                                + " inequality.");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
