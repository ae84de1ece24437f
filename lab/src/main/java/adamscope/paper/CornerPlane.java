package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.PhaseFigure;
import adamscope.stability.ExponentialRateMap;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.StabilityCorner;
import adamscope.table.Table;
import java.util.List;
import java.util.Set;

/// Paper 1, Fig. 12: the lower-left corner, in theory and in runs.
record CornerPlane() implements ComputedFigure {
    private static final int STEPS = 4000;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig12",
                "Degenerate polynomials, Fig. 12 and appendix D",
                "(a) The stable region for k = 4; (b) its lower-left corner, the only place where the flip inequality"
                        + " cuts something off; (c, d) runs: the loss converges in part of the corner all the same.",
                "Corner 0 ≤ β₁ ≤ 0.012, 0.005 ≤ β₂ ≤ 0.07: 30 × 30 runs of 4,000 steps, η = 10⁻³, x₀ = 1, ε = 0, in"
                        + " scaled arithmetic; the end of convergence along β₁ = 0, 0.002, 0.005 with steps of 1e-4 in"
                        + " β₂.",
                "80 × 80 runs.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        int points = effort.size(30, 80);
        Plane corner = new Plane(4, Plane.spread(1e-4, 0.012, points), Plane.spread(0.005, 0.07, points));
        return List.of(corner.run("corner", 1, STEPS, effort, 0.7), numbers(4, effort));
    }

    private static Table numbers(int degree, Effort effort) {
        SingleNumbers measured = new SingleNumbers();
        double[][] scans = {{0, 0.0110, 0.0140}, {0.002, 0.0160, 0.0190}, {0.005, 0.0142, 0.0172}};
        for (double[] scan : scans) {
            double lowest = Double.NaN;
            for (double beta2 = scan[2]; beta2 > scan[1]; beta2 -= 1e-4) {
                AdamRun run = AdamRun.usual(degree, scan[0], beta2);
                double[] x = run.run(STEPS, 1).table().numbers("log10Abs[x]");
                double rate = (x[STEPS - 1] - x[STEPS / 2]) / (STEPS / 2.0 - 1) * Math.log(10);
                if (!(Math.abs(rate / Math.log(run.theory().rho()) - 1) < 0.02)) {
                    break;
                }
                lowest = beta2;
            }
            measured.put("lowest beta2 at beta1=" + scan[0], lowest);
            effort.finished().accept(0.1);
        }
        StabilityCorner border = new StabilityCorner(degree);
        return measured.put("highest beta1 of the flip", border.highestFlipBeta1())
                .put("its beta2", border.beta2())
                .put("stable from beta2 at beta1=0.005", stableFrom(degree))
                .table();
    }

    @Override
    public Figure draw(Tables tables) {
        Table table = tables.table("corner");
        Plane whole = new Plane(4, Plane.spread(0.002, 0.998, 250), Plane.spread(0.002, 0.998, 250));
        Plane corner = new Plane(4, Plane.spread(1e-5, 0.012, 250), Plane.spread(1e-4, 0.07, 250));
        Plane runs = Plane.of(4, table);
        List<Mark> borders = List.of(
                runs.border("β₁ = β₂", PowerLawTheory::stabilityBoundary),
                runs.border("flip", PowerLawTheory::flipBoundary));
        List<String> names = List.of("stable", "not stable");
        Panel converged =
                runs.panel("(c) runs, outcome", List.of(outcomes(runs, table), borders.get(0), borders.get(1)));
        return new Figure(
                "P1-fig12",
                "",
                "Stable region for k = 4, its corner, and runs in the corner",
                2,
                List.of(
                        whole.kinds("(a) theory", names, t -> t.stable() ? 0 : 1),
                        corner.kinds("(b) theory, corner", names, t -> t.stable() ? 0 : 1),
                        converged,
                        runs.decades("(d) runs, final loss", table, "finalLog10Loss", -1, borders)));
    }

    private static Mark outcomes(Plane plane, Table table) {
        return new Mark.CategoryMap(
                Plane.edges(plane.beta1()), Plane.edges(plane.beta2()), PhaseFigure.kinds(table), PhaseFigure.OUTCOMES);
    }

    /// The lowest β₂ down to which the fixed point is stable at β₁ = 0.005, in steps of 1e-5.
    private static double stableFrom(int degree) {
        double stableFrom = 1;
        double low = 0.0625;
        while (new PowerLawTheory(degree, 0.005, low).stable() && low > 0.005) {
            stableFrom = low;
            low -= 1e-5;
        }
        return stableFrom;
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double beta1 = tables.value("highest beta1 of the flip");
        double beta2 = tables.value("its beta2");
        double stableFrom = tables.value("stable from beta2 at beta1=0.005");
        double crisis = Math.pow(ExponentialRateMap.crisisGamma(4), -2);
        double zero = tables.value("lowest beta2 at beta1=0.0");
        double two = tables.value("lowest beta2 at beta1=0.002");
        double five = tables.value("lowest beta2 at beta1=0.005");
        return List.of(
                Register.of("P1-47")
                        .ran("multipliers for k = 4")
                        .got("highest β₁, off 0.00813", Math.abs(beta1 - 0.00813))
                        .got("its β₂, off 0.0052", Math.abs(beta2 - 0.0052))
                        .got("stable from β₂ on at β₁ = 0.005, off 0.045", Math.abs(stableFrom - 0.045))
                        .claim(
                                "β₁ < 0.00813, 0.0052 < β₂ < 0.0625; stable from β₂ = 0.045 on at β₁ = 0.005",
                                text("β₁ < %.6f, %.6f < β₂; from β₂ = %.4f on", beta1, beta2, stableFrom)),
                Register.of("P1-48")
                        .ran("lowest β₂ whose runs from x₀ = 1 keep the rate of theory within 2 %")
                        .got("β₁ = 0, off the crisis", Math.abs(zero - crisis))
                        .got("β₁ = 0.002, off 0.0175", Math.abs(two - 0.0175))
                        .got("β₁ = 0.005, off 0.0156", Math.abs(five - 0.0156))
                        .claim(
                                text("%.5f at β₁ = 0; 0.0175 at 0.002; 0.0156 at 0.005", crisis),
                                text("%.4f; %.4f; %.4f", zero, two, five),
                                "The bounded orbits of the reduced map end at its crisis, not at the flip."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "the corner of k = 6, and runs on x⁶/6",
                Set.of("P1-47", "P1-48"),
                effort -> List.of(numbers(6, effort))));
    }
}
