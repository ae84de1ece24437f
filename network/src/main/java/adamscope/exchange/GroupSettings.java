package adamscope.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Hyper-parameters of one group of an optimizer of PyTorch as its file says them, each a text.
///
/// @param source names the file, and the group where there are several, in errors
record GroupSettings(Map<String, String> texts, String source) {

    GroupSettings {
        texts = Map.copyOf(texts);
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /// A flag, false where nothing is said: Python writes `True`, JSON `true`.
    ///
    /// @throws IllegalArgumentException for anything else than true or false in capital or small letters
    boolean is(String key) {
        String text = texts.getOrDefault(key, "false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false", "none" -> false;
            default ->
                throw new IllegalArgumentException(
                        source + ": metadata " + key + " = '" + text + "', expected true or false");
        };
    }

    /// @throws IllegalArgumentException if it is none
    double number(String key) {
        double number;
        try {
            number = Double.parseDouble(texts.get(key));
        } catch (NumberFormatException _) {
            number = Double.NaN;
        }
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(
                    source + ": metadata " + key + " = '" + texts.get(key) + "', expected a number");
        }
        return number;
    }

    /// Whether a number is given and not 0.
    boolean counts(String key) {
        return has(key) && number(key) != 0;
    }
}
