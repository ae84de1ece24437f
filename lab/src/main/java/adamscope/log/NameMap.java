package adamscope.log;

import adamscope.log.Recognition.TagReading;
import adamscope.log.Recognition.ValueChange;
import adamscope.regime.Quantity;
import adamscope.text.Listing;
import adamscope.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From the tags of a log to the names of [Quantity]: by recognition, and as the user says.
///
/// @param given quantity, `step` among them, to tag, or to several as `a+b+c`, whose sum is meant; goes before
///              recognition
public record NameMap(Map<String, String> given) {

    public NameMap {
        given = Map.copyOf(given);
        for (String quantity : given.keySet()) {
            int slash = quantity.indexOf('/');
            String base = slash < 0 ? quantity : quantity.substring(0, slash);
            if (!Quantity.ALL.contains(base) && !quantity.equals(Quantity.STEP)) {
                throw new IllegalArgumentException("--map " + quantity + "=" + given.get(quantity) + ": '" + quantity
                        + "' is no quantity that a tag can be mapped to; choose among " + Quantity.STEP + ", "
                        + String.join(", ", Quantity.ALL) + Nearest.hint(base, Quantity.ALL));
            }
        }
    }

    /// Recognition alone.
    public static NameMap byDefault() {
        return new NameMap(Map.of());
    }

    /// From words `loss=train/nll`.
    ///
    /// @throws IllegalArgumentException if one is no such pair, or names no quantity
    public static NameMap of(Collection<String> pairs) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : pairs) {
            int sign = pair.indexOf('=');
            if (sign < 1 || sign == pair.length() - 1) {
                throw new IllegalArgumentException(
                        "--map " + pair + " maps nothing; write QUANTITY=TAG, such as loss=train/nll");
            }
            given.put(pair.substring(0, sign).strip(), pair.substring(sign + 1).strip());
        }
        return new NameMap(given);
    }

    /// Whether a tag can give a quantity, so that its values are worth holding.
    boolean reads(String tag) {
        return given.values().stream()
                        .anyMatch(name -> name.equals(tag) || parts(name).contains(tag))
                || Recognition.read(tag).isPresent();
    }

    /// The tags of a sum `a+b+c`.
    private static List<String> parts(String sum) {
        return Arrays.stream(sum.split("\\+")).map(String::strip).toList();
    }

    /// Tags that the user names and that are not among these.
    List<String> absent(Collection<String> seen) {
        return given.values().stream()
                .filter(name -> !seen.contains(name))
                .flatMap(name -> parts(name).stream())
                .filter(tag -> !seen.contains(tag))
                .toList();
    }

    /// The tag of the steps as the user says.
    Optional<String> step() {
        return Optional.ofNullable(given.get(Quantity.STEP));
    }

    /// Which tags give which quantity, in the order of [Quantity#ALL]; a term of the loss is the quantity `loss/TERM`.
    ///
    /// @param read    the series of a run by tag
    /// @param remarks takes what was decided in doubt
    Map<String, Source> choose(Map<String, LoggedSeries> read, List<String> remarks) {
        Map<String, List<Candidate>> candidates = new LinkedHashMap<>();
        read.forEach((tag, series) -> Recognition.read(tag)
                .filter(_ -> !given.containsValue(tag))
                .ifPresent(reading -> candidates
                        .computeIfAbsent(reading.quantity(), _ -> new ArrayList<>())
                        .add(new Candidate(tag, reading, series.seen()))));
        Map<String, Source> chosen = new LinkedHashMap<>();
        candidates.forEach((quantity, of) -> {
            if (quantity.equals(Quantity.LOSS) || quantity.equals(Quantity.VALIDATION_LOSS)) {
                chosen.putAll(LossChoice.of(quantity, of, given.containsKey(quantity), remarks));
            } else {
                best(quantity, of, remarks).ifPresent(best -> chosen.put(quantity, Source.of(best)));
            }
        });
        given.forEach((quantity, name) -> {
            List<String> tags = read.containsKey(name) ? List.of(name) : parts(name);
            if (read.keySet().containsAll(tags)) {
                chosen.put(quantity, new Source(tags, ValueChange.NONE));
                if (tags.size() > 1) {
                    tags.forEach(tag -> chosen.put(
                            Quantity.ofGroup(quantity, Recognition.term(tag)),
                            new Source(List.of(tag), ValueChange.NONE)));
                }
            } else if (!quantity.equals(Quantity.STEP)) {
                chosen.remove(quantity);
                List<String> missing =
                        tags.stream().filter(tag -> !read.containsKey(tag)).toList();
                remarks.add(
                        "there is no tag " + some(missing) + " for " + quantity + "; there are " + some(read.keySet()));
            }
        });
        return inOrder(chosen);
    }

    /// Tags, of which several are to be added, and what their values must undergo.
    record Source(List<String> tags, ValueChange change) {
        Source {
            tags = List.copyOf(tags);
        }

        static Source of(Candidate candidate) {
            return new Source(List.of(candidate.tag()), candidate.reading().change());
        }

        String tag() {
            return String.join("+", tags);
        }
    }

    /// A tag that may give a quantity.
    ///
    /// @param values how many it has
    record Candidate(String tag, TagReading reading, long values) {}

    private Optional<Candidate> best(String quantity, List<Candidate> candidates, List<String> remarks) {
        int least = candidates.stream().mapToInt(c -> c.reading().doubt()).min().orElseThrow();
        List<Candidate> sure = candidates.stream()
                .filter(c -> c.reading().doubt() == least)
                .sorted(Comparator.comparingLong((Candidate c) -> -c.values()))
                .toList();
        if (sure.size() > 1 && !given.containsKey(quantity) && !Quantity.COUNTERS.contains(quantity)) {
            remarks.add("'" + WrittenNumber.shortened(sure.getFirst().tag()) + "' is taken for " + quantity + ", not "
                    + some(sure.stream().skip(1).map(Candidate::tag).toList()) + "; choose with --map " + quantity
                    + "=TAG");
        }
        return Optional.of(sure.getFirst());
    }

    private static Map<String, Source> inOrder(Map<String, Source> chosen) {
        Map<String, Source> ordered = new LinkedHashMap<>();
        for (String quantity : Quantity.ALL) {
            if (chosen.containsKey(quantity)) {
                ordered.put(quantity, chosen.get(quantity));
            }
        }
        new TreeMap<>(chosen).forEach(ordered::putIfAbsent);
        ordered.remove(Quantity.STEP);
        return ordered;
    }

    /// All of some tags up to a bound, for a message.
    static String all(Collection<String> tags) {
        return quoted(tags, 100);
    }

    /// The first ten of some tags, for a message.
    static String some(Collection<String> tags) {
        return quoted(tags, 10);
    }

    private static String quoted(Collection<String> tags, int most) {
        return Listing.of(
                tags.stream()
                        .map(tag -> "'" + WrittenNumber.shortened(tag) + "'")
                        .toList(),
                most);
    }
}
