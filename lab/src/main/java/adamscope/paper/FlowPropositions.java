package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.flow.EarlySignBound;
import adamscope.flow.Flow;
import adamscope.flow.FlowDistance;
import adamscope.flow.FlowRun;
import adamscope.flow.FlowTrajectory;
import adamscope.flow.IterationBound;
import adamscope.flow.SignFlowBound;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 2, Propositions 1 to 4 and Eq. 11: iterations against their flows.
record FlowPropositions() implements ComputedFigure {
    private static final double[] LRS = {4e-3, 2e-3, 1e-3, 5e-4, 2.5e-4};
    private static final double EPS = 1e-2;
    /// Σ √(1+zᵢ²) with z = Ax, symmetric A: gradient at most ‖A‖√3, Lipschitz with ‖A‖².
    private static final FormulaObjective SMOOTH = FormulaObjective.read(
            "sqrt(1+(x1+0.3*x2+0.1*x3)^2)" + " + sqrt(1+(0.3*x1+2*x2+0.2*x3)^2) + sqrt(1+(0.1*x1+0.2*x2+0.5*x3)^2)");

    /// Not below ‖A‖ = 2.11298.
    private static final double NORM = 2.114;
    private static final List<String> RESTS =
            List.of("RMSProp at 0.0199", "RMSProp at 0.0201", "Adam at 0.379", "Adam at 0.381");
    private static final List<String> CURVES = List.of("fixed RMSProp", "fixed Adam", "rates RMSProp", "rates Adam");

    @Override
    public Caption caption() {
        return new Caption(
                "P2-propositions",
                "Qualitative study, Propositions 1 to 4, Eqs. 11 and 24",
                "With fixed decays RMSProp and Adam tend to the sign flow as η → 0, with decays that go to 1 to flows"
                        + " of their own; bounds near time 0 and of the time of arrival; instability of stationary"
                        + " points.",
                "f = Σ √(1+zᵢ²), z = Ax in three dimensions, from (1.5, −2, 1), ε = 0.01, T = 1, η = 0.004 to 0.00025;"
                        + " fixed decays 0.9; rates a = 5, b = 10. Quadratics for the rest.",
                Caption.SAME);
    }

    private static FlowDistance.Course course() {
        return new FlowDistance.Course(SMOOTH, List.of(1.5, -2.0, 1.0), ClosedMap.Start.ZERO, 1);
    }

    @Override
    public List<Table> measure(Effort effort) {
        Flow sign = new Flow.SmoothedSign(EPS);
        List<FlowDistance> distances = new ArrayList<>(List.of(rmsprop(sign), adam(sign)));
        effort.finished().accept(0.4);
        distances.add(FlowDistance.alongRates(new Flow.Rmsprop(5, EPS), course(), LRS));
        effort.finished().accept(0.2);
        distances.add(FlowDistance.alongRates(new Flow.Adam(5, 10, EPS, true), course(), LRS));
        effort.finished().accept(0.2);
        return List.of(table(distances), numbers(new Flow.Sign(), List.of(1.5, 2.0, 1.0), 0.9));
    }

    private static FlowDistance rmsprop(Flow flow) {
        return FlowDistance.atFixedDecays(
                Catalogue.shipped("rmsprop"), Map.of("beta2", 0.9, "eps", EPS), flow, course(), LRS);
    }

    private static FlowDistance adam(Flow flow) {
        return FlowDistance.atFixedDecays(
                Catalogue.shipped("adam"), Map.of("beta1", 0.9, "beta2", 0.9, "eps", EPS), flow, course(), LRS);
    }

    private static Table table(List<FlowDistance> distances) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Numbers("lr", "", LRS.clone()));
        for (int i = 0; i < CURVES.size(); i++) {
            double[] values = distances.get(i).rows().stream()
                    .mapToDouble(FlowDistance.Row::distance)
                    .toArray();
            columns.add(new Column.Numbers(CURVES.get(i), "", values));
        }
        return new Table("distances", columns);
    }

    /// @param arriving the flow whose arrival is measured
    /// @param early    where the Adam flow starts
    /// @param beta1    of Adam next to a stationary point
    private static Table numbers(Flow arriving, List<Double> early, double beta1) {
        SingleNumbers measured = new SingleNumbers();
        measured.put("bound ratio", early(early));
        FlowDistance mild = FlowDistance.atFixedDecays(
                Catalogue.shipped("rmsprop"),
                Map.of("beta2", 0.9, "eps", 1.0),
                new Flow.SmoothedSign(1),
                course(),
                1e-2,
                1e-3);
        IterationBound bound = new IterationBound(NORM * Math.sqrt(3), NORM * NORM, 1, 0.9, 1);
        for (FlowDistance.Row row : mild.rows()) {
            measured.put("distance at eps=1, lr=" + row.lr(), row.distance())
                    .put("ln bound at eps=1, lr=" + row.lr(), bound.log(row.lr()))
                    .put("printed at eps=1, lr=" + row.lr(), bound.log(row.lr()) - bound.printedExponent());
        }
        arrival(measured, arriving, "round", "x^2/2 + y^2/2", List.of(1.0, 1.0), 2, 1);
        arrival(measured, arriving, "long", "x^2/2 + 0.005*y^2", List.of(1.0, 1.0), 0.02, 0.505);
        for (double e : new double[] {0.01, 1, 100}) {
            arrival(measured, arriving, "e=" + e, e + "*x^2", List.of(1.3), 4 * e, e * 1.69);
        }
        measured.put("RMSProp at 0.0199", rest("rmsprop", 0.0199, beta1))
                .put("RMSProp at 0.0201", rest("rmsprop", 0.0201, beta1));
        measured.put("Adam at 0.379", rest("adam-uncorrected", 0.379, beta1));
        measured.put("Adam at 0.381", rest("adam-uncorrected", 0.381, beta1));
        return measured.table();
    }

    /// Largest ‖x' + sign g‖ over its bound, for three pairs of rates, eps = 0.
    private static double early(List<Double> x0) {
        // the gradient at (1.5, 2, 1) is (1.276, 2.373, 0.6486)
        EarlySignBound bound = new EarlySignBound(NORM * Math.sqrt(3), NORM * NORM, 0.648, 3);
        double last = 0.999 * bound.validUntil();
        double[] times = Plane.spread(last / 20, last, 20);
        double worst = 0;
        for (double[] rates : new double[][] {{5, 10}, {1, 100}, {100, 1}}) {
            double[] measured = EarlySignBound.measured(rates[0], rates[1], SMOOTH, x0, times);
            for (int i = 0; i < times.length; i++) {
                worst = Math.max(worst, measured[i] / bound.at(times[i]));
            }
        }
        return worst;
    }

    private static void arrival(
            SingleNumbers measured, Flow flow, String name, String objective, List<Double> x0, double mu, double gap) {
        SignFlowBound bound = new SignFlowBound(mu, gap);
        FlowTrajectory run = new FlowRun(flow, FormulaObjective.read(objective), x0, ClosedMap.Start.ZERO)
                .run(FlowRun.evenly(2, 81));
        double[] times = run.table().numbers("time");
        double[] gaps = run.table().numbers("log10Loss");
        double excess = 0;
        for (int row = 0; row < times.length; row++) {
            excess = Math.max(excess, Math.pow(10, gaps[row]) - bound.gapAt(times[row]));
        }
        measured.put("arrival " + name, run.outcome().time())
                .put("latest " + name, bound.latestEnd())
                .put("excess " + name, excess);
    }

    /// log₁₀|x| after 20,000 steps on x²/2 from 1e-9 with ε = 0.01.
    private static double rest(String rule, double lr, double beta1) {
        Map<String, Double> values = rule.equals("rmsprop")
                ? Map.of("lr", lr, "beta2", 0.9, "eps", EPS)
                : Map.of("lr", lr, "beta1", beta1, "beta2", 0.9, "eps", EPS);
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                FormulaObjective.power(2),
                                values,
                                List.of(1e-9),
                                ClosedMap.Start.ZERO,
                                Arithmetic.SCALED),
                        20_000,
                        100)
                .run()
                .log10AbsX()[0];
    }

    @Override
    public Figure draw(Tables tables) {
        double[] lrs = tables.numbers("distances", "lr");
        List<Panel> panels = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            List<Mark> marks = new ArrayList<>();
            for (String curve : CURVES.subList(2 * half, 2 * half + 2)) {
                marks.add(Mark.line(curve.substring(curve.indexOf(' ') + 1), lrs, tables.numbers("distances", curve)));
            }
            marks.add(Mark.line(
                    "∝ η", lrs, java.util.Arrays.stream(lrs).map(l -> 5 * l).toArray()));
            panels.add(new Panel(
                    half == 0 ? "Proposition 1: fixed decays" : "Proposition 2: a = 5, b = 10",
                    PanelAxis.log10("η"),
                    PanelAxis.log10("largest distance to the flow"),
                    marks));
        }
        return new Figure(
                "P2-propositions", "", "Distance between iteration and flow over the learning rate", 2, panels);
    }

    private static double order(Tables tables, String curve) {
        double[] d = tables.numbers("distances", curve);
        int n = d.length;
        return Math.log(d[n - 2] / d[n - 1]) / Math.log(2);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double growth = Math.log1p(2 * 1e-4 / 0.1) / 1e-4;
        double excess = 0;
        for (String name : List.of("round", "long", "e=0.01", "e=1.0", "e=100.0")) {
            excess = Math.max(excess, tables.value("excess " + name));
        }
        return List.of(
                sign(tables),
                Register.of("P2-02")
                        .ran("its logarithm at L = T = 1, ε = 0.1, η = 1e-4")
                        .got("ln (1+2ηL/ε)^(T/η)", growth)
                        .claim(
                                "at most 10",
                                text("%.3f", growth),
                                "The exponent has to be 2LT/ε = 20; the limit itself is not affected."),
                Register.of("P2-03")
                        .ran("a = 5, b = 10, from m = v = 0; order between the two smallest η")
                        .got("order of Adam", order(tables, "rates Adam"))
                        .got("order of RMSProp", order(tables, "rates RMSProp"))
                        .claim(
                                "errors to 0; order 1 for Adam, 0.5 to 0.75 for RMSProp",
                                text(
                                        "Adam %.3f, RMSProp %.3f",
                                        order(tables, "rates Adam"), order(tables, "rates RMSProp")),
                                "RMSProp is slower from v₀ = 0, since x' ~ (at)^(−1/2) there. The paper lets the flow"
                                        + " start from any v₀; iteration and flow have to agree in it."),
                Register.of("P2-04")
                        .ran("(a, b) = (5, 10), (1, 100), (100, 1), 20 times up to c³/(32M²L√d)")
                        .got("distance from −sign g over its bound, largest", tables.value("bound ratio"))
                        .claim("at most 1; it is extremely loose", text("%.3g", tables.value("bound ratio"))),
                Register.of("P2-05")
                        .ran("five quadratics")
                        .got("largest excess of the loss over the parabola", excess)
                        .got(
                                "time of arrival over its bound, largest",
                                Math.max(
                                        tables.value("arrival round") / tables.value("latest round"),
                                        tables.value("arrival long") / tables.value("latest long")))
                        .claim(
                                "never above the bounds",
                                text(
                                        "round: %.4f of %.4f; long: %.4f of %.4f; largest excess of the loss %.1e",
                                        tables.value("arrival round"),
                                        tables.value("latest round"),
                                        tables.value("arrival long"),
                                        tables.value("latest long"),
                                        excess)),
                Register.of("P2-06")
                        .ran("x₀ = 1.3, e = 0.01, 1, 100")
                        .got("predicted time at e = 0.01, off 13", Math.abs(tables.value("latest e=0.01") - 13))
                        .got("predicted time at e = 100, off 0.13", Math.abs(tables.value("latest e=100.0") - 0.13))
                        .claim(
                                "13, 1.3, 0.13",
                                text(
                                        "bound %.4f, %.4f, %.4f; true time %.4f",
                                        tables.value("latest e=0.01"),
                                        tables.value("latest e=1.0"),
                                        tables.value("latest e=100.0"),
                                        tables.value("arrival e=1.0")),
                                "The prediction is x₀ for every e, and exact; it is loose in two dimensions and more."),
                rest(tables));
    }

    private static Claim sign(Tables tables) {
        double above = Double.NEGATIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (String at : List.of("at eps=1, lr=0.01", "at eps=1, lr=0.001")) {
            double distance = Math.log(tables.value("distance " + at));
            above = Math.max(above, distance - tables.value("ln bound " + at));
            words.add(text(
                    "%.1f below %.1f (printed exponent: %.1f)",
                    distance, tables.value("ln bound " + at), tables.value("printed " + at)));
        }
        return Register.of("P2-01")
                .ran("order of the largest distance between the two smallest η; ln of the distance of RMSProp"
                        + " against ln of its bound at ε = 1, β₂ = 0.9, T = 1, η = 0.01 and 0.001, M = 3.66, L ="
                        + " 4.47, best K")
                .got("order of RMSProp", order(tables, "fixed RMSProp"))
                .got("order of Adam", order(tables, "fixed Adam"))
                .got("ln distance less ln bound, largest", above)
                .claim(
                        "orders towards 1; below the bound",
                        text(
                                "RMSProp %.3f, Adam %.3f; %s",
                                order(tables, "fixed RMSProp"), order(tables, "fixed Adam"), String.join("; ", words)),
                        "The bound is far above what is measured: it proves the limit and predicts no distance.");
    }

    private static Claim rest(Tables tables) {
        Measurement measured = Register.of("P2-07").ran("λ = 1, ε = 0.01, from 1e-9; log₁₀|x| after 20,000 steps");
        for (String run : RESTS) {
            measured = measured.got(run, tables.value(run));
        }
        return measured.claim(
                "0.02 and 0.38: decay below, none above",
                RESTS.stream()
                        .map(run -> text("%s: %.1f", run, tables.value(run)))
                        .toList()
                        .toString());
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "fixed decays against the sign flow of twice the ε and against the flows of rates; a start next to a"
                        + " stationary point; the gradient flow in place of the sign flow; Adam with β₁ = 0",
                Set.of("P2-01", "P2-03", "P2-04", "P2-05", "P2-07"),
                _ -> {
                    Flow other = new Flow.SmoothedSign(2 * EPS);
                    Flow rates = new Flow.Adam(5, 10, EPS, true);
                    return List.of(
                            table(List.of(rmsprop(other), adam(other), rmsprop(new Flow.Rmsprop(5, EPS)), adam(rates))),
                            numbers(new Flow.Gradient(), List.of(1e-6, 1e-6, 1e-6), 0));
                }));
    }
}
