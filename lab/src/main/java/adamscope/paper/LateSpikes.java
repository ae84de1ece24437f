package adamscope.paper;

import adamscope.data.SineSum;
import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.model.Activation;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Paper 2, Fig. 1: full-batch Adam on a classification and on a regression, spikes late in the training.
record LateSpikes() implements ComputedFigure {
    private static final String CLASSES = "classification";
    private static final String SINES = "regression";
    private static final long REPEATEDLY = 3;
    private static final double LATE = 0.5;
    private static final double LATE_PHASE = 2;

    /// What is trained.
    ///
    /// @param steps of the classification and of the regression
    record Size(Task classes, Task sines, List<Long> steps) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(256, 256, 128), ClassifiedImages.fashion(new Subset(List.of(0, 1), 250, 0))),
                sines(500),
                List.of(1000L, 8000L));

        static Size full() {
            return new Size(
                    ClassifiedImages.squareLoss(
                            List.of(256, 256, 128), ClassifiedImages.cifar(new Subset(List.of(0, 1), 1000, 0))),
                    sines(2000),
                    List.of(10_000L, 100_000L));
        }

        static Task sines(int samples) {
            return new Task(
                    new ModelSource.Dense(List.of(100, 100), Activation.RELU),
                    Optional.of(new SineSum(samples, 5, 0)),
                    Optional.empty());
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig1",
                "Qualitative study, Fig. 1",
                "Full-batch Adam with the usual constants: large spikes of the loss appear again and again late in the"
                        + " training, on a classification and on a regression.",
                "Adam, η = 10⁻³, (β₁, β₂) = (0.9, 0.999), ε = 10⁻⁸, full batch, mean squared error. Left:"
                    + " 784–256–256–128–2, relu, 250 images of each of two classes of Fashion-MNIST (T-shirt,"
                    + " trousers) instead of 1,000 of each of two classes of CIFAR-10; 1,000 steps. Right:"
                    + " 5–100–100–1, relu, Σ sin 2πx_k at 500 points instead of 2,000; 8,000 steps. The paper states"
                    + " no number of steps.",
                "1,000 images of each of two classes of CIFAR-10, 10,000 steps; 2,000 points, 100,000 steps. "
                        + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(30);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, Double> usual = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8);
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        runs.put(
                CLASSES,
                MeasuredTraining.of(size.classes(), "adam", usual, size.steps().getFirst()));
        runs.put(
                SINES,
                MeasuredTraining.of(size.sines(), "adam", usual, size.steps().getLast()));
        return LossShape.tables(effort.trained(runs));
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

    private static Panel panel(Tables tables, String name) {
        return Panel.of(
                name,
                Axis.linear("step t"),
                Axis.log10("loss"),
                LossShape.of(tables, name).line("Adam (0.9, 0.999)"));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(
                claim("P2-08", "left", "of a classification", LossShape.of(tables, CLASSES)),
                claim("P2-09", "right", "of a regression", LossShape.of(tables, SINES)));
    }

    /// Spikes can only come late: a run that has not fallen far yet decides nothing.
    private static Claim claim(String id, String side, String task, LossShape run) {
        long spikes = run.spikes(LossShape.LARGE, LATE * run.lastStep());
        double fallen = run.decadesTo(run.lowest());
        Verdict verdict =
                spikes >= REPEATEDLY ? Verdict.AGREES : fallen < LATE_PHASE ? Verdict.INCONCLUSIVE : Verdict.DISAGREES;
        return new Statement(
                        id,
                        "Qualitative study, Fig. 1, " + side,
                        "Large spikes keep appearing late in the training " + task,
                        Statement.format("one run of %.0f steps, second half", run.lastStep()))
                .open(
                        "at least 3 rises of a decade or more in the second half",
                        "qualitative",
                        Statement.format(
                                "%d rises of a decade or more in the second half, the tallest %.2f decades; the loss"
                                        + " fell by %.1f decades",
                                spikes, run.tallest(LATE * run.lastStep()), fallen),
                        verdict,
                        switch (verdict) {
                            case AGREES -> "";
                            case INCONCLUSIVE ->
                                "The loss has fallen by less than two decades: the late phase is not reached.";
                            case DISAGREES, CONDITIONAL ->
                                "The loss is low, and yet there are fewer than three spikes.";
                        });
    }
}
