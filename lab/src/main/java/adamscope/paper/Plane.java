package adamscope.paper;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.DecadeColours;
import adamscope.stability.PowerLawTheory;
import adamscope.sweep.PhaseSweep;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A plane of β₁ (right) and β₂ (up) on x^k/k with evenly spread nodes.
record Plane(int degree, double[] beta1, double[] beta2) {
    private static final int CURVE_POINTS = 600;

    /// Nodes half a cell off the line β₁ = β₂ and off its images: β₂ from 0.02 to 0.98, β₁ half a cell to the right.
    static Plane offTheDiagonal(int degree, int points) {
        double cell = 0.96 / (points - 1);
        double[] beta2 = spread(0.02, 0.98, points);
        double[] beta1 = spread(0.02 - 0.5 * cell, 0.98 - 0.5 * cell, points);
        return new Plane(degree, beta1, beta2);
    }

    static double[] spread(double from, double to, int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> from + (to - from) * i / (points - 1))
                .toArray();
    }

    /// The plane whose cells a table holds.
    static Plane of(int degree, Table table) {
        double[] x = Arrays.stream(table.numbers("beta1")).distinct().toArray();
        double[] y = Arrays.stream(table.numbers("beta2")).distinct().toArray();
        return new Plane(degree, x, y);
    }

    /// Adam from x₀, ε = 0, averages that begin with the first gradient, in scaled arithmetic.
    Table run(String name, double x0, int steps, Effort effort, double share) {
        PhaseSweep sweep = new PhaseSweep(
                new Iteration(
                        Catalogue.shipped("adam-uncorrected"),
                        FormulaObjective.power(degree),
                        Map.of("lr", 1e-3, "eps", 0.0),
                        List.of(x0),
                        ClosedMap.Start.GRADIENT,
                        Arithmetic.SCALED),
                axis("beta1", beta1),
                axis("beta2", beta2),
                steps);
        int cells = sweep.cells();
        Table table = effort.engine()
                .table(sweep.toSweep(), done -> effort.finished().accept(share * done / cells), effort.stopped());
        return new Table(name, table.columns());
    }

    /// A square plane in which each cell holds the run with β₁ and β₂ exchanged; what theory says of a cell stays.
    static Table exchanged(Table plane, int points) {
        List<String> fixed = List.of("beta1", "beta2", "theoryRegime");
        return new Table(
                plane.name(),
                plane.columns().stream()
                        .map(column -> fixed.contains(column.name()) ? column : exchanged(column, points))
                        .toList());
    }

    private static Column exchanged(Column column, int points) {
        IntUnaryOperator other = cell -> cell % points * points + cell / points;
        return switch (column) {
            case Column.Numbers(String name, String unit, double[] values) ->
                new Column.Numbers(
                        name,
                        unit,
                        IntStream.range(0, values.length)
                                .mapToDouble(cell -> values[other.applyAsInt(cell)])
                                .toArray());
            case Column.Integers(String name, String unit, long[] values) ->
                new Column.Integers(
                        name,
                        unit,
                        IntStream.range(0, values.length)
                                .mapToLong(cell -> values[other.applyAsInt(cell)])
                                .toArray());
            case Column.Words(String name, List<String> words) ->
                new Column.Words(
                        name,
                        IntStream.range(0, words.size())
                                .mapToObj(cell -> words.get(other.applyAsInt(cell)))
                                .toList());
        };
    }

    private static adamscope.sweep.Axis axis(String name, double[] nodes) {
        return new adamscope.sweep.Axis(
                name, nodes[0], nodes[nodes.length - 1], nodes.length, adamscope.sweep.Axis.Spacing.LINEAR);
    }

    /// A panel over the plane, marks below curves.
    Panel panel(String title, List<Mark> marks) {
        double[] x = edges(beta1);
        double[] y = edges(beta2);
        return new Panel(
                title,
                PanelAxis.linear("β₁").from(Math.max(0, x[0]), x[x.length - 1]),
                PanelAxis.linear("β₂").from(Math.max(0, y[0]), y[y.length - 1]),
                marks);
    }

    /// A column as decades in colours, with the curves over it.
    Panel decades(String title, Table table, String column, int sign, List<Mark> curves) {
        String label = sign < 0 ? "decades below 1" : "decades of v/g² above 1";
        List<Mark> marks = new ArrayList<>();
        marks.add(DecadeColours.map(edges(beta1), edges(beta2), table.numbers(column), sign, label));
        marks.addAll(curves);
        return panel(title, marks);
    }

    /// Every cell's kind by a rule.
    Panel kinds(String title, List<String> names, java.util.function.ToIntFunction<PowerLawTheory> kind) {
        int[] kinds = new int[beta1.length * beta2.length];
        for (int j = 0; j < beta2.length; j++) {
            for (int i = 0; i < beta1.length; i++) {
                kinds[j * beta1.length + i] = kind.applyAsInt(new PowerLawTheory(degree, beta1[i], beta2[j]));
            }
        }
        return panel(title, List.of(new Mark.CategoryMap(edges(beta1), edges(beta2), kinds, names)));
    }

    /// A border β₁(β₂) of theory inside the plane.
    Mark border(String name, ToDoubleFunction<PowerLawTheory> border) {
        double[] x = edges(beta1);
        double[] y = edges(beta2);
        double[] up = spread(Math.max(1e-9, y[0]), Math.min(1 - 1e-9, y[y.length - 1]), CURVE_POINTS);
        double[] right = Arrays.stream(up)
                .map(b -> border.applyAsDouble(new PowerLawTheory(degree, 0, b)))
                .map(b -> b < Math.max(0, x[0]) || b > x[x.length - 1] ? Double.NaN : b)
                .toArray();
        return Mark.line(name, right, up);
    }

    /// Half-way between nodes, and as far beyond the ends.
    static double[] edges(double[] nodes) {
        double half = 0.5 * (nodes[nodes.length - 1] - nodes[0]) / (nodes.length - 1);
        double[] edges = new double[nodes.length + 1];
        for (int i = 0; i < nodes.length; i++) {
            edges[i] = nodes[i] - half;
        }
        edges[nodes.length] = nodes[nodes.length - 1] + half;
        return edges;
    }
}
