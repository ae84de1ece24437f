package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.sweep.Shard;
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
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFoldersTest {
    private static final int POINTS = 1009;
    private static final int TILE = 100;

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

    /// Rows that are a function of the point.
    private static Table rows(Tile tile) {
        return new Table(
                "sweep",
                List.of(
                        new Column.Numbers(
                                "value",
                                "decades",
                                LongStream.of(tile.points())
                                        .mapToDouble(Math::sin)
                                        .toArray()),
                        new Column.Words(
                                "outcome",
                                LongStream.of(tile.points())
                                        .mapToObj(p -> p / 77 % 3 == 0 ? "converged" : "")
                                        .toList())));
    }

    private Path place(String name) {
        return folder.resolve(name);
    }

    /// Runs a shard, or as many of its tiles as asked for.
    private Path shard(String name, Sweep sweep, String text, int tile, long tiles) {
        Shard shard = Shard.read(text);
        ResultStore run = ResultStore.cut(place(name), sweep, List.of("sweep"), tile, shard.of());
        try (TileStore store = TileStore.open(run, tile, Optional.of(shard))) {
            List<Tile> all = new ArrayList<>();
            shard.tiles(POINTS, store.tileSize()).forEachRemaining(all::add);
            all.stream().filter(t -> !store.has(t)).limit(tiles).forEach(t -> store.accept(t, rows(t)));
        }
        return place(name);
    }

    private Path shard(String name, String text) {
        return shard(name, sweep("0.1"), text, TILE, Long.MAX_VALUE);
    }

    private String merged(String name, List<Path> folders) {
        ShardFolders shards = ShardFolders.of(folders, Optional.empty());
        return shards.merge(ResultStore.create(place(name), shards.experiment(), List.of("sweep")), "sweep");
    }

    private String whole() {
        ResultStore run = ResultStore.create(place("whole"), sweep("0.1"), List.of("sweep"));
        try (TileStore store = TileStore.open(run, 300)) {
            Tile.all(POINTS, 300).forEachRemaining(tile -> store.accept(tile, rows(tile)));
            return store.merge(run, "sweep", Tile.all(POINTS, 300));
        }
    }

    private void refused(List<Path> folders, String... words) {
        assertThatThrownBy(() -> ShardFolders.of(folders, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n");
    }

    private static Path tile(Path shard, int number) throws IOException {
        try (var files = Files.list(shard.resolve("tiles"))) {
            return files.sorted().toList().get(number);
        }
    }

    @Test
    void anyNumberOfShardsInAnyOrderAndAnyFoldersGivesTheBytesOfOneRun() {
        String whole = whole();
        Random chance = new Random(4);
        for (int of : new int[] {1, 2, 3, 7, 25}) { // 11 tiles
            List<Integer> order =
                    new ArrayList<>(IntStream.rangeClosed(1, of).boxed().toList());
            Collections.shuffle(order, chance);
            boolean shared = of == 3;
            List<Path> folders = order.stream()
                    .map(i -> shard(of + "-" + (shared ? "all" : i), i + "/" + of))
                    .distinct()
                    .toList();
            assertThat(merged("merged-" + of, folders)).as(order.toString()).isEqualTo(whole);
        }
    }

    @Test
    void aShardThatWasCutOffGoesOnAndOneThatIsUnfinishedIsNamed() throws IOException {
        Path one = shard("1", "1/2");
        Path two = shard("2", sweep("0.1"), "2/2", TILE, 2);
        Files.writeString(two.resolve("tiles/000000000700-100.part"), "cut off while it was written");
        refused(
                List.of(one, two),
                "shard 2/2 in " + two + " is not finished, 3 of its 5 tiles are missing; go on with:"
                        + " adamscope sweep --resume " + two + " --shard 2/2");
        shard("2", "2/2");
        assertThat(merged("merged", List.of(two, one))).isEqualTo(whole());
    }

    @Test
    void everyFaultIsNamedAtOnce() throws IOException {
        Path one = shard("1", "1/4");
        Path two = shard("2", "2/4");
        Path again = shard("again", "2/4");
        Path lost = place("lost");
        Path damaged = tile(one, 1);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        Path notes = Files.writeString(two.resolve("tiles/notes.txt"), "no tile");
        refused(
                List.of(one, two, again, lost, one),
                "shard 1/4: " + damaged + " is damaged",
                "--resume " + one + " --shard 1/4",
                notes + " is no tile of this sweep",
                "shard 2/4 is both in " + two + " and in " + again,
                "there is no folder " + lost,
                one + " is named twice",
                "shard 3/4 is missing",
                "shard 4/4 is missing");
    }

    @Test
    void shardsOfAnotherSweepVersionRuleOrCutAreForeign() throws IOException {
        Path one = shard("1", "1/2");
        Path other = shard("other", sweep("0.2"), "2/2", TILE, Long.MAX_VALUE);
        refused(List.of(one, other), other.toString(), "base.optimizer.lr = 0.2 there, 0.1 here");
        refused(List.of(one, shard("finer", sweep("0.1"), "2/2", 50, 99)), "2 shards of tiles of 50 points");
        refused(List.of(one, shard("thirds", "2/3")), "thirds is cut into 3 shards", "shard 2/2 is missing");
        Path plain = place("plain");
        TileStore.open(ResultStore.create(plain, sweep("0.1"), List.of("sweep")), TILE)
                .close();
        refused(List.of(one, plain), "was begun without --shard");
        refused(List.of(place("nothing")), "there is no folder");

        Path two = shard("2", "2/2");
        Path plan = two.resolve("sweep.json");
        String written = Files.readString(plan);
        Files.writeString(plan, written.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"9.9\""));
        refused(List.of(one, two), two + " was begun by Adamscope 9.9");
        Files.writeString(plan, written.replaceFirst("\"rules\": \"..", "\"rules\": \"zz"));
        refused(List.of(one, two), two.toString(), "another text of the rule gd");
        Files.writeString(plan, written.substring(0, 40));
        refused(List.of(one, two), "sweep.json is damaged");
        Files.writeString(plan, written);

        // A tile of the other sweep, whole and under a name that fits.
        Files.delete(tile(two, 2));
        Files.copy(tile(other, 2), two.resolve("tiles").resolve(tile(other, 2).getFileName()));
        refused(List.of(one, two), "shard 2/2: " + tile(two, 2) + " is of another sweep or version");
    }

    @Test
    void theSweepThatIsAskedForDecidesWhatIsForeign() {
        List<Path> folders = List.of(shard("1", "1/1"));
        assertThatThrownBy(() -> ShardFolders.of(folders, Optional.of(sweep("0.3"))))
                .hasMessageContaining("base.optimizer.lr = 0.1 there, 0.3 here");
    }

    @Test
    void oneShardIsWorkedOnByOneProcessAndAFolderIsCutOnce() {
        Path all = place("all");
        ResultStore run = ResultStore.cut(all, sweep("0.1"), List.of("sweep"), TILE, 2);
        try (TileStore _ = TileStore.open(run, TILE, Optional.of(new Shard(1, 2)));
                TileStore _ = TileStore.open(run, TILE, Optional.of(new Shard(2, 2)))) {
            assertThatThrownBy(() -> TileStore.open(run, TILE, Optional.of(new Shard(2, 2))))
                    .hasMessageContainingAll("another process (pid ", "is at work on shard 2/2 in " + all);
            assertThatThrownBy(() -> TileStore.open(run, TILE, Optional.of(new Shard(2, 3))))
                    .hasMessageContaining("is cut into 2 shards; say which with --shard I/2");
            assertThat(RunList.entry(all).state()).isEqualTo(RunList.State.RUNNING);
        }
        assertThatThrownBy(() -> TileStore.open(run, TILE)).hasMessageContaining("cut into 2 shards");
        assertThat(all.resolve(".lock")).doesNotExist();
        assertThat(RunList.entry(all).state()).isEqualTo(RunList.State.UNFINISHED);
    }

    @Test
    void theListOfRunsSaysWhichShardsAreComplete() throws IOException {
        Path one = shard("1", "1/2");
        assertThat(RunList.entry(one).shards()).isEqualTo("shard 1/2 complete");
        Path other = shard("2", "2/2");
        Path tile = tile(other, 2);
        Files.copy(tile, one.resolve("tiles").resolve(tile.getFileName()));
        assertThat(RunList.entry(one).shards()).as("one tile of the other").isEqualTo("shard 1/2 complete");
        try (var tiles = Files.list(other.resolve("tiles"))) {
            for (Path each : tiles.filter(file -> !file.equals(tile)).toList()) {
                Files.copy(each, one.resolve("tiles").resolve(each.getFileName()));
            }
        }
        assertThat(RunList.entry(one).shards()).isEqualTo("2 of 2 shards complete");
        Files.delete(tile);
        assertThat(RunList.entry(other).shards()).isEmpty();
        assertThat(RunList.entry(other).state()).isEqualTo(RunList.State.UNFINISHED);
        Path plan = one.resolve("sweep.json");
        Files.writeString(plan, Files.readString(plan).replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"9.9\""));
        assertThat(RunList.entry(one).shards()).isEmpty();
        assertThat(RunList.entry(one).state()).isEqualTo(RunList.State.UNFINISHED);
    }
}
