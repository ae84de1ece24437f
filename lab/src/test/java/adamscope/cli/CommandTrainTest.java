package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTrainTest {
    private static final String EXPERIMENT = """
        kind: train
        model: {kind: fully-connected, hidden: [8], activation: tanh}
        data: {source: sine-sum, samples: 64, dimension: 2}
        optimizer:
          name: adam
          lr: {schedule: cosine, value: 0.01, warmup: 10}
          beta1: {schedule: rate, rate: 10}
        steps: %d
        batch: 20
        noise: 1e-3
        changes:
          - {at: 20, floor: v}
          - {at: 30, freeze: preconditioner}
          - {at: 40, skip: step}
          - {at: 50, set: {beta2: 0.99}}
        probe: 20
        checkpoint: {steps: 25, keep: 2}
        """;

    @TempDir
    private Path folder;

    private Path experiment(int steps) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), String.format(Locale.ROOT, EXPERIMENT, steps));
    }

    /// The child is killed by SIGKILL wherever it happens to be, many times over; then the rest is run in one go.
    @Test
    void aTrainingThatWasKilledAnywhereEndsInTheSameBitsAsOneThatWasNot() throws Exception {
        Path file = experiment(400);
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        assertThat(Ran.of("train", "-c", file.toString(), "--out", whole.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        List<String> first = List.of("train", "-c", file.toString(), "--out", killed.toString());
        List<String> again = List.of("train", "--resume", killed.toString());
        killAfterCheckpoint(child(first), killed, 25);
        killAfterCheckpoint(child(again), killed, 250);
        assertThat(killed.resolve("provenance.json")).doesNotExist();
        assertThat(child(again).waitFor()).isZero();
        for (String name : List.of(
                "live.jsonl",
                "probes.jsonl",
                "measurements.parquet",
                "probes.parquet",
                "losses.parquet",
                "checkpoints/step-000000400.safetensors",
                "checkpoints/step-000000400.json")) {
            assertThat(Files.mismatch(whole.resolve(name), killed.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
        Ran.of("train", "--resume", killed.toString()).isWrong("complete");
    }

    @Test
    void anInterruptedTrainingKeepsACheckpointAndEndsWithItsOwnExitCode() throws Exception {
        Path run = folder.resolve("run");
        Process child = child(List.of("train", "-c", experiment(100_000).toString(), "--out", run.toString()));
        awaitCheckpoint(child, run, 25);
        Ran.of("train", "--resume", run.toString()).isWrong("is at work in " + run);
        child.destroy(); // SIGTERM
        assertThat(child.waitFor()).isEqualTo(ExitCode.REQUEUE);
        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains("interrupted after step")
                .contains("--resume " + run);
        long last = newest(run);
        assertThat(Files.readAllLines(run.resolve("live.jsonl")))
                .last()
                .asString()
                .startsWith("{\"step\":" + last + ",");
        assertThat(run.resolve("provenance.json")).doesNotExist();
    }

    @Test
    void aCompleteTrainingIsProlongedToTheBytesOfALongerOne() throws IOException {
        Path whole = folder.resolve("whole");
        Path run = folder.resolve("prolonged");
        Path text = experiment(90);
        Files.writeString(text, Files.readString(text).replaceFirst("lr: \\{[^}]*}", "lr: 1e-2"));
        String file = text.toString();
        assertThat(Ran.of("train", "-c", file, "--out", whole.toString()).code())
                .isZero();
        assertThat(Ran.of("train", "-c", file, "--set", "steps=60", "--out", run.toString())
                        .code())
                .isZero();
        Ran.of("train", "--resume", run.toString())
                .isWrong(
                        "complete, with steps = 60; to prolong it: adamscope train --resume " + run + " --set steps=N");
        Ran.of("train", "--resume", run.toString(), "--set", "steps=30").isWrong("the run has made 60 already");
        Ran.of("train", "--resume", run.toString(), "--set", "steps=90", "--set", "eps=1e-6")
                .isWrong("only steps and stop_loss may change");
        JsonNode found = Ran.of("train", "--resume", run.toString(), "--set", "steps=90", "--json")
                .json();
        assertThat(found.path("steps").asLong()).isEqualTo(90);
        assertThat(found.path("resumedAfter").asLong()).isEqualTo(60);
        for (String name : List.of("measurements.parquet", "losses.parquet", "probes.parquet", "experiment.yaml")) {
            assertThat(Files.mismatch(whole.resolve(name), run.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
        Ran.of("probe", run.toString(), "--step", "91").isWrong("--step = 91: the run has 90 steps");
    }

    /// A learning rate far beyond 2/λ₁ of a network whose loss is near 1.
    @Test
    void aDivergedTrainingIsDivergedForResumeAndDiagnosisAlike() throws IOException {
        String text = """
            kind: train
            model: {kind: fully-connected, hidden: [8]}
            data: {source: sine-sum, samples: 64, dimension: 2}
            optimizer: {name: gd, lr: 1e8}
            steps: 50
            """;
        for (String bound : List.of("", "diverged_loss: 1e6\n")) {
            Path run = folder.resolve("a run" + bound.length());
            String file =
                    Files.writeString(folder.resolve("d.yaml"), text + bound).toString();
            long step = Ran.of("train", "-c", file, "--out", run.toString(), "--json")
                    .json()
                    .path("steps")
                    .asLong();
            String diverged = "diverged at step " + step + "; nothing goes on from there";
            Ran.of("train", "--resume", run.toString()).isWrong(diverged);
            Ran.of("train", "--resume", run.toString(), "--set", "steps=90").isWrong(diverged);
            Ran.of("train", "--resume", run.toString())
                    .isWrong("train -c '" + run + "/experiment.yaml' --set lr=VALUE");
            Ran diagnosis = Ran.of("diagnose", run.toString());
            assertThat(diagnosis.out())
                    .contains("the run ended after step " + step + " as diverged")
                    .contains("outcome: diverging");
        }
    }

    @Test
    void aTrainingThatReachedItsLossGoesOnOnlyBelowIt() throws IOException {
        Path run = folder.resolve("reached");
        Path text = experiment(60);
        String file = Files.writeString(text, Files.readString(text).replaceFirst("lr: \\{[^}]*}", "lr: 1e-2"))
                .toString();
        assertThat(Ran.of("train", "-c", file, "--set", "stop_loss=1e3", "--out", run.toString())
                        .code())
                .isZero();
        Ran.of("train", "--resume", run.toString(), "--set", "steps=90").isWrong("reached stop_loss = 1000 at step 1");
        assertThat(Ran.of("train", "--resume", run.toString(), "--set", "stop_loss=1e-9")
                        .code())
                .isZero();
    }

    @Test
    void aRuleThatTheParametersCannotFollowIsRefusedBeforeDataAreRead() throws IOException {
        Path rule = Files.writeString(folder.resolve("turned.opt"), """
            optimizer turned
            hyper lr = 1e-3 in (0, inf)
            x <- x - lr*orthogonalize(g)
            """);
        String text = """
            kind: train
            model: {kind: fully-connected, hidden: [8]%s}
            data: {source: table, file: nothing.csv, targets: [y]}
            optimizer: {name: %s}
            steps: 50
            %s\
            """;
        Path out = folder.resolve("out");
        List<String> train = List.of("train", "-c", folder.resolve("m.yaml").toString(), "--out", out.toString());
        Files.writeString(folder.resolve("m.yaml"), String.format(Locale.ROOT, text, "", rule, ""));
        Ran.of(train).isWrong("orthogonalize needs a matrix, but bias 1 is a vector; bias: false in the model leaves");
        String groups = "groups: [{parameters: [bias 9], set: {lr: 0.1}}]\n";
        Files.writeString(folder.resolve("m.yaml"), String.format(Locale.ROOT, text, "", "adam", groups));
        Ran.of(train).isWrong("groups: the model has no parameter 'bias 9'");
        Files.writeString(folder.resolve("m.yaml"), String.format(Locale.ROOT, text, ", bias: false", rule, ""));
        Ran.of(train).isWrong("nothing.csv");
        assertThat(out).doesNotExist();
    }

    @Test
    void theFolderHoldsRowsAsTheyCameTablesAReportAndEventsForTensorBoard() throws IOException {
        Path run = folder.resolve("run");
        JsonNode found = Ran.of("train", "-c", experiment(60).toString(), "--out", run.toString(), "--json")
                .json();
        assertThat(found.path("outcome").asText()).isEqualTo("done");
        assertThat(found.path("steps").asInt()).isEqualTo(60);
        assertThat(Files.readAllLines(run.resolve("live.jsonl"))).hasSize(61);
        assertThat(Files.readAllLines(run.resolve("probes.jsonl"))).hasSize(4); // steps 1, 20, 40, 60
        for (String name : List.of("measurements.parquet", "losses.parquet", "probes.parquet", "report.html")) {
            assertThat(run.resolve(name)).isRegularFile();
        }
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("threshold of the rule")
                .doesNotContain("NaN");
        try (Stream<Path> events = Files.list(run.resolve("tensorboard"))) {
            assertThat(events).hasSize(1);
        }
    }

    @Test
    void theOutcomeIsSaid() throws IOException {
        Path file = experiment(40);
        JsonNode reached = Ran.of("train", "-c", file.toString(), "--set", "stop_loss=100", "--out", out("a"), "--json")
                .json();
        assertThat(reached.path("outcome").asText()).isEqualTo("reached-loss");
        assertThat(reached.path("steps").asInt()).isEqualTo(1);
        Path gd = Files.writeString(folder.resolve("gd.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: relu}
            data: {source: sine-sum, samples: 64, dimension: 2}
            optimizer: {name: gd, lr: 1e30}
            steps: 20
            """);
        JsonNode diverged = Ran.of("train", "-c", gd.toString(), "--out", out("b"), "--json")
                .json();
        assertThat(diverged.path("outcome").asText()).isEqualTo("diverged");
        assertThat(diverged.path("finalLoss").isNull()).isTrue();
    }

    @Test
    void anotherExperimentCannotGoOnInAFolder() throws IOException {
        Path run = folder.resolve("run");
        Path file = experiment(60);
        assertThat(Ran.of("train", "-c", file.toString(), "--out", run.toString())
                        .code())
                .isZero();
        Files.delete(run.resolve("provenance.json"));
        Ran.of("train", "--resume", run.toString(), "-c", file.toString(), "--set", "eps=1e-6")
                .isWrong("this is another experiment than the one the run began with");
        Ran.of("train", "--resume", run.toString(), "--set", "eps=1e-6").isWrong("only steps and stop_loss may change");
        Files.writeString(
                run.resolve("experiment.yaml"),
                Files.readString(run.resolve("experiment.yaml")).replace("seed: 0", "seed: 1"));
        Ran.of("train", "--resume", run.toString()).isWrong("belongs to another experiment");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlaceBeforeAnythingIsWritten() throws IOException {
        wrong("optimizer: adam", "steps: 5\nmodel: cnn", "model must be a mapping");
        wrong(
                "optimizer: adam",
                "steps: 5\nmodel: {kind: lstm}\ndata: sine-sum",
                "wrong.yaml:4: model.kind = lstm is none of [");
        wrong("optimizer: adam", "steps: 5\nmodel: {kind: cnn}", "the model cnn needs data");
        wrong("optimizer: adam", "steps: 5\nmodel: {kind: cnn}\ndata: sine-sum", "needs data that are images");
        wrong("optimizer: adam", "steps: 5\nmodel: {kind: cnn}\ndata: {source: tape}", "source = tape is none of");
        wrong("optimizer: {name: adam, lr: {schedule: warm}}", "steps: 5\nmodel: {kind: cnn}", "schedule = warm");
        wrong("optimizer: adam", "steps: 5\nbatsh: 5", "no key 'batsh'");
        wrong("optimizer: adam", "steps: 5\nchanges: [{at: 3}]", "one of 'freeze: preconditioner'");
        wrong("optimizer: adam", "steps: 5\nchanges: [{at: 3, skip: batch}]", "skip");
        wrong("optimizer: adam", "steps: 5\nchanges: [{at: 3, floor: w}]", "adam has no state 'w'");
        wrong("optimizer: adam", "steps: 5\nfull: {steps: 6}\nclip: -1", "wrong.yaml:7: clip = -1 is outside (0, inf]");
        wrong("optimizer: {name: adam, lr: nan}", "steps: 5", "lr = 'nan' is no number");
        wrong("optimizer: {name: adam, lr: inf}", "steps: 5", "is outside (0, inf)");
        wrong("optimizer: adam", "steps: 0", "steps = 0 is no whole number from 1");
        wrong("optimizer: adam", "steps: 1e99", "steps = 1e99 is no whole number from 1");
        wrong("optimizer: adam", "steps: 5\nbatch: 10", "batch = 10 is more than the 9 samples");
        wrong("optimizer: adam", "steps: 5\nlayers: often", "layers = 'often' is no number");
        wrong("optimizer: adam", "steps: 5\nthreads: 0", "threads = 0 is no whole number from 1");
        wrong(
                "optimizer: adam",
                "steps: 5\nmodel: {kind: fully-connected, hidden: [1e9]}\ndata: sine-sum",
                "wrong.yaml:4: model.hidden[0] = 1e9 is no whole number from 1");
        wrong(
                "optimizer: adam",
                "steps: 5\nmodel: {kind: fully-connected, hidden: [99999, 99999]}\ndata: sine-sum",
                "parameters on these data, more than 2147483639");
        wrong(
                "optimizer: adam",
                "steps: 5\nmodel: {kind: fully-connected}\ndata: {source: sine-sum, samples: 2e9}",
                "samples = 2000000000, dimension = 5: their product is more than");
        wrong(
                "optimizer: {name: adam, lr: {schedule: linear, value: 1e-3, end: -1}}",
                "steps: 5",
                "at step 2 is outside");
        wrong(
                "optimizer: adam",
                "steps: 5\nchanges: [{at: 3, set: {beta3: 1}}]",
                "adam has no hyper-parameter 'beta3'");
        wrong("optimizer: adam", "steps: 5\ncheckpoint: {minutes: 0}", "checkpoint.minutes = 0 is outside (0, inf]");
    }

    private void wrong(String optimizer, String rest, String message) throws IOException {
        String model = rest.contains("model:")
                ? ""
                : "model: {kind: fully-connected, hidden: [4]}\ndata: {source: sine-sum, samples: 9}\n";
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "kind: train\n" + model + optimizer + "\n" + rest);
        Path run = folder.resolve("wrong");
        Ran.of("train", "-c", file.toString(), "--out", run.toString()).isWrong(message);
        assertThat(run).doesNotExist();
    }

    @Test
    void everyShippedExperimentReadsAlsoWithThePapersNumbers() {
        JsonNode list = Ran.of("train", "--list", "--json").json().get("trainings");
        assertThat(Ran.names(list))
                .hasSize(25)
                .isEqualTo(List.copyOf(Shipped.all().keySet()));
        for (String name : Shipped.all().keySet()) {
            var small = Shipped.draft(name).size(Size.DEFAULT).trainings();
            var full = Shipped.draft(name).size(Size.FULL).trainings();
            assertThat(steps(full)).as(name).isGreaterThanOrEqualTo(steps(small));
            for (Experiment experiment : List.of(small, full)) {
                assertThat(ExperimentText.read(name, ExperimentText.write(experiment)))
                        .as(name)
                        .isEqualTo(experiment);
            }
        }
    }

    private static long steps(Experiment experiment) {
        return switch (experiment) {
            case Train train -> train.training().ending().steps();
            case Series series ->
                series.parts().values().stream()
                        .mapToLong(CommandTrainTest::steps)
                        .max()
                        .orElseThrow();
            default -> throw new AssertionError(experiment.kind());
        };
    }

    @Test
    void aPapersNumbersNeedThePapersFilesAndTheMessageNamesThem() {
        Ran.of("train", "-c", "P2-fig1", "--full", "--part", "classification-1", "--out", out("full"))
                .isWrong("give --data cifar=DIR");
    }

    @Test
    void oneTrainingOfAFigureRunsAlone() {
        Ran.of("train", "-c", "P2-fig1", "--part", "regression-2", "--set", "steps=3", "--out", out("one"), "--json")
                .json();
        assertThat(adamscope.store.ResultStore.open(Path.of(out("one"))).experiment())
                .isInstanceOf(Train.class);
        Ran.of("train", "-c", "P2-fig1", "--part", "left", "--out", out("none")).isWrong("regression-5");
    }

    @Test
    void aNameOfBeforeIsAnsweredWithTheFigure() {
        Ran.of("train", "-c", "p3-fig1", "--out", out("old")).isWrong("P3-fig1");
        Ran.of("train", "-c", "p2-fig1-right", "--out", out("old"))
                .isWrong("P2-fig1 ships: train -c P2-fig1, or one of its trainings alone with --part NAME");
        Ran.of("train", "-c", "p2-fig10-disk", "--out", out("old")).isWrong("P2-fig10");
        Ran.of("train", "-c", "p1-fig15-gpt", "--out", out("old")).isWrong("P1-fig15");
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private Process child(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m"));
        Collections.addAll(command, ProgramProcess.BRIEF);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "adamscope.cli.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private static void killAfterCheckpoint(Process child, Path run, long step) throws Exception {
        try {
            awaitCheckpoint(child, run, step);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitCheckpoint(Process child, Path run, long step) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (newest(run) < step) {
            assertThat(child.isAlive())
                    .as("the child ended before step " + step)
                    .isTrue();
            assertThat(System.nanoTime()).as("no checkpoint of step " + step).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long newest(Path run) {
        List<Long> steps = adamscope.training.CheckpointFolder.steps(run.resolve("checkpoints"));
        return steps.isEmpty() ? -1 : steps.getLast();
    }
}
