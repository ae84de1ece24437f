package adamscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The trainings of the papers that ship with the program, the files of `docs/examples/train`.
final class Examples {
    private static final List<String> NAMES = List.of(
            "p1-fig15-mlp",
            "p1-fig15-cnn",
            "p1-fig15-gpt",
            "p2-fig1-left",
            "p2-fig1-right",
            "p2-fig7",
            "p2-fig9",
            "p2-fig10-cube",
            "p2-fig10-disk",
            "p3-fig1",
            "p3-fig4-cnn",
            "p3-fig4-wrn",
            "p3-fig4-wrn-bn",
            "p3-fig6",
            "p3-fig7");

    private Examples() {}

    /// What each is about, the first line of its file, by name.
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        NAMES.forEach(name ->
                all.put(name, text(name).lines().findFirst().orElseThrow().replaceFirst("^#\\s*", "")));
        return all;
    }

    /// The file.
    static String text(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/adamscope/train/" + name + ".yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
