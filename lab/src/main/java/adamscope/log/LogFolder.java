package adamscope.log;

import adamscope.log.LogFormat.InFolder;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The sources of runs in a file or below a folder.
final class LogFolder {
    private static final int DEPTH = 12;
    private static final int MOST_SOURCES = 10_000;

    /// Files of this kind are taken from a folder only under a name that promises a history.
    private static final List<String> HISTORIES = List.of("trainer_state", "history", "log", "metrics", "loss");

    private LogFolder() {}

    /// @throws IllegalArgumentException if there is nothing there, or nothing of a kind that can be read
    static List<LogSource> sources(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + " does not exist");
        }
        try {
            List<LogSource> sources = Files.isDirectory(path) ? inFolder(path) : ofFile(path);
            if (sources.isEmpty()) {
                throw new IllegalArgumentException(path + " holds no log; " + LogKind.ALL + " can be read");
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + FileReason.of(e), e);
        }
    }

    private static List<LogSource> ofFile(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new IllegalArgumentException(file + " is empty");
        }
        if (ZipFolder.is(file)) {
            return inFolder(ZipFolder.open(file));
        }
        Optional<LogKind> kind = LogKind.of(file);
        return List.of(new LogSource(
                file.getFileName().toString(),
                kind.orElseThrow(() -> new IllegalArgumentException(
                        file + " is of no kind that can be read; " + LogKind.ALL + " can")),
                List.of(file)));
    }

    private static List<LogSource> inFolder(Path root) throws IOException {
        Map<Path, List<Path>> events = new TreeMap<>();
        // A link, such as W&B's latest-run, leads to what is there under its own name.
        Set<Path> places = new HashSet<>();
        List<LogSource> sources = new ArrayList<>();
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                boolean link = !folder.equals(root) && Files.isSymbolicLink(folder);
                if (link && folder.toRealPath().startsWith(root.toRealPath())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Optional<LogKind> whole = LogKind.ofFolder(folder);
                if (whole.isPresent()) {
                    sources.add(new LogSource(name(root, folder), whole.get(), List.of(folder)));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Optional<LogKind> kind =
                        LogKind.ofName(file).filter(_ -> attributes.isRegularFile() && attributes.size() > 0);
                if (kind.isEmpty() || !places.add(file.toRealPath())) {
                    return FileVisitResult.CONTINUE;
                }
                InFolder part = kind.get().format().inFolder();
                boolean named = part != InFolder.MAYBE && part != InFolder.MAYBE_BY_CONTENT;
                Optional<LogKind> found = switch (part) {
                    case TOGETHER -> {
                        events.computeIfAbsent(file.getParent(), _ -> new ArrayList<>())
                                .add(file);
                        yield Optional.empty();
                    }
                    case HISTORY -> kind.filter(_ -> history(file));
                    case BY_CONTENT, MAYBE_BY_CONTENT -> LogKind.of(file);
                    case LOG, MAYBE -> kind;
                };
                found.ifPresent(log -> sources.add(new LogSource(name(root, file), log, List.of(file), named)));
                return sources.size() + events.size() < MOST_SOURCES
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        events.forEach((folder, files) -> sources.add(new LogSource(
                name(root, folder), LogKind.TENSORBOARD, files.stream().sorted().toList())));
        withoutTwins(sources);
        sources.sort(java.util.Comparator.comparing(LogSource::name));
        return sources;
    }

    /// W&B keeps what a run printed beside its own file: the same run again.
    private static void withoutTwins(List<LogSource> sources) {
        List<Path> wandb = sources.stream()
                .filter(source -> source.kind() == LogKind.WANDB)
                .map(source -> source.files().getFirst().getParent())
                .toList();
        sources.removeIf(source -> source.kind().isText()
                && wandb.stream().anyMatch(folder -> source.files().getFirst().startsWith(folder)));
    }

    private static boolean history(Path file) {
        String name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        return HISTORIES.stream().anyMatch(name::contains);
    }

    private static String name(Path root, Path place) {
        Path relative = root.relativize(place);
        return relative.toString().isEmpty()
                ? String.valueOf(root.toAbsolutePath().normalize().getFileName())
                : relative.toString().replace('\\', '/');
    }

    /// Files beside a log that may hold its configuration.
    static List<Path> configurations(Path log) {
        Path folder = Files.isDirectory(log) ? log : log.toAbsolutePath().getParent();
        return Set.of("""
            config.json config.yaml config.yml hparams.yaml hparams.yml hparams.json train_config.json
            train_config.yaml run_config.yaml ds_config.json args.yaml args.json params.json params.yaml
            training_args.json .hydra/config.yaml files/config.yaml\
            """.split("\\s+")).stream()
                .sorted()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }
}
