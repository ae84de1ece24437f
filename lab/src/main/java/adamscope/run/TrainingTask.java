package adamscope.run;

import adamscope.experiment.Experiment;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.spark.ChildWork;
import adamscope.spark.TileRows;
import adamscope.store.FolderLock;
import adamscope.store.ResultStore;
import adamscope.sweep.Tile;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.tensor.ProcessEnd;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/// The trainings of one tile of a sweep as a process of its own: takes the [Tile] from standard input, trains in the
/// run folder that it is given, from the checkpoints that are there, and answers as [ChildWork] asks. It ends with
/// standard input, so with whoever started it.
public final class TrainingTask {
    private static final String POINTS = "points";

    private TrainingTask() {}

    /// Where the points of a sweep in a run folder are trained.
    static Path points(Path run) {
        return run.resolve(POINTS);
    }

    /// Takes away what the training of a point kept.
    static void clear(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take away " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Takes away what the trainings of these points kept, and the folder of all when it is empty.
    static void clear(Path points, LongPredicate done) {
        if (!Files.isDirectory(points)) {
            return;
        }
        try (Stream<Path> folders = Files.list(points)) {
            List<Path> all = folders.toList();
            List<Path> over = all.stream()
                    .filter(folder -> TrainingSweep.point(folder).stream().anyMatch(done))
                    .toList();
            over.forEach(TrainingTask::clear);
            if (over.size() == all.size()) {
                Files.deleteIfExists(points);
            }
        } catch (DirectoryNotEmptyException _) {
            // Another shard has begun a training meanwhile.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take away " + points + ": " + e.getMessage(), e);
        }
    }

    /// This program as a command, which has to lie at the same place on every machine, as the run folder has.
    static ChildWork of(Path run) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingTask.class.getName(),
                run.toAbsolutePath().normalize().toString());
        return new ChildWork(new ArrayList<>(command));
    }

    /// @param arguments the run folder
    static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Locale.setDefault(Locale.ROOT);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        InputStream in = new BufferedInputStream(System.in);
        Tile tile = (Tile) new ObjectInputStream(in).readObject();
        Thread.ofPlatform().daemon().start(() -> endWith(in));
        Object answer = answer(Path.of(arguments[0]), tile);
        out.write((ChildWork.GREETING + "\n").getBytes(StandardCharsets.UTF_8));
        try (ObjectOutputStream answers = new ObjectOutputStream(new BufferedOutputStream(out))) {
            answers.writeObject(answer);
        }
        ProcessEnd.halt(0);
    }

    private static void endWith(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input broke: " + e);
        }
        ProcessEnd.halt(1);
    }

    /// The trainings of a series, or of a figure that is one, by name.
    static List<String> parts(Path run) {
        return List.copyOf(series(ResultStore.experiment(run)).parts().keySet());
    }

    private static Series series(Experiment experiment) {
        return switch (experiment) {
            case Series series -> series;
            case Reproduction figure -> (Series) figure.experiment().orElseThrow();
            case Experiment other -> throw new IllegalStateException("no trainings in kind = " + other.kind());
        };
    }

    /// Trains parts of a series to their ends, in the run folder; the rows only say that it is done.
    private static Table trained(Path run, Series series, Tile tile) {
        for (long part : tile.points()) {
            String name = List.copyOf(series.parts().keySet()).get((int) part);
            TrainingFiles.make(TrainingRun.folder(run, name));
            try (FolderLock _ = FolderLock.take(TrainingRun.folder(run, name))) {
                new TrainingRun(new Unwatched(() -> false, System.err::println), run, name, (Train)
                                series.parts().get(name))
                        .made();
            }
        }
        return new Table("trained", List.of(new Column.Integers("part", "", tile.points())));
    }

    /// The rows, or why there are none.
    private static Object answer(Path run, Tile tile) {
        try {
            Table rows = switch (ResultStore.experiment(run)) {
                case Sweep sweep ->
                    new TrainingSweep(sweep, (Train) sweep.base(), points(run), System.err::println)
                            .rows(tile.points(), () -> false);
                case Experiment other -> trained(run, series(other), tile);
            };
            return TileRows.of(tile, rows, true);
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
