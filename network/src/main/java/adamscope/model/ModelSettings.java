package adamscope.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The settings of a model as words, taken one by one; at the end none may be left.
final class ModelSettings {
    private static final int MOST = 1_000_000;
    private static final int LARGEST = 1000;

    private final String kind;
    private final Map<String, String> words;
    private final List<String> known = new ArrayList<>();

    ModelSettings(String kind, Map<String, String> words) {
        this.kind = kind;
        this.words = Map.copyOf(words);
    }

    int whole(String key, int standard) {
        return taken(key, standard, "a whole number from 1 to " + MOST, word -> {
            int value = Integer.parseInt(word);
            return value >= 1 && value <= MOST ? value : null;
        });
    }

    double factor(String key, double standard) {
        return taken(key, standard, "a number above 0, at most " + LARGEST, word -> {
            double value = Double.parseDouble(word);
            return value > 0 && value <= LARGEST ? value : null;
        });
    }

    boolean truth(String key, boolean standard) {
        return taken(key, standard, "true or false", word -> switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    /// Whole numbers with commas between them, perhaps none.
    List<Integer> wholes(String key, List<Integer> standard) {
        return taken(key, standard, "whole numbers from 1 to " + MOST + " with commas between them", word -> {
            List<Integer> values = word.isBlank()
                    ? List.of()
                    : Arrays.stream(word.split(","))
                            .map(part -> Integer.valueOf(part.strip()))
                            .toList();
            return values.stream().allMatch(value -> value >= 1 && value <= MOST) ? values : null;
        });
    }

    /// What must be given.
    String text(String key) {
        known.add(key);
        if (!words.containsKey(key)) {
            throw new IllegalArgumentException("the model " + kind + " needs '" + key + "'");
        }
        return words.get(key);
    }

    /// A word that `named` knows; it says which there are.
    <T> T named(String key, T standard, Function<String, T> named) {
        known.add(key);
        return words.containsKey(key) ? named.apply(words.get(key)) : standard;
    }

    private <T> T taken(String key, T standard, String allowed, Function<String, T> read) {
        known.add(key);
        String word = words.get(key);
        if (word == null) {
            return standard;
        }
        T value;
        try {
            value = read.apply(word.strip());
        } catch (NumberFormatException _) {
            value = null;
        }
        if (value == null) {
            throw new IllegalArgumentException("model " + kind + ": " + key + " = " + word + " is not " + allowed);
        }
        return value;
    }

    /// The model, if no word is left over.
    ///
    /// @throws IllegalArgumentException with the settings that there are
    <T> T noMore(T model) {
        words.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "model " + kind + " has no setting '" + key + "'; it has " + known);
                });
        return model;
    }
}
