package adamscope.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Plain data as JSON text: maps, iterables, arrays of numbers, numbers, words, booleans and null.
///
/// Doubles keep every bit (the shortest decimal that reads back alike). JSON has no NaN and no infinity: they become
/// `null`.
public final class JsonDocument {

    private static final int VERSION = 1;

    private JsonDocument() {}

    /// A map in the order written: `object("regime", "I", "stable", true)`; values may be null.
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /// A document of the program's: `schema` names what it is, `version` its edition, then its own fields. An edition
    /// ends when a field goes or changes its meaning, not when one is added; docs/json.md lists them.
    public static Map<String, Object> named(String schema, Map<String, ?> fields) {
        Map<String, Object> document = object("schema", "adamscope/" + schema, "version", VERSION);
        document.putAll(fields);
        return document;
    }

    /// The JSON text of a value, indented, without a line end; arrays stay on one line.
    public static String text(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter()
                    .withSeparators(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance));
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// The JSON text of a value on one line.
    public static String line(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Optional<?> optional -> write(json, optional.orElse(null));
            case Double number -> number(json, number);
            case Float number -> number(json, number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case double[] numbers -> {
                json.writeStartArray();
                for (double number : numbers) {
                    number(json, number);
                }
                json.writeEndArray();
            }
            case long[] numbers -> json.writeArray(numbers, 0, numbers.length);
            case int[] numbers -> json.writeArray(numbers, 0, numbers.length);
            case Iterable<?> items
            when !(value instanceof java.nio.file.Path) -> {
                json.writeStartArray();
                for (Object item : items) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case SequencedMap<?, ?> object -> fields(json, object);
            // Java gives such maps another order at every start of the program.
            case Map<?, ?> object -> {
                Map<String, Object> sorted = new TreeMap<>();
                object.forEach((name, field) -> sorted.put(name.toString(), field));
                fields(json, sorted);
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void fields(JsonGenerator json, Map<?, ?> object) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }
}
