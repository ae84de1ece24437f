package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Job files run by the programs that they are for, where these are installed: GNU parallel, and Slurm with one node on
/// loopback, which looks each second whether a job takes more memory than it asked for, and kills it.
@Tag("slow")
class JobSchedulersTest {
    private static final String SWEEP = """
        kind: sweep
        fullLength: true
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: %d
        axes:
          beta1: {from: 0.02, to: 0.98, points: 20}
          beta2: {from: 0.1, to: 0.99, points: 20, scale: one-minus-log}
        """;

    @TempDir
    private Path folder;

    /// A program `adamscope` that runs the classes of this test.
    @BeforeEach
    void install() throws IOException {
        Path program = folder.resolve("adamscope");
        Files.writeString(
                program,
                String.format(
                        Locale.ROOT,
                        """
                        #!/bin/bash
                        exec %s --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx300m \\
                            ${ADAMSCOPE_JAVA_OPTIONS:-} -cp '%s' adamscope.cli.Main "$@" 2>>"%s"
                        """,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        folder.resolve("err.log")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isInstalled(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private ProcessBuilder command(List<String> words, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private String run(List<String> words, Map<String, String> environment) throws IOException, InterruptedException {
        Process process = command(words, environment).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", words, out).isZero();
        return out;
    }

    private Path emitted(String scheduler, int steps, int shards) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("e.yaml"), String.format(Locale.ROOT, SWEEP, steps));
        String job = run(
                List.of(
                        folder.resolve("adamscope").toString(),
                        "sweep",
                        "-c",
                        folder.resolve("e.yaml").toString(),
                        "--tile",
                        "16",
                        "--out",
                        folder.resolve("all").toString(),
                        "--emit",
                        scheduler,
                        "--shards",
                        Integer.toString(shards)),
                Map.of());
        return Files.writeString(folder.resolve("job.sh"), job);
    }

    private void isWhole(Path merged) throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(Ran.of("sweep", "-c", folder.resolve("e.yaml").toString(), "--out", whole.toString())
                        .code())
                .isZero();
        assertThat(CommandShardTest.content(merged)).isEqualTo(CommandShardTest.content(whole));
    }

    @Test
    void parallelRunsTheFileItIsGiven() throws Exception {
        assumeTrue(isInstalled("parallel"), "GNU parallel is not installed");
        Path job = emitted("parallel", 2000, 3);
        run(List.of("bash", job.toString()), Map.of());
        isWhole(folder.resolve("all-merged"));
    }

    @Test
    void slurmRunsTheFileItIsGivenAndStartsAShardAgainThatWasToldToEnd() throws Exception {
        assumeTrue(isInstalled("slurmctld") && isInstalled("slurmd"), "Slurm is not installed");
        Map<String, String> environment = Map.of("SLURM_CONF", configuration().toString());
        List<Process> daemons = new ArrayList<>();
        try {
            for (String daemon : List.of("slurmctld", "slurmd")) {
                daemons.add(command(List.of(daemon, "-D"), environment)
                        .redirectOutput(folder.resolve(daemon + ".log").toFile())
                        .start());
                TimeUnit.SECONDS.sleep(3);
            }
            Path job = emitted("slurm", 200_000, 3);
            run(List.of("sbatch", "--test-only", job.toString()), environment);
            run(List.of("bash", job.toString()), environment);
            Path tiles = folder.resolve("all/tiles");
            await(() -> Files.isDirectory(tiles));
            run(List.of("scancel", "--batch", "--signal=USR1", "--state=RUNNING", "--name=sweep-all"), environment);
            await(() -> run(List.of("squeue", "-h", "-r"), environment)
                    .lines()
                    .anyMatch(line -> line.contains("BeginTime")));
            // Slurm holds a job back for two minutes that is started again
            run(
                    List.of(
                            "bash",
                            "-c",
                            "for job in $(squeue -h -r -t PD -n sweep-all -o %i); do"
                                    + " scontrol update JobId=$job StartTime=now; done"),
                    environment);
            await(() -> run(List.of("squeue", "-h", "-r"), environment).isBlank());
            assertThat(Files.readString(folder.resolve("err.log"))).contains("interrupted; ");
            isWhole(folder.resolve("all-merged"));
        } finally {
            // no shard outlives the test
            command(List.of("scancel", "--full", "--signal=KILL", "--name=sweep-all"), environment)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
            daemons.reversed().forEach(Process::destroy);
            for (Process daemon : daemons) {
                daemon.waitFor(20, TimeUnit.SECONDS);
                daemon.destroyForcibly();
            }
        }
    }

    private interface Question {
        boolean isTrue() throws IOException, InterruptedException;
    }

    private static void await(Question question) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
        while (!question.isTrue()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private Path configuration() throws IOException, InterruptedException {
        String host = run(List.of("uname", "-n"), Map.of()).strip().replaceAll("[.].*", "");
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("spool"));
        return Files.writeString(
                folder.resolve("slurm.conf"),
                String.format(Locale.ROOT, """
                    ClusterName=loop
                    SlurmctldHost=%1$s(127.0.0.1)
                    SlurmUser=%2$s
                    SlurmdUser=%2$s
                    AuthType=auth/none
                    CredType=cred/none
                    StateSaveLocation=%3$s/state
                    SlurmdSpoolDir=%3$s/spool
                    SlurmctldPidFile=%3$s/ctld.pid
                    SlurmdPidFile=%3$s/d.pid
                    SlurmctldPort=16827
                    SlurmdPort=16828
                    ProctrackType=proctrack/linuxproc
                    TaskPlugin=task/none
                    ReturnToService=2
                    SelectType=select/cons_tres
                    SelectTypeParameters=CR_Core_Memory
                    JobAcctGatherType=jobacct_gather/linux
                    JobAcctGatherFrequency=task=1
                    JobAcctGatherParams=OverMemoryKill
                    SchedulerParameters=sched_interval=2,batch_sched_delay=1
                    NodeName=%1$s NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
                    PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
                    """, host, System.getProperty("user.name"), folder));
    }
}
