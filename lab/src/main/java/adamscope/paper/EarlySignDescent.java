package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Paper 2, Fig. 2: early losses of Adam and RMSProp over time ηt, beside those of sign descent.
record EarlySignDescent() implements ComputedFigure {
    private static final double SIGN_LR = 1e-5;
    private static final double[] RATES = {1e-3, 1e-4, 1e-5, 1e-6};
    private static final String SIGN = "signgd";
    private static final Map<String, Map<String, Double>> RULES = new LinkedHashMap<>();

    static {
        RULES.put("adam", Map.of("beta1", 0.9, "beta2", 0.999));
        RULES.put("rmsprop", Map.of("beta2", 0.99));
    }

    /// What is trained.
    ///
    /// @param time ηt at the end
    record Size(Task task, double time) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(64, 32, 16), ClassifiedImages.fashion(new Subset(List.of(0, 1), 100, 0))),
                0.005);

        static Size full() {
            return new Size(
                    ClassifiedImages.squareLoss(
                            List.of(256, 128, 64), ClassifiedImages.cifar(new Subset(List.of(0, 1), 1000, 0))),
                    0.005);
        }

        long steps(double lr) {
            return Math.max(1, Math.round(time / lr));
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig2",
                "Qualitative study, Fig. 2",
                "Early losses of Adam and RMSProp over time ηt come to those of sign descent as the learning rate"
                        + " falls.",
                "784–64–32–16–2 instead of 256–128–64, relu, mean squared error, full batch, 100 images of each of two"
                        + " classes of Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of"
                        + " CIFAR-10; sign descent with η = 10⁻⁵, Adam (0.9, 0.999) and RMSProp 0.99 with η = 10⁻³ to"
                        + " 10⁻⁶, up to ηt = 0.005. (The smaller the network, the longer the early phase in ηt, so that"
                        + " Adam's memory of 1,000 steps can become short against it.)",
                "Layers of 256, 128 and 64, 1,000 images of each of two classes of CIFAR-10. "
                        + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(26);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        runs.put(SIGN, MeasuredTraining.of(size.task(), SIGN, Map.of("lr", SIGN_LR), size.steps(SIGN_LR)));
        RULES.forEach((rule, decays) -> {
            for (double lr : RATES) {
                Map<String, Double> hyper = new LinkedHashMap<>(decays);
                hyper.put("lr", lr);
                runs.put(name(rule, lr), MeasuredTraining.of(size.task(), rule, hyper, size.steps(lr)));
            }
        });
        return LossShape.tables(effort.trained(runs));
    }

    private static String name(String rule, double lr) {
        return rule + "-" + lr;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES.keySet()) {
            List<Mark> marks = new ArrayList<>();
            for (double lr : RATES) {
                marks.add(LossShape.of(tables, name(rule, lr)).inTime("η = " + Numeral.of(lr), lr));
            }
            marks.add(LossShape.of(tables, SIGN).inTime("sign descent, η = 10⁻⁵", SIGN_LR));
            panels.add(new Panel(
                    rule.equals("adam") ? "Adam (0.9, 0.999)" : "RMSProp 0.99",
                    Axis.linear("time ηt"),
                    Axis.log10("loss"),
                    marks));
        }
        return new Figure(
                "P2-fig2", "", "Early loss of Adam and RMSProp over time, beside that of sign descent", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double[] adam = distances(tables, "adam");
        double[] rmsprop = distances(tables, "rmsprop");
        boolean falls = nearestLast(adam) && nearestLast(rmsprop);
        boolean near = Math.max(last(adam), last(rmsprop)) < 0.15;
        return List.of(new Statement(
                        "P2-10",
                        "Qualitative study, Fig. 2",
                        "Early loss curves of Adam and RMSProp over time ηt follow sign descent as η falls",
                        "mean distance of log₁₀ L from that of sign descent at equal times; η = "
                                + Arrays.toString(RATES))
                .open(
                        "nearest at the smallest η, and there below 0.15 decades",
                        "qualitative",
                        "Adam " + shown(adam) + "; RMSProp " + shown(rmsprop),
                        falls && near ? Verdict.AGREES : falls ? Verdict.INCONCLUSIVE : Verdict.DISAGREES,
                        falls && near
                                ? ""
                                : falls
                                        ? "The distance is least at the smallest η, which is not small enough to come"
                                                + " near."
                                        : "The distance is not least at the smallest η."));
    }

    private static boolean nearestLast(double[] distances) {
        return Arrays.stream(distances, 0, distances.length - 1).allMatch(distance -> last(distances) < distance);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private static double[] distances(Tables tables, String rule) {
        LossShape sign = LossShape.of(tables, SIGN);
        return Arrays.stream(RATES)
                .map(lr -> distance(LossShape.of(tables, name(rule, lr)), lr, sign))
                .toArray();
    }

    private static double distance(LossShape run, double lr, LossShape sign) {
        double sum = 0;
        for (int i = 0; i < run.loss().length; i++) {
            sum += Math.abs(Math.log10(run.loss()[i] / sign.lossAt(run.steps()[i] * lr / SIGN_LR)));
        }
        return sum / run.loss().length;
    }

    private static List<String> shown(double[] values) {
        return Arrays.stream(values).mapToObj(v -> Statement.format("%.3f", v)).toList();
    }
}
