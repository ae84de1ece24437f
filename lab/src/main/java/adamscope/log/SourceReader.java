package adamscope.log;

import java.io.IOException;
import java.nio.file.Path;

/// From the kind of a source to its reader.
final class SourceReader {
    private SourceReader() {}

    static void read(LogSource source, CollectedRuns runs) throws IOException {
        boolean first = true;
        for (Path file : source.files()) {
            if (!first) {
                runs.goesOn(file);
            }
            first = false;
            String name = file.getFileName().toString();
            switch (source.kind()) {
                case TENSORBOARD -> TensorBoardEvents.read(file, 0, false, runs.single());
                case WANDB -> WandbFile.read(file, runs.single());
                case MLFLOW -> MlflowFolder.read(file, runs.single());
                case CSV -> LineChunks.read(file, 0, false, runs.single(), new CsvRows(name, runs)::accept);
                case JSON_LINES -> LineChunks.read(file, 0, false, runs.single(), new JsonRows(name, runs)::accept);
                case TEXT -> LineChunks.read(file, 0, false, runs.single(), new TextRows(name, runs)::accept);
                case JSON -> JsonHistory.read(file, runs);
                case SQLITE -> SqliteLog.read(file, runs);
                case PARQUET -> ParquetLog.read(file, runs.single());
                case ADAMSCOPE -> AdamscopeFolder.read(file, runs);
            }
        }
        for (Path configuration : LogFolder.configurations(source.files().getFirst())) {
            for (RunPoints run : runs.runs()) {
                ConfigurationFile.read(configuration, run);
            }
        }
    }
}
