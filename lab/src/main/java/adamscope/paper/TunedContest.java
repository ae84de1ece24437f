package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gradient descent and Adam on one task, each at the best of several learning rates: how many times fewer steps Adam
/// needs.
///
/// The best rate has the lowest mean loss over the last tenth of the steps.
///
/// @param name  of the task, in tables and legends
/// @param batch samples of a batch; 0: all
/// @param rates by rule
record TunedContest(String name, Task task, long batch, long steps, Map<String, double[]> rates) {
    static final String GD = "gd";
    static final String ADAM = "adam";

    private static final double WINDOW = 0.02;

    /// Learning rates in half decades.
    static double[] halfDecades(double from, int count) {
        double[] rates = new double[count];
        Arrays.setAll(rates, i -> from * Math.pow(10, 0.5 * i));
        return rates;
    }

    private MeasuredTraining training(String rule, double lr) {
        MeasuredTraining training = MeasuredTraining.of(task, rule, Map.of("lr", lr), steps);
        return batch == 0 ? training : training.inBatches(batch);
    }

    /// All trainings of several contests.
    static Map<String, MeasuredTraining> trainings(List<TunedContest> contests) {
        Map<String, MeasuredTraining> all = new LinkedHashMap<>();
        for (TunedContest contest : contests) {
            contest.rates.forEach((rule, rates) -> {
                for (double lr : rates) {
                    all.put(run(contest.name, rule, lr), contest.training(rule, lr));
                }
            });
        }
        return all;
    }

    private static String run(String name, String rule, double lr) {
        return name + "-" + rule + "-" + lr;
    }

    /// The late loss over the learning rate by rule, and the losses of the best ones.
    List<Table> tables(Tables trained) {
        List<Table> tables = new ArrayList<>();
        rates.forEach((rule, rates) -> {
            double[] late = Arrays.stream(rates)
                    .map(lr -> late(LossShape.of(trained, run(name, rule, lr))))
                    .toArray();
            tables.add(new Table(
                    sweep(name, rule),
                    List.of(new Column.Numbers("lr", "", rates), new Column.Numbers("lateLoss", "loss", late))));
            double best = rates[lowest(late)];
            tables.add(new Table(
                    best(name, rule), trained.table(run(name, rule, best)).columns()));
        });
        return tables;
    }

    /// Of a run that ended early: no number.
    private double late(LossShape run) {
        return run.lastStep() < steps ? Double.NaN : run.mean(0.9 * steps);
    }

    private static int lowest(double[] late) {
        int lowest = 0;
        for (int i = 0; i < late.length; i++) {
            lowest = late[i] < late[lowest] || Double.isNaN(late[lowest]) ? i : lowest;
        }
        return lowest;
    }

    /// Adam at its best rate, looked at.
    MeasuredTraining bestAdam(Tables trained, Inspection inspection) {
        return training(ADAM, bestRate(trained, name, ADAM)).inspected(inspection);
    }

    private static String sweep(String name, String rule) {
        return name + "-" + rule + "-rates";
    }

    private static String best(String name, String rule) {
        return name + "-" + rule + "-best";
    }

    static double bestRate(Tables tables, String name, String rule) {
        return tables.numbers(sweep(name, rule), "lr")[lowest(tables.numbers(sweep(name, rule), "lateLoss"))];
    }

    /// What came out for one name.
    ///
    /// @param advantage of Adam: all steps over those that it needs to the loss that gradient descent ends with
    /// @param inside    whether both best rates have worse ones on either side
    record Result(double gdRate, double gdLoss, double adamRate, double adamLoss, double advantage, boolean inside) {
        String words() {
            return Statement.format(
                    "GD %.3g (η = %.2g), Adam %.3g (η = %.2g), which reaches the loss of GD in 1/%.1f of the steps",
                    gdLoss, gdRate, adamLoss, adamRate, advantage);
        }
    }

    static Result result(Tables tables, String name) {
        double[] gd = tables.numbers(sweep(name, GD), "lateLoss");
        double[] adam = tables.numbers(sweep(name, ADAM), "lateLoss");
        double reached = gd[lowest(gd)];
        LossShape run = LossShape.of(tables, best(name, ADAM));
        double needed = firstBelow(run, reached);
        return new Result(
                bestRate(tables, name, GD),
                reached,
                bestRate(tables, name, ADAM),
                adam[lowest(adam)],
                run.lastStep() / needed,
                inside(gd) && inside(adam));
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

    private static boolean inside(double[] late) {
        int best = lowest(late);
        return best > 0 && best < late.length - 1;
    }

    /// Losses of both rules at their best rates.
    static Panel panel(Tables tables, String name) {
        List<Mark> marks = new ArrayList<>();
        marks.add(LossShape.of(tables, best(name, GD))
                .line(Statement.format("gradient descent, η = %.2g", bestRate(tables, name, GD))));
        marks.add(LossShape.of(tables, best(name, ADAM))
                .line(Statement.format("Adam, η = %.2g", bestRate(tables, name, ADAM))));
        return new Panel(name, Axis.linear("step t"), Axis.log10("loss"), marks);
    }
}
