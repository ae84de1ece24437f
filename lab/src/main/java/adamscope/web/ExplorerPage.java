package adamscope.web;

import adamscope.figure.Style;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.ExplorerState;
import adamscope.report.PhaseFigure;
import adamscope.store.JsonDocument;
import adamscope.store.ProgramBuild;
import adamscope.store.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// The explorer: one page that computes by itself, with what it begins with inside it.
///
/// @param rules     to begin with, each with the values that differ from its default ones
/// @param objective a formula, or the name of one
/// @param x0        the start, one number for each variable
/// @param opened    what stands in its address unless another does; empty: the page chooses what it shows
public record ExplorerPage(
        List<Tuned> rules, String objective, List<Double> x0, long steps, Map<String, Object> opened) {
    /// More are told apart neither by colour nor by dash.
    public static final int MOST_RULES = 4;

    /// What a page begins with unless told otherwise.
    public static final String OBJECTIVE = "x^4/4";

    /// Steps of each run, likewise.
    public static final long STEPS = 4000;

    private static final String PLACE = "/adamscope/page/";
    private static final Pattern GAP = Pattern.compile("/\\*(connect|style|given|engine|worker|script)\\*/");

    /// In the order in which they are read: later ones use earlier ones.
    private static final List<String> SCRIPTS = List.of(
            "text.js",
            "workers.js",
            "state.js",
            "known.js",
            "desks.js",
            "chart.js",
            "run.js",
            "why.js",
            "rules.js",
            "plane.js",
            "stream.js",
            "orbit.js",
            "circle.js",
            "experiment.js",
            "lessons.js",
            "share.js",
            "main.js");

    /// A rule and the values chosen for it.
    public record Tuned(OptimizerRule rule, Map<String, Double> values) {}

    /// A page that chooses what it shows.
    public ExplorerPage(List<Tuned> rules, String objective, List<Double> x0, long steps) {
        this(rules, objective, x0, steps, Map.of());
    }

    /// The page of whoever has said nothing yet: Adam without ε, whose regimes theory knows, long enough to show them
    /// and short enough for most of its runs to stay within the range of double.
    public static ExplorerPage first() {
        Tuned adam = new Tuned(Catalogue.shipped("adam"), Map.of("eps", 0.0, "lr", 0.01));
        return new ExplorerPage(List.of(adam), OBJECTIVE, List.of(1.0), 1000);
    }

    /// The page of a run folder; none where it holds nothing that a page can.
    public static Optional<ExplorerPage> of(ResultStore store) {
        return ExplorerState.all(store.experiment()).values().stream()
                .findFirst()
                .map(ExplorerPage::of);
    }

    /// A page that begins as an experiment did.
    static ExplorerPage of(ExplorerState state) {
        Tuned tuned = new Tuned(state.optimizer().rule(), state.optimizer().values());
        return new ExplorerPage(List.of(tuned), state.objective(), state.start(), state.steps(), state.document());
    }

    /// Writes the page of a run folder, which its report links to; false where the folder holds nothing that a page
    /// can.
    public static boolean writeInto(ResultStore store) {
        Optional<ExplorerPage> page = of(store);
        page.ifPresent(first -> store.write(ExplorerState.FILE, first.html()));
        return page.isPresent();
    }

    /// The scripts by which another page draws charts.
    public static String charts() {
        return resource("text.js") + resource("chart.js");
    }

    /// The page, which asks nobody.
    public String html() {
        return html("");
    }

    /// The same with the program behind it.
    ///
    /// @param base the path of the server's pages
    public String served(String base) {
        return html(base);
    }

    private String html(String base) {
        StringBuilder scripts = new StringBuilder();
        SCRIPTS.forEach(name -> scripts.append(resource(name)));
        Map<String, String> parts = Map.of(
                "connect", base.isEmpty() ? "" : " connect-src 'self';",
                "style", resource("explorer.css"),
                "given", unmarked(JsonDocument.text(given(base))),
                "engine", packed(resource("engine.js")),
                "worker", resource("worker.js"),
                "script", scripts.toString());
        return GAP.matcher(resource("explorer.html"))
                .replaceAll(gap -> Matcher.quoteReplacement(parts.get(gap.group(1))));
    }

    /// Inside strings of JSON and JavaScript `<\u002f` and `<\u0021` are `</` and `<!`, and end no element.
    private static String unmarked(String text) {
        return text.replace("</", "<\\/").replace("<!", "\\u003c!");
    }

    /// Gzip in base 64.
    private static String packed(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private Map<String, Object> given(String base) {
        Map<String, Object> colours = new LinkedHashMap<>();
        PhaseFigure.OUTCOMES.forEach(word -> colours.put(
                word, Style.ofKind(PhaseFigure.OUTCOMES.indexOf(word)).css()));
        return JsonDocument.object(
                "rules",
                rules.stream()
                        .map(tuned -> JsonDocument.object("text", tuned.rule().text(), "values", values(tuned)))
                        .toList(),
                "catalogue",
                Catalogue.NAMES.stream()
                        .map(name -> JsonDocument.object(
                                "name", name, "text", Catalogue.shipped(name).text()))
                        .toList(),
                "objective",
                objective,
                "x0",
                x0,
                "steps",
                steps,
                "words",
                PhaseFigure.OUTCOMES,
                "colours",
                colours,
                "opened",
                opened,
                "served",
                base,
                "known",
                new FirstPicture(this).known(base.isEmpty()),
                "about",
                "Adamscope " + ProgramBuild.current().version()
                        + (base.isEmpty()
                                ? ". Everything is computed in this page, by the program's own code."
                                : ". Phase planes are computed by the program, everything else in this page, by the"
                                        + " program's own code.")
                        + " Steps have the program's bits, with exp, log, powers, sin, cos and tanh; what is drawn in a"
                        + " logarithm may differ in the last digit.");
    }

    /// JSON has no infinity.
    private static Map<String, Object> values(Tuned tuned) {
        Map<String, Object> values = new LinkedHashMap<>();
        tuned.values()
                .forEach((name, value) ->
                        values.put(name, Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : value));
        return values;
    }

    private static String resource(String name) {
        try (InputStream file = ExplorerPage.class.getResourceAsStream(PLACE + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks " + name + " of its page");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
