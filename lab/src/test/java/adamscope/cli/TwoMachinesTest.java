package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two machines on one folder of a network file system, of which each has a name of its own and sees late what the
/// other wrote: `another_machine.c` stands between the program and libc.
@Tag("slow")
class TwoMachinesTest {
    private static final int LATE_MILLIS = 3000;

    private static final String SWEEP = """
        kind: sweep
        fullLength: true
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 100000
          init: gradient
        axes:
          beta1: {from: 0.02, to: 0.98, points: 12}
          beta2: {from: 0.1, to: 0.99, points: 12, scale: one-minus-log}
        keep: [outcome, minLog10Loss, ranSteps]
        """;

    @TempDir
    private Path folder;

    private Path run;
    private String file;

    @BeforeEach
    void write() throws IOException {
        run = folder.resolve("run");
        file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP).toString();
    }

    private Path said(String machine) throws IOException {
        return Files.createDirectories(folder.resolve(machine));
    }

    private ProgramProcess on(String machine) throws Exception {
        return new ProgramProcess(said(machine))
                .over("another_machine")
                .option("-Xmx300m")
                .with("MACHINE", machine)
                .with("MACHINE_FOLDER", run.toString())
                .with("MACHINE_LATE", Integer.toString(LATE_MILLIS));
    }

    private List<String> begin(String... more) {
        List<String> words = new ArrayList<>(List.of("sweep", "-c", file, "--tile", "4", "--out", run.toString()));
        words.addAll(List.of(more));
        return words;
    }

    private byte[] whole() throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(Ran.of("sweep", "-c", file, "--out", whole.toString()).code())
                .isEqualTo(ExitCode.DONE);
        return Files.readAllBytes(whole.resolve("sweep.parquet"));
    }

    private static void await(Path there, Process process) throws InterruptedException {
        while (process.isAlive() && !Files.exists(there)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void theyShareIt() throws Exception {
        Process one = on("node1").start(begin("--shard", "1/2"));
        Process other = on("node2").start(begin("--shard", "2/2"));
        assertThat(one.waitFor())
                .as(Files.readString(said("node1").resolve("err.txt")))
                .isZero();
        assertThat(other.waitFor())
                .as(Files.readString(said("node2").resolve("err.txt")))
                .isZero();
        List<String> merge = List.of(
                "sweep",
                "--merge",
                run.toString(),
                "--out",
                folder.resolve("merged").toString());
        Ran early = on("node3").run(merge);
        if (early.code() != ExitCode.DONE) { // it does not see all of them yet, and says so
            assertThat(early.code()).isEqualTo(ExitCode.WRONG_INPUT);
            assertThat(early.err()).contains("the shards make no table: ").contains("missing");
            assertThat(folder.resolve("merged")).doesNotExist();
            TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
            assertThat(on("node3").run(merge).code()).isZero();
        }
        assertThat(Files.readAllBytes(folder.resolve("merged/sweep.parquet"))).isEqualTo(whole());
    }

    @Test
    void theSecondIsRefusedAndToldWhereTheFirstIs() throws Exception {
        Process one = on("node1").start(begin());
        try {
            await(run.resolve("tiles"), one);
            for (List<String> second : List.of(begin(), List.of("sweep", "--resume", run.toString()))) {
                Ran refused = on("node2").with("MACHINE_LATE", "0").run(second);
                assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
                assertThat(refused.err())
                        .contains("another process (pid " + one.pid() + " on node1) is at work in " + run);
            }
            assertThat(one.waitFor()).isZero();
        } finally {
            one.destroyForcibly();
        }
        assertThat(Files.readAllBytes(run.resolve("sweep.parquet"))).isEqualTo(whole());
    }

    /// Where each machine has its locks for itself nobody can be refused at the start.
    @Test
    void withoutLocksBetweenThemOneOfThemGivesUpAndTheTableIsRight() throws Exception {
        byte[] whole = whole();
        for (int late : new int[] {0, LATE_MILLIS}) {
            List<Process> both = new ArrayList<>();
            for (String machine : List.of("node1", "node2")) {
                both.add(on(machine)
                        .with("MACHINE_LATE", Integer.toString(late))
                        .with("MACHINE_LOCKS", "alone")
                        .start(begin()));
                if (machine.equals("node1")) {
                    await(run.resolve("tiles"), both.getFirst());
                }
            }
            for (Process process : both) {
                assertThat(process.waitFor()).isIn(ExitCode.DONE, ExitCode.FAILED, ExitCode.WRONG_INPUT);
            }
            String said = Files.readString(said("node1").resolve("err.txt")) + "\nNODE2 "
                    + Files.readString(said("node2").resolve("err.txt"));
            assertThat(said).doesNotContain("defect");
            if (!Files.exists(run.resolve("provenance.json"))) {
                Ran resumed = Ran.of("sweep", "--resume", run.toString());
                assertThat(resumed.code()).as(said + resumed.err()).isEqualTo(ExitCode.DONE);
            }
            assertThat(Files.readAllBytes(run.resolve("sweep.parquet")))
                    .as(said)
                    .isEqualTo(whole);
            run = folder.resolve("again");
        }
    }
}
