package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shards of sweeps as somebody runs them who has a scheduler, and the run that is made of them.
class CommandShardTest {
    private static final String FORMULA = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: adam, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 60
        axes:
          lr: {from: 1e-3, to: 1e-1, points: 5, scale: log}
          beta2: {from: 0.9, to: 0.99, points: 3}
        keep: [outcome, minLog10Loss]
        """;

    private static final String TRAINING = """
        kind: sweep
        base:
          kind: network
          optimizer: {name: adam}
          images: 20
          hidden: [4]
          steps: 3
          every: 3
        axes:
          lr: [1e-3, 1e-2]
          seed: [1, 5]
        keep: [outcome, finalLoss]
        """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("e.yaml"), text);
    }

    private String place(String name) {
        return folder.resolve(name).toString();
    }

    private static Ran done(String... words) {
        Ran ran = Ran.of(words);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return ran;
    }

    /// Every file of a run but those that hold times, each byte of it; the page without what says when and by which
    /// command.
    static Map<String, String> content(Path run) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (name.equals("report.html")) {
                    content.put(
                            name,
                            Files.readString(file)
                                    .replaceAll(
                                            "<tr><th scope=\"row\">(Command|Started|JVM flags|Processor)</th>.*?</tr>",
                                            ""));
                } else if (!List.of("provenance.json", "sweep.json").contains(name)) {
                    content.put(name, new java.math.BigInteger(1, Files.readAllBytes(file)).toString(16));
                }
            }
        }
        return content;
    }

    @Test
    void shardsOfOneFolderGiveTheTablesFiguresAndPageOfOneRun() throws IOException {
        String file = file(FORMULA).toString();
        for (String shard : List.of("3/3", "1/3", "2/3")) {
            done("sweep", "-c", file, "--tile", "2", "--out", place("all"), "--shard", shard);
        }
        assertThat(done("sweep", "--resume", place("all"), "--shard", "2/3", "--json")
                        .json()
                        .path("pointsRun")
                        .asInt())
                .as("a job that is started again has nothing to do")
                .isZero();
        assertThat(done("sweep", "-c", file, "--tile", "7", "--out", place("all"), "--shard", "1/3")
                        .err())
                .contains("--tile 7 changes nothing here: the folder was begun with tiles of 2 points");
        Ran merged = done("sweep", "--merge", place("all"), "--out", place("merged"));
        assertThat(merged.out()).contains("3 shards, 8 tiles", "15 points");
        done("sweep", "-c", file, "--out", place("whole"));
        assertThat(content(folder.resolve("merged"))).isEqualTo(content(folder.resolve("whole")));
    }

    @Test
    void shardsOfTrainingsWithSeedsGiveTheTablesOfOneRun() throws IOException {
        String file = file(TRAINING).toString();
        List<String> folders = new ArrayList<>(List.of("sweep", "--merge"));
        for (String shard : List.of("2", "1")) {
            done("sweep", "-c", file, "--out", place(shard), "--shard", shard + "/2");
            assertThat(folder.resolve(shard).resolve("points"))
                    .as("checkpoints")
                    .doesNotExist();
            folders.add(place(shard));
        }
        folders.addAll(List.of("-c", file, "--out", place("merged")));
        done(folders.toArray(String[]::new));
        done("sweep", "-c", file, "--out", place("whole"));
        assertThat(content(folder.resolve("merged"))).isEqualTo(content(folder.resolve("whole")));
        assertThat(folder.resolve("whole/seeds.parquet")).exists();
    }

    @Test
    void whatDoesNotFitIsNamedAndNothingWritten() throws IOException {
        String file = file(FORMULA).toString();
        done("sweep", "-c", file, "--tile", "2", "--out", place("1"), "--shard", "1/2");
        Ran.of("sweep", "--merge", place("1"), "--out", place("merged")).isWrong("shard 2/2 is missing");
        Ran.of("sweep", "--merge", place("1"), "-c", file, "--set", "lr=1", "--out", place("merged"))
                .isWrong("the sweep has an axis of this name");
        assertThat(folder.resolve("merged")).doesNotExist();
        Ran.of("sweep", "-c", file, "--out", place("1"), "--shard", "1/3").isWrong("cut into 2 shards");
        Ran.of("sweep", "-c", file, "--out", place("1")).isWrong("cut into 2 shards");
        Ran.of("sweep", "-c", file, "--set", "steps=61", "--out", place("1"), "--shard", "1/2")
                .isWrong("base.steps = 60 there, 61 here");
        Ran.of("sweep", "-c", file, "--shard", "1/2").isWrong("name the folder with --out DIR");
        Ran.of("sweep", "-c", file, "--out", place("x"), "--shard", "3/2").isWrong("numbered from 1/2 to 2/2");
        Ran.of("sweep", "-c", file, "--out", place("x"), "--shard", "0").isWrong("write I/N, such as 2/7");
        Ran.of("sweep", "-c", file, "--out", place("x"), "--shard", "1/2", "--refine")
                .isWrong("leave --refine away");
        Ran.of("sweep", "--merge", place("1"), "--shard", "1/2").isWrong("leave out --shard");
        Ran.of("sweep", "--merge", place("1"), "--tile", "9", "--engine", "local")
                .isWrong("--merge runs nothing, it makes one run of shards; leave out --tile, --engine");
        Ran.of("sweep", "--merge", place("1"), "--minimum", "0").isWrong("--merge takes an experiment as it is");
        Ran.of("sweep", "--preview", place("1"), "--tile", "9")
                .isWrong("--preview only looks at a folder; leave out --tile");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private static Optional<Shard> chosen(String given, Object... environment) {
        ShardOption option = new ShardOption();
        option.given = given;
        Map<String, String> words = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            words.put((String) environment[i], environment[i + 1].toString());
        }
        return option.chosen(words);
    }

    private static Optional<Shard> slurm(int task, int count, int least, int most) {
        return chosen(
                "slurm",
                "SLURM_ARRAY_TASK_ID",
                task,
                "SLURM_ARRAY_TASK_COUNT",
                count,
                "SLURM_ARRAY_TASK_MIN",
                least,
                "SLURM_ARRAY_TASK_MAX",
                most);
    }

    @Test
    void theNumberOfAShardMayComeFromTheScheduler() {
        assertThat(chosen(null)).isEmpty();
        assertThat(chosen("2/7")).contains(new Shard(2, 7));
        assertThat(slurm(0, 10, 0, 9)).contains(new Shard(1, 10));
        assertThat(slurm(10, 10, 1, 10)).contains(new Shard(10, 10));
        assertThat(chosen("kubernetes/4", "JOB_COMPLETION_INDEX", 3)).contains(new Shard(4, 4));
        // tasks 3 to 7 again, of an array of nobody knows how many; every second task
        assertThatThrownBy(() -> slurm(3, 5, 3, 7)).hasMessageContaining("5 tasks from 3 to 7");
        assertThatThrownBy(() -> slurm(0, 3, 0, 4)).hasMessageContaining("3 tasks from 0 to 4");
        assertThatThrownBy(() -> chosen("slurm")).hasMessageContaining("no SLURM_ARRAY_TASK_ID in the environment");
        assertThatThrownBy(() -> chosen("kubernetes/2", "JOB_COMPLETION_INDEX", 2))
                .hasMessageContaining("3/2 is no shard");
        assertThatThrownBy(() -> chosen("slurm/7")).hasMessageContaining("write I/N");
    }
}
