package adamscope.paper;

import adamscope.figure.Mark;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// All eigenvalues of a Hessian as nodes with weights that sum to 1.
record HessianSpectrum(double[] nodes, double[] weights) {
    private static final int DRAWN = 400;
    private static final double WIDTH = 0.03;

    /// From a row of [adamscope.probe.SpectrumProbe].
    static Table table(String name, Table probes, int row) {
        int nodes = (int) probes.columns().stream()
                .filter(column -> column.name().startsWith("node "))
                .count();
        double[] node = new double[nodes];
        double[] weight = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            node[i] = probes.numbers("node " + (i + 1))[row];
            weight[i] = probes.numbers("weight " + (i + 1))[row];
        }
        int[] present =
                IntStream.range(0, nodes).filter(i -> !Double.isNaN(node[i])).toArray();
        return new Table(
                name,
                List.of(
                        new Column.Numbers(
                                "node",
                                "loss per parameter²",
                                Arrays.stream(present).mapToDouble(i -> node[i]).toArray()),
                        new Column.Numbers(
                                "weight",
                                "",
                                Arrays.stream(present)
                                        .mapToDouble(i -> weight[i])
                                        .toArray())));
    }

    static HessianSpectrum of(Tables tables, String name) {
        return new HessianSpectrum(tables.numbers(name, "node"), tables.numbers(name, "weight"));
    }

    /// The largest magnitude.
    double radius() {
        return Arrays.stream(nodes).map(Math::abs).max().orElseThrow();
    }

    /// Part of the eigenvalues of magnitude at most `limit`.
    double within(double limit) {
        return IntStream.range(0, nodes.length)
                .filter(i -> Math.abs(nodes[i]) <= limit)
                .mapToDouble(i -> weights[i])
                .sum();
    }

    /// The density from −limit to limit, each node a normal distribution with a deviation of three hundredths of that.
    Mark density(String name, double limit) {
        double width = WIDTH * limit;
        double[] x = new double[DRAWN + 1];
        Arrays.setAll(x, i -> limit * (2.0 * i / DRAWN - 1));
        double[] y = Arrays.stream(x)
                .map(value -> IntStream.range(0, nodes.length)
                                .mapToDouble(i -> {
                                    double z = (value - nodes[i]) / width;
                                    return weights[i] * Math.exp(-z * z / 2);
                                })
                                .sum()
                        / (width * Math.sqrt(2 * Math.PI)))
                .map(density -> density > 1e-6 ? density : Double.NaN)
                .toArray();
        return Mark.line(name, x, y);
    }
}
