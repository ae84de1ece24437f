package adamscope.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Sentences in order, each said once.
final class Sentences {
    private final List<String> said = new ArrayList<>();

    void say(String format, Object... values) {
        String sentence = String.format(Locale.ROOT, format, values);
        if (!said.contains(sentence)) {
            said.add(sentence);
        }
    }

    List<String> all() {
        return List.copyOf(said);
    }
}
