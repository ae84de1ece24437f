package adamscope.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the engine answers, filled key by key: texts, numbers, flags, rows of numbers, answers inside.
final class Reply {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    /// A text.
    Reply with(String key, String text) {
        entries.put(key, text);
        return this;
    }

    /// A number.
    Reply with(String key, double number) {
        entries.put(key, number);
        return this;
    }

    /// A yes or no.
    Reply with(String key, boolean flag) {
        entries.put(key, flag);
        return this;
    }

    /// Numbers in a row.
    Reply with(String key, double[] numbers) {
        entries.put(key, numbers);
        return this;
    }

    /// Another answer inside this one.
    Reply with(String key, Reply inner) {
        entries.put(key, inner.entries);
        return this;
    }

    /// Several answers in a row.
    Reply with(String key, List<Reply> inner) {
        entries.put(key, inner.stream().map(answer -> answer.entries).toList());
        return this;
    }

    /// Several texts in a row.
    Reply withTexts(String key, List<String> texts) {
        entries.put(key, texts);
        return this;
    }

    /// What another answer holds.
    Reply withAll(Map<String, Object> others) {
        entries.putAll(others);
        return this;
    }

    Map<String, Object> entries() {
        return entries;
    }
}
