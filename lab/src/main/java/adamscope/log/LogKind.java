package adamscope.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Kinds of logs that can be read.
enum LogKind {
    TENSORBOARD,
    WANDB,
    MLFLOW,
    SQLITE,
    CSV,
    TEXT,
    JSON_LINES,
    JSON,
    PARQUET,
    ADAMSCOPE;

    /// What can be read, for a message.
    static final String ALL = "TensorBoard event files, .wandb files, MLflow runs and its SQLite, CSV, JSONL, JSON,"
            + " Parquet, what a trainer printed, all of these packed by gzip, zstd, bzip2, xz or zip, and run folders"
            + " of Adamscope";

    private static final Pattern PACKED = Pattern.compile("\\.(gz|zst|zstd|bz2|xz)$");

    private static final int HEAD = 1 << 16;

    /// The kind that the name of a file promises.
    static Optional<LogKind> ofName(Path file) {
        String whole = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String name = PACKED.matcher(whole).replaceFirst("");
        if (name.contains("tfevents")) {
            return Optional.of(TENSORBOARD);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "wandb" -> Optional.of(WANDB);
            case "csv", "tsv" -> Optional.of(CSV);
            case "jsonl", "ndjson" -> Optional.of(JSON_LINES);
            case "json" -> Optional.of(JSON);
            case "parquet", "pq" -> Optional.of(PARQUET);
            case "db", "sqlite", "sqlite3" -> Optional.of(SQLITE);
            case "log", "out", "txt", "err", "stdout", "stderr" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
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

    boolean isText() {
        return switch (this) {
            case CSV, TEXT, JSON_LINES -> true;
            case TENSORBOARD, WANDB, MLFLOW, SQLITE, JSON, PARQUET, ADAMSCOPE -> false;
        };
    }

    /// The kind that the first bytes of a file show.
    static Optional<LogKind> ofContent(Path file) throws IOException {
        byte[] head = Unpacked.head(file, HEAD);
        String start = new String(head, 0, Math.min(16, head.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("PAR1")) {
            return Optional.of(PARQUET);
        }
        if (start.startsWith(":W&B")) {
            return Optional.of(WANDB);
        }
        if (start.startsWith("SQLite format 3")) {
            return Optional.of(SQLITE);
        }
        if (TfRecords.begins(head)) {
            return Optional.of(TENSORBOARD);
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
        CollectedRuns runs = new CollectedRuns("", NameMap.standard(), Limits.STANDARD);
        new TextRows("", runs).accept(head, 0, head.length, true);
        return runs.received() > 0;
    }
}
