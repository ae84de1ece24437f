package adamscope.corpus;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.FloatFormat;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/// How a run of a known cause is made: everything is a function of cause and seed.
///
/// @param run     the training with the cause
/// @param control the same without it
/// @param from    the step from which on the cause acts
record Recipe(TrainedRun run, TrainedRun control, long from) {
    private static final OptimizerRule ADAM = Catalogue.shipped("adam");

    /// The recipe of a cause and a seed.
    static Recipe of(Cause cause, long seed) {
        Draw draw = new Draw(new SplittableRandom(seed * 1_000_003 + cause.ordinal()), seed);
        return switch (cause) {
            case PRECONDITIONER_LAG -> lag(draw);
            case SHARPNESS -> sharpness(draw);
            case SCHEDULE -> schedule(draw);
            case DIVERGENCE_REGIME -> divergence(draw);
            case BAD_BATCH -> badBatch(draw);
            case PRECISION -> precision(draw);
            case LOSS_SCALE -> lossScale(draw);
            case ARCHITECTURE, OPTIMIZER_STATE, RESTART, LEARNING_RATE, NAN_GRADIENT, LOSS_TERM, PERIODIC, ABSORPTION ->
                throw new IllegalArgumentException("no training here rises by " + cause.words());
            case OTHER -> other(draw);
        };
    }

    /// A run that nothing happens to.
    static TrainedRun quiet(long seed) {
        Draw draw = new Draw(new SplittableRandom(seed * 1_000_003 + 77), seed);
        Disturbance disturbance = draw.flip() ? draw.healthy() : new Disturbance.None();
        return new TrainedRun(ADAM, draw.calm(), draw.noisyTask(0), disturbance, 2500);
    }

    /// Full batch: g falls by decades, v only remembers. The control has β₂ so small that v follows.
    private static Recipe lag(Draw draw) {
        boolean net = draw.flip();
        double beta1 = draw.between(0.5, 0.92);
        double beta2 = 1 - draw.logBetween(1e-3, 2e-2);
        double lr = net ? draw.logBetween(1e-2, 4e-2) : draw.logBetween(2e-3, 2e-2);
        Map<String, Double> hyper = Map.of("lr", lr, "beta1", beta1, "beta2", beta2, "eps", net ? 1e-8 : 1e-12);
        Problem task = net
                ? TwoLayerNet.of(draw.seed, 6, 16, 16)
                : new Bowl(draw.seed, draw.curvatures(draw.count(2, 10), 0.3, 3), 0, 0, Long.MAX_VALUE, 0);
        // A preconditioner that cannot fall: ε as large as √v is at the start.
        Map<String, Double> floored = Map.of("lr", lr, "beta1", beta1, "beta2", beta2, "eps", net ? 0.1 : 1.0);
        int steps = net ? 1500 : 2500;
        return new Recipe(
                new TrainedRun(ADAM, hyper, task, new Disturbance.None(), steps),
                new TrainedRun(ADAM, floored, task, new Disturbance.None(), steps),
                100);
    }

    private static Recipe sharpness(Draw draw) {
        double beta1 = draw.between(0.5, 0.95);
        double beta2 = 1 - draw.logBetween(3e-4, 3e-3);
        double lr = draw.logBetween(1e-3, 4e-3);
        double noise = draw.logBetween(0.03, 0.3);
        // 0.03 to 0.15 of the threshold at the start; y has to rise by its logarithm, at about lr a step.
        double share = draw.logBetween(0.03, 0.15);
        double curvature = share * 2 * (1 + beta1) / ((1 - beta1) * lr) * noise;
        int walls = draw.count(2, 8);
        double gain = draw.between(2, 6);
        int steps = (int) (-Math.log(share) / (lr * gain) * 1.5) + 300;
        Map<String, Double> hyper = Map.of("lr", lr, "beta1", beta1, "beta2", beta2);
        return new Recipe(
                new TrainedRun(
                        ADAM,
                        hyper,
                        new Valley(draw.seed, walls, curvature, gain, 0.05, noise, false),
                        draw.someScale(),
                        steps),
                new TrainedRun(
                        ADAM,
                        hyper,
                        new Valley(draw.seed, walls, curvature, gain, 0.05, noise, true),
                        draw.someScale(),
                        steps),
                100);
    }

    private static Recipe schedule(Draw draw) {
        long from = draw.count(500, 1500);
        long ramp = draw.flip() ? 0 : draw.count(5, 60);
        long until = draw.flip() ? Long.MAX_VALUE : from + draw.count(100, 400);
        Problem task = draw.noisyTask(0);
        Disturbance rise = new Disturbance.LearningRate(from, ramp, until, draw.logBetween(30, 300));
        Map<String, Double> hyper = draw.calm();
        return new Recipe(
                new TrainedRun(ADAM, hyper, task, rise, 2500),
                new TrainedRun(ADAM, hyper, task, new Disturbance.None(), 2500),
                from);
    }

    /// β₂ < β₁² on features that are rarely seen: between two sights v is forgotten, m is not. The control has the same
    /// β₁ and a β₂ above it.
    private static Recipe divergence(Draw draw) {
        double beta1 = draw.between(0.9, 0.98);
        double beta2 = beta1 * beta1 * draw.between(0.3, 0.85);
        double lr = draw.logBetween(2e-4, 2e-3);
        Problem task = new RareFeatures(
                draw.seed,
                draw.curvatures(draw.count(3, 12), 0.3, 3),
                draw.logBetween(0.03, 0.2),
                draw.between(0.02, 0.1));
        double above = 1 - (1 - beta1) * 0.2;
        Disturbance scale = draw.someScale();
        return new Recipe(
                new TrainedRun(ADAM, Map.of("lr", lr, "beta1", beta1, "beta2", beta2), task, scale, 2500),
                new TrainedRun(ADAM, Map.of("lr", lr, "beta1", beta1, "beta2", above), task, scale, 2500),
                50);
    }

    private static Recipe badBatch(Draw draw) {
        double strange = draw.logBetween(8, 60);
        Problem task = draw.noisyTask(strange);
        long first = draw.count(300, 1000);
        List<Long> at = draw.flip() ? List.of(first) : List.of(first, first + draw.count(50, 900));
        Map<String, Double> hyper = draw.calm();
        Disturbance scale = draw.someScale();
        return new Recipe(
                new TrainedRun(ADAM, hyper, task, new Disturbance.StrangeBatches(at), 2500),
                new TrainedRun(ADAM, hyper, task, scale, 2500),
                first);
    }

    /// v or the gradient in half precision, subnormal numbers flushed.
    private static Recipe precision(Draw draw) {
        double beta1 = draw.between(0.8, 0.9);
        double beta2 = 1 - draw.logBetween(1e-3, 3e-2);
        double lr = draw.logBetween(5e-3, 3e-2);
        double eps = draw.flip() ? 1e-8 : draw.logBetween(6.2e-5, 5e-4);
        Map<String, Double> hyper = Map.of("lr", lr, "beta1", beta1, "beta2", beta2, "eps", eps);
        Problem task = draw.flip()
                ? TwoLayerNet.of(draw.seed, 8, 128, 32)
                : new Bowl(
                        draw.seed,
                        draw.curvatures(draw.count(3, 12), 0.005, 0.05),
                        draw.between(0.2, 0.8),
                        0,
                        Long.MAX_VALUE,
                        0);
        return new Recipe(
                new TrainedRun(ADAM, hyper, task, new Disturbance.Rounding(FloatFormat.FLOAT16), 2500),
                new TrainedRun(ADAM, hyper, task, new Disturbance.None(), 2500),
                0);
    }

    private static Recipe lossScale(Draw draw) {
        long at = draw.count(400, 1500);
        Disturbance kept =
                new Disturbance.OverflowKept(at, draw.count(4, 12), Math.scalb(1.0, draw.count(10, 17)), draw.seed + 9);
        Problem task = draw.noisyTask(0);
        Map<String, Double> hyper = draw.calmOf(draw.logBetween(4e-3, 2e-2));
        return new Recipe(
                new TrainedRun(ADAM, hyper, task, kept, 2500),
                new TrainedRun(ADAM, hyper, task, new Disturbance.None(), 2500),
                at);
    }

    private static Recipe other(Draw draw) {
        long at = draw.count(500, 1500);
        Map<String, Double> hyper = draw.calm();
        if (draw.flip()) {
            Problem task = draw.noisyTask(0);
            return new Recipe(
                    new TrainedRun(
                            ADAM,
                            hyper,
                            task,
                            new Disturbance.Corruption(at, draw.logBetween(0.5, 3), draw.seed),
                            2500),
                    new TrainedRun(ADAM, hyper, task, new Disturbance.None(), 2500),
                    at);
        }
        double[] curvatures = draw.curvatures(draw.count(6, 16), 0.1, 10);
        double noise = draw.between(0.02, 0.1);
        double shift = draw.between(0.5, 3);
        return new Recipe(
                new TrainedRun(
                        ADAM, hyper, new Bowl(draw.seed, curvatures, noise, 0, at, shift), draw.someScale(), 2500),
                new TrainedRun(
                        ADAM,
                        hyper,
                        new Bowl(draw.seed, curvatures, noise, 0, Long.MAX_VALUE, 0),
                        draw.someScale(),
                        2500),
                at);
    }

    /// Numbers drawn in order from a seed.
    private record Draw(SplittableRandom random, long seed) {

        boolean flip() {
            return random.nextBoolean();
        }

        double between(double low, double high) {
            return random.nextDouble(low, high);
        }

        double logBetween(double low, double high) {
            return Math.exp(random.nextDouble(Math.log(low), Math.log(high)));
        }

        int count(int least, int most) {
            return random.nextInt(least, most + 1);
        }

        double[] curvatures(int n, double low, double high) {
            return DoubleStream.generate(() -> logBetween(low, high)).limit(n).toArray();
        }

        /// Hyper-parameters with which nothing happens: small steps, memory of v longer than that of m.
        Map<String, Double> calm() {
            return calmOf(logBetween(2e-3, 6e-3));
        }

        Map<String, Double> calmOf(double lr) {
            return Map.of("lr", lr, "beta1", between(0.8, 0.92), "beta2", 1 - logBetween(1e-3, 2e-2));
        }

        /// A task with noise from batch to batch, so that v has something to measure.
        Problem noisyTask(double strange) {
            return switch (count(0, 2)) {
                case 0 ->
                    new Bowl(
                            seed,
                            curvatures(count(6, 16), 0.1, 10),
                            between(0.02, 0.1),
                            strange / 10,
                            Long.MAX_VALUE,
                            0);
                case 1 -> TwoLayerNet.of(seed, 8, 256, 32).strange(strange == 0 ? 1 : strange);
                default -> LookupHead.of(seed, 6, 3, 0.3).capped(8).strange(strange == 0 ? 1 : strange);
            };
        }

        Disturbance healthy() {
            return new Disturbance.HealthyScale(count(100, 400), 1024);
        }

        Disturbance someScale() {
            return flip() ? healthy() : new Disturbance.None();
        }
    }
}
