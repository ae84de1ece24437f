package adamscope.cli;

import adamscope.experiment.Sweep;
import adamscope.run.CostMeasure;
import adamscope.run.JobFile;
import adamscope.run.SweepCost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/// `--cost` and `--emit`: what a sweep takes, and the file by which a scheduler runs it; neither runs it.
final class JobOption {
    private static final double HOUR = 3600;

    @Option(
            names = "--cost",
            description =
                    "Run a few points for some seconds, and say what the sweep takes: nanoseconds a point and step,"
                            + " bytes a point, start, memory, and the time of shards.")
    boolean cost;

    @Option(
            names = "--emit",
            paramLabel = "slurm|kubernetes|parallel",
            description = "Measure so too, and print the job file that runs the sweep in shards in --out DIR and merges"
                    + " them.")
    JobFile.Scheduler emit;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Shards of the job file; default: each takes about an hour, at most 1000.")
    Integer shards;

    boolean isGiven() {
        return cost || emit != null;
    }

    /// Refuses what does not fit together.
    void refuseUnusable(Path out) {
        if (shards != null && emit == null) {
            throw new IllegalArgumentException("--shards " + shards + " is of --emit; a shard is run by --shard I/N");
        }
        if (shards != null && (shards < 1 || shards > 1_000_000)) {
            throw new IllegalArgumentException("--shards " + shards + ": from 1 to 1000000");
        }
        if (emit != null && out == null) {
            throw new IllegalArgumentException("--emit " + emit + ": name the folder of all shards with --out DIR");
        }
    }

    /// A file of lines that people read holds no name with the end of a line in it.
    private void refuseUnprintable(List<String> words) {
        if (emit != null) {
            words.stream()
                    .filter(word -> word.chars().anyMatch(Character::isISOControl))
                    .findFirst()
                    .ifPresent(word -> {
                        throw new IllegalArgumentException(
                                "--emit " + emit + ": no job file can hold '" + word + "'; it has a control character");
                    });
        }
    }

    /// Says what it costs, or how it is run.
    ///
    /// @param words of the command line
    void answer(Console console, Sweep sweep, List<String> words, boolean json) {
        refuseUnprintable(words);
        SweepCost found = CostMeasure.of(sweep, console);
        if (emit == null) {
            if (json) {
                console.json("sweep/cost", found.document(Path.of("")));
            } else {
                found.lines().forEach(console::line);
            }
            return;
        }
        List<String> shard = withoutJob(words);
        String folder = shard.get(shard.indexOf("--out") + 1);
        int number = shards != null ? shards : found.shardsOf(HOUR);
        JobFile job = new JobFile(name(folder), shard, folder, number, found);
        job.text(emit).lines().forEach(console::line);
        if (!job.remark().isEmpty()) {
            console.remark("adamscope: " + job.remark());
        }
    }

    /// `--out DIR` in two words, and nothing that asks for a job file.
    private static List<String> withoutJob(List<String> words) {
        Set<String> own = Set.of("--emit", "--shards");
        List<String> left = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (own.contains(word)) {
                i++;
            } else if (word.startsWith("--out=")) {
                left.addAll(List.of("--out", word.substring("--out=".length())));
            } else if (own.stream().noneMatch(option -> word.startsWith(option + "="))) {
                left.add(word);
            }
        }
        return left;
    }

    /// Letters, digits and hyphens, as every scheduler takes them.
    private static String name(String folder) {
        String last = Path.of(folder).toAbsolutePath().normalize().getFileName().toString();
        String plain =
                last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return "sweep-" + plain.substring(0, Math.min(40, plain.length())).replaceAll("-$", "");
    }
}
