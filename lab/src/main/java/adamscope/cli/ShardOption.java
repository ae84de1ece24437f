package adamscope.cli;

import adamscope.sweep.Shard;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--shard I/N`: which part of a sweep this process runs; the number may come from the scheduler that started it.
final class ShardOption {
    private static final String SLURM = "slurm";
    private static final String KUBERNETES = "kubernetes/";

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Run the I-th of N shards (every N-th tile), in any order, at any time, on any machine, in a"
                    + " folder of its own or in one that all share; --merge makes one run of them. `slurm` takes both"
                    + " numbers from the array job, `kubernetes/N` the first from the index of the job.")
    String given;

    /// The shard; empty: the whole sweep.
    Optional<Shard> chosen() {
        return chosen(System.getenv());
    }

    Optional<Shard> chosen(Map<String, String> environment) {
        if (given == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    given.equals(SLURM)
                            ? ofArray(environment)
                            : given.startsWith(KUBERNETES) ? ofIndex(environment) : Shard.read(given));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--shard " + given + ": " + e.getMessage(), e);
        }
    }

    /// An array that begins elsewhere is a part of one, of which nothing says how many tasks it has.
    private static Shard ofArray(Map<String, String> environment) {
        int task = number(environment, "SLURM_ARRAY_TASK_ID");
        int count = number(environment, "SLURM_ARRAY_TASK_COUNT");
        int least = number(environment, "SLURM_ARRAY_TASK_MIN");
        int most = number(environment, "SLURM_ARRAY_TASK_MAX");
        if (least > 1 || most - least + 1 != count) {
            throw new IllegalArgumentException("the array has " + count + " tasks from " + least + " to " + most
                    + "; give an array 1-N or 0-N, or say --shard $SLURM_ARRAY_TASK_ID/N");
        }
        return new Shard(task - least + 1, count);
    }

    private Shard ofIndex(Map<String, String> environment) {
        int index = number(environment, "JOB_COMPLETION_INDEX");
        return Shard.read(index + 1 + "/" + given.substring(KUBERNETES.length()));
    }

    private static int number(Map<String, String> environment, String name) {
        String text = environment.get(name);
        if (text == null || !text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    text == null
                            ? "there is no " + name + " in the environment"
                            : name + " = " + text + " is no number");
        }
        return Integer.parseInt(text);
    }
}
