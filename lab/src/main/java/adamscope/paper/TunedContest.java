package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.diagnosis.SideBySide;
import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.RateFigure;
import adamscope.statistics.RateCurve;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Gradient descent and Adam on one task, each at the best of several learning rates: how many times fewer steps Adam
/// needs.
///
/// The best rate has the lowest mean loss over the last tenth of the steps. Groups of trainings are called `NAME-gd`
/// and `NAME-adam`.
///
/// @param name of the task, in tables and legends
record TunedContest(String name, Tables tables) {
    private static final String GD = "gd";
    private static final String ADAM = "adam";
    private static final double WINDOW = 0.02;

    /// The late loss of every training, a column of a table that says how it was made.
    static Table late(Series series, Tables tables) {
        double[] late = series.parts().entrySet().stream()
                .mapToDouble(part -> late(
                        LossShape.of(tables.table(part.getKey() + "-measurements")),
                        ((Train) part.getValue()).training().ending().steps()))
                .toArray();
        return new Table(
                "rates",
                List.of(
                        new Column.Words("table", List.copyOf(series.parts().keySet())),
                        new Column.Numbers("lateLoss", "loss", late)));
    }

    /// Of a run that ended early: no number.
    private static double late(LossShape run, long steps) {
        return run.lastStep() < steps ? Double.NaN : run.mean(0.9 * steps);
    }

    /// The trainings of one rule.
    ///
    /// @param late loss of each
    private record Rates(double[] lr, double[] late, List<LossShape> runs) {
        RateCurve curve() {
            return RateCurve.of(IntStream.range(0, lr.length)
                    .mapToObj(i -> new RateCurve.Trial(lr[i], 0, late[i]))
                    .toList());
        }

        /// The learning rate with the lowest late loss.
        int best() {
            double rate = curve().rates()[curve().lowest()];
            return IntStream.range(0, lr.length)
                    .filter(i -> lr[i] == rate)
                    .findFirst()
                    .orElseThrow();
        }

        /// Whether worse ones lie on either side of the best.
        boolean inside() {
            return curve().inside();
        }

        LossShape run() {
            return runs.get(best());
        }

        double bestLr() {
            return lr[best()];
        }

        double bestLoss() {
            return late[best()];
        }
    }

    private Rates rates(String rule) {
        String group = name + "-" + rule;
        Table all = tables.table("rates");
        double[] late = TrainedRuns.names(tables, group).stream()
                .mapToDouble(run -> all.numbers("lateLoss")[all.words("table").indexOf(run)])
                .toArray();
        return new Rates(TrainedRuns.values(tables, group), late, LossShape.all(tables, group));
    }

    /// What came out.
    ///
    /// @param advantage of Adam: all steps over those that it needs to the loss that gradient descent ends with
    /// @param inside    whether both best rates have worse ones on either side
    record Result(double advantage, boolean inside, String words) {}

    Result result() {
        Rates gd = rates(GD);
        Rates adam = rates(ADAM);
        double advantage = adam.run().lastStep() / firstBelow(adam.run(), gd.bestLoss());
        return new Result(
                advantage,
                gd.inside() && adam.inside(),
                text(
                        "GD %.3g (η = %.2g), Adam %.3g (η = %.2g), which reaches the loss of GD in 1/%.1f of the steps",
                        gd.bestLoss(), gd.bestLr(), adam.bestLoss(), adam.bestLr(), advantage));
    }

    /// The late loss of the best Adam.
    double adamLoss() {
        return rates(ADAM).bestLoss();
    }

    /// The first step whose loss, a mean over a fiftieth of the steps before it, is at most this.
    private static double firstBelow(LossShape run, double level) {
        int window = Math.max(1, (int) (WINDOW * run.lastStep()));
        double[] loss = run.loss();
        for (int i = window; i < loss.length; i++) {
            if (Arrays.stream(loss, i - window + 1, i + 1).average().orElseThrow() <= level) {
                return run.steps()[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /// The late loss of both rules over their learning rates.
    Panel tuning() {
        return RateFigure.panel(
                name,
                "mean loss of the last tenth",
                List.of(
                        new SideBySide.Rates("gradient descent", rates(GD).curve()),
                        new SideBySide.Rates("Adam", rates(ADAM).curve())));
    }

    /// Losses of both rules at their best rates.
    Panel panel() {
        List<Mark> marks = new ArrayList<>();
        Map.of(GD, "gradient descent", ADAM, "Adam").entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                .forEach(rule -> {
                    Rates rates = rates(rule.getKey());
                    marks.add(rates.run().line(text("%s, η = %.2g", rule.getValue(), rates.bestLr())));
                });
        return new Panel(name, PanelAxis.linear("step t"), PanelAxis.log10("loss"), marks);
    }
}
