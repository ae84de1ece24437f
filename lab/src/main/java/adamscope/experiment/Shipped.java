package adamscope.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The experiments of the papers that ship with the program: the files of `docs/examples/train`, single trainings, and
/// of `docs/figures`, whole figures under the paper's names.
public final class Shipped {
    private static final List<String> TRAININGS = List.of(
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

    /// Figures that are an experiment; a new one is a file and a line here.
    private static final List<String> FIGURES = List.of(
            "P3-fig1",
            "P3-fig3",
            "P3-fig4",
            "P3-fig5",
            "P3-fig6",
            "P3-fig7",
            "P3-fig8",
            "P3-fig9",
            "P3-fig10",
            "P3-fig11",
            "P3-fig13",
            "P3-fig15",
            "P3-fig16",
            "P3-fig18");

    private Shipped() {}

    /// What each is about, the first line of its file, by name.
    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(FIGURES.stream(), TRAININGS.stream())
                .forEach(name -> all.put(
                        name, text(name).lines().findFirst().orElseThrow().replaceFirst("^#\\s*", "")));
        return all;
    }

    /// Whether one of that name ships.
    public static boolean has(String name) {
        return TRAININGS.contains(name) || FIGURES.contains(name);
    }

    /// Whether a figure is an experiment.
    public static boolean isFigure(String id) {
        return FIGURES.contains(id);
    }

    /// The draft of one.
    public static ExperimentDraft draft(String name) {
        return ExperimentDraft.parse(name, text(name));
    }

    private static String text(String name) {
        String folder = FIGURES.contains(name) ? "/adamscope/figures/" : "/adamscope/train/";
        try (InputStream stream = Shipped.class.getResourceAsStream(folder + name + ".yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
