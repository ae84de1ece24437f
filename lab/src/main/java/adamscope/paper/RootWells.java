package adamscope.paper;

import adamscope.dynamics.SteppedRule;
import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Adam on F = Σ xᵢ/(2√cᵢ) − √xᵢ with gradients g = (1 + ξ‖∇F‖^½/10)·∇F, where the conditions of the sign-like proof
/// fail: far from the minimum a coordinate's curvature is 2|F′|³, the variance of g is ∝ ‖∇F‖³, and of coordinates that
/// arrive one after the other ever fewer carry the gradient.
final class RootWells {
    private static final int DIMENSION = 100;
    private static final int STEPS = 300;
    private static final int EVERY = 10;
    private static final int DRAWS = 50;
    private static final double START = 0.01;
    private static final double LR = 2e-3;
    private static final double NOISE = 0.1;

    /// The coordinates in two halves, in the place of a network's layers.
    private static final List<String> HALVES = List.of("near", "far");

    private final long seed;
    private final double[] minimum = new double[DIMENSION];
    private final List<String> names = new ArrayList<>(
            List.of("step", "gradientNorm", "gradientEvenness", "gradientVariance", "gradientSmoothness"));
    private final List<double[]> rows = new ArrayList<>();

    private RootWells(long seed) {
        this.seed = seed;
        Arrays.setAll(minimum, i -> 2 * START * Math.pow(0.5 / START, i / (DIMENSION - 1.0)));
        HALVES.forEach(half -> names.addAll(List.of("largestRatio " + half, "meanRatio " + half)));
        names.addAll(List.of("lawsTested", "lawsRejected", "lawDistance"));
    }

    /// The readings of a run, as [SignLikeNetwork] has them of a network; laws are not tested.
    static Table readings(String name, int seed) {
        RootWells wells = new RootWells(seed);
        wells.run();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < wells.names.size(); i++) {
            int at = i;
            columns.add(new Column.Numbers(
                    wells.names.get(i),
                    "",
                    wells.rows.stream().mapToDouble(row -> row[at]).toArray()));
        }
        return new Table(name, columns);
    }

    private void run() {
        double[] start = new double[DIMENSION];
        Arrays.fill(start, START);
        SteppedRule rule = SteppedRule.start(Catalogue.shipped("adam-uncorrected"), start, Map.of("lr", LR));
        double[] before = start;
        for (int step = 1; step <= STEPS; step++) {
            double[] x = rule.x().clone();
            double[] gradient = gradient(x);
            double size = 1 + NOISE * Math.sqrt(norm(gradient)) * CountedNormal.number(seed, step) / Math.sqrt(DRAWS);
            rule.advance(Arrays.stream(gradient).map(g -> size * g).toArray());
            if (step > 1 && step % EVERY == 1) {
                rows.add(row(step, gradient, norm(minus(gradient, gradient(before))) / norm(minus(x, before)), rule));
            }
            before = x;
        }
    }

    private double[] row(int step, double[] gradient, double smoothness, SteppedRule rule) {
        double norm = norm(gradient);
        double[] row = new double[names.size()];
        row[0] = step;
        row[1] = norm;
        row[2] = Arrays.stream(gradient).map(Math::abs).sum() / norm / Math.sqrt(DIMENSION);
        row[3] = sampledVariance(step, norm);
        row[4] = smoothness;
        for (int half = 0; half < HALVES.size(); half++) {
            double[] ratio = new double[DIMENSION / 2];
            int from = half * ratio.length;
            Arrays.setAll(ratio, i -> Math.abs(rule.state("m")[from + i]) / Math.sqrt(rule.state("v")[from + i]));
            row[5 + 2 * half] = Arrays.stream(ratio).max().orElseThrow();
            row[6 + 2 * half] = Arrays.stream(ratio).average().orElseThrow();
        }
        return row;
    }

    /// The mean of ‖g − ∇F‖² over a batch of draws.
    private double sampledVariance(int step, double norm) {
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double noise = NOISE * Math.sqrt(norm) * CountedNormal.number(seed, 1000L * step + draw) * norm;
            sum += noise * noise;
        }
        return sum / DRAWS;
    }

    private double[] gradient(double[] x) {
        double[] gradient = new double[DIMENSION];
        Arrays.setAll(gradient, i -> 0.5 / Math.sqrt(minimum[i]) - 0.5 / Math.sqrt(x[i]));
        return gradient;
    }

    private static double[] minus(double[] one, double[] other) {
        double[] difference = one.clone();
        Arrays.setAll(difference, i -> one[i] - other[i]);
        return difference;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }
}
