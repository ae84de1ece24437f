package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.flow.MemoryRates;
import adamscope.regime.Quantity;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Paper 2, Fig. 7: spikes, oscillation or divergence of Adam by the rates a and b at which it forgets.
record RegimesOfAdam() implements ComputedFigure {
    private static final double LR = 1e-3;
    private static final String M = Quantity.AVERAGE_GRADIENT_NORM;
    private static final String ROOT_V = Quantity.ROOT_SECOND_MOMENT_NORM;

    /// A regime of the paper, with the rates of its run and the part of it that the paper shows enlarged.
    private enum Regime {
        SPIKES(1, 100, 0.4, 0.8),
        OSCILLATION(10, 10, 0.8, 1),
        DIVERGENCE(100, 1, 0.8, 1);

        private final double a;
        private final double b;
        private final double from;
        private final double to;

        Regime(double a, double b, double from, double to) {
            this.a = a;
            this.b = b;
            this.from = from;
            this.to = to;
        }

        String run() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String title() {
            return Statement.format("%s: a = %.0f, b = %.0f", run(), a, b);
        }
    }

    /// What is trained.
    record Size(Task task, long steps) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(256, 128, 64), ClassifiedImages.fashion(new Subset(List.of(0, 1), 250, 0))),
                1000);

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
                "P2-fig7",
                "Qualitative study, Fig. 7",
                "Adam with β₂ = 1 − aη and β₁ = 1 − bη: large spikes where b ≫ a, small fast oscillation where a ≈ b, a"
                        + " large loss where a ≫ b.",
                "784–256–128–64–2, relu, mean squared error, full batch, 250 images of each of two classes of"
                    + " Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of CIFAR-10; η ="
                    + " 10⁻³, 1,000 steps as in the paper, in double precision, whose range the diverging run needs."
                    + " Rows: the loss; a part of it (steps 400 to 800, or the last 200); ‖√v‖ over ‖m‖ in that part,"
                    + " where the paper draws ‖x‖ as well.",
                "1,000 images of each of two classes of CIFAR-10. " + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(57);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        for (Regime regime : Regime.values()) {
            MemoryRates rates = new MemoryRates(regime.a, regime.b);
            Map<String, Double> hyper = Map.of("lr", LR, "beta1", rates.beta1(LR), "beta2", rates.beta2(LR));
            runs.put(
                    regime.run(),
                    MeasuredTraining.of(size.task(), "adam", hyper, size.steps())
                            .at(Place.CPU_FLOAT64));
        }
        List<Table> tables = new ArrayList<>();
        effort.trained(runs).forEach((name, run) -> {
            List<Column> columns = new ArrayList<>();
            List.of("step", "loss", M, ROOT_V)
                    .forEach(column -> columns.add(run.steps().column(column)));
            tables.add(new Table(name, columns));
        });
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Regime regime : Regime.values()) {
            panels.add(Panel.of(
                    regime.title(),
                    Axis.linear("step t"),
                    Axis.log10("loss"),
                    LossShape.of(tables, regime.run()).line("")));
        }
        for (Regime regime : Regime.values()) {
            LossShape run = LossShape.of(tables, regime.run());
            panels.add(Panel.of(
                    "part of it",
                    Axis.linear("step t"),
                    Axis.log10("loss"),
                    run.line("", regime.from * run.lastStep(), regime.to * run.lastStep())));
        }
        for (Regime regime : Regime.values()) {
            panels.add(states(tables, regime));
        }
        return new Figure(
                "P2-fig7",
                "",
                "Loss of Adam over the steps in three regimes, and the states of the same steps",
                3,
                panels);
    }

    private static Panel states(Tables tables, Regime regime) {
        Curve m = Curve.of(tables, regime.run(), M);
        Curve v = Curve.of(tables, regime.run(), ROOT_V);
        double last = m.x()[m.x().length - 1];
        int from = m.firstAt(regime.from * last);
        int to = m.firstAt(regime.to * last) + 1;
        return Panel.of(
                "states",
                Axis.log10("‖m‖"),
                Axis.log10("‖√v‖"),
                Mark.line(
                        "",
                        java.util.Arrays.copyOfRange(m.y(), from, to),
                        java.util.Arrays.copyOfRange(v.y(), from, to)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        LossShape spikes = LossShape.of(tables, Regime.SPIKES.run());
        LossShape oscillation = LossShape.of(tables, Regime.OSCILLATION.run());
        LossShape divergence = LossShape.of(tables, Regime.DIVERGENCE.run());
        return List.of(spikes(spikes), oscillation(oscillation, spikes), divergence(divergence, oscillation));
    }

    private static Claim spikes(LossShape run) {
        double from = 0.25 * run.lastStep();
        long large = run.spikes(LossShape.LARGE, from);
        return statement("P2-16", "left", "Large spikes where b is sufficiently larger than a", Regime.SPIKES)
                .open(
                        "at least 3 rises of a decade or more after a quarter of the steps",
                        "qualitative",
                        Statement.format(
                                "%d rises of a decade or more, the tallest %.2f decades", large, run.tallest(from)),
                        large >= 3 ? Verdict.AGREES : large > 0 ? Verdict.INCONCLUSIVE : Verdict.DISAGREES,
                        large >= 3 ? "" : "Fewer large spikes than the paper shows in as many steps.");
    }

    /// Small against the spikes of the other regime, fast in that every few steps the loss turns.
    private static Claim oscillation(LossShape run, LossShape spiking) {
        double from = 0.5 * run.lastStep();
        double tallest = run.tallest(from);
        double turns = run.turns(from, run.lastStep());
        double deeper = Math.log10(spiking.mean(from) / run.mean(from));
        boolean agrees = tallest < LossShape.LARGE && turns > 0.1 && deeper > 0;
        return statement(
                        "P2-17",
                        "middle",
                        "Small and fast oscillation, and a small loss, where a and b are of one order",
                        Regime.OSCILLATION)
                .judged(
                        "second half: no rise of a decade, more than 10 % of the steps turn, mean loss below that of a"
                                + " = 1, b = 100",
                        "qualitative",
                        Statement.format(
                                "tallest rise %.2f decades, %.0f %% turn, mean loss %.2f decades below",
                                tallest, 100 * turns, deeper),
                        agrees,
                        agrees ? "" : "One of the three does not hold in this run.");
    }

    private static Claim divergence(LossShape run, LossShape oscillating) {
        double from = 0.75 * run.lastStep();
        double above = Math.log10(run.median(from) / oscillating.median(from));
        double fromStart = Math.log10(run.median(from) / run.loss()[0]);
        boolean agrees = above > 2 && fromStart > -1;
        return statement(
                        "P2-18",
                        "right",
                        "The loss stays large where a is sufficiently larger than b",
                        Regime.DIVERGENCE)
                .judged(
                        "last quarter: median loss two decades above a = b = 10, and no decade below the loss at the"
                                + " start",
                        "qualitative",
                        Statement.format(
                                "median %.3g, %.1f decades above a = b = 10, %+.1f decades from the start",
                                run.median(from), above, fromStart),
                        agrees,
                        agrees ? "" : "The loss comes down in this run.");
    }

    private static Statement statement(String id, String column, String text, Regime regime) {
        return new Statement(
                id,
                "Qualitative study, Fig. 7, " + column,
                text,
                Statement.format("a = %.0f, b = %.0f, one run", regime.a, regime.b));
    }
}
