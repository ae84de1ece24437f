package adamscope.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the papers state, and by which numbers each statement is judged: `claims.yaml` beside this class.
///
/// A criterion stands there and nowhere else, with where it comes from and the commit that set it; one that was changed
/// keeps what it was before, and the page shows both.
final class Register {
    /// An entry begins at the left with its id, what belongs to it is indented; a run asks for one or two of the 150.
    private static final Pattern ENTRY = Pattern.compile("(?m)^([^ #:]+):\\n((?: .*\\n)+)");

    private static final Map<String, String> ENTRIES = entries();

    private Register() {}

    /// Where the numbers of a criterion come from.
    enum ToleranceOrigin {
        /// A number in the paper's text.
        TEXT("the paper's text"),
        /// Read off a figure of the paper.
        FIGURE("the paper's figure"),
        /// From a formula: rounding, the order of what is left out, a limit.
        THEORY("theory"),
        /// From the spread over seeds and the number of runs.
        POWER("power computation"),
        /// The paper gives no number: chosen here.
        CHOICE("chosen here, the paper gives no number");

        private final String words;

        ToleranceOrigin(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// A criterion that was replaced after a run had been seen.
    ///
    /// @param commit that replaced it
    /// @param was    the criterion before
    /// @param why    it was replaced
    record Replacement(String commit, String was, String why) {}

    /// A statement with its criterion.
    ///
    /// @param id     such as `P1-08`
    /// @param where  section, theorem or figure
    /// @param says   what is stated
    /// @param since  the commit that set the criterion
    /// @param seeds  the commit since which it is judged over several seeds, because the start decides its numbers;
    /// empty
    ///               where nothing is left to chance, or where the measured numbers are intervals themselves
    record Entry(
            String id,
            String where,
            String says,
            ClaimCriterion criterion,
            ToleranceOrigin origin,
            String since,
            String seeds,
            List<Replacement> changes) {
        Entry {
            changes = List.copyOf(changes);
        }

        /// Where the criterion comes from and what it was before, for the page.
        String history() {
            StringBuilder text =
                    new StringBuilder(origin.words()).append(", set in ").append(since);
            if (!seeds.isEmpty()) {
                text.append("; judged over several seeds since ").append(seeds).append(", by one run before");
            }
            for (Replacement change : changes) {
                text.append("; changed after a run in ")
                        .append(change.commit())
                        .append(", was: ")
                        .append(change.was());
                text.append(" (").append(change.why()).append(')');
            }
            return text.toString();
        }
    }

    /// The statement of that id, to be held against measurements.
    ///
    /// @throws IllegalArgumentException if the register has none
    static Measurement of(String id) {
        return new Measurement(
                entry(id).orElseThrow(() -> new IllegalArgumentException("claims.yaml has no statement '" + id + "'")),
                "",
                Map.of());
    }

    /// The statement of that id; empty if the register has none, any more.
    static Optional<Entry> entry(String id) {
        return Optional.ofNullable(ENTRIES.get(id)).map(yaml -> read(yaml).entry(id));
    }

    /// All ids.
    static Set<String> ids() {
        return ENTRIES.keySet();
    }

    /// One entry of the file.
    private record Written(
            String where,
            String says,
            String by,
            Map<String, String> needs,
            Map<String, String> holds,
            Map<String, String> beyond,
            ToleranceOrigin origin,
            String since,
            String seeds,
            List<Replacement> changes) {
        Entry entry(String id) {
            return new Entry(
                    id,
                    required(where, id, "where"),
                    required(says, id, "says"),
                    new ClaimCriterion(by == null ? "" : by, bounds(needs), bounds(holds), bounds(beyond)),
                    required(origin, id, "origin"),
                    required(since, id, "since"),
                    seeds == null ? "" : seeds,
                    changes == null ? List.of() : changes);
        }

        private static <T> T required(T value, String id, String key) {
            return Objects.requireNonNull(value, id + " has no " + key);
        }

        private static Map<String, Bound> bounds(Map<String, String> written) {
            Map<String, Bound> bounds = new LinkedHashMap<>();
            if (written != null) {
                written.forEach((name, text) -> bounds.put(name, Bound.of(text)));
            }
            return bounds;
        }
    }

    private static Map<String, String> entries() {
        try (InputStream in = Objects.requireNonNull(Register.class.getResourceAsStream("claims.yaml"))) {
            Map<String, String> entries = new LinkedHashMap<>();
            Matcher entry = ENTRY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (entry.find()) {
                entries.put(entry.group(1), entry.group(2));
            }
            return Collections.unmodifiableMap(entries);
        } catch (IOException e) {
            throw new UncheckedIOException("claims.yaml", e);
        }
    }

    private static Written read(String yaml) {
        ObjectMapper mapper = YAMLMapper.builder()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
        try {
            return mapper.readValue(yaml, Written.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("claims.yaml", e);
        }
    }
}
