package adamscope.store;

import adamscope.data.AtomicFile;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.sweep.Shard;
import adamscope.table.Absent;
import adamscope.table.Table;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A run folder: the experiment, its tables, figures and report, and where they come from.
///
/// | file | holds |
/// | --- | --- |
/// | `experiment.yaml` | the resolved experiment, runs again as it is |
/// | `NAME.parquet` | a table |
/// | `figures/` | figures |
/// | `report.html` | the report |
/// | `provenance.json` | program, machine, time; written last, so a folder without it is an unfinished run |
///
/// Every file appears whole or not at all: it is written beside its place and then moved there.
public final class ResultStore {
    static final String EXPERIMENT = "experiment.yaml";
    static final String PROVENANCE = "provenance.json";

    /// What `diagnose --out` writes into a folder that is no run.
    public static final String DIAGNOSIS = "diagnosis.json";
    static final String IMPORT = "import.json";
    private static final String TABLE_END = ".parquet";

    private final Path folder;
    private final Experiment experiment;
    private final boolean begun;
    /// Of [System#nanoTime()], since the clock may be set meanwhile.
    private final long begin = System.nanoTime();

    private Provenance provenance;

    private ResultStore(Path folder, Experiment experiment, Provenance provenance, boolean begun) {
        this.folder = folder;
        this.experiment = experiment;
        this.provenance = provenance;
        this.begun = begun;
    }

    /// Whether a run was cut off in this folder, on which work goes on.
    public boolean begun() {
        return begun;
    }

    /// A run folder to work in, before any work starts: a new one, or one in which this very experiment was cut off.
    ///
    /// @param out         the folder; null: one below `runs/`, see [RunFolders]
    /// @param commandLine arguments of the program, the command first
    /// @throws IllegalArgumentException if the folder holds anything else, or another process is at work in it
    /// @throws UncheckedIOException     if it cannot be made
    public static ResultStore create(Path out, Experiment experiment, List<String> commandLine) {
        return create(out, experiment, commandLine, Optional.empty());
    }

    private static ResultStore create(
            Path out, Experiment experiment, List<String> commandLine, Optional<TilePlan> cut) {
        String command = commandLine.isEmpty() ? "run" : commandLine.getFirst();
        Provenance provenance = Provenance.begin(commandLine, Instant.now());
        return out == null
                ? RunFolders.fresh(
                        RunFolders.name(RunFolders.DEFAULT, command, experiment),
                        FolderLock::isTaken,
                        folder -> entered(FolderLock.take(folder), folder, experiment, provenance, cut))
                : entered(FolderLock.take(RunFolders.claim(out, experiment)), out, experiment, provenance, cut);
    }

    /// A run folder of its own below another, for work that begins later.
    ///
    /// @param taken whether a folder in which this experiment was cut off is not to be gone on in
    public static ResultStore below(Path parent, Experiment experiment, String command, Predicate<Path> taken) {
        Provenance provenance = Provenance.begin(List.of(command), Instant.now());
        return RunFolders.fresh(
                RunFolders.name(parent, command, experiment),
                folder -> taken.test(folder) || FolderLock.isTaken(folder),
                folder -> entered(FolderLock.take(folder), folder, experiment, provenance, Optional.empty()));
    }

    /// A run folder of a sweep, of which it is written first how it is cut: it goes on cut as it was begun. Processes
    /// may enter the same folder at the same time, to work on shards of their own.
    ///
    /// @param tileSize points of a tile
    /// @param shards   how many there are; 0: one process runs all of it
    public static ResultStore cut(Path out, Experiment sweep, List<String> commandLine, int tileSize, int shards) {
        Optional<TilePlan> cut = Optional.of(TilePlan.of(sweep, tileSize, shards));
        if (shards == 0) {
            return create(out, sweep, commandLine, cut);
        }
        Provenance provenance = Provenance.begin(commandLine, Instant.now());
        Path folder = RunFolders.made(RunFolders.readable(out));
        return entered(FolderLock.await(folder), folder, sweep, provenance, cut);
    }

    /// Writes the experiment, which makes the folder a run, unless it is there already.
    private static ResultStore entered(
            FolderLock taken, Path folder, Experiment experiment, Provenance provenance, Optional<TilePlan> cut) {
        try (taken) {
            RunFolders.refuseOther(folder, experiment);
            boolean begun = Files.exists(folder.resolve(EXPERIMENT));
            ResultStore store = new ResultStore(folder, experiment, provenance, begun);
            if (!begun) {
                cut.ifPresent(plan -> store.write(TilePlan.FILE, plan.toJson() + "\n"));
                store.write(EXPERIMENT, ExperimentText.file(experiment, folder));
            }
            return store;
        }
    }

    /// A run folder that other files are put into before it becomes one, such as the model and the checkpoint of an
    /// import. Cut off before that, it is no run, and the same call goes on in it.
    ///
    /// @param facts   of where the run comes from, kept in `import.json`
    /// @param filling puts the files there
    public static ResultStore fill(
            Path out, Experiment experiment, List<String> commandLine, Map<String, Object> facts, Runnable filling) {
        RunFolders.refuseUnlessFilling(out);
        Path folder = RunFolders.made(out);
        try (FolderLock _ = FolderLock.take(folder)) {
            RunFolders.refuseUnlessFilling(folder);
            ResultStore store =
                    new ResultStore(folder, experiment, Provenance.begin(commandLine, Instant.now()), false);
            store.write(IMPORT, JsonDocument.text(facts) + "\n");
            filling.run();
            store.write(EXPERIMENT, ExperimentText.file(experiment, folder));
            return store;
        }
    }

    /// Whether the run has come to its end, by whichever process.
    public boolean isComplete() {
        return Files.isRegularFile(folder.resolve(PROVENANCE));
    }

    /// Whether the run does not begin here: its first checkpoint came with an import.
    public static boolean isImported(Path folder) {
        return Files.exists(folder.resolve(IMPORT));
    }

    /// Gives the folder back if nothing but the experiment is in it, it was not there before, and nobody else has begun
    /// to work in it meanwhile: for input that is found to be wrong before any work. What work has begun in stays.
    public void withdraw() {
        if (begun || !Files.isDirectory(folder)) {
            return;
        }
        try (FolderLock _ = FolderLock.take(folder)) {
            List<Path> inside;
            try (Stream<Path> all = Files.walk(folder)) {
                inside = all.toList();
            }
            boolean worked = inside.stream()
                    .filter(file -> !Files.isDirectory(file))
                    .anyMatch(file -> !file.equals(folder.resolve(EXPERIMENT))
                            && !file.equals(folder.resolve(FolderLock.FILE))
                            && !AtomicFile.isPart(file));
            if (!worked) {
                for (Path file : inside.reversed()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IllegalArgumentException _) {
            // Another process works in it.
            return;
        } catch (DirectoryNotEmptyException _) {
            // Somebody else put something there: it stays.
            return;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /// The folder of a run, whether it came to its end or not.
    ///
    /// @throws IllegalArgumentException if it is no run folder
    public static ResultStore of(Path folder) {
        return Files.exists(folder.resolve(PROVENANCE)) ? open(folder) : resume(folder, List.of());
    }

    /// The experiment in a folder in which another process may be at work; nothing is touched.
    ///
    /// @throws IllegalArgumentException if it is no run folder
    public static Experiment experiment(Path folder) {
        Path file = folder.resolve(EXPERIMENT);
        try {
            return ExperimentText.read(file.toString(), Files.readString(file), folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " is no run folder: " + file + " cannot be read", e);
        }
    }

    /// The folder of a run that came to its end.
    ///
    /// @throws IllegalArgumentException if it is no run folder, or the run did not come to its end
    public static ResultStore open(Path folder) {
        Path provenance = folder.resolve(PROVENANCE);
        requireExperiment(folder);
        if (!Files.isRegularFile(provenance)) {
            throw new IllegalArgumentException(
                    folder + " holds an unfinished run: it has no " + PROVENANCE + ", which is written last");
        }
        try {
            String experiment = Files.readString(folder.resolve(EXPERIMENT));
            return new ResultStore(
                    folder,
                    ExperimentText.read(folder.resolve(EXPERIMENT).toString(), experiment, folder),
                    Provenance.fromJson(new ObjectMapper().readTree(Files.readString(provenance))),
                    true);
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException(provenance + " is damaged; run the experiment again", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(folder + " is damaged: a text in it is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + FileReason.of(e), e);
        }
    }

    private static void requireExperiment(Path folder) {
        if (!Files.isRegularFile(folder.resolve(EXPERIMENT))) {
            throw new IllegalArgumentException(folder + " is no run folder: it has no " + EXPERIMENT
                    + (Files.exists(folder.resolve(DIAGNOSIS))
                            ? "; it holds a diagnosis, which diagnose --out writes whole, with its page report.html"
                            : ""));
        }
    }

    /// The folder of a run that has begun and was cut off, to be continued.
    ///
    /// @param commandLine arguments of the program, the command first
    /// @throws IllegalArgumentException if it is no run folder, or the run came to its end
    public static ResultStore resume(Path folder, List<String> commandLine) {
        Path file = folder.resolve(EXPERIMENT);
        requireExperiment(folder);
        refuseComplete(folder);
        try {
            String text = Files.readString(file);
            if (!text.endsWith("\n")) {
                // as versions before wrote it, without a last line of its own
                throw new IllegalArgumentException(
                        file + " is cut short: its last line has no end; run the experiment again in a new folder");
            }
            return new ResultStore(
                    folder,
                    ExperimentText.read(file.toString(), text, folder),
                    Provenance.begin(commandLine, Instant.now()),
                    true);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is damaged: it is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private static void refuseComplete(Path folder) {
        if (Files.isRegularFile(folder.resolve(PROVENANCE))) {
            RunFolders.tidy(folder);
            throw new IllegalArgumentException(folder + " holds a run that is complete; there is nothing to continue");
        }
    }

    /// Takes the folder for this process, to work in it.
    ///
    /// @throws IllegalArgumentException if another process has it, or has completed it meanwhile
    public FolderLock lock() {
        FolderLock lock = FolderLock.take(folder);
        try {
            refuseComplete(folder);
            AtomicFile.deleteParts(folder);
            return lock;
        } catch (IOException e) {
            lock.close();
            throw unwritable(folder, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Takes a shard of the folder for this process.
    ///
    /// @throws IllegalArgumentException if another process has it, or the run is complete
    FolderLock lock(Shard shard) {
        FolderLock lock = FolderLock.take(folder, shard);
        try {
            refuseComplete(folder);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// The folder of a run that is to go on to another end, complete or not.
    ///
    /// @param experiment the same but for its end
    public static ResultStore prolong(Path folder, Experiment experiment, List<String> commandLine) {
        ResultStore store = new ResultStore(folder, experiment, Provenance.begin(commandLine, Instant.now()), true);
        try (FolderLock _ = FolderLock.take(folder)) {
            AtomicFile.delete(folder.resolve(PROVENANCE));
            store.write(EXPERIMENT, ExperimentText.file(experiment, folder));
            return store;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /// Where the run lives.
    public Path folder() {
        return folder;
    }

    /// What is or was run.
    public Experiment experiment() {
        return experiment;
    }

    /// Notes what chance comes from before the run is reported on, by what it is for.
    public void seeded(Map<String, Long> seeds) {
        provenance = provenance.end(0, seeds, Map.of());
    }

    /// Where the results come from; complete after [#finish(Map, Map)].
    public Provenance provenance() {
        return provenance;
    }

    /// Writes a table to `NAME.parquet`.
    public void write(Table table) {
        String file = table.name() + TABLE_END;
        whole(file, part -> Parquet.write(table, part));
    }

    /// Writes a text in UTF-8, such as `report.html` or `figures/phase.svg`.
    public void write(String file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes bytes, such as `figures/phase.png`.
    public void write(String file, byte[] bytes) {
        whole(file, part -> Files.write(part, bytes));
    }

    /// Names of the tables, in order of the alphabet.
    public List<String> tables() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(TABLE_END) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - TABLE_END.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /// Reads a table back.
    ///
    /// @throws Absent if there is none of that name; the message lists what there is
    public Table table(String name) {
        Path file = folder.resolve(name + TABLE_END);
        if (!Files.isRegularFile(file)) {
            throw new Absent(name, "", folder + " has no table '" + name + "'; it has " + tables());
        }
        return Parquet.read(name, file);
    }

    /// Ends the run: from now on the folder counts as complete.
    ///
    /// @param seeds   what chance came from, by what it was for; empty for a run without chance
    /// @param results what the run found, in short; values as [JsonDocument] takes them
    /// @throws UncheckedIOException if the folder was taken away meanwhile, or the disk is full
    public void finish(Map<String, Long> seeds, Map<String, Object> results) {
        if (!Files.isRegularFile(folder.resolve(EXPERIMENT))) {
            throw unwritable(folder, new NoSuchFileException(folder.toString()));
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        provenance = provenance.end(seconds, seeds, results);
        write(PROVENANCE, provenance.toJson() + "\n");
    }

    /// Writes a table to `NAME.parquet` by other means than a [Table] in memory.
    Path place(String name, AtomicFile.Writing writing) {
        whole(name + TABLE_END, writing);
        return folder.resolve(name + TABLE_END);
    }

    private void whole(String file, AtomicFile.Writing writing) {
        Path target = folder.resolve(file);
        try {
            makeFolder(target.getParent());
            AtomicFile.place(target, writing);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /// Makes a folder of the run; never the run's own: one that went away takes what it held with it.
    private void makeFolder(Path inside) throws IOException {
        if (!Files.isDirectory(inside) && !inside.equals(folder)) {
            makeFolder(inside.getParent());
            Files.createDirectory(inside);
        }
    }

    static UncheckedIOException unwritable(Path place, IOException e) {
        return new UncheckedIOException("cannot write " + place + ": " + FileReason.of(e), e);
    }
}
