package adamscope.report;

import adamscope.experiment.Flows;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Style;
import adamscope.flow.FlowComparison;
import adamscope.flow.FlowKind;
import adamscope.formula.PlainText;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An iteration and flows on one axis of time: loss, each variable, distance.
final class FlowFigure {
    private static final double ROUNDING = 1e-13;

    private FlowFigure() {}

    /// What was run, up to the hyper-parameters.
    static String described(Flows flows) {
        return String.format(
                Locale.ROOT,
                "%s on %s from x = %s up to time lr·step = %s, beside the flows %s; ",
                flows.optimizer().rule().name(),
                flows.objective(),
                KindPage.start(flows.x0()),
                new PlainText().number(flows.time()),
                flows.flows().stream().map(FlowKind::word).collect(Collectors.joining(", ")));
    }

    /// The figure with its caption.
    static List<Section> sections(String name, Flows flows, Function<String, Table> tables) {
        return List.of(new Section.FigureSection(
                "Iteration and flows",
                of(RunReport.id(name, "flow"), flows, tables.apply(RunReport.tableName(name, "flow"))),
                caption(flows)));
    }

    /// What the curves are that are drawn, and no others.
    private static String caption(Flows flows) {
        return flows.flows().stream()
                        .map(flow -> switch (flow) {
                            case LIMIT ->
                                "Limit: the rule's own differential equation as the learning rate tends to 0, with"
                                        + " every decay of an average written as β = 1 − rate·η. ";
                            case SIGN -> "Sign: x' = −sign(g), which slides where a gradient vanishes. ";
                            case GRADIENT -> "Gradient: x' = −g. ";
                            case SMOOTHED_SIGN -> "Smoothed-sign: x' = −g/(|g| + ε) with the rule's ε. ";
                            case RMSPROP -> "Rmsprop: the flow of RMSProp with the rule's β₂ and ε. ";
                            case CENTRAL ->
                                "Central: the average of a run that oscillates in one direction at the edge of"
                                        + " stability; its distance is that from the average of three steps and tells"
                                        + " how far it can be trusted. ";
                        })
                        .collect(Collectors.joining())
                + "A curve ends where its flow could not be continued.";
    }

    private static Figure of(String id, Flows flows, Table table) {
        List<String> curves = new ArrayList<>(List.of(FlowComparison.ITERATION));
        flows.flows().forEach(flow -> curves.add(flow.word()));
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel(
                flows.optimizer().rule().name() + " on " + flows.objective(),
                time(),
                PanelAxis.log10Values(SimulationFigure.lossLabel(flows.formula(), flows.x0())),
                lines("log10Loss", curves, table)));
        for (String variable : flows.formula().variables()) {
            panels.add(new Panel("", time(), PanelAxis.linear(variable), lines(variable, curves, table)));
        }
        panels.add(new Panel("", time(), PanelAxis.log10("distance from the iteration"), distances(flows, table)));
        return new Figure(
                id,
                "",
                "Iteration and flows against time: loss, variables, distance",
                Math.min(2, panels.size()),
                panels);
    }

    private static PanelAxis time() {
        return PanelAxis.linear("time ηt");
    }

    private static List<Mark> lines(String quantity, List<String> curves, Table table) {
        return curves.stream()
                .<Mark>map(curve ->
                        Mark.line(curve, table.numbers("time"), table.numbers(FlowComparison.column(quantity, curve))))
                .toList();
    }

    /// In the styles of the other panels; distances that are nothing but rounding stay out.
    private static List<Mark> distances(Flows flows, Table table) {
        List<Mark> marks = new ArrayList<>();
        for (FlowKind flow : flows.flows()) {
            double[] distances = Arrays.stream(table.numbers(FlowComparison.column("distance", flow.word())))
                    .map(distance -> distance > ROUNDING ? distance : Double.NaN)
                    .toArray();
            marks.add(Mark.line(flow.word(), table.numbers("time"), distances, Style.ofSeries(marks.size() + 1)));
        }
        return marks;
    }
}
