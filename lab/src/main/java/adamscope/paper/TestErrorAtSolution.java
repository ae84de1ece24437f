package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 19: the test error where the training loss has come down, over η and β₂. (Its caption says that small
/// values generalise better; text and data say worse.)
record TestErrorAtSolution() implements ComputedFigure {
    private static final double[] LRS = {3e-4, 1e-3, 3e-3};
    private static final double[] BETA2S = {0.9, 0.99, 0.999};
    private static final double BETA2_LR = 1e-3;
    private static final int IMAGES = 500;
    private static final int TEST_FROM = 1000;
    private static final int TEST_TO = 5000;
    private static final long[] SEEDS = {1, 2, 3};
    private static final double LOSS = 0.02;
    /// The 97.5 % quantile of Student's distribution with 2·(3 − 1) degrees of freedom.
    private static final double STUDENT = 2.776;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig19",
                "Adaptive edge of stability, Fig. 19 and appendix F",
                "The test error is higher when η is small or β₂ is small, full batch (a, c) and in batches (b, d). (So"
                        + " the text and the data; the caption says the opposite.)",
                FigureTasks.FULLY_CONNECTED.replace("seed 1", "three seeds") + ", Adam until the loss of a step is "
                        + LOSS + ", error on 4,000 other images at the last look; η = 3·10⁻⁴ to 3·10⁻³ at (0.9,"
                        + " 0.999), β₂ = 0.9 to 0.999 at η = 10⁻³, batches of 100. The paper: a wide residual network"
                        + " on CIFAR-100 until the loss is 0.05, batches of 4,096.",
                "Five hidden layers of 200, 1,000 images.");
    }

    @Override
    public Cost cost() {
        return Cost.network(45);
    }

    private static MeasuredTraining adam(Effort effort, double lr, double beta2, long seed) {
        return MeasuredTraining.of(
                        effort.full()
                                ? FigureTasks.dense(List.of(200, 200, 200, 200, 200), TEST_FROM)
                                : FigureTasks.dense(List.of(50, 50, 50, 50, 50), IMAGES),
                        "adam",
                        Map.of("lr", lr, "beta2", beta2, "eps", 1e-7),
                        effort.size(1500, 10_000))
                .until(LOSS)
                .seeded(seed)
                .inspected(new Inspection.HeldOut(10, TEST_FROM, TEST_TO));
    }

    @Override
    public List<Table> measure(Effort effort) {
        FigureRuns runs = new FigureRuns();
        long batch = 100;
        for (long seed : SEEDS) {
            for (double lr : LRS) {
                String label = AdamAtEdge.lr(lr) + ", seed " + seed;
                runs.add("a", label, lr, adam(effort, lr, 0.999, seed));
                runs.add("b", label, lr, adam(effort, lr, 0.999, seed).inBatches(batch));
            }
            for (double beta2 : BETA2S) {
                String label = "β₂ = " + beta2 + ", seed " + seed;
                runs.add("c", label, 1 - beta2, adam(effort, BETA2_LR, beta2, seed));
                runs.add(
                        "d",
                        label,
                        1 - beta2,
                        adam(effort, BETA2_LR, beta2, seed).inBatches(batch));
            }
        }
        return runs.measure(effort);
    }

    /// The test error at the end of each run of a group.
    private static double[] errors(Tables tables, String group) {
        return FigureRuns.group(tables, group).values().stream()
                .mapToDouble(table -> {
                    double[] errors = table.numbers("heldOutError");
                    return errors[errors.length - 1];
                })
                .toArray();
    }

    @Override
    public Figure draw(Tables tables) {
        return new Figure(
                "P3-fig19",
                "",
                "Test error at the solution over η and over 1 − β₂, three seeds",
                4,
                List.of(
                        panel("(a) full batch", "η", "a", tables),
                        panel("(b) batches", "η", "b", tables),
                        panel("(c) full batch", "1 − β₂", "c", tables),
                        panel("(d) batches", "1 − β₂", "d", tables)));
    }

    private static Panel panel(String title, String x, String group, Tables tables) {
        double[] at = FigureRuns.values(tables, group);
        double[] errors = errors(tables, group);
        double[] values = Arrays.stream(at).distinct().sorted().toArray();
        double[] means = Arrays.stream(values)
                .map(value -> Mean.of(at, errors, value).mean())
                .toArray();
        return Panel.of(
                title,
                Axis.log10(x),
                Axis.linear("test error"),
                Mark.line("mean", values, means),
                Mark.points("a seed", at, errors));
    }

    /// Over the seeds.
    private record Mean(double mean, double standardError) {
        static Mean of(double[] at, double[] errors, double value) {
            double[] chosen = java.util.stream.IntStream.range(0, at.length)
                    .filter(i -> at[i] == value)
                    .mapToDouble(i -> errors[i])
                    .toArray();
            double mean = Arrays.stream(chosen).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(chosen).map(e -> (e - mean) * (e - mean)).sum();
            return new Mean(mean, Math.sqrt(squares / (chosen.length - 1.0) / chosen.length));
        }
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double lr = LRS[0];
        double largest = LRS[LRS.length - 1];
        double forgetting = 1 - BETA2S[0];
        double remembering = 1 - BETA2S[BETA2S.length - 1];
        return List.of(
                claim(new Comparison("P3-26", "η", "a", lr, largest), tables),
                claim(new Comparison("P3-26", "η", "b", lr, largest), tables),
                claim(new Comparison("P3-26-beta2", "β₂", "c", forgetting, remembering), tables),
                claim(new Comparison("P3-26-beta2", "β₂", "d", forgetting, remembering), tables));
    }

    /// Both ends of a sweep.
    ///
    /// @param worse  where the paper sees the larger error
    /// @param better the other end
    private record Comparison(String id, String what, String group, double worse, double better) {
        String batch() {
            return group.equals("a") || group.equals("c") ? "full batch" : "batches";
        }
    }

    private static Claim claim(Comparison comparison, Tables tables) {
        String group = comparison.group();
        double[] at = FigureRuns.values(tables, group);
        double[] errors = errors(tables, group);
        Mean high = Mean.of(at, errors, comparison.worse());
        Mean low = Mean.of(at, errors, comparison.better());
        double difference = high.mean() - low.mean();
        double error = Math.hypot(high.standardError(), low.standardError());
        Verdict verdict = Math.abs(difference) < STUDENT * error || Double.isNaN(error)
                ? Verdict.INCONCLUSIVE
                : difference > 0 ? Verdict.AGREES : Verdict.DISAGREES;
        return new Statement(
                        comparison.id(),
                        "Adaptive edge of stability, Fig. 19(" + group + ")",
                        "The test error is higher when " + comparison.what() + " is small",
                        comparison.batch() + "; smallest against largest " + comparison.what()
                                + ", mean of three seeds")
                .open(
                        "higher",
                        "by more than 2.78 standard errors (Student, 4 degrees of freedom, 95 %)",
                        Statement.format(
                                "%.2f %% against %.2f %%, difference %.2f ± %.2f points",
                                100 * high.mean(), 100 * low.mean(), 100 * difference, 100 * error),
                        verdict,
                        switch (verdict) {
                            case AGREES -> "";
                            case INCONCLUSIVE -> "Three seeds of a small task do not tell the difference from chance.";
                            case DISAGREES, CONDITIONAL -> "The other way round on this small task.";
                        });
    }
}
