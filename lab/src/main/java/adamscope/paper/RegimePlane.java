package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.report.Claim;
import adamscope.stability.PowerLawTheory;
import adamscope.sweep.Agreement;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Paper 1, Fig. 7: losses and coupling ratio over the plane of β₁ and β₂.
record RegimePlane() implements ComputedFigure {
    private static final double DEEP = -20;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig7",
                "Degenerate polynomials, Fig. 7 and section 6",
                "(a) Smallest loss of a run, (b) final loss, (c, d) coupling ratio v/g²: three regions, low/low in I,"
                        + " low/high in II, high/high in III; the ratio is large in I and II and about 1 in III.",
                "36 × 36 runs of 12,000 steps in scaled arithmetic, x⁴/4, η = 10⁻³, x₀ = 1, ε = 0, nodes off the line"
                    + " β₁ = β₂. Sustained: the lowest maximum over a window of 50 steps. The statistic of v/g² is not"
                    + " stated in the paper; maximum and median over time are shown.",
                "100 × 100 runs of 20,000 steps.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return List.of(
                Plane.offTheDiagonal(4, effort.size(36, 100)).run("phase", 1, effort.size(12_000, 20_000), effort, 1));
    }

    @Override
    public Figure draw(Tables tables) {
        Table table = tables.table("phase");
        Plane plane = Plane.of(4, table);
        List<Mark> borders = List.of(
                plane.border("I | II", PowerLawTheory::stabilityBoundary),
                plane.border("II | III", PowerLawTheory::existenceBoundary));
        return new Figure(
                "P1-fig7",
                "",
                "Smallest and final loss, maximum and median of v/g² over β₁ and β₂",
                2,
                List.of(
                        plane.decades("(a) sustained minimum loss", table, "sustainedMinLog10Loss", -1, borders),
                        plane.decades("(b) final loss", table, "finalLog10Loss", -1, borders),
                        plane.decades("(c) v/g², maximum over time", table, "maxLog10Coupling", 1, borders),
                        plane.decades("(d) v/g², median over time", table, "medianLog10Coupling", 1, borders)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Table table = tables.table("phase");
        List<String> regimes = regimes(table);
        double[] sustained = table.numbers("sustainedMinLog10Loss");
        double[] median = table.numbers("medianLog10Coupling");
        double[] largest = table.numbers("maxLog10Coupling");
        Agreement agreement = Agreement.of(table).orElseThrow();
        long second = regimes.stream().filter("II"::equals).count();
        long deep = IntStream.range(0, sustained.length)
                .filter(c -> regimes.get(c).equals("II") && sustained[c] < DEEP)
                .count();
        double share = (double) deep / second;
        double first = over(median, regimes, "I");
        double middle = over(median, regimes, "II");
        double third = over(median, regimes, "III");
        return List.of(
                Register.of("P1-32")
                        .ran(agreement.all() + " runs; II by a sustained minimum below 1e-20")
                        .got("share of I told from the rest", agreement.share())
                        .got("share of II told from III", share)
                        .claim(
                                "I against the rest: 99 %; II: most of its cells",
                                text(
                                        "I against the rest: %.2f %%; II: %.0f %% of %d cells",
                                        100 * agreement.share(), 100 * share, second),
                                "The border of I is sharp; between II and III the depth of the first fall changes"
                                        + " gradually, so no threshold tells them apart."),
                Register.of("P1-33")
                        .ran("medians over the cells of the regime, log₁₀ v/g²")
                        .got("decades in I", first)
                        .got("decades off 1 in III", Math.abs(third))
                        .got("decades in II", middle)
                        .got("decades in III, maximum over time", over(largest, regimes, "III"))
                        .claim(
                                "median over time: above 10 in I and II, within 1 of 0 in III",
                                text(
                                        "median over time: I %.1f, II %.1f, III %.1f; maximum over time: III %.1f",
                                        first, middle, third, over(largest, regimes, "III")),
                                "In II the ratio is large before the first spike only, so that its median over time is"
                                        + " hardly larger than in III. The maximum is large everywhere, since g passes"
                                        + " through zero."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "12 × 12 runs with β₁ and β₂ exchanged, 4,000 steps", Set.of("P1-32", "P1-33"), effort -> {
                    Plane plane = new Plane(4, Plane.spread(0.05, 0.95, 12), Plane.spread(0.05, 0.95, 12));
                    return List.of(Plane.exchanged(plane.run("phase", 1, 4000, effort, 0.1), 12));
                }));
    }

    private static List<String> regimes(Table table) {
        double[] beta1 = table.numbers("beta1");
        double[] beta2 = table.numbers("beta2");
        return IntStream.range(0, beta1.length)
                .mapToObj(
                        c -> new PowerLawTheory(4, beta1[c], beta2[c]).regime().name())
                .toList();
    }

    private static double over(double[] values, List<String> regimes, String regime) {
        double[] sorted = IntStream.range(0, values.length)
                .filter(c -> regimes.get(c).equals(regime))
                .mapToDouble(c -> values[c])
                .filter(v -> !Double.isNaN(v))
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
