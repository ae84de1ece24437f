package adamscope.store;

import adamscope.sweep.Shard;
import adamscope.sweep.Tile;
import adamscope.text.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Where each tile of a sweep lies that was run in shards.
final class ShardTiles {
    private final TilePlan plan;
    private final long points;
    private final Map<Long, Path> found = new HashMap<>();
    private final Set<Long> damaged = new LinkedHashSet<>();
    private final Map<Integer, Set<Path>> folders = new TreeMap<>();

    ShardTiles(TilePlan plan, long points) {
        this.plan = plan;
        this.points = points;
    }

    /// `shard 2/4 complete`, by the names of the tiles in a folder; empty where none is, there are no shards, or this
    /// version cannot go on with it.
    static String complete(Path folder, long points) {
        try {
            TilePlan plan = TilePlan.read(folder);
            return plan.shards() == 0 ? "" : complete(folder, plan, points);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String complete(Path folder, TilePlan plan, long points) {
        Map<Shard, Long> tiles = TileFile.list(folder.resolve(TileStore.TILES)).stream()
                .filter(file -> TileFile.of(file).isPresent())
                .flatMapToLong(file -> TileFile.from(file).stream())
                .mapToObj(from -> shard(from / plan.tileSize(), plan.shards()))
                .collect(Collectors.groupingBy(shard -> shard, Collectors.counting()));
        List<Shard> complete = tiles.keySet().stream()
                .filter(shard -> tiles.get(shard) == shard.count(points, plan.tileSize()))
                .toList();
        return switch (complete.size()) {
            case 0 -> "";
            case 1 -> "shard " + complete.getFirst() + " complete";
            default -> complete.size() + " of " + plan.shards() + " shards complete";
        };
    }

    int shards() {
        return plan.shards();
    }

    long count() {
        return Tile.count(points, plan.tileSize());
    }

    /// Where a tile is that was found.
    Path file(long number) {
        return found.get(number);
    }

    private Shard shard(long number) {
        return shard(number, plan.shards());
    }

    private static Shard shard(long tile, int of) {
        return new Shard((int) (tile % of) + 1, of);
    }

    /// Takes the tiles of a folder, and names those that are not what their names say.
    void look(Path folder, List<String> faults) {
        Map<Long, Path> sound = new TreeMap<>();
        for (Path file : TileFile.list(folder.resolve(TileStore.TILES))) {
            Optional<TileFile> tile = TileFile.of(file);
            long number = TileFile.from(file).orElse(-1) / plan.tileSize();
            if (file.getFileName().toString().endsWith(TileFile.PART)) {
                continue;
            }
            if (tile.isEmpty() || !isOurs(tile.get(), number)) {
                faults.add(file + " is no tile of this sweep");
            } else if (!tile.get().isSound()) {
                damaged.add(number);
                faults.add("shard " + shard(number) + ": " + file + " is damaged, its bytes are not those of its name;"
                        + " run it again: " + again(folder, shard(number)));
            } else {
                sound.put(number, file);
            }
        }
        Map<String, String> sweeps = Parquet.values(TileStore.SWEEP, List.copyOf(sound.values()));
        Map<Shard, Set<Path>> doubled = new HashMap<>();
        sound.forEach((number, file) -> {
            if (!plan.identity().equals(sweeps.get(SqlText.absolute(file)))) {
                damaged.add(number);
                faults.add("shard " + shard(number) + ": " + file + " is of another sweep or version");
                return;
            }
            folders.computeIfAbsent(shard(number).number(), _ -> new LinkedHashSet<>())
                    .add(folder);
            Path other = found.putIfAbsent(number, file);
            if (other != null) {
                doubled.computeIfAbsent(shard(number), _ -> new LinkedHashSet<>())
                        .add(other.getParent().getParent());
            }
        });
        doubled.forEach((shard, others) -> faults.add("shard " + shard + " is both in "
                + others.stream().map(Path::toString).collect(Collectors.joining(" and ")) + " and in " + folder));
    }

    private boolean isOurs(TileFile tile, long number) {
        return number >= 0
                && number < count()
                && Tile.numbered(number, points, plan.tileSize()).name().equals(tile.tile());
    }

    private static String again(Path folder, Shard shard) {
        return Shell.call("sweep", "--resume", folder, "--shard", shard);
    }

    /// Names the shards of which tiles are missing, besides damaged ones.
    void nameMissing(List<String> faults) {
        for (int number = 1; number <= plan.shards(); number++) {
            Shard shard = new Shard(number, plan.shards());
            long all = shard.count(points, plan.tileSize());
            long missing = LongStream.range(0, all)
                    .map(i -> shard.number() - 1 + i * shard.of())
                    .filter(tile -> !found.containsKey(tile) && !damaged.contains(tile))
                    .count();
            if (missing > 0) {
                faults.add(fault(shard, all, missing));
            }
        }
    }

    private String fault(Shard shard, long all, long missing) {
        List<Path> in = new ArrayList<>(folders.getOrDefault(shard.number(), Set.of()));
        if (in.isEmpty()) {
            return "shard " + shard + " is missing";
        }
        Optional<Path> working =
                in.stream().filter(folder -> FolderLock.isTaken(folder, shard)).findFirst();
        return "shard " + shard + " in " + in.getFirst() + " is not finished, " + missing + " of its " + all
                + " tiles are missing; "
                + (working.isPresent() ? "a process is at work on it" : "go on with: " + again(in.getFirst(), shard));
    }
}
