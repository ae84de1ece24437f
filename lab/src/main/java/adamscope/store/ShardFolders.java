package adamscope.store;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.text.FileReason;
import adamscope.text.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// The shards of a sweep, held against each other before their tiles become one table. Nothing in their folders is
/// changed; in memory is where each tile lies, and no row.
public final class ShardFolders {
    /// Faults that a message names; there may be thousands of one kind.
    private static final int NAMED = 8;

    private final LinkedHashMap<Path, TilePlan> plans = new LinkedHashMap<>();
    private final ShardTiles tiles;
    private final Sweep sweep;

    private ShardFolders(List<Path> folders, Optional<Sweep> asked) {
        List<String> faults = new ArrayList<>();
        folders.forEach(folder -> readPlan(folder, faults));
        if (plans.isEmpty()) {
            throw refusal(faults);
        }
        sweep = asked.orElseGet(() -> experiment(plans.firstEntry()));
        keepAlike(faults);
        if (plans.isEmpty()) {
            throw refusal(faults);
        }
        tiles = new ShardTiles(plans.firstEntry().getValue(), sweep.space().points());
        plans.keySet().forEach(folder -> tiles.look(folder, faults));
        tiles.nameMissing(faults);
        if (!faults.isEmpty()) {
            throw refusal(faults);
        }
    }

    /// Looks at every tile of every folder.
    ///
    /// @param asked what the sweep has to be; empty: what the first folder holds
    /// @throws IllegalArgumentException that names every shard that is missing, doubled, damaged or foreign
    public static ShardFolders of(List<Path> folders, Optional<Sweep> asked) {
        return new ShardFolders(folders, asked);
    }

    private static IllegalArgumentException refusal(List<String> faults) {
        return new IllegalArgumentException("the shards make no table: " + Listing.of(faults, NAMED, "; "));
    }

    private void readPlan(Path folder, List<String> faults) {
        try {
            if (!Files.isDirectory(folder)) {
                faults.add("there is no folder " + folder);
            } else if (Files.exists(folder.resolve(ResultStore.PROVENANCE))) {
                faults.add(folder + " holds a complete run, no shard");
            } else if (plans.keySet().stream().anyMatch(other -> isSame(other, folder))) {
                faults.add(folder + " is named twice");
            } else {
                TilePlan plan = TilePlan.read(folder);
                if (plan.shards() == 0) {
                    faults.add(folder + " holds a sweep that was begun without --shard");
                } else {
                    plans.put(folder, plan);
                }
            }
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + other + ": " + FileReason.of(e), e);
        }
    }

    private static Sweep experiment(Map.Entry<Path, TilePlan> folder) {
        return (Sweep) ExperimentText.read(
                folder.getKey().resolve(TilePlan.FILE).toString(),
                folder.getValue().experiment());
    }

    /// Leaves the folders of the same sweep that are cut as the first of them is.
    private void keepAlike(List<String> faults) {
        plans.entrySet().removeIf(folder -> {
            try {
                folder.getValue().refuseOther(sweep, folder.getKey());
                return false;
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
                return true;
            }
        });
        plans.entrySet().removeIf(folder -> {
            TilePlan cut = folder.getValue();
            TilePlan first = plans.firstEntry().getValue();
            boolean other = cut.shards() != first.shards() || cut.tileSize() != first.tileSize();
            if (other) {
                faults.add(String.format(
                        Locale.ROOT,
                        "%s is cut into %d shards of tiles of %d points, %s into %d of %d",
                        folder.getKey(),
                        cut.shards(),
                        cut.tileSize(),
                        plans.firstEntry().getKey(),
                        first.shards(),
                        first.tileSize()));
            }
            return other;
        });
    }

    /// What was run.
    public Experiment experiment() {
        return sweep;
    }

    /// How many shards there are.
    public int shards() {
        return tiles.shards();
    }

    /// How many tiles there are.
    public long tiles() {
        return tiles.count();
    }

    /// Puts the tiles together as `NAME.parquet` of a run, by streaming: in memory is never more than a few.
    ///
    /// @return SHA-256 of the file
    public String merge(ResultStore run, String name) {
        List<Path> files =
                LongStream.range(0, tiles.count()).mapToObj(tiles::file).toList();
        return TileFile.sha256(run.place(name, part -> TileMerge.write(files, part)));
    }
}
