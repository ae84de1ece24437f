package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.page.AskedPlane;
import adamscope.store.JsonDocument;
import adamscope.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Planes in a real browser by WebAssembly, by the generated JavaScript that stands in for it, and by the program.
class PlaneLoopsTest {
    private static final int SIDE = 3;
    private static final int STEPS = 400;
    private static final List<String> LEVELS =
            List.of("sustainedMinLog10Loss", "finalLog10Loss", "medianLog10Coupling");

    /// Zeros of either sign, NaN and the step itself; what a column shows of a zero's sign is the sign of its inverse.
    private static final OptimizerRule ODD = RuleReader.read("odd", """
        optimizer odd
        hyper lr = 1 in (0, inf)
        hyper a = 0.5 in (0, 1)
        state m = 1
        state n = 0
        m <- max(min(a*m + sign(g), 3), -abs(g)) + sin(t)*exp(-t) - tanh(a^t)
        n <- max(0.5, min(log(-1 - m*m), 1))
        x <- x - lr*0.1*m - 0.01*sign(1/min(0*abs(m), -(0*abs(m)))) + 0.02*sign(1/max(-(0*abs(m)), 0*abs(m))) - 0.03*sign(1/sign(-(0*abs(m)))) + 0.001*cos(t)*abs(x)^a
        """);

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        ExplorerPage.Tuned tuned = new ExplorerPage.Tuned(Catalogue.shipped("gd"), Map.of());
        Files.writeString(page, new ExplorerPage(List.of(tuned), "x^2/2", List.of(1.0), 1).html());
        browser = Chromium.ofThisMachine(folder.resolve("profile"));
        browser.open(page, "");
        // under the policy of the page: a worker as it is, and two that lack what they need
        browser.evaluate("""
            (async () => {
            const packed = Uint8Array.from(atob(document.getElementById("engine").textContent), c => c.charCodeAt(0));
            const engine = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
            const clerk = before => {
                const worker = new Worker(URL.createObjectURL(new Blob([before, engine, "\\n", document.getElementById("worker").textContent,
                    "const own = onmessage; onmessage = e => e.data.count ? postMessage({ answer: self.made }) : own(e);"])));
                return q => new Promise(d => { worker.onmessage = e => d(e.data.answer); worker.postMessage(q === "count" ? { count: true } : { number: 1, question: q }); });
            };
            window.clerks = {
                simd: clerk("self.made = 0; const I = WebAssembly.Instance; WebAssembly.Instance = function (...all) { self.made++; return new I(...all); };"),
                noSimd: clerk("WebAssembly.Module = function () { throw new WebAssembly.CompileError('no SIMD'); };"),
                none: clerk("self.WebAssembly = undefined;")
            };
            window.plain = v => Array.isArray(v) || ArrayBuffer.isView(v) ? [...v].map(plain)
                : typeof v === "number" && !Number.isFinite(v) ? String(v) : v;
            window.outcomes = async (who, q) => {
                const answer = await clerks[who](q);
                return answer.error ? { error: answer.error } : Object.fromEntries(["outcome", %s].map(k => [k, plain(answer[k])]));
            };
            })()\
            """.replace("%s", quoted()));
    }

    private static String quoted() {
        return String.join(", ", LEVELS.stream().map(name -> '"' + name + '"').toList());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static JsonNode answer(String who, Map<String, Object> question) throws IOException {
        return browser.evaluate("outcomes(\"" + who + "\", " + JsonDocument.text(question) + ")");
    }

    /// Over the learning rate and another hyper-parameter; none where the rule has no other.
    private static Stream<Map<String, Object>> plane(OptimizerRule rule, String objective, List<Double> x0) {
        List<String> others = rule.hyperNames().stream()
                .filter(name -> !name.equals("lr") && rule.values(Map.of()).get(name) > 0)
                .toList();
        if (others.isEmpty() || !rule.hyperNames().contains("lr")) {
            return Stream.empty();
        }
        String other = others.contains("beta2") ? "beta2" : others.getFirst();
        double usual = rule.values(Map.of()).get(other);
        Map<String, Object> question = JsonDocument.object(
                "kind", "plane", "rule", rule.text(), "values", Map.of(), "objective", objective, "x0", x0);
        question.putAll(Map.of("start", "zero", "arithmetic", "double", "steps", STEPS));
        question.putAll(Map.of("x", "lr", "xFrom", 0.001, "xTo", 2, "xPoints", SIDE, "xScale", "log"));
        question.putAll(Map.of("y", other, "yFrom", usual / 2, "yTo", usual, "yPoints", SIDE, "yScale", "linear"));
        question.put("points", LongStream.range(0, SIDE * SIDE).boxed().toList());
        return Stream.of(question);
    }

    private static List<Map<String, Object>> planes(List<String> names) {
        List<Map<String, Object>> planes = new ArrayList<>();
        for (String objective :
                List.of("x^4/4", "log(1 + exp(x)) - x/3 + tanh(x)^2 + abs(x)^3.5 + cos(x)", "rosenbrock")) {
            List<Double> x0 = FormulaObjective.read(objective).dimension() == 1 ? List.of(0.7) : List.of(-1.0, 1.5);
            Stream.concat(names.stream().map(Catalogue::shipped), Stream.of(ODD))
                    .flatMap(rule -> plane(rule, objective, x0))
                    .forEach(planes::add);
        }
        return planes;
    }

    @Test
    void webAssemblyHasTheBitsOfTheScriptAndTheOutcomesOfTheProgram() throws IOException {
        compare(planes(List.of("adam", "lion", "padam")));
    }

    @Test
    @Tag("slow")
    void webAssemblyHasTheBitsOfTheScriptForTheWholeCatalogue() throws IOException {
        List<Map<String, Object>> planes = planes(Catalogue.NAMES);
        assertThat(planes).hasSizeGreaterThan(60);
        compare(planes);
    }

    private static void compare(List<Map<String, Object>> planes) throws IOException {
        int before = browser.evaluate("clerks.simd('count')").asInt();
        for (Map<String, Object> plane : planes) {
            JsonNode simd = answer("simd", plane);
            String about = simd + "\n" + plane;
            assertThat(simd.has("error")).as(about).isFalse();
            assertThat(simd).as(about).isEqualTo(answer("none", plane));
            Table there = AskedPlane.of(plane)
                    .sweep()
                    .prepared()
                    .rows(LongStream.range(0, SIDE * SIDE).toArray(), () -> false);
            for (int i = 0; i < SIDE * SIDE; i++) {
                assertThat(simd.path("outcome").get(i).asText())
                        .as(about)
                        .isEqualTo(there.words("outcome").get(i));
                for (String level : LEVELS) {
                    double expected = there.numbers(level)[i];
                    double found = Double.parseDouble(simd.path(level).get(i).asText());
                    // log10 is the browser's own, its last digit may differ
                    assertThat(Double.compare(found, expected) == 0
                                    || Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)))
                            .as(level + " " + i + ": " + found + " " + expected + "\n" + about)
                            .isTrue();
                }
            }
        }
        assertThat(browser.evaluate("clerks.simd('count')").asInt() - before).isEqualTo(planes.size());
    }

    @Test
    void aBrowserWithoutVectorsFallsBackToTheScript() throws IOException {
        Map<String, Object> plane = plane(Catalogue.shipped("adam"), "x^4/4", List.of(0.7))
                .findFirst()
                .orElseThrow();
        JsonNode none = answer("none", plane);
        assertThat(none.path("outcome")).hasSize(SIDE * SIDE);
        assertThat(answer("noSimd", plane)).isEqualTo(none);
    }
}
