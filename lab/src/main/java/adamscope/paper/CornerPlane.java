package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.stability.ExponentialRateMap;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.StabilityCorner;
import adamscope.table.Table;
import java.util.List;

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
        Measured measured = new Measured();
        double[][] scans = {{0, 0.0110, 0.0140}, {0.002, 0.0160, 0.0190}, {0.005, 0.0142, 0.0172}};
        for (double[] scan : scans) {
            double lowest = Double.NaN;
            for (double beta2 = scan[2]; beta2 > scan[1]; beta2 -= 1e-4) {
                AdamRun run = AdamRun.standard(4, scan[0], beta2);
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
        int points = effort.size(30, 80);
        Plane corner = new Plane(4, Plane.spread(1e-4, 0.012, points), Plane.spread(0.005, 0.07, points));
        return List.of(corner.run("corner", 1, STEPS, effort, 0.7), measured.table());
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
        List<String> words = table.words("outcome");
        List<String> present = words.stream().distinct().sorted().toList();
        int[] kinds = words.stream().mapToInt(present::indexOf).toArray();
        return new Mark.CategoryMap(Plane.edges(plane.beta1()), Plane.edges(plane.beta2()), kinds, present);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        StabilityCorner corner = new StabilityCorner(4);
        double stableFrom = 1;
        double low = 0.0625;
        while (new PowerLawTheory(4, 0.005, low).stable() && low > 0.005) {
            stableFrom = low;
            low -= 1e-5;
        }
        double crisis = Math.pow(ExponentialRateMap.crisisGamma(4), -2);
        double zero = tables.value("lowest beta2 at beta1=0.0");
        double two = tables.value("lowest beta2 at beta1=0.002");
        double five = tables.value("lowest beta2 at beta1=0.005");
        return List.of(
                new Statement(
                                "P1-47",
                                "Degenerate polynomials, Fig. 12 (a, b)",
                                "The second inequality acts in the lower-left corner only",
                                "multipliers for k = 4")
                        .judged(
                                "β₁ < 0.00813, 0.0052 < β₂ < 0.0625; stable from β₂ = 0.045 on at β₁ = 0.005",
                                "1e-4",
                                Statement.format(
                                        "β₁ < %.6f, %.6f < β₂ < %.4f; from β₂ = %.4f on",
                                        corner.highestFlipBeta1(),
                                        corner.beta2(),
                                        new PowerLawTheory(4, 0, 0.5).flipFreeBeta2(),
                                        stableFrom),
                                Math.abs(corner.highestFlipBeta1() - 0.00813) < 1e-4
                                        && Math.abs(corner.beta2() - 0.0052) < 1e-4
                                        && Math.abs(stableFrom - 0.045) < 1e-3,
                                ""),
                new Statement(
                                "P1-48",
                                "Degenerate polynomials, Fig. 12 (c, d)",
                                "The loss converges in part of the locally unstable corner",
                                "lowest β₂ whose runs from x₀ = 1 keep the rate of theory within 2 %")
                        .judged(
                                Statement.format("%.5f at β₁ = 0; 0.0175 at 0.002; 0.0156 at 0.005", crisis),
                                "5e-4",
                                Statement.format("%.4f; %.4f; %.4f", zero, two, five),
                                Math.abs(zero - crisis) < 5e-4
                                        && Math.abs(two - 0.0175) < 5e-4
                                        && Math.abs(five - 0.0156) < 5e-4,
                                "The bounded orbits of the reduced map end at its crisis, not at the flip."));
    }
}
