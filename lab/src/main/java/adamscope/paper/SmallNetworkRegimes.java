package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.ColourScale;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.report.Claim;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Paper 2, Figs. 2, 3, 4, 7 and 8, on a network small enough to be a formula.
record SmallNetworkRegimes() implements ComputedFigure {
    private static final double LR = 1e-3;
    private static final int SEED = 4;
    private static final SeedAxis SEEDS = new SeedAxis(SeedAxis.USUAL);
    private static final double EARLY = 0.3;
    private static final double[] RATES = {1e-2, 3e-3, 1e-3, 3e-4};
    private static final double SIGN_LR = 1e-4;
    private static final double[][] REGIMES = {{10, 100}, {10, 10}, {100, 1}, {1, 100}, {1, 1}, {100, 100}};
    private static final String OF_PAPER =
            "The paper trains networks of 10⁵ parameters on images; this one has 25 and shows the mechanism only.";

    @Override
    public Caption caption() {
        return new Caption(
                "P2-surrogate",
                "Qualitative study, Figs. 2, 3, 4, 7 and 8, on a small stand-in",
                "Early curves follow sign descent; larger rates a, b of forgetting converge faster; spikes for b ≫ a,"
                        + " small oscillation for a ≈ b, large loss for a ≫ b; the loss over the plane of a and b.",
                "2-6-1 network with units z/√(1+z²), 16 samples of the sign of a product, mean squared error, 25"
                    + " parameters, five seeds of samples and start, drawn is the first; η = 10⁻³, α = 1 − aη, β = 1 −"
                    + " bη, 8,000 steps; early curves up to ηt = 0.3, Adam (0.9, 0.999), RMSProp 0.99; plane of 5 × 5"
                    + " rates, 3,000 steps. " + OF_PAPER,
                "Plane of 13 × 13 rates, 6,000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.theory(120);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS.count() && !effort.stopped().getAsBoolean(); seed++) {
            tables.addAll(SeedAxis.named(seed, runs(new SmallNetwork(SEED + seed - 1), effort)));
            effort.finished().accept(1.0 / SEEDS.count());
        }
        return tables;
    }

    private static List<Table> runs(SmallNetwork network, Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (double[] rates : REGIMES) {
            tables.add(network.adam(name(rates), rates[0], rates[1], LR, 8000));
        }
        tables.add(network.run("sign", "signgd", Map.of("lr", SIGN_LR), steps(SIGN_LR)));
        for (double lr : RATES) {
            Map<String, Double> adam = Map.of("lr", lr, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8);
            tables.add(network.run("adam-" + lr, "adam", adam, steps(lr)));
            Map<String, Double> rmsprop = Map.of("lr", lr, "beta2", 0.99, "eps", 1e-8);
            tables.add(network.run("rmsprop-" + lr, "rmsprop", rmsprop, steps(lr)));
        }
        tables.add(network.run("rmsprop", "rmsprop", Map.of("lr", LR, "beta2", 0.99, "eps", 1e-8), 8000));
        tables.add(plane(network, effort.size(5, 13), effort.size(3000, 6000)));
        return tables;
    }

    private static int steps(double lr) {
        return (int) Math.round(EARLY / lr);
    }

    private static String name(double... rates) {
        return "a=" + rates[0] + ",b=" + rates[1];
    }

    /// log₁₀ of the mean loss over the last quarter, over a and b from 0.1 to 100.
    private static Table plane(SmallNetwork network, int points, int steps) {
        double[] nodes = nodes(points);
        double[] a = new double[points * points];
        double[] b = new double[points * points];
        double[] loss = new double[points * points];
        IntStream.range(0, points * points).parallel().forEach(cell -> {
            a[cell] = nodes[cell % points];
            b[cell] = nodes[cell / points];
            double[] run = network.adam("", a[cell], b[cell], LR, steps).numbers("log10Loss");
            loss[cell] = Math.log10(Arrays.stream(run, 3 * run.length / 4, run.length)
                    .map(l -> Math.pow(10, l))
                    .average()
                    .orElse(Double.NaN));
        });
        return new Table(
                "plane",
                List.of(
                        new Column.Numbers("a", "", a),
                        new Column.Numbers("b", "", b),
                        new Column.Numbers("log10MeanLoss", "", loss)));
    }

    private static double[] nodes(int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> Math.pow(10, -1 + 3.0 * i / (points - 1)))
                .toArray();
    }

    private static Curve loss(Tables tables, String name) {
        return Curve.of(tables, name, "log10Loss");
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        String[] titles = {"b ≫ a", "a = b", "a ≫ b"};
        for (int i = 0; i < 3; i++) {
            panels.add(Panel.of(
                    text("%s: a = %.0f, b = %.0f", titles[i], REGIMES[i][0], REGIMES[i][1]),
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("loss").from(-12, 0.5),
                    loss(tables, name(REGIMES[i])).line("loss")));
        }
        List<Mark> early = new ArrayList<>();
        for (double lr : RATES) {
            early.add(inTime(loss(tables, "rmsprop-" + lr), lr).line("RMSProp, η = " + Numeral.of(lr)));
        }
        early.add(inTime(loss(tables, "sign"), SIGN_LR).line("sign descent, η = " + SIGN_LR));
        panels.add(new Panel("early", PanelAxis.linear("time ηt"), PanelAxis.log10Values("loss"), early));
        List<Mark> faster = new ArrayList<>();
        for (double rate : new double[] {1, 10, 100}) {
            faster.add(loss(tables, name(rate, rate)).line(text("a = b = %.0f", rate)));
        }
        panels.add(new Panel(
                "larger a = b", PanelAxis.linear("step t").from(0, 6000), PanelAxis.log10Values("loss"), faster));
        panels.add(heat(tables));
        return new Figure("P2-surrogate", "", "Losses of a small network over time and over the rates a, b", 3, panels);
    }

    private static Curve inTime(Curve curve, double lr) {
        return new Curve(Arrays.stream(curve.x()).map(t -> lr * t).toArray(), curve.y());
    }

    private static Panel heat(Tables tables) {
        double[] loss = tables.numbers("plane", "log10MeanLoss");
        int points = (int) Math.round(Math.sqrt(loss.length));
        double[] nodes = nodes(points);
        double step = Math.pow(nodes[1] / nodes[0], 0.5);
        double[] edges = new double[points + 1];
        Arrays.setAll(edges, i -> i < points ? nodes[i] / step : nodes[points - 1] * step);
        ColourScale colours = ColourScale.of("log₁₀ mean loss", Scale.LINEAR);
        return Panel.of(
                "last quarter",
                PanelAxis.log10("a").from(edges[0], edges[points]),
                PanelAxis.log10("b").from(edges[0], edges[points]),
                new Mark.HeatMap(edges, edges, loss, colours),
                Mark.line("a = b", new double[] {edges[0], edges[points]}, new double[] {edges[0], edges[points]}));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return SEEDS.judged(SmallNetworkRegimes::ofSeed, tables);
    }

    private static List<Claim> ofSeed(Tables tables) {
        return List.of(
                early(tables),
                faster(tables),
                rmsprop(tables),
                spikes(tables),
                oscillation(tables),
                large(tables),
                plane(tables));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent in place of every rule: no rates of forgetting",
                Set.of("P2-10-small", "P2-11-small", "P2-17-small", "P2-18-small", "P2-19-small"),
                _ -> IntStream.rangeClosed(1, SEEDS.count())
                        .mapToObj(seed -> SeedAxis.named(seed, byGradientDescent(new SmallNetwork(SEED + seed - 1))))
                        .flatMap(List::stream)
                        .toList()));
    }

    private static List<Table> byGradientDescent(SmallNetwork network) {
        List<Table> tables = new ArrayList<>();
        Table gradientDescent = network.run("rmsprop", "gd", Map.of("lr", 0.05), 8000);
        tables.add(gradientDescent);
        for (double[] rates : REGIMES) {
            tables.add(new Table(name(rates), gradientDescent.columns()));
        }
        tables.add(network.run("sign", "signgd", Map.of("lr", SIGN_LR), steps(SIGN_LR)));
        for (double lr : RATES) {
            tables.add(network.run("adam-" + lr, "gd", Map.of("lr", lr), steps(lr)));
            tables.add(network.run("rmsprop-" + lr, "gd", Map.of("lr", lr), steps(lr)));
        }
        double[] nodes = nodes(5);
        double last = gradientDescent.numbers("log10Loss")[8000];
        double[][] plane = new double[3][25];
        Arrays.setAll(plane[0], cell -> nodes[cell % 5]);
        Arrays.setAll(plane[1], cell -> nodes[cell / 5]);
        Arrays.fill(plane[2], last);
        tables.add(new Table(
                "plane",
                List.of(
                        new Column.Numbers("a", "", plane[0]),
                        new Column.Numbers("b", "", plane[1]),
                        new Column.Numbers("log10MeanLoss", "", plane[2]))));
        return tables;
    }

    private static Claim early(Tables tables) {
        double[] rmsprop = new double[RATES.length];
        double[] adam = new double[RATES.length];
        for (int i = 0; i < RATES.length; i++) {
            rmsprop[i] = fromSign(tables, "rmsprop-" + RATES[i], RATES[i]);
            adam[i] = fromSign(tables, "adam-" + RATES[i], RATES[i]);
        }
        double ratio = IntStream.range(1, RATES.length)
                .mapToDouble(i -> rmsprop[i] / rmsprop[i - 1])
                .max()
                .orElseThrow();
        return Register.of("P2-10-small")
                .ran("largest distance of log₁₀ loss from sign descent (η = 10⁻⁴) up to ηt = 0.3; η = "
                        + Arrays.toString(RATES))
                .got("RMSProp, largest of a distance over that at the larger η", ratio)
                .got("Adam, largest distance", Arrays.stream(adam).max().orElseThrow())
                .claim(
                        "RMSProp: falling with η; Adam: near throughout",
                        "RMSProp " + shown(rmsprop) + "; Adam " + shown(adam),
                        OF_PAPER);
    }

    private static double fromSign(Tables tables, String name, double lr) {
        Curve run = loss(tables, name);
        Curve sign = loss(tables, "sign");
        double worst = 0;
        for (int t = 0; t < run.y().length; t++) {
            worst = Math.max(worst, Math.abs(run.y()[t] - sign.at(t * lr / SIGN_LR)));
        }
        return worst;
    }

    private static List<String> shown(double[] values) {
        return Arrays.stream(values).mapToObj(v -> text("%.3f", v)).toList();
    }

    private static Claim faster(Tables tables) {
        double[] rates = {1, 10, 100};
        double[] reached = Arrays.stream(rates)
                .map(rate -> firstBelow(loss(tables, name(rate, rate)), -3))
                .toArray();
        return Register.of("P2-11-small")
                .ran("a = b = 1, 10, 100; first step with loss below 10⁻³")
                .got("steps at 10 over those at 1", reached[1] / reached[0])
                .got("steps at 100 over those at 10", reached[2] / reached[1])
                .claim(
                        "fewer steps for larger rates",
                        text("%.0f, %.0f, %.0f steps", reached[0], reached[1], reached[2]),
                        OF_PAPER);
    }

    private static double firstBelow(Curve curve, double level) {
        int i = 0;
        while (i < curve.y().length && !(curve.y()[i] < level)) {
            i++;
        }
        return i < curve.x().length ? curve.x()[i] : Double.POSITIVE_INFINITY;
    }

    /// The largest rise of the maximum over 20 steps above its lowest value so far, in decades, after a third.
    private static double largestRise(Curve curve) {
        double low = Double.POSITIVE_INFINITY;
        double rise = 0;
        for (int from = curve.y().length / 3; from + 20 <= curve.y().length; from += 20) {
            double high = Arrays.stream(curve.y(), from, from + 20).max().orElseThrow();
            low = Math.min(low, high);
            rise = Math.max(rise, high - low);
        }
        return rise;
    }

    /// Share of the steps of the second half at which a falling loss turns up or a rising one down.
    private static double turns(Curve curve) {
        double[] y = curve.y();
        int turns = 0;
        for (int t = y.length / 2; t + 2 < y.length; t++) {
            turns += (y[t + 1] - y[t]) * (y[t + 2] - y[t + 1]) < 0 ? 1 : 0;
        }
        return turns / (y.length / 2.0);
    }

    private static Claim rmsprop(Tables tables) {
        Curve run = loss(tables, "rmsprop");
        double start = -run.at(300) + run.y()[0];
        double later = -run.at(600) + run.at(300);
        double rise = largestRise(run);
        return Register.of("P2-12-small")
                .ran("α = 0.99, 8,000 steps")
                .got("decades gained in 300 steps over those in the next 300", start / later)
                .got("share of the later steps that turn", turns(run))
                .got("largest rise, decades", rise)
                .claim(
                        "all three",
                        text(
                                "decades gained: %.2f in 300 steps, %.2f in the next 300; %.1f %% of steps turn;"
                                        + " largest rise %.2f decades",
                                start, later, 100 * turns(run), rise),
                        "On this network there are oscillations, but no spike of a decade. " + OF_PAPER);
    }

    private static Claim spikes(Tables tables) {
        double rise = largestRise(loss(tables, name(10, 100)));
        double ofPaper = largestRise(loss(tables, name(1, 100)));
        return Register.of("P2-16-small")
                .ran("the paper's (a, b) = (1, 100), and (10, 100), 8,000 steps")
                .got("largest rise at (1, 100), decades", ofPaper)
                .claim(
                        "rises of more than a decade",
                        text("(1, 100): %.2f decades; (10, 100): %.2f", ofPaper, rise),
                        "At the paper's own (1, 100) this network is still converging smoothly after 8,000 steps. "
                                + OF_PAPER);
    }

    private static Claim oscillation(Tables tables) {
        Curve run = loss(tables, name(10, 10));
        return Register.of("P2-17-small")
                .ran("a = b = 10, 8,000 steps")
                .got("largest rise, decades", largestRise(run))
                .got("share of the later steps that turn", turns(run))
                .claim(
                        "small and fast oscillation",
                        text("largest rise %.2f decades; %.0f %% turn", largestRise(run), 100 * turns(run)),
                        OF_PAPER);
    }

    private static Claim large(Tables tables) {
        double large = loss(tables, name(100, 1)).median(6000);
        double equal = loss(tables, name(10, 10)).median(6000);
        return Register.of("P2-18-small")
                .ran("(a, b) = (100, 1), 8,000 steps")
                .got("decades of the late median above a = b = 10", large - equal)
                .claim("the loss stays large", text("median 1e%.1f against 1e%.1f", large, equal), OF_PAPER);
    }

    private static Claim plane(Tables tables) {
        double[] a = tables.numbers("plane", "a");
        double[] b = tables.numbers("plane", "b");
        double[] loss = tables.numbers("plane", "log10MeanLoss");
        double above = mean(loss, i -> a[i] > 5 * b[i]);
        double equal = mean(loss, i -> Math.abs(Math.log(a[i] / b[i])) < 0.1 && a[i] > 3);
        int best = IntStream.range(0, loss.length).reduce(0, (i, j) -> loss[j] < loss[i] ? j : i);
        return Register.of("P2-19-small")
                .ran("mean of the last quarter")
                .got("mean log₁₀ loss on a = b above 3 less that for a > 5b", equal - above)
                .got("decades of a/b of the best cell", Math.abs(Math.log10(a[best] / b[best])))
                .claim(
                        "small around a = b, bad for a ≫ b",
                        text(
                                "%.2f on the diagonal, %.2f for a > 5b; best at a = %.2g, b = %.2g",
                                equal, above, a[best], b[best]),
                        OF_PAPER);
    }

    private static double mean(double[] values, java.util.function.IntPredicate which) {
        return IntStream.range(0, values.length)
                .filter(which)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(Double.NaN);
    }
}
