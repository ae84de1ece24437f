package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.regime.Quantity;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Paper 2, Fig. 7: spikes, oscillation or divergence of Adam by the rates a and b at which it forgets.
record RegimesOfAdam() implements TrainedFigure {
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
            return text("%s: a = %.0f, b = %.0f", run(), a, b);
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
                "1,000 images of each of two classes of CIFAR-10. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(57).medium(20);
    }

    @Override
    public Label label(String group, Train train) {
        double a = TrainedRuns.rate(train, "beta2");
        double b = TrainedRuns.rate(train, "beta1");
        return new Label(text("a = %.4g, b = %.4g", a, b), a / b);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Regime regime : Regime.values()) {
            panels.add(Panel.of(
                    regime.title(),
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("loss"),
                    LossShape.of(tables, regime.run()).line("")));
        }
        for (Regime regime : Regime.values()) {
            LossShape run = LossShape.of(tables, regime.run());
            panels.add(Panel.of(
                    "part of it",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("loss"),
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
        Table run = TrainedRuns.only(tables, regime.run());
        Curve m = new Curve(run.numbers("step"), run.numbers(M));
        Curve v = new Curve(run.numbers("step"), run.numbers(ROOT_V));
        double last = m.x()[m.x().length - 1];
        int from = m.firstAt(regime.from * last);
        int to = m.firstAt(regime.to * last) + 1;
        return Panel.of(
                "states",
                PanelAxis.log10("‖m‖"),
                PanelAxis.log10("‖√v‖"),
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

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves, 60 steps",
                Set.of("P2-16", "P2-17", "P2-18"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, 60))));
    }

    private static Claim spikes(LossShape run) {
        double from = 0.25 * run.lastStep();
        long large = run.spikes(LossShape.LARGE, from);
        return judged("P2-16", Regime.SPIKES)
                .got("rises of a decade after a quarter of the steps", large)
                .got("decades that the loss fell", run.decadesTo(run.median(from)))
                .claim(
                        "large spikes again and again",
                        text("%d rises of a decade or more, the tallest %.2f decades", large, run.tallest(from)));
    }

    /// Small against the spikes of the other regime, fast in that every few steps the loss turns.
    private static Claim oscillation(LossShape run, LossShape spiking) {
        double from = 0.5 * run.lastStep();
        double tallest = run.tallest(from);
        double turns = run.turns(from, run.lastStep());
        double deeper = Math.log10(spiking.mean(from) / run.mean(from));
        return judged("P2-17", Regime.OSCILLATION)
                .got("tallest rise in the second half, decades", tallest)
                .got("share of its steps that turn", turns)
                .got("decades of the mean loss below a = 1, b = 100", deeper)
                .claim(
                        "second half: small and fast oscillation, a small loss",
                        text(
                                "tallest rise %.2f decades, %.0f %% turn, mean loss %.2f decades below",
                                tallest, 100 * turns, deeper));
    }

    private static Claim divergence(LossShape run, LossShape oscillating) {
        double from = 0.75 * run.lastStep();
        double above = Math.log10(run.median(from) / oscillating.median(from));
        double fromStart = Math.log10(run.median(from) / run.loss()[0]);
        return judged("P2-18", Regime.DIVERGENCE)
                .got("decades of the late median above a = b = 10", above)
                .got("decades of the late median from the start", fromStart)
                .claim(
                        "last quarter: the loss stays large",
                        text(
                                "median %.3g, %.1f decades above a = b = 10, %+.1f decades from the start",
                                run.median(from), above, fromStart));
    }

    private static Measurement judged(String id, Regime regime) {
        return Register.of(id).ran(text("a = %.0f, b = %.0f", regime.a, regime.b));
    }
}
