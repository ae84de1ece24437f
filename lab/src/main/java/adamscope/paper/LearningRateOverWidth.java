package adamscope.paper;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.statistics.PowerTrend;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import adamscope.training.TunedSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Paper 4, corollary 3.3: the best learning rate over the number of parameters, for networks of growing width.
record LearningRateOverWidth() implements PaperFigure {
    private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};

    @Override
    public Caption caption() {
        return new Caption(
                "P4-width",
                "Sign-like descent, corollary 3.3 and experiment 2",
                "The best learning rate falls as 1/√d with the number d of parameters.",
                "Networks 784–w–w–10, tanh, w = 8 to 128, half the squared error, 500 images, batches of 100, Adam,"
                    + " 100 steps; η in half octaves from 2⁻¹³ to 2⁻⁴; the best η by a parabola through the mean loss"
                    + " of the last fifth, one seed. (Networks, data and sizes are not the paper's.)",
                "w = 8 to 256, 2,000 images, 1,000 steps, quarter octaves.");
    }

    private static double[] rates(boolean full) {
        int perOctave = full ? 4 : 2;
        return IntStream.rangeClosed(0, 9 * perOctave)
                .mapToDouble(i -> Math.pow(2, -13 + (double) i / perOctave))
                .toArray();
    }

    @Override
    public Cost cost() {
        return Cost.network(15);
    }

    @Override
    public List<Table> measure(Effort effort) {
        LabelledImages images = FashionMnist.shipped(effort.size(500, 2000));
        double[] rates = rates(effort.full());
        int widths = effort.size(WIDTHS.length - 1, WIDTHS.length);
        List<Column> columns = new ArrayList<>(List.of(new Column.Numbers("lr", "", rates)));
        double[] parameters = new double[widths];
        for (int w = 0; w < widths; w++) {
            FullyConnected network = FullyConnected.between(
                    FashionMnist.PIXELS, List.of(WIDTHS[w], WIDTHS[w]), FashionMnist.CLASSES, Activation.TANH);
            parameters[w] = network.blocks().stream().mapToDouble(b -> b.size()).sum();
            double[] losses = Arrays.stream(rates)
                    .map(lr -> lateLoss(network, images, lr, effort))
                    .toArray();
            columns.add(new Column.Numbers("lateLoss width " + WIDTHS[w], "loss", losses));
            effort.finished().accept(1.0 / widths);
        }
        return List.of(
                new Table("rates", columns),
                new Table(
                        "widths",
                        List.of(
                                new Column.Numbers(
                                        "width",
                                        "",
                                        Arrays.stream(WIDTHS)
                                                .limit(widths)
                                                .asDoubleStream()
                                                .toArray()),
                                new Column.Numbers("parameters", "", parameters))));
    }

    /// Mean loss over the last fifth of the steps; NaN if the run diverged.
    private static double lateLoss(FullyConnected network, LabelledImages images, double lr, Effort effort) {
        int steps = effort.size(100, 1000);
        Training training = new Training(
                TunedSchedule.constant(Catalogue.shipped("adam"), Map.of("lr", lr)),
                Training.Ending.after(steps),
                new Batching(100, 0, 1),
                GradientChanges.NONE,
                List.of(),
                Training.Settings.STANDARD);
        double[] losses = training.run(
                        place -> NetworkLoss.halfSquared(network, images.toSamples(place)),
                        Training.Watch.of(List.of(), (_, _) -> !effort.stopped().getAsBoolean()))
                .losses()
                .numbers("loss");
        return losses.length <= steps
                ? Double.NaN
                : Arrays.stream(losses, losses.length - steps / 5, losses.length)
                        .average()
                        .orElseThrow();
    }

    private static String column(double width) {
        return "lateLoss width " + (int) width;
    }

    /// The lowest point of the parabola through the best rate and its neighbours, in log η; NaN at the ends.
    private static double best(double[] rates, double[] losses) {
        int at = 0;
        for (int i = 0; i < losses.length; i++) {
            at = losses[i] < losses[at] || Double.isNaN(losses[at]) ? i : at;
        }
        if (at == 0 || at == losses.length - 1 || Double.isNaN(losses[at + 1])) return Double.NaN;
        double down = losses[at - 1] - losses[at];
        double up = losses[at + 1] - losses[at];
        double offset = 0.5 * (down - up) / (down + up);
        return rates[at] * Math.pow(rates[at + 1] / rates[at], offset);
    }

    private static double[] bestRates(Tables tables) {
        double[] rates = tables.numbers("rates", "lr");
        return Arrays.stream(tables.numbers("widths", "width"))
                .map(width -> best(rates, tables.numbers("rates", column(width))))
                .toArray();
    }

    @Override
    public Figure draw(Tables tables) {
        double[] rates = tables.numbers("rates", "lr");
        List<Mark> curves = new ArrayList<>();
        for (double width : tables.numbers("widths", "width")) {
            curves.add(Mark.line("w = " + (int) width, rates, tables.numbers("rates", column(width))));
        }
        double[] parameters = tables.numbers("widths", "parameters");
        double[] best = bestRates(tables);
        return new Figure(
                "P4-width",
                "The best learning rate over the number of parameters",
                "Loss over learning rate by width; best learning rate over the number of parameters",
                2,
                List.of(
                        new Panel(
                                "Networks 784–w–w–10",
                                Axis.log10("learning rate η"),
                                Axis.log10("mean loss of the last fifth"),
                                curves),
                        Panel.of(
                                "Best learning rate",
                                Axis.log10("parameters d"),
                                Axis.log10("best η"),
                                Mark.points("measured", parameters, best),
                                Mark.line(
                                        "∝ d^(−1/2)",
                                        parameters,
                                        Arrays.stream(parameters)
                                                .map(d -> best[0] * Math.sqrt(parameters[0] / d))
                                                .toArray()))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Statement statement = new Statement(
                "P4-10",
                "Sign-like descent, corollary 3.3",
                "γ ∝ 1/√d: the best learning rate falls with the exponent −1/2 in the number of parameters",
                "fully connected networks of several widths, one seed");
        double[] best = bestRates(tables);
        if (Arrays.stream(best).anyMatch(Double::isNaN)) {
            return List.of(statement.open(
                    "−0.5",
                    "interval",
                    "a best η at the end of the range",
                    Verdict.INCONCLUSIVE,
                    "The range of η does not hold every optimum."));
        }
        PowerTrend trend = PowerTrend.of(tables.numbers("widths", "parameters"), best, 0.95);
        boolean half = trend.interval().contains(-0.5);
        return List.of(statement.open(
                "−0.5",
                "the interval",
                Statement.format(
                        "exponent %.2f, 95 %% in [%.2f, %.2f] from %d widths",
                        trend.exponent(),
                        trend.interval().low(),
                        trend.interval().high(),
                        trend.points()),
                Verdict.INCONCLUSIVE,
                (half ? "The interval holds −1/2. " : "The interval does not hold −1/2. ")
                        + "The corollary bounds a gradient norm; which η trains best in so few steps, with d"
                        + " changed by the width only and one seed, does not decide it. The optimum moves with"
                        + " start, data and length."));
    }
}
