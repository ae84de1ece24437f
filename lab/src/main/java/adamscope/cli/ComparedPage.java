package adamscope.cli;

import adamscope.diagnosis.RunAxis;
import adamscope.diagnosis.SideBySide;
import adamscope.log.NameMap;
import adamscope.report.Report;
import adamscope.report.SideBySidePage;
import adamscope.run.ComparedRuns;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What is laid side by side, and how: all that a page of it needs to be drawn again while the runs are there.
record ComparedPage(List<Path> places, List<String> map, RunAxis by, double tolerance) {
    /// The document in the folder of a page.
    static final String FILE = "compare.json";

    static final String PLACES = "places";
    static final String MAP = "map";

    /// What was found of the runs.
    ///
    /// @param compared runs with steps; empty: there are curves only
    /// @param swept    learning-rate curves of sweeps
    record Found(Optional<SideBySide> compared, List<SideBySide.Rates> swept) {
        Report page() {
            return SideBySidePage.of(compared, swept);
        }
    }

    static RunAxis axis(String by) {
        return Arrays.stream(RunAxis.values())
                .filter(each -> each.word().equals(by))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--by = " + by + "; step, time and tokens are allowed"));
    }

    /// Whether a folder holds such a page.
    static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /// How the page of a folder was made.
    ///
    /// @throws IllegalArgumentException if its document is damaged, or older than what it needs to say
    static ComparedPage read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            JsonNode document = new ObjectMapper().readTree(Files.readString(file));
            List<Path> places =
                    words(document.path(PLACES)).stream().map(Path::of).toList();
            if (places.isEmpty()) {
                throw new IllegalArgumentException(
                        file + " does not say what was compared; compare the runs again, with --out");
            }
            for (Path place : places) {
                if (!Files.exists(place)) {
                    throw new IllegalArgumentException(place + " is not there, of which " + folder
                            + " is a page: draw it again in the folder in which 'compare' was called");
                }
            }
            String by = document.path("by").asText(RunAxis.STEP.word());
            double tolerance = document.path("tolerance").asDouble(1e-6);
            return new ComparedPage(
                    places, words(document.path(MAP)), axis(by.equals("null") ? RunAxis.STEP.word() : by), tolerance);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is damaged; compare the runs again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    Found found() {
        ComparedRuns read = ComparedRuns.read(places, NameMap.of(map));
        List<SideBySide.Rates> swept = read.rates();
        if (read.runs().isEmpty() && swept.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare in "
                    + places.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": no run with steps, and no sweep with an axis lr");
        }
        return new Found(
                read.runs().isEmpty() ? Optional.empty() : Optional.of(new SideBySide(read.runs(), by, tolerance)),
                swept);
    }
}
