package adamscope.store;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.table.Table;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
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
    private static final String TABLE_END = ".parquet";

    private final Path folder;
    private final Experiment experiment;
    private Provenance provenance;

    private ResultStore(Path folder, Experiment experiment, Provenance provenance) {
        this.folder = folder;
        this.experiment = experiment;
        this.provenance = provenance;
    }

    /// A new run folder at a place that does not exist yet or is empty; called before any work starts.
    ///
    /// @param out         the folder; null: a fresh one below `runs/`, see [RunFolders]
    /// @param commandLine arguments of the program, the command first
    /// @throws IllegalArgumentException if the folder holds anything
    /// @throws UncheckedIOException     if it cannot be made
    public static ResultStore create(Path out, Experiment experiment, List<String> commandLine) {
        Path folder = out == null
                ? RunFolders.fresh(
                        RunFolders.DEFAULT, commandLine.isEmpty() ? "run" : commandLine.getFirst(), experiment)
                : RunFolders.claim(out);
        ResultStore store = new ResultStore(folder, experiment, Provenance.begin(commandLine, Instant.now()));
        store.claim(ExperimentText.write(experiment, folder));
        return store;
    }

    /// Writes the experiment, which marks the folder as taken: of two programs that found it empty one gets it.
    private void claim(String text) {
        Path file = folder.resolve(EXPERIMENT);
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "another run has just begun in " + folder + "; choose another folder", e);
        } catch (IOException e) {
            discard(file);
            throw unwritable(file, e);
        }
    }

    /// Gives the folder back if nothing but the experiment is in it: for input that is found to be wrong before a run.
    public void withdraw() {
        try {
            Files.deleteIfExists(folder.resolve(EXPERIMENT));
            Files.deleteIfExists(folder);
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

    /// The folder of a run that came to its end.
    ///
    /// @throws IllegalArgumentException if it is no run folder, or the run did not come to its end
    public static ResultStore open(Path folder) {
        Path provenance = folder.resolve(PROVENANCE);
        if (!Files.isRegularFile(folder.resolve(EXPERIMENT))) {
            throw new IllegalArgumentException(folder + " is no run folder: it has no " + EXPERIMENT);
        }
        if (!Files.isRegularFile(provenance)) {
            throw new IllegalArgumentException(
                    folder + " holds an unfinished run: it has no " + PROVENANCE + ", which is written last");
        }
        try {
            String experiment = Files.readString(folder.resolve(EXPERIMENT));
            return new ResultStore(
                    folder,
                    ExperimentText.read(folder.resolve(EXPERIMENT).toString(), experiment, folder),
                    Provenance.fromJson(new ObjectMapper().readTree(Files.readString(provenance))));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException(provenance + " is damaged; run the experiment again", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(folder + " is damaged: a text in it is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /// The folder of a run that has begun and was cut off, to be continued.
    ///
    /// @param commandLine arguments of the program, the command first
    /// @throws IllegalArgumentException if it is no run folder, or the run came to its end
    public static ResultStore resume(Path folder, List<String> commandLine) {
        Path file = folder.resolve(EXPERIMENT);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " is no run folder: it has no " + EXPERIMENT);
        }
        if (Files.isRegularFile(folder.resolve(PROVENANCE))) {
            throw new IllegalArgumentException(folder + " holds a run that is complete; there is nothing to continue");
        }
        try {
            return new ResultStore(
                    folder,
                    ExperimentText.read(file.toString(), Files.readString(file), folder),
                    Provenance.begin(commandLine, Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
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

    /// Where the results come from; complete after [#finish(Map, Map)].
    public Provenance provenance() {
        return provenance;
    }

    /// The folder for figures, made if need be.
    public Path figures() {
        try {
            return Files.createDirectories(folder.resolve("figures"));
        } catch (IOException e) {
            throw unwritable(folder.resolve("figures"), e);
        }
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
    /// @throws IllegalArgumentException if there is none of that name; the message lists what there is
    public Table table(String name) {
        Path file = folder.resolve(name + TABLE_END);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " has no table '" + name + "'; it has " + tables());
        }
        return Parquet.read(name, file);
    }

    /// Ends the run: from now on the folder counts as complete.
    ///
    /// @param seeds   what chance came from, by what it was for; empty for a run without chance
    /// @param results what the run found, in short; values as [JsonDocument] takes them
    public void finish(Map<String, Long> seeds, Map<String, Object> results) {
        double seconds = Duration.between(provenance.start(), Instant.now()).toNanos() * 1e-9;
        provenance = provenance.end(seconds, seeds, results);
        write(PROVENANCE, provenance.toJson() + "\n");
    }

    /// Writes a table to `NAME.parquet` by other means than a [Table] in memory.
    Path place(String name, Writing writing) {
        whole(name + TABLE_END, part -> {
            writing.to(part);
            TileFile.toDisk(part, StandardOpenOption.WRITE);
        });
        return folder.resolve(name + TABLE_END);
    }

    /// Writes a file that is not yet at its place.
    interface Writing {
        /// Writes it.
        void to(Path part) throws IOException;
    }

    private void whole(String file, Writing writing) {
        Path target = folder.resolve(file);
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            writing.to(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            discard(part);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            // What failed before this is what the user has to know; a leftover .part file counts as nothing.
            return;
        }
    }

    static UncheckedIOException unwritable(Path place, IOException e) {
        String reason = switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file of that name is in the way";
            case NoSuchFileException _ -> "the place does not exist";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
        return new UncheckedIOException("cannot write " + place + ": " + reason, e);
    }
}
