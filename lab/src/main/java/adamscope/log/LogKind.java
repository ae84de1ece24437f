package adamscope.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Kinds of logs that can be read.
enum LogKind {
    TENSORBOARD,
    WANDB,
    MLFLOW,
    CSV,
    JSON_LINES,
    JSON,
    PARQUET,
    ADAMSCOPE;

    /// What can be read, for a message.
    static final String ALL = "TensorBoard event files, .wandb files, MLflow runs, CSV, JSONL, JSON, Parquet and run"
            + " folders of Adamscope";

    private static final int HEAD = 16;

    /// The kind that the name of a file promises.
    static Optional<LogKind> ofName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.contains("tfevents")) {
            return Optional.of(TENSORBOARD);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "wandb" -> Optional.of(WANDB);
            case "csv", "tsv" -> Optional.of(CSV);
            case "jsonl", "ndjson" -> Optional.of(JSON_LINES);
            case "json" -> Optional.of(JSON);
            case "parquet", "pq" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }

    /// The kind that the first bytes of a file show; text that is no JSON counts as CSV.
    static Optional<LogKind> ofContent(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("PAR1")) {
            return Optional.of(PARQUET);
        }
        if (start.startsWith(":W&B")) {
            return Optional.of(WANDB);
        }
        if (TfRecords.begins(head)) {
            return Optional.of(TENSORBOARD);
        }
        if (start.strip().startsWith("{")) {
            return Optional.of(JSON_LINES);
        }
        if (start.strip().startsWith("[")) {
            return Optional.of(JSON);
        }
        boolean text = start.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
        return text ? Optional.of(CSV) : Optional.empty();
    }
}
