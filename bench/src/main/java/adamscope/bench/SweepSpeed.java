package adamscope.bench;

import adamscope.kernel.Arithmetic;
import adamscope.store.TableSize;
import adamscope.sweep.Ending;
import adamscope.sweep.TileWork;
import adamscope.table.Column;
import adamscope.table.Table;
import java.lang.management.ManagementFactory;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;

/// Prints what sweeps cost a point and step beside the divider of the processor and beside programs in C, NumPy and
/// Numba, in alternating rounds: docs/speed.md. `bench/run` starts it.
///
/// Arguments: rounds, points a side, steps, then the peers that are there, each as `NAME=COMMAND`.
public final class SweepSpeed {
    private static final String DIVIDER = "divider: a root, a division";
    private static final String C = "C, full length";
    private static final String C_SKIPPING = "C, cycles skipped";
    private static final String FULL = "full length";
    private static final String KNOWN = "cycles skipped";
    private static final String DECIDED = "the theory's fall skipped too";
    private static final String SCALED = "log-scaled, full length";
    private static final String ONE = "by the clock, one thread";
    private static final String TWO = "by the clock, two threads";

    private static final String TILE = "a row kept in the file of a tile";

    /// Tiles kept in a round; the first ones of a sweep are written by code that is not compiled yet.
    private static final int TILES = 32;

    private final PhaseWork work;
    private final Map<String, Peer> peers;
    private final Map<String, DoubleSupplier> measures = new LinkedHashMap<>();
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    private SweepSpeed(PhaseWork work, Map<String, Peer> peers) {
        this.work = work;
        this.peers = peers;
    }

    /// Runs the rounds, after two that warm up, and prints the medians and their ratios.
    static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        Map<String, Peer> peers = new LinkedHashMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            peers.put(parts[0], new Peer(parts[0], List.of(parts[1].split(" "))));
        }
        PhaseWork work = new PhaseWork(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        SweepSpeed speed = new SweepSpeed(work, peers);
        speed.addMeasures();
        for (int round = -2; round < rounds; round++) {
            speed.run(round >= 0);
        }
        System.out.printf(
                Locale.ROOT,
                "%d x %d points, %d steps; vectors of %d doubles; medians of %d rounds%n%n",
                work.side(),
                work.side(),
                work.steps(),
                DoubleVector.SPECIES_PREFERRED.length(),
                rounds);
        speed.print();
    }

    private void addMeasures() {
        measures.put(DIVIDER, Divider::nanoseconds);
        peers.forEach((name, peer) -> measures.put(name, () -> peer.nanoseconds(work)));
        TileWork full = work.prepared(PhaseWork.Case.ADAM, Arithmetic.DOUBLE, Ending.FULL_LENGTH);
        TileWork known = work.prepared(PhaseWork.Case.ADAM, Arithmetic.DOUBLE, Ending.KNOWN);
        TileWork decided = work.prepared(PhaseWork.Case.ADAM, Arithmetic.DOUBLE, Ending.DECIDED);
        TileWork scaled = work.prepared(PhaseWork.Case.ADAM, Arithmetic.SCALED, Ending.FULL_LENGTH);
        measures.put(FULL, () -> work.processor(full));
        measures.put(KNOWN, () -> work.processor(known));
        measures.put(DECIDED, () -> work.processor(decided));
        measures.put(SCALED, () -> work.processor(scaled));
        measures.put(ONE, () -> work.clock(full, 1));
        measures.put(TWO, () -> work.clock(full, 2));
        Table tile = work.rows(full);
        measures.put(TILE, () -> kept(tile));
        for (Fallback fallback : Fallback.ALL) {
            fallback.addTo(measures);
        }
    }

    private double kept(Table tile) {
        double[] nanoseconds = new double[1];
        TableSize.keeping(tile, keep -> {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < TILES; i++) {
                keep.run();
            }
            nanoseconds[0] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        });
        return nanoseconds[0] / ((double) TILES * tile.rows() * work.steps());
    }

    private void run(boolean counts) {
        measures.forEach((name, measure) -> {
            double value = measure.getAsDouble();
            if (counts) {
                measured.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        });
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%-74s %9s%n", "nanoseconds a point and step", "");
        measured.forEach((name, values) -> System.out.printf(Locale.ROOT, "%-74s %9.3f%n", name, median(values)));
        System.out.println();
        System.out.printf(Locale.ROOT, "%-74s %9s %6s%n", "ratios, paired in each round", "", "bar");
        ratio(FULL, DIVIDER, "1.3");
        ratio(FULL, C, "");
        ratio(KNOWN, C_SKIPPING, "1.0");
        ratio(DECIDED, C_SKIPPING, "1.0");
        ratio(ONE, TWO, ">= 1.9");
        ratio(SCALED, FULL, "2");
        ratio(TILE, FULL, "0.01");
        Fallback.ALL.forEach(fallback -> ratio(fallback.name(), fallback.like(), "3"));
        if (peers.containsKey(C)) {
            printAgreement();
        }
    }

    private void ratio(String name, String over, String bar) {
        if (measured.containsKey(name) && measured.containsKey(over)) {
            List<Double> ratios = IntStream.range(0, measured.get(name).size())
                    .mapToObj(round ->
                            measured.get(name).get(round) / measured.get(over).get(round))
                    .toList();
            System.out.printf(Locale.ROOT, "%-74s %9.3f %6s%n", name + " / " + over, median(ratios), bar);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// C and Adamscope count as fair only where they come to the same numbers.
    private void printAgreement() {
        Table rows = work.rows(work.prepared(PhaseWork.Case.ADAM, Arithmetic.DOUBLE, Ending.FULL_LENGTH));
        DoubleBuffer found = peers.get(C).results(work);
        double[] least = numbers(rows, "minLog10Loss");
        double[] last = numbers(rows, "finalLog10Loss");
        double[] coupling = numbers(rows, "maxLog10Coupling");
        double[][] theirs = new double[3][least.length];
        for (int i = 0; i < least.length; i++) {
            theirs[0][i] = loss(found.get(4 * i));
            theirs[1][i] = loss(found.get(4 * i + 1));
            theirs[2][i] = 2 * Math.log10(found.get(4 * i + 2) / found.get(4 * i + 3));
        }
        System.out.printf(
                Locale.ROOT,
                "%npoints of %d that differ from C at full length by more than 1e-9 decades: %d in the final loss, %d"
                        + " in the least, %d in the greatest v/g^2%n",
                least.length,
                differing(last, theirs[0]),
                differing(least, theirs[1]),
                differing(coupling, theirs[2]));
    }

    private static long differing(double[] ours, double[] theirs) {
        return IntStream.range(0, ours.length)
                .filter(i -> !(distance(ours[i], theirs[i]) <= 1e-9))
                .count();
    }

    private static double distance(double a, double b) {
        return Double.compare(a, b) == 0 ? 0 : Math.abs(a - b);
    }

    /// In double, as the program has it: where it is subnormal its logarithm is far from 4·log₁₀|x|.
    private static double loss(double x) {
        return Math.log10(x * x * (x * x) / 4);
    }

    private static double[] numbers(Table table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .map(column -> ((Column.Numbers) column).values())
                .findFirst()
                .orElseThrow();
    }
}
