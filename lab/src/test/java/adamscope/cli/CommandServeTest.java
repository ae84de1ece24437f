package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandServeTest {
    @TempDir
    private Path folder;

    @Test
    void itPrintsItsAddressAloneAndEndsWithOneSentence() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread program = Thread.ofPlatform()
                .start(() -> code.complete(Main.run(
                        List.of("serve", "--port", "0", folder.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (out.size() == 0 && program.isAlive() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{32}/\n");
        program.interrupt();
        assertThat(code.get(1, TimeUnit.MINUTES)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .matches("adamscope: interrupted; the same address again with: adamscope serve --port \\d+ " + folder
                        + "\n");
    }

    @Test
    void whatCannotBeServedIsOneMessage() throws Exception {
        Ran.of("serve", folder.resolve("none").toString()).isWrong("no folder " + folder.resolve("none"));
        Ran.of("serve", "--port", "70000", folder.toString()).isWrong("--port = 70000 is outside [0, 65535]");
        Ran.of("serve", "--port", "x", folder.toString()).isWrong("--port");
        Ran.of("serve", Files.writeString(folder.resolve("file"), "").toString())
                .isWrong("file is a file; name a folder of runs");
    }
}
