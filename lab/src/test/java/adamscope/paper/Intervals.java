package adamscope.paper;

import static adamscope.paper.Measurement.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.report.Claim;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The intervals of a recorded run, `intervals.yaml`, by which statements were judged.
final class Intervals {
    private static final Path FILE = Path.of("src", "test", "resources", "adamscope", "paper", "intervals.yaml");

    /// As [OverSeeds] writes a number: `name 1.234 ± 0.05`.
    private static final Pattern MEAN = Pattern.compile("(.+?) (\\S+) ± (\\S+)");

    private static final Pattern END =
            Pattern.compile(",? ?(?:largest )?(lower|upper) end(?: of (?:an|the)(?: mean's| exponent's)? interval)?");

    private Intervals() {}

    /// @param half of the 95 % interval
    record Mean(double mean, double half) {
        String words() {
            return text("%.3g ± %.2g", mean, half);
        }
    }

    /// Those of a claim that was judged by them, by what was measured.
    static Map<String, Mean> of(Claim claim) {
        Map<String, Mean> means = new LinkedHashMap<>();
        int at = claim.measured().indexOf("(Student, 95 %): ");
        if (at >= 0) {
            for (String number :
                    claim.measured().substring(at).split(": ", 2)[1].split("; ")) {
                MEAN.matcher(number)
                        .results()
                        .forEach(m -> means.put(m.group(1), new Mean(number(m, 2), number(m, 3))));
            }
            return means;
        }
        claim.numbers().forEach((name, value) -> {
            if (name.endsWith("difference over what chance hides")) {
                means.put(name, new Mean(value, 1));
            }
            Double upper = claim.numbers().get(name.replace("lower end", "upper end"));
            if (name.contains("lower end") && upper != null) {
                String what = END.matcher(name).replaceFirst("");
                means.put(what.isEmpty() ? "exponent" : what, new Mean((value + upper) / 2, (upper - value) / 2));
            }
        });
        return new TreeMap<>(means);
    }

    private static double number(MatchResult match, int group) {
        return Double.parseDouble(match.group(group));
    }

    /// Those that are recorded of a statement; empty if it was judged by none.
    static Map<String, Mean> recorded(String id) {
        return all().getOrDefault(id, Map.of());
    }

    /// For a table of a page.
    static String words(String id) {
        return recorded(id).entrySet().stream()
                .map(number -> number.getKey() + " " + number.getValue().words())
                .collect(Collectors.joining("; "));
    }

    private static Map<String, Map<String, Mean>> all() {
        try {
            Map<String, Map<String, Mean>> all =
                    new YAMLMapper().readValue(Files.readString(FILE), new TypeReference<>() {});
            return all == null ? Map.of() : all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fails if a run differs from what is recorded by more than another machine's rounding of the same seeds does:
    /// twice half the interval is four standard deviations of the difference of two means of five.
    static void check(Claim claim) {
        Map<String, Mean> found = of(claim);
        if (Boolean.getBoolean("record.write")) {
            record(claim.id(), found);
        }
        Map<String, Mean> recorded = recorded(claim.id());
        assertThat(found.keySet()).as(claim.id()).containsAll(recorded.keySet());
        if (!Register.of(claim.id()).entry().seeds().isEmpty()) {
            assertThat(recorded.isEmpty())
                    .as("%s has no interval on record", claim.id())
                    .isEqualTo(found.isEmpty());
        }
        recorded.forEach((name, known) -> assertThat(found.get(name).mean())
                .as(claim.id() + ": " + name)
                .isCloseTo(known.mean(), within(2 * known.half() + 1e-3 * Math.abs(known.mean()))));
    }

    private static synchronized void record(String id, Map<String, Mean> found) {
        try {
            Map<String, Map<String, Mean>> all = new TreeMap<>(all());
            all.remove(id);
            if (!found.isEmpty()) {
                all.put(id, found);
            }
            String head = Files.readAllLines(FILE).stream()
                    .filter(line -> line.startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
            StringBuilder text = new StringBuilder(head);
            all.forEach((statement, means) -> {
                text.append(statement).append(":\n");
                means.forEach((name, number) ->
                        text.append(text("  \"%s\": {mean: %.4g, half: %.2g}\n", name, number.mean(), number.half())));
            });
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
