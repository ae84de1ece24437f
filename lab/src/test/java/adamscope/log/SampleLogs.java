package adamscope.log;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Small logs of every kind: loss 1/step and lr 0.001 at steps 1 to `steps`.
final class SampleLogs {
    private SampleLogs() {}

    static Path events(Path folder, int steps) {
        try (TensorBoardWriter events =
                TensorBoardWriter.create(folder, Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))) {
            for (int step = 1; step <= steps; step++) {
                events.scalars(step, Map.of("train/loss", 1.0 / step, "lr", 1e-3));
            }
            return events.file();
        }
    }

    static Path csv(Path folder, int steps) throws IOException {
        StringBuilder text = new StringBuilder("step,train_loss,lr\n");
        for (int step = 1; step <= steps; step++) {
            text.append(step).append(',').append(1.0 / step).append(",0.001\n");
        }
        return Files.writeString(folder.resolve("log.csv"), text);
    }

    static Path jsonLines(Path folder, int steps) throws IOException {
        StringBuilder text = new StringBuilder("{\"config\": {\"lr\": 0.001, \"betas\": [0.9, 0.999]}}\n");
        for (int step = 1; step <= steps; step++) {
            text.append(String.format(Locale.ROOT, "{\"step\": %d, \"loss\": %s, \"lr\": 0.001}%n", step, 1.0 / step));
        }
        return Files.writeString(folder.resolve("log.jsonl"), text);
    }

    static Path trainerState(Path folder, int steps) throws IOException {
        StringBuilder text = new StringBuilder("{\"best_metric\": null, \"log_history\": [");
        for (int step = 1; step <= steps; step++) {
            text.append(step == 1 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "\n{\"epoch\": 0.1, \"loss\": %s, \"learning_rate\": 0.001, \"step\": %d}",
                            1.0 / step,
                            step));
        }
        return Files.writeString(folder.resolve("trainer_state.json"), text.append("]}"));
    }

    static Path mlflow(Path folder, int steps) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int step = 1; step <= steps; step++) {
            text.append("1700000000000 ")
                    .append(1.0 / step)
                    .append(' ')
                    .append(step)
                    .append('\n');
        }
        Path run = Files.createDirectories(folder.resolve("mlruns/0/abc"));
        Files.createDirectories(run.resolve("metrics/train"));
        Files.createDirectories(run.resolve("params"));
        Files.writeString(run.resolve("metrics/train/loss"), text);
        Files.writeString(run.resolve("params/learning_rate"), "0.001");
        Files.writeString(run.resolve("params/adam_beta2"), "0.98");
        return run.resolve("metrics/train/loss");
    }

    static Path parquet(Path folder, int steps) {
        Path file = folder.resolve("log.parquet");
        try (var engine = DriverManager.getConnection("jdbc:duckdb:");
                var sql = engine.createStatement()) {
            sql.execute("COPY (SELECT i AS step, 1.0::DOUBLE / i AS train_loss, 0.001::DOUBLE AS lr, 'word' AS note"
                    + " FROM range(1, " + (steps + 1) + ") r(i)) TO '" + file + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        return file;
    }

    /// What every trainer of [PrintedLogs] prints, one behind the other.
    static Path printed(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (PrintedLogs trainer : PrintedLogs.values()) {
            text.append(trainer.text());
        }
        return Files.writeString(folder.resolve("train.log"), text);
    }

    /// A table packed as `gz`, `zst`, `bz2`, `xz` or `zip`.
    static Path packed(Path folder, String kind) throws IOException {
        Path file = folder.resolve("log.csv." + kind);
        try (OutputStream out = packing(kind, Files.newOutputStream(file))) {
            out.write(Files.readAllBytes(csv(folder, 40)));
        }
        return file;
    }

    static OutputStream packing(String kind, OutputStream out) throws IOException {
        return switch (kind) {
            case "gz" -> new GZIPOutputStream(out);
            case "zst" -> new ZstdOutputStream(out);
            case "bz2" -> new BZip2CompressorOutputStream(out);
            case "xz" -> new XZOutputStream(out, new LZMA2Options(1));
            case "zip" -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.putNextEntry(new ZipEntry("log.csv"));
                yield zip;
            }
            default -> out;
        };
    }

    /// MLflow's store: the run `calm` with parameters, `wild` with NaN from step 6 on.
    static Path sqlite(Path folder, int steps) {
        Path file = folder.resolve("mlflow.db");
        try (var sql = DriverManager.getConnection("jdbc:sqlite:" + file);
                var write = sql.createStatement()) {
            write.execute("CREATE TABLE runs (run_uuid TEXT, name TEXT)");
            write.execute("CREATE TABLE metrics (key TEXT, value REAL, timestamp INT, run_uuid TEXT, step INT,"
                    + " is_nan BOOLEAN)");
            write.execute("CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT)");
            write.execute("INSERT INTO runs VALUES ('u1', 'calm'), ('u2', 'wild')");
            write.execute("INSERT INTO params VALUES ('lr', '0.01', 'u1'), ('betas', '(0.9, 0.95)', 'u1')");
            for (int step = 0; step < steps; step++) {
                write.execute("INSERT INTO metrics VALUES ('train_loss', " + (10.0 - step) + ", 0, 'u1', " + step
                        + ", 0), ('train_loss', 0, 0, 'u2', " + step + ", " + (step > 5) + ")");
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        return file;
    }

    static Path nested(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("history.json"),
                "{\"args\": {\"lr\": 0.1}, \"results\": {\"train\": {\"step\": [5, 6], \"loss\": [3.0, 2.0]},"
                        + " \"val\": [{\"step\": 5, \"loss\": 4}], \"tb\": [[1700000000.0, 5, 3.0]],"
                        + " \"0\": {\"loss\": 1}, \"loss\": {\"7\": 3}}}");
    }

    static Path aligned(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("table.txt"),
                "Host: abc\n\nstep    train loss      terms           lr\n1       2.5             [1.0, 1.5]      0,1\n"
                        + "20      1.234,5         [1.0, 1.0]      0,1\n");
    }

    /// A file of W&B, written after its public format: header, then LevelDB's blocks with CRC32.
    static Path wandb(Path folder, int steps) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(7)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(":W&B".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putShort((short) 0xBEE1)
                .put((byte) 0)
                .array());
        piece(
                out,
                record(
                        17,
                        run -> run.writeByteArray(4, message(config -> {
                            config.writeByteArray(1, item("optimizer", "{\"lr\": 0.001, \"betas\": [0.9, 0.98]}"));
                        }))));
        for (int step = 1; step <= steps; step++) {
            int at = step;
            piece(out, record(2, history -> {
                history.writeByteArray(1, item("train/loss", Double.toString(1.0 / at)));
                history.writeByteArray(1, item("_step", Integer.toString(at)));
                history.writeByteArray(1, item("note", "\"" + "x".repeat(at % 100 * 10) + "\""));
                history.writeByteArray(2, message(s -> s.writeInt64(1, at)));
            }));
        }
        return Files.write(folder.resolve("run-abc.wandb"), out.toByteArray());
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] record(int number, Fields fields) throws IOException {
        return message(all -> all.writeByteArray(number, message(fields)));
    }

    private static byte[] item(String key, String json) throws IOException {
        return message(item -> {
            item.writeString(2, key);
            item.writeString(16, json);
        });
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static void piece(ByteArrayOutputStream out, byte[] record) throws IOException {
        int at = 0;
        do {
            int room = 32_768 - out.size() % 32_768;
            if (room < 7) {
                out.write(new byte[room]);
                room = 32_768;
            }
            int length = Math.min(room - 7, record.length - at);
            boolean last = at + length == record.length;
            byte kind = (byte) (at == 0 ? last ? 1 : 2 : last ? 4 : 3);
            CRC32 crc = new CRC32();
            crc.update(kind);
            crc.update(record, at, length);
            out.write(ByteBuffer.allocate(7)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) crc.getValue())
                    .putShort((short) length)
                    .put(kind)
                    .array());
            out.write(record, at, length);
            at += length;
        } while (at < record.length);
    }
}
