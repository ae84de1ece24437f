package adamscope.store;

import adamscope.experiment.Differences;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Shard;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a folder of tiles belongs to, kept in `sweep.json`.
///
/// @param format     of the folder
/// @param rules      SHA-256 of the texts of its rules, which another build of the same version may have changed
/// @param experiment its whole text
/// @param tileSize   points of a tile; changes no result
/// @param shards     how many there are; 0: one process runs all of it. Changes no result
record TilePlan(int format, String version, String rules, String experiment, int tileSize, int shards) {
    static final String FILE = "sweep.json";

    private static final int FORMAT = 2;

    private static final String BEGINNING = "{\n  \"format\": " + FORMAT + ",\n  \"version\": ";

    static TilePlan of(Experiment experiment, int tileSize, int shards) {
        return new TilePlan(
                FORMAT,
                ProgramBuild.current().version(),
                rules(experiment),
                ExperimentText.write(experiment),
                tileSize,
                shards);
    }

    private static String rules(Experiment experiment) {
        return sha256(experiment.rules().stream().map(OptimizerRule::text).collect(Collectors.joining("\n")));
    }

    /// Which sweep a tile belongs to: SHA-256 of format, version of the program, rules and experiment.
    String identity() {
        return sha256(format + "\n" + version + "\n" + rules + "\n" + experiment);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Refuses a folder whose tiles are of another experiment.
    ///
    /// @throws IllegalArgumentException that says what differs
    void refuseOther(Experiment asked, Path folder) {
        String text = ExperimentText.write(asked);
        if (!text.equals(experiment)) {
            throw new IllegalArgumentException("the tiles in " + folder + " are of another experiment: "
                    + Differences.between(experiment, text) + "; give the new one a folder of its own");
        }
        if (!rules(asked).equals(rules)) {
            throw new IllegalArgumentException("the tiles in " + folder + " are of another text of the rule "
                    + asked.rules().getFirst().name() + " than this program has; run the sweep again in a new folder");
        }
    }

    /// Refuses a folder that is cut into other shards.
    void refuseOther(Optional<Shard> shard, Path folder) {
        if (shard.map(Shard::of).orElse(0) != shards) {
            throw new IllegalArgumentException(folder + " holds a sweep that is cut into "
                    + (shards == 0
                            ? "no shards; give " + shard.orElseThrow() + " a folder of its own"
                            : shards + " shards; say which with --shard I/" + shards));
        }
    }

    String toJson() {
        return JsonDocument.text(JsonDocument.object(
                "format",
                format,
                "version",
                version,
                "identity",
                identity(),
                "rules",
                rules,
                "tileSize",
                tileSize,
                "shards",
                shards,
                "experiment",
                experiment));
    }

    /// Whether a file is the plan of a sweep, or the beginning of one, and not somebody's file of that name.
    static boolean isOne(Path file) {
        try {
            return file.endsWith(FILE) && Files.readString(file).startsWith(BEGINNING);
        } catch (IOException _) {
            return false;
        }
    }

    /// The plan of a folder.
    ///
    /// @throws IllegalArgumentException if there is none, it is damaged, or of another format or version
    static TilePlan read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " holds no sweep: it has no " + FILE);
        }
        TilePlan plan;
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(file));
            plan = new TilePlan(
                    json.path("format").asInt(),
                    json.path("version").asText(),
                    json.path("rules").asText(),
                    json.path("experiment").asText(),
                    json.path("tileSize").asInt(),
                    json.path("shards").asInt());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is damaged; run the sweep again in a new folder", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
        if (plan.format != FORMAT) {
            throw new IllegalArgumentException(folder + " is a sweep folder of format " + plan.format
                    + "; this version of Adamscope continues format " + FORMAT);
        }
        if (!plan.version.equals(ProgramBuild.current().version())) {
            throw new IllegalArgumentException(folder + " was begun by Adamscope " + plan.version + ", this is "
                    + ProgramBuild.current().version() + ": its tiles might differ; continue with the former, or run"
                    + " the sweep again in a new folder");
        }
        if (plan.tileSize < 1 || plan.experiment.isEmpty()) {
            throw new IllegalArgumentException(file + " is damaged; run the sweep again in a new folder");
        }
        return plan;
    }
}
