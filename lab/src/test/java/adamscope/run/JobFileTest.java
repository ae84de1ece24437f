package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// Job files as a scheduler reads them.
class JobFileTest {
    /// 10⁹ points of 1,000 steps at 1 ns: 1,000 s, in 100 shards 10 s each and 2 s to start. 400 MiB, 200 of them
    /// beside the heap, which may become 600: 600 + 200 · 5/4 at most.
    private static final SweepCost COST = new SweepCost(
            1_000_000_000, 1000, 1e-6, 2, 24, 1e-7, new ProcessMemory(400L << 20, 200L << 20, 600L << 20));

    @TempDir
    private Path folder;

    private static JobFile file(String out) {
        return new JobFile("sweep-all", List.of("sweep", "-c", "my sweep.yaml", "--out", out), out, 100, COST);
    }

    private void isBash(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("job.sh"), text);
        Process bash = new ProcessBuilder("bash", "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    /// What bash takes the words of a line for, in which `adamscope` is a function.
    private List<String> words(String line) throws IOException {
        Process bash = new ProcessBuilder("bash", "-c", "adamscope() { printf '%s\\n' \"$@\"; }\n" + line).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String line(String text, String with) {
        return text.lines()
                .filter(line -> line.contains(with))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    @Test
    void anArrayOfSlurmAsksForWhatWasMeasured() throws Exception {
        String text = file("it's $here").text(JobFile.Scheduler.slurm);
        isBash(text);
        assertThat(text.lines().filter(line -> line.startsWith("#SBATCH")))
                .containsExactly(
                        "#SBATCH --job-name=sweep-all",
                        "#SBATCH --array=1-100",
                        "#SBATCH --ntasks=1",
                        "#SBATCH --cpus-per-task=1",
                        "#SBATCH --mem=1024M", // 850 MiB
                        "#SBATCH --time=5", // twice 12 s and 120 s
                        "#SBATCH --output=sweep-all-%A_%a.log",
                        "#SBATCH --open-mode=append",
                        "#SBATCH --requeue",
                        "#SBATCH --signal=B:USR1@120");
        // a node has the heap that --mem is for, whatever the options of whoever started it
        String options = line(text, "export ADAMSCOPE_JAVA_OPTIONS") + "; adamscope $ADAMSCOPE_JAVA_OPTIONS";
        assertThat(words("ADAMSCOPE_JAVA_OPTIONS=-Xmx9g; SLURM_CPUS_PER_TASK=4; " + options))
                .containsExactly("-Xmx9g", "-Xmx600m", "-XX:ActiveProcessorCount=4");
        String shard = line(text, "--shard");
        assertThat(words("SLURM_ARRAY_TASK_ID=7; " + shard.substring(0, shard.length() - 2)))
                .containsExactly("sweep", "-c", "my sweep.yaml", "--out", "it's $here", "--shard", "7/100");
        String wrap = line(text, "--wrap=");
        assertThat(words("here=no; " + wrap.replace("--wrap=", "eval ")))
                .containsExactly("sweep", "--merge", "it's $here", "--out", "it's $here-merged");
    }

    @Test
    void parallelRunsEachShardAndMergesOnce() throws Exception {
        String text = file("runs/all").text(JobFile.Scheduler.parallel);
        isBash(text);
        assertThat(text)
                .contains("-Xmx600m -XX:ActiveProcessorCount=1")
                .contains("seq 100 | parallel", "--memfree 1024M", "--termseq USR1,120000,KILL,25")
                .contains("'adamscope sweep -c '\\''my sweep.yaml'\\'' --out runs/all --shard {}/100' &&")
                .contains("adamscope sweep --merge runs/all --out runs/all-merged");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> in(Map<String, Object> map, String... path) {
        Map<String, Object> found = map;
        for (String key : path) {
            found = (Map<String, Object>) found.get(key);
        }
        return found;
    }

    /// Fields of batch/v1 Job as the reference of Kubernetes 1.33 names them.
    @Test
    @SuppressWarnings("unchecked")
    void aJobOfKubernetesHasTheFieldsOfItsReference() {
        List<Map<String, Object>> jobs = new ArrayList<>();
        new Yaml()
                .loadAll(file("runs/\"all\"").text(JobFile.Scheduler.kubernetes))
                .forEach(document -> jobs.add((Map<String, Object>) document));
        assertThat(jobs).hasSize(2);
        for (Map<String, Object> job : jobs) {
            assertThat(job).containsOnlyKeys("apiVersion", "kind", "metadata", "spec");
            assertThat(job).containsEntry("apiVersion", "batch/v1").containsEntry("kind", "Job");
            assertThat(in(job, "spec").keySet())
                    .isSubsetOf(
                            "completionMode",
                            "completions",
                            "parallelism",
                            "backoffLimitPerIndex",
                            "backoffLimit",
                            "podFailurePolicy",
                            "suspend",
                            "template");
            Map<String, Object> pod = in(job, "spec", "template", "spec");
            assertThat(pod).containsOnlyKeys("restartPolicy", "terminationGracePeriodSeconds", "containers", "volumes");
            // podFailurePolicy is allowed only with it
            assertThat(pod).containsEntry("restartPolicy", "Never");
            Map<String, Object> container = ((List<Map<String, Object>>) pod.get("containers")).getFirst();
            assertThat(container)
                    .containsOnlyKeys("name", "image", "workingDir", "args", "env", "resources", "volumeMounts");
            assertThat(in(container, "resources", "limits")).containsEntry("memory", "1024Mi");
            assertThat(container)
                    .containsEntry("env", List.of(Map.of("name", "ADAMSCOPE_JAVA_OPTIONS", "value", "-Xmx600m")));
        }
        Map<String, Object> spec = in(jobs.getFirst(), "spec");
        assertThat(spec)
                .containsEntry("completionMode", "Indexed")
                .containsEntry("completions", 100)
                .containsKey("backoffLimitPerIndex"); // FailIndex is allowed only with it
        List<Map<String, Object>> rules =
                (List<Map<String, Object>>) in(spec, "podFailurePolicy").get("rules");
        assertThat(rules)
                .allSatisfy(rule -> assertThat((String) rule.get("action")).isIn("Ignore", "FailIndex"));
        assertThat(rules.stream()
                        .filter(rule -> rule.containsKey("onExitCodes"))
                        .map(rule -> in(rule, "onExitCodes").get("values")))
                .containsExactly(List.of(75), List.of(2));
        assertThat(((List<Map<String, Object>>) in(spec, "template", "spec").get("containers"))
                        .getFirst()
                        .get("args"))
                .isEqualTo(
                        List.of("sweep", "-c", "my sweep.yaml", "--out", "runs/\"all\"", "--shard", "kubernetes/100"));
        assertThat(in(jobs.get(1), "spec")).containsEntry("suspend", true);
        assertThat(Set.of(
                        in(jobs.getFirst(), "metadata").get("name"),
                        in(jobs.get(1), "metadata").get("name")))
                .containsExactlyInAnyOrder("sweep-all", "sweep-all-merge");
    }

    /// 10,000 shards work 0.1 s each; 50 work 20 s, ten times as long as they start.
    @Test
    void whoAsksForShardsThatMostlyStartIsToldHowManyAreEnough() {
        assertThat(file("runs/all").remark()).isEmpty();
        assertThat(new JobFile("all", List.of(), "all", 10_000, COST).remark())
                .isEqualTo("10000 shards take 2.10 s each, 2.00 s of it to start; 50 are enough, 22.0 s each");
        SweepCost small = new SweepCost(1000, 1000, 1e-6, 2, 24, 1e-7, COST.memory());
        assertThat(new JobFile("all", List.of(), "all", 100, small).remark())
                .isEqualTo("100 shards take 2.00 s each, 2.00 s of it to start; 1 is enough, 2.00 s");
        assertThat(new JobFile("all", List.of(), "all", 1, small).remark()).isEmpty();
    }

    @Test
    void theCostOfShardsIsStartAndTheirShareOfThePoints() {
        assertThat(COST.secondsOf(100)).isEqualTo(2 + 1e7 * 1e-6);
        assertThat(COST.secondsOfAll(100)).isEqualTo(200 + 1e9 * 1e-6);
        assertThat(COST.shardsOf(10)).isEqualTo(100);
        assertThat(COST.shardsOf(1e9)).isEqualTo(1);
        assertThat(COST.nanos()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }
}
