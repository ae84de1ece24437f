package adamscope.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A run of MLflow's file store: `metrics/NAME` with lines `timestamp value step`, `params/NAME` with a value. Of
/// either
/// at most as many files are read as there may be names.
final class MlflowFolder {
    private static final int DEPTH = 6;
    private static final int LONGEST_VALUE = 6000;

    private MlflowFolder() {}

    static boolean is(Path folder) {
        return Files.isDirectory(folder.resolve("metrics"))
                && (Files.exists(folder.resolve("meta.yaml")) || Files.isDirectory(folder.resolve("params")));
    }

    static void read(Path folder, RunPoints run) throws IOException {
        for (Path file : files(folder.resolve("metrics"), run)) {
            String tag = name(folder.resolve("metrics"), file);
            LineChunks.read(file, 0, false, run, (bytes, from, to, _) -> lines(tag, bytes, from, to, run));
        }
        for (Path file : files(folder.resolve("params"), run)) {
            if (Files.size(file) <= LONGEST_VALUE) {
                run.configure(
                        "params",
                        name(folder.resolve("params"), file),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
    }

    private static List<Path> files(Path folder, RunPoints run) throws IOException {
        int most = run.limits().names();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            run.lost(
                    "files of " + folder.getFileName() + "/ were not read: only the first " + most + " are",
                    all.size() - most);
            return all.subList(0, Math.min(most, all.size()));
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static void lines(String tag, byte[] bytes, int from, int to, RunPoints run) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split(" +", 4);
            OptionalDouble value = parts.length < 2 ? OptionalDouble.empty() : WrittenNumber.number(parts[1]);
            OptionalLong step = parts.length < 3 ? OptionalLong.of(0) : WrittenNumber.step(parts[2]);
            if (value.isPresent() && step.isPresent()) {
                run.add(tag, step.getAsLong(), value.getAsDouble());
            } else {
                run.lost("lines of metrics/" + WrittenNumber.shortened(tag) + " are no 'timestamp value step'", 1);
            }
        });
    }
}
