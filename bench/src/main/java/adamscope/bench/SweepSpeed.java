package adamscope.bench;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.sweep.Axis;
import adamscope.sweep.Ending;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Space;
import adamscope.sweep.SweptRun;
import adamscope.sweep.Tile;
import adamscope.sweep.TileWork;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Prints what a sweep with the columns of a phase diagram costs a point and step beside what the divider of the
/// processor needs for one square root and one division, in alternating rounds of one process, for an idle machine.
///
/// Arguments: rounds (5), points a side (128), steps (10000).
///
/// ```
/// mvn -q package -pl bench -am -DskipTests
/// java --add-modules=jdk.incubator.vector -XX:Tier3DelayOn=100000 -cp CLASSPATH adamscope.bench.SweepSpeed 5
/// ```
public final class SweepSpeed {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int PAIRS = 4_000_000;
    private static final int TILE = 2_048;

    private final int side;
    private final int steps;

    private SweepSpeed(int side, int steps) {
        this.side = side;
        this.steps = steps;
    }

    /// Runs the rounds, the first two of them to warm up, and prints the least of each measure.
    static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int side = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 128;
        int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        Map<String, DoubleSupplier> measures = new SweepSpeed(side, steps).measures();
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds + 2; round++) {
            boolean counts = round >= 2;
            measures.forEach((name, measure) -> {
                double value = measure.getAsDouble();
                if (counts) {
                    measured.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
            });
        }
        double divider = least(measured.get("divider"));
        System.out.printf(Locale.ROOT, "%-40s %8s %8s %14s%n", "", "least", "median", "over divider");
        measured.forEach((name, values) -> System.out.printf(
                Locale.ROOT,
                "%-40s %8.3f %8.3f %14.2f%n",
                name,
                least(values),
                values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow(),
                least(values) / divider));
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /// Nanoseconds a point and step: of processor time on one thread, of the clock with the engine.
    private Map<String, DoubleSupplier> measures() {
        Map<String, DoubleSupplier> measures = new LinkedHashMap<>();
        measures.put("divider", SweepSpeed::divider);
        for (Ending ending : Ending.values()) {
            TileWork work = sweep(Arithmetic.DOUBLE, ending).prepared();
            measures.put("double, " + ending, () -> processor(work));
            measures.put("double, " + ending + ", one by the clock", () -> clock(work, 1));
            measures.put("double, " + ending + ", two by the clock", () -> clock(work, 2));
        }
        TileWork scaled = sweep(Arithmetic.SCALED, Ending.FULL_LENGTH).prepared();
        measures.put("scaled, FULL_LENGTH", () -> processor(scaled));
        return measures;
    }

    private FormulaSweep sweep(Arithmetic arithmetic, Ending ending) {
        SweptRun run = new SweptRun(
                new Iteration(
                        Catalogue.shipped("adam-uncorrected"),
                        FormulaObjective.read("x^4/4"),
                        Map.of("lr", 1e-3, "eps", 0.0),
                        List.of(1.0),
                        ClosedMap.Start.ZERO,
                        arithmetic),
                steps,
                ending);
        Space plane = new Space(
                List.of(
                        new Axis("beta1", 0.0131, 0.9898, side, Axis.Spacing.LINEAR),
                        new Axis("beta2", 0.01, 0.99, side, Axis.Spacing.LINEAR)),
                0);
        return new FormulaSweep(run, plane, Map.of(), FormulaSweep.COLUMNS);
    }

    private double processor(TileWork work) {
        long[] points = LongStream.range(0, (long) side * side).toArray();
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int rows = work.rows(points, () -> false).rows();
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return (end - begin) / ((double) rows * steps);
    }

    private double clock(TileWork work, int threads) {
        long points = (long) side * side;
        long begin = System.nanoTime();
        new LocalEngine(threads).run(work, Tile.all(points, TILE), (_, _) -> {}, () -> false);
        return (System.nanoTime() - begin) / ((double) points * steps);
    }

    /// Nanoseconds for one square root and one division of one lane, eight vectors at work side by side.
    private static double divider() {
        double[] numbers = new double[8 * SPECIES.length()];
        Arrays.setAll(numbers, i -> 1.5 + 0.01 * i);
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        rootAndDivide(numbers, PAIRS / numbers.length * 8);
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (!(numbers[0] > 0)) {
            throw new IllegalStateException("the divider gave " + numbers[0]);
        }
        return (end - begin) / ((double) (PAIRS / numbers.length * 8) * numbers.length);
    }

    /// xᵢ ← 2/√xᵢ.
    private static void rootAndDivide(double[] numbers, int times) {
        int n = SPECIES.length();
        DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
        DoubleVector a = DoubleVector.fromArray(SPECIES, numbers, 0);
        DoubleVector b = DoubleVector.fromArray(SPECIES, numbers, n);
        DoubleVector c = DoubleVector.fromArray(SPECIES, numbers, 2 * n);
        DoubleVector d = DoubleVector.fromArray(SPECIES, numbers, 3 * n);
        DoubleVector e = DoubleVector.fromArray(SPECIES, numbers, 4 * n);
        DoubleVector f = DoubleVector.fromArray(SPECIES, numbers, 5 * n);
        DoubleVector g = DoubleVector.fromArray(SPECIES, numbers, 6 * n);
        DoubleVector h = DoubleVector.fromArray(SPECIES, numbers, 7 * n);
        for (int i = 0; i < times; i++) {
            a = two.div(a.sqrt());
            b = two.div(b.sqrt());
            c = two.div(c.sqrt());
            d = two.div(d.sqrt());
            e = two.div(e.sqrt());
            f = two.div(f.sqrt());
            g = two.div(g.sqrt());
            h = two.div(h.sqrt());
        }
        a.intoArray(numbers, 0);
        b.intoArray(numbers, n);
        c.intoArray(numbers, 2 * n);
        d.intoArray(numbers, 3 * n);
        e.intoArray(numbers, 4 * n);
        f.intoArray(numbers, 5 * n);
        g.intoArray(numbers, 6 * n);
        h.intoArray(numbers, 7 * n);
    }
}
