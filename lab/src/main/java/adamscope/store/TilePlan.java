package adamscope.store;

import adamscope.experiment.Differences;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
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

/// What a folder of tiles belongs to, kept in `sweep.json`.
///
/// @param format     of the folder
/// @param experiment its whole text
/// @param tileSize   points of a tile; changes no result
record TilePlan(int format, String version, String experiment, int tileSize) {
    static final String FILE = "sweep.json";

    private static final int FORMAT = 1;

    static TilePlan of(Experiment experiment, int tileSize) {
        return new TilePlan(FORMAT, ProgramBuild.current().version(), ExperimentText.write(experiment), tileSize);
    }

    /// Which sweep a tile belongs to: SHA-256 of format, version of the program and experiment.
    String identity() {
        try {
            String text = format + "\n" + version + "\n" + experiment;
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
    }

    String toJson() {
        return JsonDocument.text(JsonDocument.object(
                "format",
                format,
                "version",
                version,
                "identity",
                identity(),
                "tileSize",
                tileSize,
                "experiment",
                experiment));
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
                    json.path("experiment").asText(),
                    json.path("tileSize").asInt());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is damaged; run the sweep again in a new folder", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
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
