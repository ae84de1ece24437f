package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.diagnosis.SideBySide;
import adamscope.dynamics.ClosedMap;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.report.RateFigure;
import adamscope.rule.TunedSchedule;
import adamscope.statistics.Interval;
import adamscope.statistics.PowerTrend;
import adamscope.statistics.RateCurve;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Paper 4, corollary 3.3: the best learning rate over the number of parameters, for networks of several widths and
/// depths from several seeds.
record LearningRateOverWidth() implements ComputedFigure {
    private static final int[] DEPTHS = {1, 2, 4};
    private static final int[] WIDTHS = {8, 32, 128};
    private static final int[] ALL_WIDTHS = {8, 16, 32, 64, 128, 256};
    private static final int SEEDS = 5;

    @Override
    public Caption caption() {
        return new Caption(
                "P4-width",
                "Sign-like descent, corollary 3.3 and experiment 2",
                "The best learning rate falls as 1/√d with the number d of parameters.",
                "Networks with 1, 2 and 4 hidden tanh layers of width 8, 32 and 128, half the squared error, 500"
                    + " images, batches of 100, Adam, 100 steps; η in octaves from 2⁻¹³ to 2⁻³; the best η by a"
                    + " parabola through the mean loss of the last fifth; 5 seeds of start and batches. The exponent"
                    + " of each seed is the slope of log η over log d through all networks; Student's interval over"
                    + " seeds. (Networks, data and sizes are not the paper's.)",
                "widths 8 to 256, 2,000 images, 1,000 steps, half octaves, 5 seeds.");
    }

    private static double[] rates(boolean full) {
        int perOctave = full ? 2 : 1;
        return IntStream.rangeClosed(0, 10 * perOctave)
                .mapToDouble(i -> Math.pow(2, -13 + (double) i / perOctave))
                .toArray();
    }

    @Override
    public Cost cost() {
        return Cost.network(60);
    }

    @Override
    public List<Table> measure(Effort effort) {
        LabelledImages images = FashionMnist.shipped(effort.size(500, 2000));
        int[] widths = effort.full() ? ALL_WIDTHS : WIDTHS;
        int seeds = SEEDS;
        List<double[]> rows = new ArrayList<>();
        for (int depth : DEPTHS) {
            for (int width : widths) {
                FullyConnected network = FullyConnected.between(
                        FashionMnist.PIXELS, Collections.nCopies(depth, width), FashionMnist.CLASSES, Activation.TANH);
                for (int seed = 0; seed < seeds && !effort.stopped().getAsBoolean(); seed++) {
                    for (double lr : rates(effort.full())) {
                        rows.add(new double[] {
                            depth, width, network.parameters(), seed, lr, lateLoss(network, images, lr, seed, effort)
                        });
                    }
                }
                effort.finished().accept(1.0 / (DEPTHS.length * widths.length));
            }
        }
        List<Column> columns = new ArrayList<>();
        List<String> names = List.of("depth", "width", "parameters", "seed", "lr", "lateLoss");
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            columns.add(new Column.Numbers(
                    names.get(i),
                    "",
                    rows.stream().mapToDouble(row -> row[column]).toArray()));
        }
        return List.of(new Table("rates", columns));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "Adam on d independent parabolas, each from a start of its own: the best η does not depend on d",
                Set.of("P4-10"),
                _ -> List.of(IndependentParabolas.rates(rates(false), SEEDS))));
    }

    /// Mean loss over the last fifth of the steps; NaN if the run diverged.
    private static double lateLoss(FullyConnected network, LabelledImages images, double lr, int seed, Effort effort) {
        int steps = effort.size(100, 1000);
        Training training = new Training(
                TunedSchedule.constant(Catalogue.shipped("adam"), Map.of("lr", lr)),
                Training.StopRule.after(steps),
                new Batching(100, 0, 1 + seed),
                GradientChanges.NONE,
                List.of(),
                new Training.Conditions(seed, ClosedMap.Start.ZERO, Place.CPU_FLOAT32, 1));
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

    /// The runs of one network from one seed: losses over rates, and where they are lowest.
    ///
    /// @param best the lowest point of the parabola through the best rate and its neighbours, in log η; NaN at the ends
    private record Trials(
            int depth, int width, double parameters, int seed, double[] rates, double[] losses, double best) {

        static List<Trials> of(Tables tables) {
            double[] lr = tables.numbers("rates", "lr");
            int count = (int) Arrays.stream(lr).distinct().count();
            List<Trials> curves = new ArrayList<>();
            for (int from = 0; from < lr.length; from += count) {
                double[] rates = Arrays.copyOfRange(lr, from, from + count);
                double[] losses = Arrays.copyOfRange(tables.numbers("rates", "lateLoss"), from, from + count);
                curves.add(new Trials(
                        (int) tables.numbers("rates", "depth")[from],
                        (int) tables.numbers("rates", "width")[from],
                        tables.numbers("rates", "parameters")[from],
                        (int) tables.numbers("rates", "seed")[from],
                        rates,
                        losses,
                        RateCurve.vertex(rates, losses)));
            }
            return curves;
        }
    }

    @Override
    public Figure draw(Tables tables) {
        List<Trials> all = Trials.of(tables);
        Map<Integer, List<RateCurve.Trial>> ofWidth = new TreeMap<>();
        all.stream().filter(curve -> curve.depth() == 2).forEach(curve -> {
            for (int i = 0; i < curve.rates().length; i++) {
                ofWidth.computeIfAbsent(curve.width(), _ -> new ArrayList<>())
                        .add(new RateCurve.Trial(curve.rates()[i], curve.seed(), curve.losses()[i]));
            }
        });
        List<SideBySide.Rates> curves = ofWidth.entrySet().stream()
                .map(width -> new SideBySide.Rates("w = " + width.getKey(), RateCurve.of(width.getValue())))
                .toList();
        List<Mark> best = new ArrayList<>();
        for (int depth : DEPTHS) {
            List<Trials> ofDepth =
                    all.stream().filter(curve -> curve.depth() == depth).toList();
            best.add(Mark.points(
                    depth + (depth == 1 ? " hidden layer" : " hidden layers"),
                    ofDepth.stream().mapToDouble(Trials::parameters).toArray(),
                    ofDepth.stream().mapToDouble(Trials::best).toArray()));
        }
        double[] parameters =
                all.stream().mapToDouble(Trials::parameters).distinct().sorted().toArray();
        double first = all.stream()
                .filter(curve -> curve.parameters() == parameters[0])
                .mapToDouble(Trials::best)
                .average()
                .orElseThrow();
        best.add(Mark.line(
                "∝ d^(−1/2)",
                parameters,
                Arrays.stream(parameters)
                        .map(d -> first * Math.sqrt(parameters[0] / d))
                        .toArray()));
        return new Figure(
                "P4-width",
                "The best learning rate over the number of parameters",
                "Loss over learning rate by width; best learning rate over the number of parameters",
                2,
                List.of(
                        RateFigure.panel(
                                "2 hidden layers, mean and range over seeds", "mean loss of the last fifth", curves),
                        new Panel(
                                "Best learning rate, every seed",
                                PanelAxis.log10("parameters d"),
                                PanelAxis.log10("best η"),
                                best)));
    }

    private static double exponent(List<Trials> curves) {
        return PowerTrend.of(
                        curves.stream().mapToDouble(Trials::parameters).toArray(),
                        curves.stream().mapToDouble(Trials::best).toArray(),
                        0.95)
                .exponent();
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Trials> all = Trials.of(tables);
        List<Trials> inside =
                all.stream().filter(curve -> !Double.isNaN(curve.best())).toList();
        int seeds = (int) all.stream().mapToInt(Trials::seed).distinct().count();
        double share = IntStream.range(0, seeds)
                .mapToDouble(seed ->
                        (double) inside.stream().filter(c -> c.seed() == seed).count() * seeds / all.size())
                .min()
                .orElseThrow();
        boolean enough = 3 * share >= 2 && seeds > 1;
        double low = Double.NaN;
        double high = Double.NaN;
        if (enough) {
            double[] exponents = IntStream.range(0, seeds)
                    .mapToDouble(seed -> exponent(
                            inside.stream().filter(c -> c.seed() == seed).toList()))
                    .toArray();
            Interval interval = Interval.ofMean(exponents, 0.95);
            low = interval.low();
            high = interval.high();
        }
        StringBuilder byDepth = new StringBuilder();
        for (int depth : DEPTHS) {
            List<Trials> curves =
                    inside.stream().filter(c -> c.depth() == depth).toList();
            if (curves.stream().mapToInt(Trials::width).distinct().count() > 1) {
                byDepth.append(text("; %.2f at depth %d", exponent(curves), depth));
            }
        }
        return List.of(Register.of("P4-10")
                .ran("fully connected networks of several widths and depths, several seeds")
                .got("share of best η inside the range, least of a seed", share)
                .got("width of the interval", high - low)
                .got("lower end of the exponent's interval", low)
                .got("upper end of the exponent's interval", high)
                .claim(
                        "−0.5",
                        text(
                                        "exponent in [%.2f, %.2f] from %d of %d networks, %d seeds",
                                        low, high, inside.size(), all.size(), seeds)
                                + byDepth,
                        "The corollary bounds a gradient norm over T steps with γ, β₁ and β₂ of its schedules; what is"
                                + " measured is which η trains best in few steps."));
    }
}
