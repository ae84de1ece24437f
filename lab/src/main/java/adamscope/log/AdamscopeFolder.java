package adamscope.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A run folder of this program: its tables that have steps; of a series, one run for each part.
final class AdamscopeFolder {
    private static final String EXPERIMENT = "experiment.yaml";
    private static final String TABLE_END = ".parquet";

    private AdamscopeFolder() {}

    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(EXPERIMENT));
    }

    static void read(Path folder, CollectedRuns runs) throws IOException {
        Map<String, List<Path>> parts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(TABLE_END)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(file -> parts.computeIfAbsent(part(file), _ -> new ArrayList<>())
                            .add(file));
        }
        for (Map.Entry<String, List<Path>> part : parts.entrySet()) {
            Optional<RunPoints> run = runs.run(part.getKey());
            if (run.isPresent()) {
                ParquetLog.readAll(part.getValue(), run.get());
                ConfigurationFile.read(folder.resolve(EXPERIMENT), part.getKey(), run.get());
            }
        }
    }

    /// `fast` of `fast-trajectory.parquet`, empty of `trajectory.parquet`.
    private static String part(Path table) {
        String name = table.getFileName().toString();
        int dash = name.lastIndexOf('-');
        return dash < 0 ? "" : name.substring(0, dash);
    }
}
