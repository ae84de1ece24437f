package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.StabilityCorner;
import adamscope.sweep.Agreement;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;

/// Paper 1, Figs. 3 and 11: the stable region in theory and in runs.
///
/// @param degree k = 4 is Fig. 3, k = 6 is Fig. 11
record StableRegion(int degree) implements ComputedFigure {
    private static final double FEW_MISSES = 0.99;

    private String id() {
        return degree == 4 ? "P1-fig3" : "P1-fig11";
    }

    @Override
    public Caption caption() {
        return new Caption(
                id(),
                "Degenerate polynomials, Fig. " + (degree == 4 ? "3" : "11") + " and Theorem 4.1",
                "(a) Where the fixed point of Adam on x^" + degree + "/" + degree
                        + " is stable, by the two inequalities."
                        + " (b) The loss at the end of runs: small in exactly that region.",
                "36 × 36 runs of 12,000 steps in scaled arithmetic, η = 10⁻³, x₀ = 1, ε = 0; nodes half a cell off the"
                        + " line β₁ = β₂, where the fixed point is neutral.",
                "100 × 100 runs of 20,000 steps.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return List.of(Plane.offTheDiagonal(degree, effort.size(36, 100))
                .run("phase", 1, effort.size(12_000, 20_000), effort, 1));
    }

    @Override
    public Figure draw(Tables tables) {
        Table table = tables.table("phase");
        Plane fine = new Plane(degree, Plane.spread(0.002, 0.998, 250), Plane.spread(0.002, 0.998, 250));
        Panel theory = fine.kinds("(a) theory", List.of("stable", "not stable"), t -> t.stable() ? 0 : 1);
        Plane plane = Plane.of(degree, table);
        List<Mark> border = List.of(plane.border("β₁ = β₂^(k/(2(k−2)))", PowerLawTheory::stabilityBoundary));
        return new Figure(
                id(),
                "",
                "Stable region of Adam on x^" + degree + "/" + degree + ": theory and final loss",
                2,
                List.of(theory, plane.decades("(b) final loss", table, "finalLog10Loss", -1, border)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        Agreement agreement = Agreement.of(tables.table("phase")).orElseThrow();
        claims.add(new Statement(
                        degree == 4 ? "P1-12" : "P1-46",
                        "Degenerate polynomials, Fig. " + (degree == 4 ? "3 (b)" : "11"),
                        "Runs converge in the stable region and only there",
                        agreement.cells() + " runs, k = " + degree)
                .judged(
                        "100 % of the runs",
                        "1 %: the smallest escapes next to the border outlast the runs",
                        Statement.format("%.2f %%", 100 * agreement.share()),
                        agreement.share() >= FEW_MISSES,
                        ""));
        if (degree == 4) {
            claims.add(corner());
            claims.add(growth());
        }
        return claims;
    }

    private static Claim corner() {
        StabilityCorner corner = new StabilityCorner(4);
        // independent of the closed form: the sign of 1 + trace + det on a fine grid
        double highest = 0;
        for (double beta2 = 2e-4; beta2 < 0.0625; beta2 += 1e-4) {
            for (double beta1 = 0; beta1 < 0.02; beta1 += 2e-6) {
                PowerLawTheory theory = new PowerLawTheory(4, beta1, beta2);
                if (1 + theory.trace() + theory.det() < 0 && beta1 > highest) {
                    highest = beta1;
                }
            }
        }
        return new Statement(
                        "P1-11",
                        "Degenerate polynomials, Fig. 3 (a)",
                        "For k = 4 the region is β₁ < β₂ but for a small corner at the lower left",
                        "largest β₁ with 1 + trace + det < 0 on a grid of 2e-6")
                .near(corner.highestFlipBeta1(), 3e-6, "the grid", highest);
    }

    private static Claim growth() {
        PowerLawTheory four = new PowerLawTheory(4, 0.009, 0.0105);
        PowerLawTheory six = new PowerLawTheory(6, 0.009, 0.0105);
        int shrinks = 0;
        int first = 0;
        for (int i = 1; i < 200; i++) {
            for (int j = 1; j < 200; j++) {
                double beta1 = i / 200.0;
                double beta2 = j / 200.0;
                for (int k = 4; k < 24; k += 2) {
                    PowerLawTheory here = new PowerLawTheory(k, beta1, beta2);
                    PowerLawTheory next = new PowerLawTheory(k + 2, beta1, beta2);
                    first += beta1 < here.stabilityBoundary() && beta1 >= next.stabilityBoundary() ? 1 : 0;
                    shrinks += here.stable() && !next.stable() ? 1 : 0;
                }
            }
        }
        return new Statement(
                        "P1-13",
                        "Degenerate polynomials, Remark 4.2",
                        "What is stable for one k is stable for every larger k",
                        "spectral radii on 199 × 199 pairs, k = 4 to 24, and at (0.009, 0.0105)")
                .conditional(
                        "0 violations",
                        Statement.format(
                                "inequality (8): %d; both: %d on the grid; at (0.009, 0.0105) radius %.3f for k = 4,"
                                        + " %.3f for k = 6",
                                first, shrinks, four.spectralRadius(), six.spectralRadius()),
                        first == 0,
                        four.stable() && !six.stable(),
                        "True of inequality (8) alone; false for the pair (8), (9) in the corner.");
    }
}
