package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process may be killed after any of its writes: each state of a run folder is one that a command takes up, to the
/// same bytes.
class CutOffTest {
    private static final String TRAIN = """
        kind: train
        model: {kind: fully-connected, hidden: [4], activation: tanh}
        data: {source: sine-sum, samples: 20, dimension: 2}
        loss: mean-squared
        optimizer: {name: adam, lr: 1e-2}
        steps: 300
        stop_loss: %s
        checkpoint: {steps: 100, keep: 2}
        """;

    private static final String SWEEP = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: gd, lr: 0.1}
          objective: x^2/2
          x0: [1]
          steps: 10
        axes:
          x: {from: 1, to: 2, points: 9}
        keep: [outcome, minLog10Loss]
        """;

    @TempDir
    private Path folder;

    private Path run;

    /// Runs a command and keeps a copy of its folder after each file that took its name or lost it; those in `figures`
    /// are left out, as nothing is ever read from there.
    private List<Path> states(List<String> command) {
        List<Path> states = new ArrayList<>();
        Ran ran = ScopedValue.where(AtomicFile.CHANGED, file -> {
                    if (!file.toString().contains("figures")) {
                        states.add(copied(run, folder.resolve("states/" + states.size())));
                    }
                })
                .call(() -> Ran.of(command));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return states;
    }

    private static Path copied(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a state in place of the run folder.
    private void take(Path state) {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copied(state, run);
    }

    /// The tables of the run folder, byte by byte.
    private Map<String, Integer> tables() throws IOException {
        Map<String, Integer> tables = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
                tables.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return tables;
    }

    /// Every state is continued by each command that fits it; a complete one is refused.
    private void everyStateGoesOn(List<String> begin, List<String> resume) throws IOException {
        List<Path> states = states(begin);
        Map<String, Integer> whole = tables();
        assertThat(whole).isNotEmpty();
        assertThat(states.size()).isGreaterThan(3);
        for (int i = 0; i < states.size(); i++) {
            Path state = states.get(i);
            boolean complete = Files.exists(state.resolve("provenance.json"));
            take(state);
            List<String> command = i % 2 == 0 ? begin : resume;
            Ran ran = Ran.of(command);
            if (complete) {
                assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.WRONG_INPUT);
            } else {
                assertThat(ran.code())
                        .as("state %d, %s: %s", i, command, ran.err())
                        .isEqualTo(ExitCode.DONE);
            }
            assertThat(tables()).as("state " + i).isEqualTo(whole);
            assertThat(run.resolve(".lock")).doesNotExist();
            assertThat(run.resolve("tiles")).as("tiles of state " + i).doesNotExist();
        }
    }

    private List<String> begin(String command, String text) throws IOException {
        run = folder.resolve("run");
        Path file = Files.writeString(folder.resolve("e.yaml"), text);
        return List.of(command, "-c", file.toString(), "--out", run.toString());
    }

    @Test
    void aTrainingGoesOnFromEveryState() throws IOException {
        List<String> begin = begin("train", String.format(Locale.ROOT, TRAIN, "0.4"));
        everyStateGoesOn(begin, List.of("train", "--resume", run.toString()));
        // the last step is the one at which the loss is reached, also where only the end was cut off
        assertThat(Ran.of("query", run.toString(), "select count(*) from losses where loss <= 0.4", "--format", "csv")
                        .out())
                .endsWith(String.format(Locale.ROOT, "%n1%n"));
    }

    @Test
    void aSweepGoesOnFromEveryState() throws IOException {
        List<String> begin = begin("sweep", SWEEP);
        everyStateGoesOn(begin, List.of("sweep", "--resume", run.toString()));
    }

    @Test
    void aShardGoesOnCutAsItWasBegun() throws IOException {
        List<String> begin = new ArrayList<>(begin("sweep", SWEEP));
        begin.addAll(List.of("--shard", "2/2", "--tile", "2"));
        List<Path> states = states(begin);
        String cut = Files.readString(run.resolve("sweep.json"));
        assertThat(cut).contains("\"tileSize\": 2", "\"shards\": 2");
        List<String> resume = List.of("sweep", "--resume", run.toString(), "--shard", "2/2");
        for (Path state : states) {
            take(state);
            boolean begun = Files.exists(state.resolve("experiment.yaml"));
            Ran ran = Ran.of(begun ? resume : begin);
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
            assertThat(run.resolve("sweep.json")).hasContent(cut);
        }
        take(states.getFirst());
        assertThat(run.resolve("experiment.yaml")).doesNotExist();
        Files.writeString(run.resolve("sweep.json"), "{\"mine\": 1}");
        Ran.of(begin).isWrong("is not empty");
    }

    @Test
    void aPhaseDiagramGoesOnFromEveryState() throws IOException {
        run = folder.resolve("run");
        List<String> begin = Ran.words("phase --optimizer adam-uncorrected --objective x^4/4 --x0 1 --set lr=1e-3 --set"
                + " eps=0 --x beta1=0.1:0.9:3 --y beta2=0.1:0.9:3 --steps 20 --out " + run);
        everyStateGoesOn(begin, begin);
    }

    @Test
    void anImportIsNoRunBeforeItsCheckpointIsThere() throws IOException {
        run = folder.resolve("run");
        Path files = Path.of("../docs/examples/pytorch");
        List<String> begin = Ran.words("import --torchscript " + files.resolve("model.pt") + " --state "
                + files.resolve("state.safetensors") + " --data " + files.resolve("data.safetensors")
                + " --loss cross-entropy --set steps=103 --out " + run);
        List<String> train = List.of("train", "--resume", run.toString());
        List<Path> states = states(begin);
        assertThat(Ran.of(train).code()).isEqualTo(ExitCode.DONE);
        Map<String, Integer> whole = tables();
        for (Path state : states) {
            take(state);
            if (Files.exists(state.resolve("experiment.yaml"))) {
                Ran.of(begin).isWrong("holds an unfinished run, and nothing is ever written over");
            } else {
                Ran.of(train).isWrong("is no run folder");
                Ran again = Ran.of(begin);
                assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
            }
            assertThat(Ran.of(train).code()).isEqualTo(ExitCode.DONE);
            assertThat(tables()).isEqualTo(whole);
        }
        take(states.getLast());
        try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
            for (Path file : checkpoints.toList()) {
                Files.delete(file);
            }
        }
        Ran.of(train).isWrong("was imported, and the checkpoint it begins with is gone");
    }

    @Test
    void rowsThatWereLostOrChangedAreNoticed() throws IOException {
        List<String> begin = begin("train", String.format(Locale.ROOT, TRAIN, "1e-9"));
        List<Path> states = states(begin);
        Path cut = states.stream()
                .filter(state -> Files.exists(state.resolve("checkpoints/step-000000200.json")))
                .findFirst()
                .orElseThrow();
        Map<String, Integer> whole = tables();
        String rows = Files.readString(cut.resolve("live.jsonl"));
        List<String> resume = List.of("train", "--resume", run.toString());

        take(cut);
        Files.writeString(run.resolve("live.jsonl"), rows + "{\"step\":201,\"lo");
        assertThat(Ran.of(resume).code()).isEqualTo(ExitCode.DONE);
        assertThat(tables()).as("what came after the checkpoint is made again").isEqualTo(whole);

        take(cut);
        int row170 = rows.indexOf("{\"step\":170,");
        Files.writeString(run.resolve("live.jsonl"), rows.substring(0, row170));
        Ran earlier = Ran.of(resume);
        assertThat(earlier.code()).as(earlier.err()).isEqualTo(ExitCode.DONE);
        assertThat(earlier.err()).contains("does not fit to live.jsonl", "it is set aside", "going on after step 100");
        assertThat(tables()).isEqualTo(whole);

        take(cut);
        Files.delete(run.resolve("live.jsonl"));
        Ran.of(resume).isWrong("no checkpoint in " + run.resolve("checkpoints") + " is whole");
        take(cut);
        Files.writeString(run.resolve("live.jsonl"), rows.replace("{\"step\":7,", "{\"step\":8,"));
        Ran.of(resume).isWrong("its rows up to step 100 are gone or were changed");
    }
}
