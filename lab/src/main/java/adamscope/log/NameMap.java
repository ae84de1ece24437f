package adamscope.log;

import adamscope.log.Recognition.Change;
import adamscope.log.Recognition.Reading;
import adamscope.regime.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// From the tags of a log to the names of [Quantity]: by recognition, and as the user says.
///
/// @param given quantity, `step` among them, to tag; goes before recognition
public record NameMap(Map<String, String> given) {

    public NameMap {
        given = Map.copyOf(given);
        for (String quantity : given.keySet()) {
            int slash = quantity.indexOf('/');
            String base = slash < 0 ? quantity : quantity.substring(0, slash);
            if (!Quantity.ALL.contains(base) && !quantity.equals(Quantity.STEP)) {
                throw new IllegalArgumentException("'" + quantity + "' is no quantity that a tag can be mapped to;"
                        + " choose among " + Quantity.STEP + ", " + String.join(", ", Quantity.ALL));
            }
        }
    }

    /// Recognition alone.
    public static NameMap standard() {
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
                        "'" + pair + "' maps nothing; write QUANTITY=TAG, such as loss=train/nll");
            }
            given.put(pair.substring(0, sign).strip(), pair.substring(sign + 1).strip());
        }
        return new NameMap(given);
    }

    /// Whether a tag can give a quantity, so that its values are worth holding.
    boolean reads(String tag) {
        return given.containsValue(tag) || Recognition.read(tag).isPresent();
    }

    /// The tag of the steps as the user says.
    Optional<String> step() {
        return Optional.ofNullable(given.get(Quantity.STEP));
    }

    /// Which tag gives which quantity, in the order of [Quantity#ALL].
    ///
    /// @param tags    of one run
    /// @param remarks takes what was decided in doubt
    /// @throws IllegalArgumentException if it is open which tag is the loss, or the user named one that is not there
    Map<String, Source> choose(String run, Set<String> tags, List<String> remarks) {
        Map<String, List<Candidate>> candidates = new LinkedHashMap<>();
        for (String tag : tags) {
            Optional<Reading> reading = Recognition.read(tag);
            if (reading.isPresent() && !given.containsValue(tag)) {
                candidates
                        .computeIfAbsent(reading.get().quantity(), _ -> new ArrayList<>())
                        .add(new Candidate(tag, reading.get()));
            }
        }
        Map<String, Source> chosen = new LinkedHashMap<>();
        candidates.forEach((quantity, of) -> best(run, quantity, of, remarks)
                .ifPresent(best -> chosen.put(
                        quantity, new Source(best.tag(), best.reading().change()))));
        given.forEach((quantity, tag) -> {
            if (tags.contains(tag)) {
                chosen.put(quantity, new Source(tag, Change.NONE));
            } else {
                chosen.remove(quantity);
                if (!quantity.equals(Quantity.STEP)) {
                    remarks.add("there is no tag '" + tag + "' for " + quantity + "; there are " + some(tags));
                }
            }
        });
        return inOrder(chosen);
    }

    /// A tag and what its values must undergo.
    record Source(String tag, Change change) {}

    private record Candidate(String tag, Reading reading) {}

    private Optional<Candidate> best(String run, String quantity, List<Candidate> candidates, List<String> remarks) {
        int least = candidates.stream().mapToInt(c -> c.reading().doubt()).min().orElseThrow();
        List<Candidate> sure =
                candidates.stream().filter(c -> c.reading().doubt() == least).toList();
        if (sure.size() == 1 || given.containsKey(quantity)) {
            return Optional.of(sure.getFirst());
        }
        Set<String> tags = sure.stream().map(Candidate::tag).collect(Collectors.toCollection(LinkedHashSet::new));
        if (quantity.equals(Quantity.LOSS)) {
            throw new IllegalArgumentException(
                    "run " + run + ": which of " + some(tags) + " is the training loss? Say it with --map loss=TAG");
        }
        remarks.add("not used, because any of " + some(tags) + " may be " + quantity + "; choose with --map " + quantity
                + "=TAG");
        return Optional.empty();
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

    /// The first ten of some tags, for a message.
    static String some(Collection<String> tags) {
        return tags.stream()
                        .limit(10)
                        .map(tag -> "'" + Numbers.shortened(tag) + "'")
                        .collect(Collectors.joining(", "))
                + (tags.size() > 10 ? " and " + (tags.size() - 10) + " more" : "");
    }
}
