package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.statistics.Interval;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 2, Fig. 1: full-batch Adam on a classification and on a regression, spikes late in the training.
record LateSpikes() implements TrainedFigure {
    private static final String CLASSES = "classification";
    private static final String SINES = "regression";
    private static final double LATE = 0.5;
    private static final double LATE_PHASE = 2;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig1",
                "Qualitative study, Fig. 1",
                "Full-batch Adam with the usual constants: large spikes of the loss appear again and again late in the"
                        + " training, on a classification and on a regression.",
                "Adam, η = 10⁻³, (β₁, β₂) = (0.9, 0.999), ε = 10⁻⁸, full batch, mean squared error, five seeds. Left:"
                    + " 784–256–256–128–2, relu, 250 images of each of two classes of Fashion-MNIST (T-shirt,"
                    + " trousers) instead of 1,000 of each of two classes of CIFAR-10; 1,000 steps. Right:"
                    + " 5–100–100–1, relu, Σ sin 2πx_k at 500 points instead of 2,000; 8,000 steps. The paper states"
                    + " no number of steps.",
                "1,000 images of each of two classes of CIFAR-10, 10,000 steps; 2,000 points, 100,000 steps. "
                        + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(150).medium(33);
    }

    @Override
    public Label label(String group, Train train) {
        long seed = train.training().run().seed();
        return new Label("seed " + seed, seed);
    }

    @Override
    public Figure draw(Tables tables) {
        return new Figure(
                "P2-fig1",
                "",
                "Loss of full-batch Adam over the steps, classification and regression",
                2,
                List.of(panel(tables, CLASSES), panel(tables, SINES)));
    }

    private static Panel panel(Tables tables, String group) {
        List<Mark> lines = new ArrayList<>();
        for (Map.Entry<String, Table> run : TrainedRuns.steps(tables, group).entrySet()) {
            lines.add(LossShape.of(run.getValue()).line(run.getKey()));
        }
        return new Panel(group, PanelAxis.linear("step t"), PanelAxis.log10("loss"), lines);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(claim("P2-08", LossShape.all(tables, CLASSES)), claim("P2-09", LossShape.all(tables, SINES)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent, η = 0.02, one seed, 1,000 steps: its loss has no spikes",
                Set.of("P2-08", "P2-09"),
                effort -> ControlRuns.of(this, effort, train -> ControlRuns.byGradientDescent(train, 0.02, 1000))));
    }

    /// Spikes can only come late: a run that has not fallen far yet decides nothing.
    private static Claim claim(String id, List<LossShape> runs) {
        double[] spikes = runs.stream()
                .mapToDouble(run -> run.spikes(LossShape.LARGE, LATE * run.lastStep()))
                .sorted()
                .toArray();
        double fallen = runs.stream()
                .mapToDouble(run -> run.decadesTo(run.lowest()))
                .min()
                .orElseThrow();
        double tallest = runs.stream()
                .mapToDouble(run -> run.tallest(LATE * run.lastStep()))
                .max()
                .orElseThrow();
        boolean late = fallen >= LATE_PHASE && spikes.length > 1;
        double low = late ? Interval.ofMean(spikes, 0.95).low() : Double.NaN;
        double high = late ? Interval.ofMean(spikes, 0.95).high() : Double.NaN;
        return Register.of(id)
                .ran(text(
                        "%d seeds of %.0f steps, second half",
                        runs.size(), runs.getFirst().lastStep()))
                .got("decades that the loss fell, least", fallen)
                .got("rises of a decade, lower end of the mean's interval", low)
                .got("rises of a decade, upper end of the mean's interval", high)
                .gotIf(late, "rises of a decade, fewest", spikes[0])
                .claim(
                        "again and again: at least 3 rises of a decade or more",
                        text(
                                "%s rises of a decade or more, the tallest %.2f decades; 95 %% of their mean: %.1f to"
                                        + " %.1f, so that a mean nearer to 3 than %.1f would have been missed; the loss"
                                        + " fell by at least %.1f decades",
                                java.util.Arrays.toString(spikes), tallest, low, high, (high - low) / 2, fallen));
    }
}
