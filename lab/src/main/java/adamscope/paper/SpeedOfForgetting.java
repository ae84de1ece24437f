package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.flow.MemoryRates;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Paper 2, Fig. 3: the larger the rates a and b at which Adam and RMSProp forget, the faster they converge early.
record SpeedOfForgetting() implements ComputedFigure {
    private static final double LR = 1e-3;
    private static final double[] RATES = {1, 10, 100};
    private static final double[] LEVELS = {0.2, 0.1, 0.05, 0.02};
    private static final List<String> RULES = List.of("adam", "rmsprop");

    /// What is trained.
    record Size(Task task, long steps) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(256, 128, 64), ClassifiedImages.fashion(new Subset(List.of(0, 1), 250, 0))),
                300);

        static Size full() {
            return new Size(
                    ClassifiedImages.squareLoss(
                            List.of(256, 128, 64), ClassifiedImages.cifar(new Subset(List.of(0, 1), 1000, 0))),
                    1000);
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig3",
                "Qualitative study, Fig. 3",
                "Early in the training, after a very short time from the start, larger rates a and b converge faster.",
                "784–256–128–64–2, relu, mean squared error, full batch, 250 images of each of two classes of"
                    + " Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of CIFAR-10; η ="
                    + " 10⁻³, 300 steps; Adam with a = b = 1, 10, 100, RMSProp with a = 1, 10, 100 (the paper's values"
                    + " are not in its text).",
                "1,000 images of each of two classes of CIFAR-10, 1,000 steps. " + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(23);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        for (double rate : RATES) {
            MemoryRates rates = new MemoryRates(rate, rate);
            Map<String, Double> adam = Map.of("lr", LR, "beta1", rates.beta1(LR), "beta2", rates.beta2(LR));
            runs.put(name("adam", rate), MeasuredTraining.of(size.task(), "adam", adam, size.steps()));
            Map<String, Double> rmsprop = Map.of("lr", LR, "beta2", rates.beta2(LR));
            runs.put(name("rmsprop", rate), MeasuredTraining.of(size.task(), "rmsprop", rmsprop, size.steps()));
        }
        return LossShape.tables(effort.trained(runs));
    }

    private static String name(String rule, double rate) {
        return rule + "-" + rate;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES) {
            List<Mark> marks = new ArrayList<>();
            for (double rate : RATES) {
                String legend = Statement.format(rule.equals("adam") ? "a = b = %.0f" : "a = %.0f", rate);
                marks.add(LossShape.of(tables, name(rule, rate)).line(legend));
            }
            panels.add(new Panel(
                    rule.equals("adam") ? "Adam" : "RMSProp", Axis.linear("step t"), Axis.log10("loss"), marks));
        }
        return new Figure("P2-fig3", "", "Early loss over the steps for several rates of forgetting", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        int[] ordered = RULES.stream().mapToInt(rule -> ordered(tables, rule)).toArray();
        int levels = LEVELS.length;
        boolean all = ordered[0] == levels && ordered[1] == levels;
        boolean none = ordered[0] == 0 && ordered[1] == 0;
        return List.of(new Statement(
                        "P2-11",
                        "Qualitative study, Fig. 3",
                        "Larger a and b converge faster after the very start",
                        "first step with a loss below 0.2, 0.1, 0.05 and 0.02 of the first; a = b = 1, 10, 100 of"
                                + " Adam, a = 1, 10, 100 of RMSProp")
                .open(
                        "fewer steps for larger rates, at each level",
                        "qualitative",
                        "Adam " + reached(tables, "adam") + "; RMSProp " + reached(tables, "rmsprop"),
                        all ? Verdict.AGREES : none ? Verdict.DISAGREES : Verdict.CONDITIONAL,
                        all
                                ? ""
                                : Statement.format(
                                        "The order holds at %d of %d levels for Adam and at %d for RMSProp; later the"
                                                + " curves of large rates oscillate at a level of their own.",
                                        ordered[0], levels, ordered[1])));
    }

    /// At how many levels a larger rate takes no more steps than a smaller one, and the largest fewer than the
    /// smallest.
    private static int ordered(Tables tables, String rule) {
        return (int) Arrays.stream(LEVELS)
                .filter(level -> {
                    double[] steps = steps(tables, rule, level);
                    return IntStream.range(1, steps.length).allMatch(i -> steps[i] <= steps[i - 1])
                            && steps[steps.length - 1] < steps[0];
                })
                .count();
    }

    private static double[] steps(Tables tables, String rule, double level) {
        return Arrays.stream(RATES)
                .map(rate -> {
                    LossShape run = LossShape.of(tables, name(rule, rate));
                    return run.firstBelow(level * run.loss()[0]);
                })
                .toArray();
    }

    /// The steps of each rate, level after level.
    private static String reached(Tables tables, String rule) {
        return Arrays.stream(LEVELS)
                .mapToObj(level -> Arrays.stream(steps(tables, rule, level))
                        .mapToObj(step -> Double.isInfinite(step) ? "never" : Statement.format("%.0f", step))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
