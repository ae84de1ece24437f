package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.LinearMomentum;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 14: growth just beyond the threshold.
record GrowthFactors() implements ComputedFigure {
    private static final List<LinearMomentum> METHODS = List.of(
            LinearMomentum.GRADIENT_DESCENT, LinearMomentum.STANDARD_HEAVY_BALL, LinearMomentum.STANDARD_NESTEROV);
    private static final double[] LR = {0.2, 0.02, 0.02};
    private static final double[] EXPECTED = {1.2, 1.772139, 1.282337};

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig14",
                "Adaptive edge of stability, Fig. 14",
                "The growth per step of an eigen-component over its eigenvalue, up to 1.1 times the threshold: heavy"
                        + " ball grows far faster than gradient descent and Nesterov.",
                "GD (0.2), heavy ball (0.02, 0.9), Nesterov (0.02, 0.9), standard forms; closed forms as curves, runs"
                    + " of 400 steps on λx²/2 at 1.1 times the threshold. (The paper's caption has GD (0.02); its axis"
                    + " needs 0.2.)",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return List.of(measured(1.1));
    }

    private static Table measured(double part) {
        SingleNumbers measured = new SingleNumbers();
        for (int i = 0; i < METHODS.size(); i++) {
            LinearMomentum method = METHODS.get(i);
            double curvature = part * method.thresholdTimesLr(0.9) / LR[i];
            measured.put(method.rule(), growth(method, LR[i], curvature));
        }
        return measured.table();
    }

    private static double growth(LinearMomentum method, double lr, double curvature) {
        Trajectory run = new SingleRun(
                        new Iteration(
                                Catalogue.shipped(method.rule()),
                                FormulaObjective.read(curvature + "*x^2/2"),
                                method == LinearMomentum.GRADIENT_DESCENT
                                        ? Map.of("lr", lr)
                                        : Map.of("lr", lr, "beta1", 0.9),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.SCALED),
                        400,
                        1)
                .run();
        double[] x = run.table().numbers("log10Abs[x]");
        return Math.pow(10, (x[400] - x[300]) / 100);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < METHODS.size(); i++) {
            LinearMomentum method = METHODS.get(i);
            double lr = LR[i];
            double threshold = method.thresholdTimesLr(0.9) / lr;
            double[] curvature = Plane.spread(1e-3 * threshold, 1.1 * threshold, 800);
            double[] growth = Arrays.stream(curvature)
                    .map(c -> method.growthFactor(0.9, lr * c))
                    .toArray();
            panels.add(Panel.of(
                    method.words() + ", η = " + Numeral.of(lr),
                    PanelAxis.linear("eigenvalue λ"),
                    PanelAxis.linear("growth per step").from(0, 1.9),
                    Mark.line("growth", curvature, growth),
                    new Mark.VerticalReference("threshold", threshold),
                    Mark.points(
                            "run at 1.1", new double[] {1.1 * threshold}, new double[] {tables.value(method.rule())})));
        }
        return new Figure("P3-fig14", "", "Asymptotic growth factor over the eigenvalue", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double off = 0;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < METHODS.size(); i++) {
            LinearMomentum method = METHODS.get(i);
            double growth = tables.value(method.rule());
            off = Math.max(off, Math.abs(growth - EXPECTED[i]));
            words.add(text("%s %.6f (slope at the threshold %.4f)", method.words(), growth, method.growthSlope(0.9)));
        }
        return List.of(Register.of("P3-21")
                .ran("steps 300 to 400 of runs on λx²/2 at 1.1 times the threshold")
                .got("largest distance from the known factors", off)
                .claim(Arrays.toString(EXPECTED), String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "runs at the threshold itself, where nothing grows", Set.of("P3-21"), _ -> List.of(measured(1))));
    }
}
