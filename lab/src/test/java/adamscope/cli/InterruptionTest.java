package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.training.CheckpointFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C and the signals of schedulers: one sentence, one exit code, and a folder that goes on.
class InterruptionTest {
    @TempDir
    private Path folder;

    /// From when a file is there to the wish.
    private long millis;

    /// Starts the program in a process of its own, ends it when a file is there, and looks at what it said.
    ///
    /// @param signal as `kill` takes it
    private void interrupted(String signal, int code, Path there, String sentence, List<String> arguments)
            throws Exception {
        // what runs in the background of a shell has SIGINT ignored, and so would the child
        Process child = new ProgramProcess(folder)
                .behind("env", "--default-signal=INT")
                .option("-Xmx512m")
                .option(ProgramProcess.BRIEF)
                .start(arguments);
        Path err = folder.resolve("err.txt");
        try {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (!Files.exists(there) && child.isAlive() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(there).as(Files.readString(err)).exists();
            TimeUnit.MILLISECONDS.sleep(millis);
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).as(Files.readString(err)).isEqualTo(code);
        assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith("adamscope: ")))
                .as(Files.readString(err))
                .singleElement()
                .asString()
                .startsWith(sentence);
        assertThat(folder.resolve("out.txt")).isEmptyFile();
    }

    @Test
    void aPhaseDiagramEndsAtOnceAndTheSameCommandGoesOn() throws Exception {
        Path run = folder.resolve("run");
        String phase = "phase --optimizer adam --objective x^4/4 --x0 1 --x beta1=0.1:0.9:%d --y beta2=0.1:0.9:%d"
                + " --steps %d --out " + run;
        interrupted(
                "INT",
                ExitCode.INTERRUPTED,
                run.resolve("experiment.yaml"),
                "adamscope: interrupted; the same command goes on in " + run,
                Ran.words(String.format(java.util.Locale.ROOT, phase, 50, 50, 1_000_000)));
        Ran.of(Ran.words(String.format(java.util.Locale.ROOT, phase, 3, 3, 20)))
                .isWrong("holds an unfinished run of another experiment");
    }

    /// In the middle of its tiles, not at their beginning.
    @Test
    void aPhaseDiagramAtWorkSaysHowItGoesOn() throws Exception {
        Path run = folder.resolve("run");
        millis = 1500;
        interrupted(
                "INT",
                ExitCode.INTERRUPTED,
                run.resolve("experiment.yaml"),
                "adamscope: interrupted; the same command goes on in " + run,
                Ran.words("phase --optimizer adam --objective x^4/4 --x0 1 --x beta1=0.1:0.9:200 --y beta2=0.1:0.9:200"
                        + " --steps 1000000 --out " + run));
    }

    @Test
    void aTrainingSaysHowItGoesOnWhileItsReportIsDrawn() throws Exception {
        Path run = folder.resolve("a run");
        Path yaml = Files.writeString(folder.resolve("t.yaml"), """
            kind: train
            data: {source: sine-sum, samples: 20, dimension: 2}
            model: {kind: fully-connected, hidden: [4]}
            optimizer: {name: adam}
            steps: 20
            """);
        interrupted(
                "TERM",
                ExitCode.REQUEUE,
                run.resolve("losses.parquet"),
                "adamscope: interrupted; go on with: adamscope train --resume '" + run + "'",
                List.of("train", "-c", yaml.toString(), "--out", run.toString()));
        assertThat(Ran.of("train", "--resume", run.toString()).code()).isZero();
    }

    @Test
    void whatDoesNotLookForTheWishIsEndedWhereItIs() throws Exception {
        Path run = folder.resolve("run");
        interrupted(
                "TERM",
                ExitCode.REQUEUE,
                run.resolve("experiment.yaml"),
                "adamscope: interrupted; the same command goes on in " + run,
                Ran.words("simulate --optimizer adam --objective x^2 --x0 1 --steps 1000000000 --every 1000 --out "
                        + run));
        assertThat(run.resolve("provenance.json")).doesNotExist();
    }

    @Test
    void aSchedulerThatWantsTheJobAwayIsAskedToStartItAgain() throws Exception {
        Path sweep = Files.writeString(folder.resolve("sweep.yaml"), """
            kind: sweep
            fullLength: true
            base:
              kind: simulation
              optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
              objective: x^4/4
              x0: [1]
              steps: 100000
            axes:
              beta1: {from: 0.02, to: 0.98, points: 200}
              beta2: {from: 0.1, to: 0.99, points: 200, scale: one-minus-log}
            """);
        Path run = folder.resolve("run");
        interrupted(
                "USR1",
                ExitCode.REQUEUE,
                run.resolve("tiles"),
                "adamscope: interrupted; ",
                List.of("sweep", "-c", sweep.toString(), "--tile", "64", "--out", run.toString(), "--shard", "1/2"));
        assertThat(Files.readString(folder.resolve("err.txt"))).contains("--resume " + run + " --shard 1/2");
    }

    /// Of nothing that a scheduler could start again.
    @Test
    void whatLeavesNothingEndsBySigtermAsAnyProcessDoes() throws Exception {
        Process child = new ProgramProcess(folder).start(List.of("diagnose", "-"));
        try {
            // more than a pipe holds: once it is written, it is being read
            child.getOutputStream().write("step,loss\n1,2.0\n".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            child.destroy(); // SIGTERM
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).isEqualTo(ExitCode.TERMINATED);
        assertThat(Files.readAllLines(folder.resolve("err.txt")))
                .contains("adamscope: interrupted; nothing is kept; the same command begins anew");
    }

    @Test
    @Tag("slow")
    void trainingsOfASweepGoOnFromWhereTheyWereToldToEnd() throws Exception {
        Path sweep = Files.writeString(folder.resolve("trainings.yaml"), """
            kind: sweep
            base:
              kind: train
              model: {kind: fully-connected, hidden: [30]}
              data: {source: sine-sum, samples: 400}
              optimizer: {name: adam, lr: 1e-3}
              steps: 4000
              batch: 50
              checkpoint: {steps: 701, keep: 20}
            axes:
              lr: [1e-3, 1e-2]
            keep: [outcome, finalLoss, minLoss, stepsDone]
            """);
        Path run = folder.resolve("run");
        Path points = run.resolve("points");
        interrupted(
                "TERM",
                ExitCode.REQUEUE,
                points.resolve("000000000000/checkpoints/step-000000701.json"),
                "adamscope: interrupted; ",
                List.of("sweep", "-c", sweep.toString(), "--out", run.toString()));
        assertThat(CheckpointFolder.steps(points.resolve("000000000000/checkpoints"))
                        .getLast())
                .as("kept when it was asked to end")
                .isBetween(702L, 3999L)
                .matches(step -> step % 701 != 0);
        Path swapped = folder.resolve("swapped");
        assertThat(new ProcessBuilder("cp", "-a", run.toString(), swapped.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path whole = folder.resolve("whole");
        assertThat(Ran.of("sweep", "-c", sweep.toString(), "--out", whole.toString())
                        .code())
                .isZero();
        assertThat(Ran.of("sweep", "--resume", run.toString()).code()).isZero();
        assertThat(run.resolve("sweep.parquet")).hasSameBinaryContentAs(whole.resolve("sweep.parquet"));

        // What it goes on from is what was kept: another training's is noticed.
        Path first = swapped.resolve("points/000000000000");
        Path second = swapped.resolve("points/000000000001");
        Files.move(first, swapped.resolve("between"));
        Files.move(second, first);
        Files.move(swapped.resolve("between"), second);
        Ran other = Ran.of("sweep", "--resume", swapped.toString());
        assertThat(other.code() == 0
                        && Files.mismatch(swapped.resolve("sweep.parquet"), whole.resolve("sweep.parquet")) == -1)
                .as(other.err())
                .isFalse();
    }

    @Test
    void timeThatIsUpEndsASweepWithTheSameCode() throws Exception {
        Path run = folder.resolve("run");
        Path file = Files.writeString(folder.resolve("t.yaml"), """
            kind: sweep
            base:
              kind: train
              model: {kind: fully-connected, hidden: [4]}
              data: {source: sine-sum, samples: 20, dimension: 2}
              optimizer: {name: adam, lr: 1e-3}
              steps: 100000000
            axes:
              lr: [1e-3, 1e-2]
            keep: [outcome, finalLoss]
            """);
        Ran ran = Ran.of("sweep", "-c", file.toString(), "--until", "2s", "--out", run.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.REQUEUE);
        assertThat(ran.err()).contains("go on with: adamscope sweep --resume " + run);
        Ran.of("sweep", "--resume", run.toString(), "--until", "soon").isWrong("write a span, such as 90s");
        Ran.of("sweep", "--resume", run.toString(), "--until", "2020-01-01T06:00")
                .isWrong("this time is over");
    }

    @Test
    void aSpanOutlastsAClockThatIsSetAndAMomentFollowsIt() {
        Instant[] now = {Instant.parse("2026-11-30T12:00:00Z")};
        long[] ticking = {5};
        java.time.Clock clock = new java.time.Clock() {
            @Override
            public ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public java.time.Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        var span = UntilOption.left("2h", clock, () -> ticking[0]);
        var moment = UntilOption.left("2026-11-30T14:00", clock, () -> ticking[0]);
        now[0] = Instant.parse("2026-11-29T12:00:00Z");
        ticking[0] += 3_600_000_000_000L;
        assertThat(span.get()).isEqualTo(java.time.Duration.ofHours(1));
        assertThat(moment.get()).isEqualTo(java.time.Duration.ofHours(26));
    }

    @Test
    void aTimeIsASpanFromNowOrAMoment() {
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        ZoneId zone = ZoneId.of("Europe/Berlin");
        assertThat(UntilOption.read("90s", now, zone)).isEqualTo("2026-11-30T12:01:30Z");
        assertThat(UntilOption.read("110min", now, zone)).isEqualTo("2026-11-30T13:50:00Z");
        assertThat(UntilOption.read("1.5h", now, zone)).isEqualTo("2026-11-30T13:30:00Z");
        assertThat(UntilOption.read("2d", now, zone)).isEqualTo("2026-12-02T12:00:00Z");
        assertThat(UntilOption.read("2026-12-01T06:00", now, zone)).isEqualTo("2026-12-01T05:00:00Z");
        assertThat(UntilOption.read("2026-12-01T06:00:30Z", now, zone)).isEqualTo("2026-12-01T06:00:30Z");
        assertThat(UntilOption.read("999999999d", now, zone)).isAfter(now);
        for (String wrong : List.of("", "110", "-5min", "1e3s", "5 min", "06:00", "0s")) {
            assertThatThrownBy(() -> UntilOption.read(wrong, now, zone))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("--until " + wrong);
        }
    }
}
