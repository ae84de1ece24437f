package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.sweep.Tile;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileStoreTest {
    /// More than two groups of rows of a Parquet file, and no multiple of anything.
    private static final int POINTS = 300_007;

    @TempDir
    private Path folder;

    private static Sweep sweep(String lr) {
        return (Sweep) ExperimentText.read("e.yaml", String.format(Locale.ROOT, """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: gd, lr: %s}
              objective: x^2/2
              x0: [1]
              steps: 10
            axes:
              x: {from: 1, to: 2, points: %d}
            keep: [outcome]
            """, lr, POINTS));
    }

    /// Rows that are a function of the point; words change at odd places, numbers take every kind of value.
    private static Table rows(Tile tile) {
        long[] points = tile.points();
        return new Table(
                "sweep",
                List.of(
                        new Column.Integers("point", "", points),
                        new Column.Numbers(
                                "value",
                                "decades",
                                LongStream.of(points)
                                        .mapToDouble(p -> p % 1009 == 0
                                                ? Double.NaN
                                                : p % 2003 == 0 ? Double.NEGATIVE_INFINITY : Math.sin(p))
                                        .toArray()),
                        new Column.Words(
                                "outcome",
                                LongStream.of(points)
                                        .mapToObj(p -> p / 777 % 3 == 0 ? "converged" : p % 5 == 0 ? "spiking" : "")
                                        .toList())));
    }

    private static List<Tile> tiles(int size) {
        List<Tile> tiles = new ArrayList<>();
        Tile.all(POINTS, size).forEachRemaining(tiles::add);
        return tiles;
    }

    private String sha256(String name, int size, Consumer<List<Tile>> order) {
        ResultStore run = ResultStore.create(folder.resolve(name), sweep("0.1"), List.of("sweep"));
        try (TileStore store = TileStore.open(run, size)) {
            List<Tile> tiles = tiles(size);
            order.accept(tiles);
            tiles.forEach(tile -> store.accept(tile, rows(tile)));
            return store.merge(run, "sweep", Tile.all(POINTS, size));
        }
    }

    @Test
    void theBytesOfTheTableDoNotDependOnTilesOrTheirOrder() {
        String whole = sha256("a", POINTS, _ -> {});
        assertThat(sha256("b", 10_000, Collections::reverse)).isEqualTo(whole);
        assertThat(sha256("c", 32_768, Collections::shuffle)).isEqualTo(whole);
        Table table = Parquet.read("sweep", folder.resolve("b").resolve("sweep.parquet"));
        Table expected = rows(new Tile.Consecutive(0, POINTS));
        assertThat(table.numbers("point")).isEqualTo(expected.numbers("point"));
        assertThat(table.numbers("value")).isEqualTo(expected.numbers("value"));
        assertThat(table.words("outcome")).isEqualTo(expected.words("outcome"));
        assertThat(table.column("value").unit()).isEqualTo("decades");
    }

    /// A sweep of 7 tiles, cut off.
    private ResultStore cutOff() {
        ResultStore run = ResultStore.create(folder.resolve("run"), sweep("0.1"), List.of("sweep"));
        try (TileStore store = TileStore.open(run, 50_000)) {
            tiles(50_000).forEach(tile -> store.accept(tile, rows(tile)));
        }
        return ResultStore.resume(folder.resolve("run"), List.of("sweep"));
    }

    private Path file(int tile) throws IOException {
        try (var files = Files.list(folder.resolve("run/tiles"))) {
            return files.sorted().toList().get(tile);
        }
    }

    @Test
    void damagedAndForeignTilesAreTakenAwayAndOthersKept() throws IOException {
        ResultStore run = cutOff();
        byte[] bytes = Files.readAllBytes(file(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(1), bytes);
        Files.write(file(3), new byte[0]);
        Path foreign = TileFile.write(
                folder.resolve("run/tiles"),
                "000000000007-3",
                part -> TileParquet.write(rows(new Tile.Consecutive(7, 3)), Map.of(), part));
        Files.writeString(folder.resolve("run/tiles/notes.txt"), "not a tile");
        Files.writeString(folder.resolve("run/tiles/000000250000-50000.part"), "cut off while it was written");
        try (TileStore store = TileStore.open(run, 3)) {
            assertThat(store.repaired()).isEqualTo(4);
            assertThat(IntStream.range(0, 7).filter(i -> store.has(tiles(50_000).get(i))))
                    .containsExactly(0, 2, 4, 5, 6);
            assertThat(foreign).doesNotExist();
            tiles(50_000).stream().filter(tile -> !store.has(tile)).forEach(tile -> store.accept(tile, rows(tile)));
            String repaired = store.merge(run, "sweep", Tile.all(POINTS, 50_000));
            assertThat(repaired).isEqualTo(sha256("afresh", POINTS, _ -> {}));
        }
    }

    @Test
    void aSecondProcessIsRefused() {
        ResultStore run = cutOff();
        try (TileStore _ = TileStore.open(run, 3)) {
            assertThatThrownBy(() -> TileStore.open(run, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "another process (pid " + ProcessHandle.current().pid() + " on ", ") is at work in ");
        }
        TileStore.open(run, 3).close();
    }

    @Test
    void aChangedExperimentIsRefusedWithTheDifference() throws IOException {
        cutOff();
        assertThatThrownBy(() -> TileStore.refuseOther(folder.resolve("run"), sweep("0.2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base.optimizer.lr = 0.1 there, 0.2 here");
        Path file = folder.resolve("run/experiment.yaml");
        Files.writeString(file, Files.readString(file).replace("steps: 10", "steps: 11"));
        assertThatThrownBy(() -> TileStore.open(ResultStore.resume(folder.resolve("run"), List.of()), 3))
                .hasMessageContaining("base.steps = 10 there, 11 here");
    }

    @Test
    void foldersOfAnotherFormatOrVersionAreRefused() throws IOException {
        ResultStore run = cutOff();
        Path plan = folder.resolve("run/sweep.json");
        String written = Files.readString(plan);
        Files.writeString(plan, written.replace("\"format\": 2", "\"format\": 1"));
        assertThatThrownBy(() -> TileStore.open(run, 3)).hasMessageContaining("format 1");
        Files.writeString(plan, written.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"9.9\""));
        assertThatThrownBy(() -> TileStore.open(run, 3)).hasMessageContaining("begun by Adamscope 9.9");
        Files.writeString(plan, written.substring(0, 20));
        assertThatThrownBy(() -> TileStore.open(run, 3)).hasMessageContaining("sweep.json is damaged");
        Files.delete(plan);
        try (TileStore store = TileStore.open(run, 50_000)) {
            assertThat(store.finished()).as("killed before there was a plan").hasSize(7);
        }
        assertThat(plan).exists();
    }

    @Test
    void aTileThatCannotBeWrittenLeavesNothingAndLosesNoOther() throws IOException {
        ResultStore run = cutOff();
        try (TileStore store = TileStore.open(run, 3)) {
            Tile lost = new Tile.Consecutive(999, 1);
            Files.createDirectories(folder.resolve("run/tiles/" + lost.name() + ".part/in-the-way"));
            assertThatThrownBy(() -> store.accept(lost, rows(lost))).hasMessageContaining("cannot write");
            assertThat(store.has(lost)).isFalse();
        }
        assertThat(TileFile.of(Path.of("000000000999-1.part"))).isEqualTo(Optional.empty());
    }
}
