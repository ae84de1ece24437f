package adamscope.log;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
