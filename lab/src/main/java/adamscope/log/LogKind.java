package adamscope.log;

import adamscope.log.LogFormat.InFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Kinds of logs that can be read. A further one is a constant here and its reader.
enum LogKind {
    TENSORBOARD(LogFormat.growing(
                    "TensorBoard event files",
                    (file, runs) -> (from, following) -> TensorBoardEvents.read(file, from, following, runs.single()))
            .beginning(TfRecords::begins)
            .inFolder(InFolder.TOGETHER)),
    WANDB(LogFormat.whole(".wandb files", (file, runs) -> WandbFile.read(file, runs.single()))
            .named("wandb")
            .beginning(":W&B")),
    MLFLOW(LogFormat.whole("MLflow runs", (folder, runs) -> MlflowFolder.read(folder, runs.single()))
            .ofFolders(MlflowFolder::is)),
    SQLITE(LogFormat.whole("MLflow's SQLite", SqliteLog::read)
            .named("db", "sqlite", "sqlite3")
            .beginning("SQLite format 3")
            .inFolder(InFolder.MAYBE)),
    CSV(LogFormat.growing("CSV", SourceReader.lines((name, runs) -> new CsvRows(name, runs)::accept))
            .named("csv", "tsv")
            .inFolder(InFolder.BY_CONTENT)),
    JSON_LINES(LogFormat.growing("JSONL", SourceReader.lines((name, runs) -> new JsonRows(name, runs)::accept))
            .named("jsonl", "ndjson")
            .inFolder(InFolder.BY_CONTENT)),
    JSON(LogFormat.whole("JSON", JsonHistory::read).named("json").inFolder(InFolder.HISTORY)),
    PARQUET(LogFormat.whole("Parquet", (file, runs) -> ParquetLog.read(file, runs.single()))
            .named("parquet", "pq")
            .beginning("PAR1")),
    TEXT(LogFormat.growing(
                    "what a trainer printed", SourceReader.lines((name, runs) -> new TextRows(name, runs)::accept))
            .named("log", "out", "txt", "err", "stdout", "stderr")
            .inFolder(InFolder.MAYBE_BY_CONTENT)),
    ADAMSCOPE(LogFormat.whole("run folders of Adamscope", AdamscopeFolder::read).ofFolders(AdamscopeFolder::is));

    /// What can be read, for a message.
    static final String ALL =
            Arrays.stream(values()).map(kind -> kind.format.words()).collect(Collectors.joining(", "))
                    + ", and all files of these packed by gzip, zstd, bzip2, xz or zip";

    private static final Pattern PACKED = Pattern.compile("\\.(gz|zst|zstd|bz2|xz)$");

    private static final int HEAD = 1 << 16;

    private final LogFormat format;

    LogKind(LogFormat format) {
        this.format = format;
    }

    LogFormat format() {
        return format;
    }

    /// The kind that the name of a file promises.
    static Optional<LogKind> ofName(Path file) {
        String whole = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String name = PACKED.matcher(whole).replaceFirst("");
        if (name.contains("tfevents")) {
            return Optional.of(TENSORBOARD);
        }
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return known(format -> format.endings().contains(ending));
    }

    /// The kind of a folder that is a log as a whole.
    static Optional<LogKind> ofFolder(Path folder) {
        return known(format -> format.folder().test(folder));
    }

    private static Optional<LogKind> known(Predicate<LogFormat> by) {
        return Arrays.stream(values()).filter(kind -> by.test(kind.format)).findFirst();
    }

    /// The kind of a file: by its name where that promises one, by its content where it is text of any kind or has no
    /// such name.
    static Optional<LogKind> of(Path file) throws IOException {
        Optional<LogKind> promised = ofName(file);
        if (promised.filter(kind -> !kind.isText()).isPresent()) {
            return promised;
        }
        Optional<LogKind> found = ofContent(file);
        boolean table = promised.filter(kind -> kind == CSV).isPresent();
        boolean lines = promised.filter(kind -> kind == JSON_LINES).isPresent();
        if (promised.isPresent()
                && found.filter(kind -> kind.isText() || kind == JSON).isEmpty()) {
            // Its text is damaged from the start; its reader will say how.
            return promised;
        }
        // A list of rows alone is read as it is, whatever it is called.
        return (table || lines) && found.filter(kind -> kind == TEXT).isPresent() && !printed(file) ? promised : found;
    }

    /// Whether only its shape tells it from another text.
    boolean isText() {
        return this == CSV || this == TEXT || this == JSON_LINES;
    }

    /// The kind that the first bytes of a file show.
    static Optional<LogKind> ofContent(Path file) throws IOException {
        byte[] head = Unpacked.head(file, HEAD);
        Optional<LogKind> known = known(format -> format.begins().test(head));
        if (known.isPresent()) {
            return known;
        }
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != 0x1b && b != '\b' && b != '\f') {
                return Optional.empty();
            }
        }
        return Optional.of(TextShape.of(head, head.length < HEAD));
    }

    /// Whether the beginning of a text holds a pair of a key that is a quantity and its number.
    private static boolean printed(Path file) throws IOException {
        byte[] head = Unpacked.head(file, HEAD);
        CollectedRuns runs = new CollectedRuns("", NameMap.byDefault(), Limits.DEFAULT);
        new TextRows("", runs).accept(head, 0, head.length, true);
        return runs.received() > 0;
    }
}
