package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.stability.NormalisedMap;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Paper 1, Fig. 5: the three regimes in the plane of β₁ and β₂.
record RegimeDiagram() implements ComputedFigure {
    private static final int[] DEGREES = {4, 6, 8};

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig5",
                "Degenerate polynomials, Fig. 5 and Theorem 6.1",
                "Regions in the plane of β₁ and β₂: a stable fixed point (I), an unstable one (II), none (III).",
                "Closed forms on 250 × 250 points for k = 4, 6, 8; borders checked against multipliers and against the"
                        + " filter that defines m.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return List.of(measured(0));
    }

    /// @param more by how much the degree is larger than it is called
    private static Table measured(int more) {
        SingleNumbers measured = new SingleNumbers();
        for (int k : DEGREES) {
            measured.put("stability exponent, k=" + k, exponent(k + more, t -> t.exists() && jacobian(t)[1] < 1));
            measured.put("existence exponent, k=" + k, exponent(k + more, t -> filterBounded(t)));
            measured.put("void from, k=" + k, voidFrom(k + more));
        }
        return measured.table();
    }

    /// ln β₁/ln β₂ at the largest β₁ with a property, at a fixed β₂, by bisection; the same for every β₂ or NaN.
    private static double exponent(int k, java.util.function.Predicate<PowerLawTheory> holds) {
        Random random = new Random(k);
        double found = Double.NaN;
        for (int i = 0; i < 20; i++) {
            double beta2 = 0.1 + 0.89 * random.nextDouble();
            double low = 0;
            double high = 1;
            for (int step = 0; step < 60; step++) {
                double middle = 0.5 * (low + high);
                if (holds.test(new PowerLawTheory(k, middle, beta2))) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double exponent = Math.log(low) / Math.log(beta2);
            if (i > 0 && Math.abs(exponent - found) > 1e-6) {
                return Double.NaN;
            }
            found = exponent;
        }
        return found;
    }

    /// Whether m/g settles while g shrinks by ρ^(k−1) a step: its second thousand steps add less than the first.
    private static boolean filterBounded(PowerLawTheory theory) {
        double q = Math.pow(theory.rho(), theory.degree() - 1);
        double ratio = 0;
        double half = 0;
        for (int t = 0; t < 2000; t++) {
            ratio = theory.beta1() / q * ratio + 1 - theory.beta1();
            half = t == 999 ? ratio : half;
        }
        return ratio - half < half;
    }

    /// Trace and determinant of the Jacobian in (ω, λ) at the fixed point, by central differences.
    private static double[] jacobian(PowerLawTheory theory) {
        NormalisedMap map = new NormalisedMap(theory, 1);
        double[][] j = map.jacobian(map.fixedPoint(), 1e-6);
        return new double[] {j[0][0] + j[1][1], j[0][0] * j[1][1] - j[0][1] * j[1][0]};
    }

    /// The smallest β₂ from which no β₁ down to 0 makes 1 + trace + det negative.
    private static double voidFrom(int k) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < 60; step++) {
            double middle = 0.5 * (low + high);
            PowerLawTheory theory = new PowerLawTheory(k, 0, middle);
            double[] jacobian = jacobian(theory);
            if (1 + jacobian[0] + jacobian[1] < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (int k : DEGREES) {
            Plane plane = new Plane(k, Plane.spread(0.002, 0.998, 250), Plane.spread(0.002, 0.998, 250));
            panels.add(plane.kinds(
                    "k = " + k,
                    List.of("I: stable", "II: unstable", "III: no fixed point"),
                    t -> t.regime().ordinal()));
        }
        return new Figure("P1-fig5", "", "Regimes of Adam on x^k/k for k = 4, 6, 8", 3, panels);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "borders of k + 2 against the exponents of k",
                Set.of("P1-02", "P1-05", "P1-27"),
                _ -> List.of(measured(2))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        for (int k : DEGREES) {
            claims.add(Register.of("P1-27")
                    .ran("k = " + k + ", 20 random β₂, bisection on the determinant by central differences")
                    .got("exponent off by", Math.abs(tables.value("stability exponent, k=" + k) - k / (2.0 * (k - 2))))
                    .claim(
                            text("%.8g", k / (2.0 * (k - 2))),
                            text("%.8g", tables.value("stability exponent, k=" + k)),
                            ""));
            claims.add(Register.of("P1-02")
                    .ran("k = " + k + ", 20 random β₂, bisection on the filter of m staying bounded")
                    .got(
                            "exponent off by",
                            Math.abs(tables.value("existence exponent, k=" + k) - (k - 1) / (2.0 * (k - 2))))
                    .claim(
                            text("%.8g", (k - 1) / (2.0 * (k - 2))),
                            text("%.8g", tables.value("existence exponent, k=" + k)),
                            ""));
            double from = new PowerLawTheory(k, 0, 0.5).flipFreeBeta2();
            claims.add(Register.of("P1-05")
                    .ran("k = " + k + ", bisection on 1 + trace + determinant by central differences")
                    .got("difference", Math.abs(tables.value("void from, k=" + k) - from))
                    .claim(text("%.8g", from), text("%.8g", tables.value("void from, k=" + k)), ""));
        }
        return claims;
    }
}
