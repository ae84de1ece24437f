package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.statistics.EqualLaws;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Paper 4, condition 2: whether the coordinates of u follow one law, on noisy quadratics, where the answer is known.
record SignLikeConditions() implements ComputedFigure {
    private static final int RUNS = 100;

    @Override
    public Caption caption() {
        return new Caption(
                "P4-conditions",
                "Sign-like descent, condition 2",
                "The coordinates of u = |m|/√v are i.i.d. (Kolmogorov–Smirnov tests on ResNet-50 and GPT-2).",
                "½Σhᵢxᵢ² with 400 coordinates in 4 blocks after 300 steps, 100 runs: all alike, or two blocks with h ="
                        + " 1, σ = 0.05 and two with h = 0.01, σ = 1. Tests of every pair of blocks, Holm's correction,"
                        + " level 0.05. (The paper's networks are ResNet-50, GPT-2; P4-network tests a network.)",
                "The same.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, 0.05);
    }

    private static List<Table> measure(Effort effort, double level) {
        SingleNumbers measured = new SingleNumbers();
        List<Table> tables = new ArrayList<>();
        for (boolean alike : new boolean[] {true, false}) {
            String name = alike ? "alike" : "mixed";
            int rejected = 0;
            for (int run = 0; run < RUNS; run++) {
                double[] u =
                        NoisyQuadratic.ratios(blocks(alike, 1, 0.01), blocks(alike, alike ? 1 : 0.05, 1), 300, run);
                EqualLaws laws = laws(u, level);
                rejected += laws.rejected().isEmpty() ? 0 : 1;
                if (run == 0) {
                    tables.add(new Table(name, List.of(new Column.Numbers("u", "", u))));
                    measured.put(name + " detectable", laws.pairs().getFirst().detectable());
                }
            }
            measured.put(name + " rejected", rejected);
        }
        effort.finished().accept(0.9);
        tables.add(measured.table());
        return tables;
    }

    private static EqualLaws laws(double[] u, double level) {
        return EqualLaws.between(
                List.of("1", "2", "3", "4"),
                IntStream.range(0, 4)
                        .mapToObj(b -> Arrays.copyOfRange(u, 100 * b, 100 * b + 100))
                        .toList(),
                level);
    }

    private static double[] blocks(boolean alike, double first, double second) {
        double[] values = new double[400];
        Arrays.fill(values, 0, 200, first);
        Arrays.fill(values, 200, 400, alike ? first : second);
        return values;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] share =
                IntStream.range(0, 200).mapToDouble(i -> (i + 1) / 200.0).toArray();
        return new Figure(
                "P4-conditions",
                "The conditions of the sign-like proof",
                "Laws of u in blocks of coordinates",
                1,
                List.of(Panel.of(
                        "Noisy quadratics: law of u",
                        PanelAxis.linear("u").from(0, 3),
                        PanelAxis.linear("share of coordinates").from(0, 1),
                        Mark.line("alike, blocks 1, 2", half(tables, "alike", 0), share),
                        Mark.line("alike, blocks 3, 4", half(tables, "alike", 200), share),
                        Mark.line("mixed, blocks 1, 2", half(tables, "mixed", 0), share),
                        Mark.line("mixed, blocks 3, 4", half(tables, "mixed", 200), share))));
    }

    private static double[] half(Tables tables, String name, int from) {
        double[] part = Arrays.copyOfRange(tables.numbers(name, "u"), from, from + 200);
        Arrays.sort(part);
        return part;
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double alike = tables.value("alike rejected");
        double mixed = tables.value("mixed rejected");
        return List.of(Register.of("P4-08-test")
                .ran("noisy quadratics, 4 blocks of 100 coordinates, 6 tests")
                .got("runs of 100 rejected where all are alike", alike)
                .got("runs of 100 rejected where two kinds are mixed", mixed)
                .claim(
                        "hardly any, and nearly all",
                        text(
                                "all alike: some pair rejected in %.0f of %d runs; two kinds of blocks: %.0f of %d",
                                alike, RUNS, mixed, RUNS),
                        text(
                                "Distances of at least %.2f are found with power 0.9; smaller ones may be missed. The"
                                        + " test says nothing of independence.",
                                tables.value("alike detectable"))));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "the same tests at the level 0.5, which finds differences where there are none",
                Set.of("P4-08-test"),
                effort -> measure(effort, 0.5)));
    }
}
