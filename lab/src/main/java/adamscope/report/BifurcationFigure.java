package adamscope.report;

import adamscope.experiment.Bifurcation;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Style;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A bifurcation diagram as a figure: the limit set with the fixed point, and below it the Lyapunov exponent.
final class BifurcationFigure {
    private static final String LABEL = "Lyapunov exponent, nats per step";
    private static final int MOST_POINTS = 20_000;
    private static final int FEWEST_OF_AN_ORBIT = 16;

    private BifurcationFigure() {}

    static Figure of(String id, Bifurcation diagram, Table orbits, Table exponents) {
        String rule = diagram.optimizer().rule().name();
        return new Figure(
                id,
                rule + " on " + diagram.objective() + ", limit set over "
                        + diagram.x().name(),
                "Points that orbits of " + rule + " on " + diagram.objective() + " visit after "
                        + diagram.length().discarded() + " steps for each "
                        + diagram.x().name()
                        + ", and their largest Lyapunov exponent",
                1,
                List.of(limitSet(diagram, orbits, exponents), exponent(diagram, exponents)));
    }

    private static PanelAxis across(Bifurcation diagram) {
        return PlaneAxes.of(diagram.optimizer().rule(), diagram.x());
    }

    private static Panel limitSet(Bifurcation diagram, Table orbits, Table exponents) {
        String name = diagram.x().name();
        List<Mark> marks = new ArrayList<>();
        int[] rows = shown(orbits.numbers(name), diagram.x().points());
        marks.add(new Mark.Points(
                "limit set",
                at(rows, orbits.numbers(name)),
                at(rows, orbits.numbers(diagram.show())),
                java.util.Optional.of(Style.of(Style.Ink.BLUE, Style.Dash.SOLID))));
        marks.add(fixedPoint("fixed point, stable", exponents, name, true, Style.Dash.SOLID));
        marks.add(fixedPoint("fixed point, unstable", exponents, name, false, Style.Dash.DASHED));
        marks.addAll(changes(diagram));
        String label = diagram.show().equals("relativeStep") ? "relative step 1 − x(t+1)/x(t)" : diagram.show();
        return new Panel("", across(diagram), PanelAxis.linear(label), marks);
    }

    /// The rows of the first points of each orbit, few enough to leave the density of a chaotic set visible. Points
    /// that follow each other are on all branches of a short cycle.
    static int[] shown(double[] along, int columns) {
        int most = Math.max(FEWEST_OF_AN_ORBIT, MOST_POINTS / columns);
        return IntStream.range(0, along.length)
                .filter(row -> row < most || along[row - most] != along[row])
                .toArray();
    }

    private static double[] at(int[] rows, double[] values) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }

    private static Mark fixedPoint(String title, Table exponents, String name, boolean stable, Style.Dash dash) {
        double[] radius = exponents.numbers("spectralRadius");
        double[] all = exponents.numbers("fixedPoint");
        double[] shown = IntStream.range(0, all.length)
                .mapToDouble(i -> radius[i] < 1 == stable ? all[i] : Double.NaN)
                .toArray();
        return Mark.line(title, exponents.numbers(name), shown, Style.of(Style.Ink.VERMILION, dash));
    }

    private static List<Mark> changes(Bifurcation diagram) {
        return diagram.orbits().stabilityChanges().stream()
                .<Mark>map(at -> new Mark.VerticalReference(
                        "stability changes at " + diagram.x().name() + " = " + ShortNumber.of(at, 5), at))
                .toList();
    }

    private static Panel exponent(Bifurcation diagram, Table exponents) {
        double[] values = exponents.numbers("lyapunovExponent");
        double[] seen = java.util.Arrays.stream(values).filter(Double::isFinite).toArray();
        // superstable orbits have exponents towards −∞: below −3 only the direction matters
        double lowest = Math.max(-3, java.util.Arrays.stream(seen).min().orElse(-1));
        double highest = java.util.Arrays.stream(seen).max().orElse(1);
        double margin = 0.1 * (Math.max(0, highest) - Math.min(0, lowest));
        PanelAxis up = margin == 0
                ? PanelAxis.linear(LABEL)
                : PanelAxis.linear(LABEL).from(Math.min(0, lowest) - margin, Math.max(0, highest) + margin);
        return new Panel(
                "",
                across(diagram),
                up,
                List.of(
                        Mark.line(
                                "largest exponent",
                                exponents.numbers(diagram.x().name()),
                                values),
                        new Mark.HorizontalReference("chaos above 0", 0)));
    }
}
