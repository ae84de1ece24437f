package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a command line left behind, run in this process.
///
/// @param code exit code
record Ran(int code, String out, String err) {

    static Ran of(String... arguments) {
        return of(List.of(arguments));
    }

    static Ran of(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// The words of a line as a shell would take them: blanks part, double quotes hold together.
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        boolean quoted = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
                word = word == null ? new StringBuilder() : word;
            } else if (c == ' ' && !quoted) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = (word == null ? new StringBuilder() : word).append(c);
            }
        }
        return words;
    }

    /// The one document on standard output; the run has to be done.
    JsonNode json() {
        assertThat(code).as(err).isEqualTo(ExitCode.DONE);
        try (var values = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(out)) {
            JsonNode document = values.nextValue();
            assertThat(values.hasNextValue()).as("a second document").isFalse();
            JsonReference.holds(document);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of fields, without those that every document begins with.
    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.removeAll(List.of("schema", "version"));
        return names;
    }

    /// Wrong input: exit code 2, this in one line on standard error, nothing on standard output.
    void isWrong(String message) {
        assertThat(err).startsWith("adamscope: ").contains(message);
        assertThat(err.lines()).as("one message, no stack trace").hasSize(1);
        assertThat(out).isEmpty();
        assertThat(code).isEqualTo(ExitCode.WRONG_INPUT);
    }
}
