package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever workers do, in whatever order they answer, and however often the whole is begun again: the table is the
/// same. Each run is a function of its seed, which a failure names.
class SimulatedFaultsTest {
    private static final FormulaSweep SWEEP = new PhaseSweep(
                    new Iteration(
                            Catalogue.shipped("adam-uncorrected"),
                            FormulaObjective.read("x^4/4"),
                            Map.of("lr", 1e-3, "eps", 0.0),
                            List.of(1.0),
                            ClosedMap.Start.GRADIENT,
                            Arithmetic.DOUBLE),
                    new Axis("beta1", 0.02, 0.98, 6, Axis.Spacing.LINEAR),
                    new Axis("beta2", 0.1, 0.985, 7, Axis.Spacing.ONE_MINUS_LOG),
                    100)
            .toSweep();
    private static final int POINTS = 42;
    private static final Table WHOLE = SWEEP.prepared().rows(points(), () -> false);

    /// The rows of each point are computed once; schedules are what is tried here.
    private static final TileWork KNOWN = (points, _) -> rows(points);

    private static final Map<List<Integer>, Table> ROWS = new ConcurrentHashMap<>();

    private static long[] points() {
        return IntStream.range(0, POINTS).asLongStream().toArray();
    }

    private static Table rows(long[] points) {
        return ROWS.computeIfAbsent(
                List.of((int) points[0], points.length), _ -> SWEEP.prepared().rows(points, () -> false));
    }

    /// How a sweep is begun in a folder and gone on with until it ends, by an engine of each attempt.
    private interface Attempts {
        void run(int attempt, TileLedger wanted);
    }

    private static Table completed(long seed, Attempts attempts) {
        Random chance = new Random(~seed);
        List<Tile> all = new ArrayList<>();
        Tile.all(POINTS, 3 + 2 * chance.nextInt(3)).forEachRemaining(all::add);
        Map<String, Table> disk = new ConcurrentHashMap<>();
        for (int attempt = 0; true; attempt++) {
            List<Tile> missing =
                    all.stream().filter(tile -> !disk.containsKey(tile.name())).toList();
            TileLedger wanted = new TileLedger(missing, (tile, rows) -> {
                if (disk.put(tile.name(), rows) != null) {
                    throw new IllegalStateException(tile.name() + " was kept twice");
                }
            });
            try {
                attempts.run(attempt, wanted);
                wanted.requireAll();
                return Table.concatenated(
                        all.stream().map(tile -> disk.get(tile.name())).toList());
            } catch (SimulatedCluster.DriverDied | CancellationException _) {
                // begun again, with what is on the disk
                assertThat(attempt).as("seed " + seed).isLessThan(200);
            }
        }
    }

    private static Table onCluster(long seed) {
        Random chance = new Random(seed);
        return completed(
                seed,
                (attempt, wanted) -> new SimulatedCluster(seed + 1_000_003L * attempt, KNOWN, 0.3 * chance.nextDouble())
                        .run(SWEEP, wanted.tiles(), wanted, () -> chance.nextInt(60) == 0));
    }

    private static Table onThreads(long seed) {
        int threads = 1 + (int) (seed % 4);
        return completed(seed, (attempt, wanted) -> {
            SteppedThreads stepped = new SteppedThreads(seed + 1_000_003L * attempt, KNOWN, threads, 0.05);
            new LocalEngine(threads).run(stepped, stepped.seen(wanted.tiles()), wanted, () -> false);
        });
    }

    private static void equal(long seed, Table found) {
        if (!columns(found).equals(columns(WHOLE))) {
            assertThat(columns(found)).as("seed " + seed).isEqualTo(columns(WHOLE));
        }
    }

    /// Names and values, every bit of them.
    private static Map<String, List<?>> columns(Table table) {
        Map<String, List<?>> columns = new HashMap<>();
        table.columns()
                .forEach(column -> columns.put(
                        column.name(),
                        switch (column) {
                            case adamscope.table.Column.Numbers(var _, var _, double[] values) ->
                                java.util.Arrays.stream(values)
                                        .mapToLong(Double::doubleToRawLongBits)
                                        .boxed()
                                        .toList();
                            case adamscope.table.Column.Integers(var _, var _, long[] values) ->
                                java.util.Arrays.stream(values).boxed().toList();
                            case adamscope.table.Column.Words(var _, List<String> words) -> words;
                        }));
        return columns;
    }

    @Test
    void theTableOfAClusterIsTheSameForEverySeed() {
        for (long seed = 0; seed < 400; seed++) {
            equal(seed, onCluster(seed));
        }
    }

    @Test
    void theTableOfThreadsIsTheSameForEverySeed() {
        for (long seed = 0; seed < 100; seed++) {
            equal(seed, onThreads(seed));
        }
    }

    @Test
    @Tag("slow")
    void aHundredThousandSchedules() {
        for (long seed = 1_000; seed < 101_000; seed++) {
            equal(seed, seed % 10 == 0 ? onThreads(seed) : onCluster(seed));
        }
    }

    @Test
    void theSameSeedIsTheSameScheduleWithFaultsOfEachKind() {
        int twice = 0;
        int outOfOrder = 0;
        int died = 0;
        for (long seed = 0; seed < 30; seed++) {
            List<String> heard = heard(seed);
            assertThat(heard).isEqualTo(heard(seed));
            twice += heard.stream().distinct().count() < heard.size() ? 1 : 0;
            outOfOrder += heard.equals(heard.stream().sorted().toList()) ? 0 : 1;
            died += heard.getLast().equals("died") ? 1 : 0;
        }
        assertThat(twice).isGreaterThan(5);
        assertThat(outOfOrder).isGreaterThan(10);
        assertThat(died).isGreaterThan(5);
    }

    private static List<String> heard(long seed) {
        List<String> heard = new ArrayList<>();
        try {
            new SimulatedCluster(seed, KNOWN, 0.2)
                    .run(SWEEP, Tile.all(POINTS, 4), (tile, _) -> heard.add(tile.name()), () -> false);
        } catch (SimulatedCluster.DriverDied _) {
            heard.add("died");
        }
        return heard;
    }

    @Test
    void anEngineThatEndsWithoutATileIsFound() {
        List<Tile> tiles = List.of(new Tile.Consecutive(0, 2), new Tile.Consecutive(2, 2));
        TileLedger ledger = new TileLedger(tiles, (_, _) -> {});
        ledger.accept(tiles.getFirst(), rows(tiles.getFirst().points()));
        assertThatThrownBy(ledger::requireAll).hasMessageContaining("000000000002-2");
    }

    @Test
    void rowsOfAnotherTileAreRefused() {
        Tile tile = new Tile.Consecutive(0, 3);
        TileLedger ledger = new TileLedger(List.of(tile), (_, _) -> {});
        assertThatThrownBy(() -> ledger.accept(tile, rows(new long[] {0, 1}))).hasMessageContaining("2 rows");
    }
}
