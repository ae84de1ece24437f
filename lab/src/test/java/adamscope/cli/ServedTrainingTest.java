package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings that the program itself runs for a page.
@Tag("slow")
class ServedTrainingTest {
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [50, 50], activation: tanh}
        data: {source: sine-sum, samples: 500, dimension: 2}
        optimizer: {name: adam, lr: 3e-3}
        steps: 1500
        probe: 20
        """;
    private static final OwnProgram PROGRAM = new OwnProgram("adamscope.cli.Main");

    @TempDir
    private Path folder;

    private static Predicate<JsonNode> past(int step) {
        return seen -> seen.path("done").asInt() > step;
    }

    private Path uninterrupted() throws IOException {
        Path text = Files.writeString(folder.resolve("a.yaml"), TRAINING);
        Path whole = folder.resolve("whole");
        assertThat(Ran.of("train", "-c", text.toString(), "--out", whole.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        return whole;
    }

    private static void sameBytes(Path run, Path whole) throws IOException {
        for (String table : List.of("losses.parquet", "measurements.parquet", "probes.parquet", "live.jsonl")) {
            assertThat(Files.mismatch(run.resolve(table), whole.resolve(table)))
                    .as(table)
                    .isEqualTo(-1);
        }
    }

    @Test
    void stoppedAndGoneOnWithItHasTheBytesOfOneThatWasNot() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (Server server = Server.start(runs, "127.0.0.1", 0, PROGRAM, Host.QUIET)) {
            AskedServer asked = new AskedServer(server.address());
            String run = asked.begun(TRAINING);
            asked.awaited(run, past(50));
            asked.order("stop", run);
            JsonNode stopped = asked.awaited(run, "stopped");
            assertThat(stopped.path("words").asText()).contains("; go on with: adamscope train --resume ");
            assertThat(stopped.path("done").asInt()).isLessThan(1500);
            asked.order("resume", run);
            assertThat(asked.awaited(run, "complete").path("outcome").asText()).isEqualTo("done");
            sameBytes(runs.resolve(run), uninterrupted());
        }
    }

    /// What was at work ends with the server, also with one that is killed, and goes on in the next.
    @Test
    void whenTheServerIsKilledTheRunStopsAndGoesOnInTheNext() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Path said = folder.resolve("said.txt");
        Process first = served(runs, said);
        String run;
        try {
            AskedServer asked = AskedServer.of(said, first);
            run = asked.begun(TRAINING);
            asked.awaited(run, past(50));
        } finally {
            first.destroyForcibly().waitFor();
        }
        try (Server next = Server.start(runs, "127.0.0.1", 0, PROGRAM, Host.QUIET)) {
            AskedServer asked = new AskedServer(next.address());
            // the same token as before, so that a page finds it again
            assertThat(URI.create(asked.address()).getPath())
                    .isEqualTo(URI.create(Files.readString(said).strip()).getPath());
            asked.awaited(run, "stopped");
            asked.order("resume", run);
            asked.awaited(run, "complete");
            sameBytes(runs.resolve(run), uninterrupted());
        }
    }

    @Test
    void whenTheServerIsAskedToEndItSaysHowItsRunsGoOn() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Path said = folder.resolve("said.txt");
        Process server = served(runs, said);
        String run;
        try {
            AskedServer asked = AskedServer.of(said, server);
            run = asked.begun(TRAINING);
            asked.awaited(run, past(50));
            server.destroy();
            assertThat(server.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            server.destroyForcibly();
        }
        assertThat(server.exitValue()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains("; go on with: adamscope train --resume " + runs.resolve(run))
                .contains("; the same address again with: adamscope serve ");
        assertThat(runs.resolve(run).resolve(".lock")).doesNotExist();
    }

    private Process served(Path runs, Path said) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "adamscope.cli.Main",
                        "serve",
                        "--port",
                        "0",
                        runs.toString())
                .redirectOutput(said.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }
}
