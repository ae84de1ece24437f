package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 4: other architectures settle at 38/η too.
record OtherArchitectures() implements ComputedFigure {
    /// @param lrs at the standard size; a tenth at full size
    private record Case(String group, String title, double[] lrs, Network network) {}

    /// Which of the three.
    private enum Network {
        CNN,
        UNNORMALISED,
        NORMALISED
    }

    private static final List<Case> CASES = List.of(
            new Case("cnn", "(a) CNN", new double[] {5e-4, 1e-3}, Network.CNN),
            new Case("wrn", "(b) WideResNet without norms", new double[] {3e-3, 5e-3}, Network.UNNORMALISED),
            new Case("wrn-norm", "(c) WideResNet", new double[] {2e-2, 4e-2}, Network.NORMALISED));
    private static final int IMAGES = 50;
    private static final int STEPS = 300;
    private static final int FULL_STEPS = 2000;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig4",
                "Adaptive edge of stability, Fig. 4",
                "Full-batch Adam settles at 38/η on a CNN and on wide residual networks without and with batch"
                        + " normalisation.",
                "The paper's CNN alone, since a WideResNet takes too long here: half the squared error, full batch of"
                        + " 50 images of Fashion-MNIST with their classes dealt out anew by chance, Adam (0.9, 0.999),"
                        + " η = 5·10⁻⁴ and 10⁻³, " + STEPS + " steps. The paper: CIFAR-10 and CIFAR-100, up to 5,000"
                        + " steps.",
                "Also the WideResNets, four blocks a group and multiplier 10; 5,000 images with their own classes, "
                        + FULL_STEPS + " steps. CIFAR does not ship with the program.");
    }

    @Override
    public Cost cost() {
        return Cost.network(120);
    }

    @Override
    public List<Table> measure(Effort effort) {
        FigureRuns runs = new FigureRuns();
        for (Case c : effort.full() ? CASES : CASES.subList(0, 1)) {
            for (double lr : c.lrs()) {
                double chosen = effort.full() ? lr / 10 : lr;
                runs.add(
                        c.group(),
                        AdamAtEdge.lr(chosen),
                        chosen,
                        MeasuredTraining.of(
                                        problem(c.network(), effort),
                                        "adam",
                                        Map.of("lr", chosen, "eps", 1e-7),
                                        effort.size(STEPS, FULL_STEPS))
                                .inspected(Inspection.Sharpness.every(effort.size(5, 20))));
            }
        }
        return runs.measure(effort);
    }

    private static Problem problem(Network network, Effort effort) {
        ModelSource.OfSamples model = switch (network) {
            case CNN -> new ModelSource.Convolutional(List.of(64, 96, 128), List.of(512, 256));
            case UNNORMALISED -> new ModelSource.Wide(4, 10, false);
            case NORMALISED -> new ModelSource.Wide(4, 10, true);
        };
        return effort.full()
                ? new Problem.Learning(new adamscope.training.Task(
                        model,
                        java.util.Optional.of(FigureTasks.images(5000)),
                        java.util.Optional.of(Criterion.HALF_SQUARED)))
                : new Problem.ChanceLabels(model, IMAGES, Criterion.HALF_SQUARED);
    }

    private static List<Case> measured(Tables tables) {
        return CASES.stream()
                .filter(c -> !FigureRuns.group(tables, c.group()).isEmpty())
                .toList();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Case c : measured(tables)) {
            panels.add(EdgePanels.preconditioned(c.title(), "38/η", FigureRuns.group(tables, c.group())));
        }
        return new Figure("P3-fig4", "", "Preconditioned sharpness of three other architectures", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return measured(tables).stream()
                .map(c -> EdgeClaim.AROUND.judged(
                        new Statement(
                                "P3-10",
                                "Adaptive edge of stability, Fig. 4",
                                c.title() + ": full-batch Adam settles at 38/η",
                                "time average of λ₁(P⁻¹H) over the last third of the steps"),
                        "38/η",
                        FigureRuns.edges(tables, c.group())))
                .toList();
    }
}
