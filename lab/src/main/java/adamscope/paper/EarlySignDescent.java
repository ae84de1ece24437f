package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Paper 2, Fig. 2: early losses of Adam and RMSProp over time ηt, beside those of sign descent.
record EarlySignDescent() implements TrainedFigure {
    private static final String SIGN = "sign";
    private static final List<String> RULES = List.of("adam", "rmsprop");

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
                "Layers of 256, 128 and 64, 1,000 images of each of two classes of CIFAR-10. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(26).medium(15);
    }

    @Override
    public Figure draw(Tables tables) {
        Timed sign = Timed.all(tables, SIGN).getFirst();
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES) {
            List<Mark> marks = new ArrayList<>();
            Timed.all(tables, rule)
                    .forEach(run -> marks.add(run.loss().inTime("η = " + Numeral.of(run.lr()), run.lr())));
            marks.add(sign.loss().inTime("sign descent, η = " + Numeral.of(sign.lr()), sign.lr()));
            panels.add(new Panel(
                    rule.equals("adam") ? "Adam (0.9, 0.999)" : "RMSProp 0.99",
                    PanelAxis.linear("time ηt"),
                    PanelAxis.log10("loss"),
                    marks));
        }
        return new Figure(
                "P2-fig2", "", "Early loss of Adam and RMSProp over time, beside that of sign descent", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Timed sign = Timed.all(tables, SIGN).getFirst();
        double[] adam = distances(tables, "adam", sign);
        double[] rmsprop = distances(tables, "rmsprop", sign);
        return List.of(Register.of("P2-10")
                .ran("mean distance of log₁₀ L from that of sign descent at equal times; η = "
                        + Arrays.toString(TrainedRuns.values(tables, "adam")))
                .got("Adam, least at a larger η over that at the smallest", leastElsewhere(adam) / last(adam))
                .got("RMSProp, least at a larger η over that at the smallest", leastElsewhere(rmsprop) / last(rmsprop))
                .got("decades at the smallest η", Math.max(last(adam), last(rmsprop)))
                .claim(
                        "nearest at the smallest η, and near there",
                        "Adam " + shown(adam) + "; RMSProp " + shown(rmsprop)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent of the same learning rates in place of Adam and RMSProp",
                Set.of("P2-10"),
                effort -> ControlRuns.of(
                        this,
                        effort,
                        (name, train) -> Optional.of(
                                RULES.contains(name.substring(0, name.lastIndexOf('-')))
                                        ? ControlRuns.byGradientDescent(
                                                train,
                                                TrainedRuns.lr(train),
                                                train.training().ending().steps())
                                        : train))));
    }

    private static double leastElsewhere(double[] distances) {
        return Arrays.stream(distances, 0, distances.length - 1).min().orElse(Double.NaN);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private static double[] distances(Tables tables, String rule, Timed sign) {
        return Timed.all(tables, rule).stream()
                .mapToDouble(run -> run.distance(sign))
                .toArray();
    }

    /// A run in its time ηt.
    record Timed(LossShape loss, double lr) {
        static List<Timed> all(Tables tables, String group) {
            double[] rates = TrainedRuns.values(tables, group);
            List<LossShape> losses = LossShape.all(tables, group);
            List<Timed> all = new ArrayList<>();
            for (int i = 0; i < rates.length; i++) {
                all.add(new Timed(losses.get(i), rates[i]));
            }
            return all;
        }

        /// Mean over the steps of |log₁₀ L − log₁₀ L of the other at the same time|.
        double distance(Timed other) {
            double sum = 0;
            for (int i = 0; i < loss.loss().length; i++) {
                sum += Math.abs(Math.log10(loss.loss()[i] / other.loss.lossAt(loss.steps()[i] * lr / other.lr)));
            }
            return sum / loss.loss().length;
        }
    }

    private static List<String> shown(double[] values) {
        return Arrays.stream(values).mapToObj(v -> text("%.3f", v)).toList();
    }
}
