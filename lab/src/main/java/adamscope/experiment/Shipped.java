package adamscope.experiment;

import adamscope.data.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The figures of the papers that are experiments: the files of `docs/figures`, under the papers' names.
public final class Shipped {
    /// Figures that are an experiment; a new one is a file and a line here.
    private static final List<String> FIGURES = List.of("""
        P1-fig15abc P1-fig15def P2-fig1 P2-fig2 P2-fig3 P2-fig4 P2-fig7 P2-fig8 P2-fig9 P2-fig10 P3-fig1
        P3-fig3 P3-fig4 P3-fig5 P3-fig6 P3-fig7 P3-fig8 P3-fig9 P3-fig10 P3-fig11 P3-fig13 P3-fig15
        P3-fig16 P3-fig18 P3-fig19\
        """.split("\\s+"));

    private Shipped() {}

    /// What each is about, the first line of its file, by name.
    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        FIGURES.forEach(name ->
                all.put(name, text(name).lines().findFirst().orElseThrow().replaceFirst("^#\\s*", "")));
        return all;
    }

    /// Whether a figure is an experiment.
    public static boolean isFigure(String id) {
        return FIGURES.contains(id);
    }

    /// The figure that a name in other letters, or of a part such as `p2-fig1-right`, may mean.
    public static Optional<String> meant(String name) {
        String letters = name.toLowerCase(Locale.ROOT);
        return FIGURES.stream()
                .filter(id -> letters.startsWith(id.toLowerCase(Locale.ROOT))
                        || id.toLowerCase(Locale.ROOT)
                                .matches("\\Q" + letters.replaceFirst("-[a-z]+$", "") + "\\E[a-z]*"))
                .max(Comparator.comparingInt(String::length));
    }

    /// The draft of one.
    public static ExperimentDraft draft(String name) {
        return ExperimentDraft.parse(name, text(name));
    }

    /// Complains of samples that neither ship nor lie where the experiment looks for them.
    ///
    /// @throws IllegalArgumentException naming the option that gives them, and what has to lie there
    public static void refuseLacking(Experiment experiment) {
        Set<DataFolder.Kind> lacking = new TreeSet<>();
        List<Experiment> parts =
                experiment instanceof Series(var all) ? List.copyOf(all.values()) : List.of(experiment);
        for (Experiment part : parts) {
            if (part instanceof Train train) {
                train.task().data().flatMap(DataFolder::lacked).ifPresent(lacking::add);
            }
        }
        if (!lacking.isEmpty()) {
            throw new IllegalArgumentException("this size trains on samples that do not ship; give "
                    + lacking.stream()
                            .map(kind -> "--data " + kind.word() + (kind == DataFolder.Kind.TEXT ? "=FILE" : "=DIR")
                                    + " (" + kind.from() + ")")
                            .collect(Collectors.joining(" and ")));
        }
    }

    private static String text(String name) {
        try (InputStream stream = Shipped.class.getResourceAsStream("/adamscope/figures/" + name + ".yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
