package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.stability.NormalisedMap;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.StabilityCorner;
import adamscope.sweep.Agreement;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

/// Paper 1, Figs. 3 and 11: the stable region in theory and in runs.
///
/// @param degree k = 4 is Fig. 3, k = 6 is Fig. 11
record StableRegion(int degree) implements ComputedFigure {
    private static final String FLIP = "highest beta1 of the flip";
    private static final String FIRST = "violations of inequality (8)";
    /// Steps of the runs of the claim at its default size.
    static final int STEPS = 12_000;

    /// The share beside the border that runs of that length do not decide.
    private static final double BORDER = 0.01;

    private static final String BOTH = "violations of both on the grid";

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
        Table phase = Plane.offTheDiagonal(degree, effort.size(36, 100))
                .run("phase", 1, effort.size(STEPS, 20_000), effort, 1);
        return degree == 4 ? List.of(phase, numbers(4, 2)) : List.of(phase);
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
    public List<Control> controls() {
        return List.of(new Control(
                "12 × 12 runs with β₁ and β₂ exchanged, 4,000 steps"
                        + (degree == 4
                                ? "; the corner of k = 6; what is stable for one k against every smaller k"
                                : ""),
                degree == 4 ? Set.of("P1-11", "P1-12", "P1-13") : Set.of("P1-46"),
                effort -> {
                    Plane plane = new Plane(degree, Plane.spread(0.05, 0.95, 12), Plane.spread(0.05, 0.95, 12));
                    Table phase = Plane.exchanged(plane.run("phase", 1, 4000, effort, 0.1), 12);
                    return degree == 4 ? List.of(phase, numbers(6, -2)) : List.of(phase);
                }));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        Agreement agreement = Agreement.of(tables.table("phase")).orElseThrow();
        claims.add(converges(degree == 4 ? "P1-12" : "P1-46", agreement, agreement.all() + " runs, k = " + degree));
        if (degree == 4) {
            claims.add(corner(tables));
            claims.add(growth(tables));
        }
        return claims;
    }

    /// Whether the share that agrees is the claim's.
    static boolean holds(Agreement agreement) {
        return open(agreement) <= BORDER && agreement.share() >= 1 - BORDER;
    }

    private static double open(Agreement agreement) {
        return (double) agreement.undecided() / agreement.all();
    }

    private static String measured(Agreement agreement) {
        return agreement.cells() == 0
                ? "no run is decided"
                : text(
                        "%.2f %% of %,d decided runs; %,d undecided",
                        100 * agreement.share(), agreement.cells(), agreement.undecided());
    }

    /// Of runs that are too short to be the claim's: what escapes slowly still falls, and nothing is decided.
    static Claim tooShort(String id, Agreement agreement, String setup) {
        return Register.of(id)
                .ran(String.format(
                        Locale.ROOT, "%s; of fewer than %,d steps the slowest escapes are not seen", setup, STEPS))
                .got("share of the runs still open at their end", Double.NaN)
                .got("share that agrees", Double.NaN)
                .claim("100 % of the runs", measured(agreement));
    }

    /// Whether runs converge where theory says, and only there.
    static Claim converges(String id, Agreement agreement, String setup) {
        double open = open(agreement);
        return Register.of(id)
                .ran(setup)
                .got("share of the runs still open at their end", open)
                .gotIf(open <= BORDER || agreement.share() < 1 - BORDER, "share that agrees", agreement.share())
                .claim("100 % of the runs", measured(agreement));
    }

    /// What theory alone says, for k = 4.
    ///
    /// @param degree of the corner
    /// @param step   to the degree that each is compared with
    private static Table numbers(int degree, int step) {
        double highest = 0;
        for (double beta2 = 2e-4; beta2 < 0.0625; beta2 += 1e-4) {
            highest = Math.max(highest, flip(degree, beta2));
        }
        PowerLawTheory four = new PowerLawTheory(4, 0.009, 0.0105);
        PowerLawTheory six = new PowerLawTheory(6, 0.009, 0.0105);
        return new SingleNumbers()
                .put(FLIP, highest)
                .put(
                        FIRST,
                        violations(
                                step,
                                (here, next) -> here.beta1() < here.stabilityBoundary()
                                        && here.beta1() >= next.stabilityBoundary()))
                .put(BOTH, violations(step, (here, next) -> here.stable() && !next.stable()))
                .put("radius for k = 4", four.spectralRadius())
                .put("radius for k = 6", six.spectralRadius())
                .table();
    }

    /// At how many of 199 × 199 pairs of decays, k = 4 to 22, something holds between k and k + 2.
    private static int violations(int step, BiPredicate<PowerLawTheory, PowerLawTheory> violated) {
        int count = 0;
        for (int i = 1; i < 200; i++) {
            for (int j = 1; j < 200; j++) {
                for (int k = Math.max(4, 4 - step); k < 24; k += 2) {
                    PowerLawTheory here = new PowerLawTheory(k, i / 200.0, j / 200.0);
                    count += violated.test(here, new PowerLawTheory(k + step, i / 200.0, j / 200.0)) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static Claim corner(Tables tables) {
        StabilityCorner corner = new StabilityCorner(4);
        double highest = tables.value(FLIP);
        return Register.of("P1-11")
                .ran("largest β₁ with a multiplier below −1, by bisection at 624 values of β₂; Jacobian of the"
                        + " recurrence by central differences")
                .got("difference", Math.abs(highest - corner.highestFlipBeta1()))
                .claim(text("β₁ < %.6f", corner.highestFlipBeta1()), text("β₁ < %.6f", highest));
    }

    /// The largest β₁ at which 1 + trace + determinant of the Jacobian is negative; 0 where it is for none.
    private static double flip(int degree, double beta2) {
        double low = 0;
        double high = 0.02;
        if (!(characteristic(degree, low, beta2) < 0)) {
            return 0;
        }
        for (int i = 0; i < 30; i++) {
            double middle = 0.5 * (low + high);
            low = characteristic(degree, middle, beta2) < 0 ? middle : low;
            high = characteristic(degree, middle, beta2) < 0 ? high : middle;
        }
        return low;
    }

    private static double characteristic(int degree, double beta1, double beta2) {
        NormalisedMap map = new NormalisedMap(new PowerLawTheory(degree, beta1, beta2), 1);
        double[][] j = map.jacobian(map.fixedPoint(), 1e-6);
        return 1 + j[0][0] + j[1][1] + j[0][0] * j[1][1] - j[0][1] * j[1][0];
    }

    private static Claim growth(Tables tables) {
        double four = tables.value("radius for k = 4");
        double six = tables.value("radius for k = 6");
        return Register.of("P1-13")
                .ran("spectral radii on 199 × 199 pairs, k = 4 to 24, and at (0.009, 0.0105)")
                .got("violations of inequality (8)", tables.value(FIRST))
                .got("violations of both inequalities in the corner", four < 1 && six > 1)
                .claim(
                        "0 violations",
                        text(
                                "inequality (8): %.0f; both: %.0f on the grid; at (0.009, 0.0105) radius %.3f for k ="
                                        + " 4, %.3f for k = 6",
                                tables.value(FIRST), tables.value(BOTH), four, six),
                        "True of inequality (8) alone; false for the pair (8), (9) in the corner.");
    }
}
