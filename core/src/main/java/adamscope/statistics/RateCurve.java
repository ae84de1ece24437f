package adamscope.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The loss that trainings reached over their learning rates, from one or several seeds.
///
/// @param rates  increasing
/// @param seeds  one for each row of losses
/// @param losses by seed and rate; infinite where the run diverged, NaN where there was none
public record RateCurve(double[] rates, double[] seeds, double[][] losses) {
    private static final double CONFIDENCE = 0.95;

    /// One training: what it reached, NaN where it diverged.
    public record Trial(double rate, double seed, double loss) {}

    /// Where the best learning rate lies.
    ///
    /// @param rate     the lowest point of the parabola through the best of the rates and its two neighbours, over log
    ///                 rate; of several seeds, the geometric mean of theirs; without a neighbour, the best of the rates
    /// @param interval with several seeds, Student's interval of 95 % for the mean over seeds of log rate; with one,
    ///                 the two neighbours; empty where the best rate is the first or the last
    /// @param seeds    how many the interval rests on
    public record Best(double rate, Optional<Interval> interval, int seeds) {}

    public RateCurve {
        if (rates.length == 0 || seeds.length == 0 || losses.length != seeds.length) {
            throw new IllegalArgumentException("a learning-rate curve has a rate, a seed, and losses for each seed");
        }
    }

    /// The curve of trainings in any order; where one was repeated, the last of equal rate and seed counts.
    public static RateCurve of(Iterable<Trial> trials) {
        TreeMap<Double, TreeMap<Double, Double>> bySeed = new TreeMap<>();
        TreeSet<Double> rates = new TreeSet<>();
        for (Trial trial : trials) {
            rates.add(trial.rate());
            bySeed.computeIfAbsent(trial.seed(), _ -> new TreeMap<>())
                    .put(trial.rate(), Double.isNaN(trial.loss()) ? Double.POSITIVE_INFINITY : trial.loss());
        }
        double[] sorted = rates.stream().mapToDouble(Double::doubleValue).toArray();
        return new RateCurve(
                sorted,
                bySeed.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                bySeed.values().stream()
                        .map(of -> Arrays.stream(sorted)
                                .map(rate -> of.getOrDefault(rate, Double.NaN))
                                .toArray())
                        .toArray(double[][]::new));
    }

    /// The mean over the seeds of each rate; infinite where one of them diverged.
    public double[] mean() {
        return IntStream.range(0, rates.length)
                .mapToDouble(i -> at(i).average().orElse(Double.NaN))
                .toArray();
    }

    /// The standard deviation over the seeds of each rate; NaN for one seed, or where one of them diverged.
    public double[] deviation() {
        double[] mean = mean();
        return IntStream.range(0, rates.length)
                .mapToDouble(i -> {
                    double squares =
                            at(i).map(x -> (x - mean[i]) * (x - mean[i])).sum();
                    long count = at(i).count();
                    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
                })
                .toArray();
    }

    /// At how many of its seeds a rate diverged.
    public int diverged(int rate) {
        return (int) at(rate).filter(Double::isInfinite).count();
    }

    private DoubleStream at(int rate) {
        return Arrays.stream(losses).mapToDouble(of -> of[rate]).filter(loss -> !Double.isNaN(loss));
    }

    /// The place of the rate with the lowest mean.
    public int lowest() {
        return lowest(mean());
    }

    /// Whether worse rates lie on both sides of the one with the lowest mean.
    public boolean inside() {
        int at = lowest();
        return at > 0 && at < rates.length - 1;
    }

    /// Where the best learning rate lies.
    public Best best() {
        double[] mean = mean();
        int at = lowest(mean);
        double[] each = Arrays.stream(losses)
                .mapToDouble(of -> vertex(rates, of))
                .filter(rate -> !Double.isNaN(rate))
                .map(Math::log)
                .toArray();
        if (!inside() || each.length == 0) {
            return new Best(Double.isFinite(mean[at]) ? rates[at] : Double.NaN, Optional.empty(), each.length);
        }
        double middle = Math.exp(Arrays.stream(each).average().orElseThrow());
        if (seeds.length == 1) {
            return new Best(middle, Optional.of(new Interval(rates[at - 1], rates[at + 1])), 1);
        }
        if (each.length < seeds.length) {
            return new Best(middle, Optional.empty(), each.length);
        }
        Interval logs = Interval.ofMean(each, CONFIDENCE);
        return new Best(middle, Optional.of(new Interval(Math.exp(logs.low()), Math.exp(logs.high()))), each.length);
    }

    private static int lowest(double[] losses) {
        int at = 0;
        for (int i = 0; i < losses.length; i++) {
            at = losses[i] < losses[at] || Double.isNaN(losses[at]) ? i : at;
        }
        return at;
    }

    /// The lowest point of the parabola through the lowest loss and its two neighbours, over the place of the rates;
    /// NaN where the lowest is the first or the last, or a run beside it diverged.
    public static double vertex(double[] rates, double[] losses) {
        int at = lowest(losses);
        if (at == 0
                || at == losses.length - 1
                || !Double.isFinite(losses[at - 1])
                || !Double.isFinite(losses[at + 1])) {
            return Double.NaN;
        }
        double down = losses[at - 1] - losses[at];
        double up = losses[at + 1] - losses[at];
        double offset = 0.5 * (down - up) / (down + up);
        return rates[at] * Math.pow(rates[at + 1] / rates[at], offset);
    }
}
