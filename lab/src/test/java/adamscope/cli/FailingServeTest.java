package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server over a disk that goes wrong at the n-th call, for every n of everything that its pages ask: it answers, in
/// one sentence what it cannot, goes on serving, and shows no half of a run as a whole one.
@Tag("slow")
class FailingServeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"full", "eio", "eacces", "short", "dead", "absent"})
    void aServerGoesOn(String fault) throws Exception {
        new FailingDisk(folder).aServerGoesOn(fault);
    }

    /// The disk is full for the server and for the process of the run, from some call of each on.
    @ParameterizedTest
    @ValueSource(ints = {1, 12, 30, 60, 90, 130})
    void aRunOnADiskThatGetsFullSaysSoAndGoesOnWhenThereIsRoom(int call) throws Exception {
        for (String text : List.of(FailingServe.TRAINING, FailingServe.SWEEP)) {
            Path runs = Files.createTempDirectory(folder, "runs");
            Process process = new ProgramProcess(folder)
                    .over(FailingDisk.LAYER)
                    .with("FAIL_FOLDER", runs.toString())
                    .with("FAIL_CALL", Integer.toString(call))
                    .with("FAIL_HOW", "full")
                    .start(List.of("serve", "--port", "0", runs.toString()));
            String run = "";
            try {
                AskedServer asked = AskedServer.of(folder.resolve("out.txt"), process);
                HttpResponse<String> answer = asked.post("start", Map.of("name", "a.yaml", "text", text));
                if (answer.statusCode() == 200) {
                    run = AskedServer.given(answer).path("run").asText();
                    JsonNode seen = asked.awaited(run, FailingServeTest::hasEnded);
                    boolean complete = seen.path("state").asText().equals("complete");
                    assertThat(seen.path("words").asText()).contains(complete ? "" : "No space left on device");
                } else {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
                    assertThat(answer.body())
                            .contains("No space left on device")
                            .hasLineCount(1);
                }
                assertThat(asked.get("list").statusCode()).isEqualTo(200);
            } finally {
                process.destroy();
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(Files.readString(folder.resolve("err.txt"))).doesNotContain("defect", "Exception");
            endsWhole(runs, run, text);
        }
    }

    private static boolean hasEnded(JsonNode seen) {
        return List.of("stopped", "complete").contains(seen.path("state").asText());
    }

    private void endsWhole(Path runs, String begun, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), text);
        boolean sweep = text.equals(FailingServe.SWEEP);
        Path whole = Files.createTempDirectory(folder, "whole").resolve("run");
        assertThat(Ran.of(sweep ? "sweep" : "train", "-c", file.toString(), "--out", whole.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        try (Server next = Server.start(runs, "127.0.0.1", 0, new OwnProgram(Main.class.getName()), Host.QUIET)) {
            AskedServer asked = new AskedServer(next.address());
            String run = begun;
            if (run.isEmpty()) {
                run = asked.begun(text);
            } else if (!Files.exists(runs.resolve(run).resolve("provenance.json"))) {
                asked.order("resume", run);
            }
            asked.awaited(run, "complete");
            String table = sweep ? "sweep.parquet" : "losses.parquet";
            assertThat(runs.resolve(run).resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
    }
}
