package adamscope.store;

import adamscope.data.AtomicFile;
import adamscope.experiment.Experiment;
import adamscope.sweep.Shard;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The tiles of a sweep on their way to its table: each a file below `tiles/` that appears whole, as soon as it is
/// finished, under a name that holds its points and the SHA-256 of its bytes.
///
/// Whatever ends the process, the tiles that are there are good: a name is given after the bytes are on the disk. A
/// file whose bytes do not have the hash of its name, or that belongs to another sweep, is taken away when the folder
/// is opened again, and its tile is run again. docs/decisions/0003-tiles.md.
public final class TileStore implements TileSink, AutoCloseable {
    static final String TILES = "tiles";
    /// The key in the metadata of a tile that says which sweep it is of.
    static final String SWEEP = "adamscope.sweep";

    private final Path folder;
    private final TilePlan plan;
    private final FolderLock lock;
    private final Map<String, Path> finished = new ConcurrentHashMap<>();
    private int repaired;

    private TileStore(Path folder, TilePlan plan, FolderLock lock) {
        this.folder = folder;
        this.plan = plan;
        this.lock = lock;
    }

    /// The tiles of a run, those that are there from before included: checks every one of them.
    ///
    /// @param tileSize points of a tile, where none were decided before
    /// @throws IllegalArgumentException if another process works in the folder, or the experiment in it was changed
    public static TileStore open(ResultStore run, int tileSize) {
        return open(run, tileSize, Optional.empty());
    }

    /// The tiles of a shard, or of all of a run; those of other shards are not looked at.
    public static TileStore open(ResultStore run, int tileSize, Optional<Shard> shard) {
        FolderLock lock = shard.map(run::lock).orElseGet(run::lock);
        try {
            TilePlan plan;
            if (shard.isPresent()) {
                try (FolderLock _ = FolderLock.await(run.folder())) {
                    plan = plan(run, tileSize, shard);
                }
            } else {
                plan = plan(run, tileSize, shard);
            }
            TileStore store = new TileStore(run.folder(), plan, lock);
            store.makeFolder();
            store.check(shard);
            return store;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static TilePlan plan(ResultStore run, int tileSize, Optional<Shard> shard) {
        TilePlan plan;
        if (Files.exists(run.folder().resolve(TilePlan.FILE))) {
            plan = TilePlan.read(run.folder());
            plan.refuseOther(run.experiment(), run.folder());
            plan.refuseOther(shard, run.folder());
        } else {
            plan = TilePlan.of(run.experiment(), tileSize, shard.map(Shard::of).orElse(0));
            run.write(TilePlan.FILE, plan.toJson() + "\n");
        }
        return plan;
    }

    /// Refuses to continue a folder with another experiment.
    ///
    /// @throws IllegalArgumentException that says what differs
    public static void refuseOther(Path folder, Experiment asked) {
        if (Files.exists(folder.resolve(TilePlan.FILE))) {
            TilePlan.read(folder).refuseOther(asked, folder);
        } else {
            RunFolders.refuseOther(folder, asked);
        }
    }

    private void makeFolder() {
        try {
            if (!isIn(folder)) {
                Files.createDirectory(folder.resolve(TILES));
            }
        } catch (FileAlreadyExistsException _) {
            // A process on another shard made it in this moment.
            return;
        } catch (IOException e) {
            throw ResultStore.unwritable(folder.resolve(TILES), e);
        }
    }

    private void check(Optional<Shard> shard) {
        List<TileFile> sound = new ArrayList<>();
        for (Path file : TileFile.list(folder.resolve(TILES))) {
            if (shard.isPresent() && !isOf(shard.get(), file)) {
                continue;
            }
            Optional<TileFile> tile = TileFile.of(file);
            if (tile.isPresent() && tile.get().isSound()) {
                sound.add(tile.get());
            } else {
                discard(file);
            }
        }
        Map<String, String> sweeps =
                Parquet.values(SWEEP, sound.stream().map(TileFile::path).toList());
        for (TileFile tile : sound) {
            if (plan.identity().equals(sweeps.get(SqlText.absolute(tile.path())))) {
                finished.put(tile.tile(), tile.path());
            } else {
                discard(tile.path());
            }
        }
    }

    private boolean isOf(Shard shard, Path file) {
        OptionalLong from = TileFile.from(file);
        return from.isPresent() && shard.has(from.getAsLong(), plan.tileSize());
    }

    /// Takes away a file that is no tile of this sweep; a part of one that was being written is no damage.
    private void discard(Path file) {
        repaired += file.getFileName().toString().endsWith(TileFile.PART) ? 0 : 1;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// Points of a tile.
    public int tileSize() {
        return plan.tileSize();
    }

    /// How many files were found damaged or foreign, and taken away.
    public int repaired() {
        return repaired;
    }

    /// Whether a tile is there.
    public boolean has(Tile tile) {
        return finished.containsKey(tile.name());
    }

    /// The tiles that are there, by name.
    public Set<String> finished() {
        return Set.copyOf(finished.keySet());
    }

    /// Keeps a finished tile; from any thread.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be written, the disk being full for example; nothing of it is
    /// left
    @Override
    public void accept(Tile tile, Table rows) {
        finished.put(
                tile.name(),
                TileFile.write(
                        folder.resolve(TILES),
                        tile.name(),
                        part -> TileParquet.write(rows, Map.of(SWEEP, plan.identity()), part)));
    }

    /// The rows of a tile that is there.
    public Table rows(Tile tile) {
        return Parquet.read(tile.name(), finished.get(tile.name()));
    }

    /// Puts tiles together as `NAME.parquet`, by streaming: in memory is never more than a few tiles.
    ///
    /// @param tiles in the order of the rows; all of them are there
    /// @return SHA-256 of the file
    public String merge(ResultStore run, String name, Iterator<Tile> tiles) {
        List<Path> files = new ArrayList<>();
        tiles.forEachRemaining(tile -> files.add(finished.get(tile.name())));
        Path whole = run.place(name, part -> TileMerge.write(files, part));
        return TileFile.sha256(whole);
    }

    /// Removes the tiles, which the table holds now.
    public void removeTiles() {
        removeTiles(folder);
    }

    /// Whether a folder holds tiles.
    static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve(TILES));
    }

    /// Removes the tiles of a complete sweep, as far as the disk lets it: what stays is taken away the next time.
    static void removeTiles(Path folder) {
        try {
            for (Path file : TileFile.list(folder.resolve(TILES))) {
                AtomicFile.delete(file);
            }
            Files.deleteIfExists(folder.resolve(TILES));
        } catch (IOException | UncheckedIOException _) {
            return;
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
