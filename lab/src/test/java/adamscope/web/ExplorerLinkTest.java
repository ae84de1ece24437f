package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.cli.Main;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.report.ExplorerState;
import adamscope.store.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the report of a run folder into the explorer.
class ExplorerLinkTest {
    private static final Pattern LINK = Pattern.compile("<a href=\"(explorer\\.html#[^\"]*)\">([^<]*)</a>");

    /// `own` has a value that JSON has no number for.
    private static final String SERIES = """
        kind: series
        parts:
          phase:
            kind: phase
            optimizer: {name: adam, lr: 1e-3, eps: 0, beta1: {from: 0.1, to: 0.9, points: 3}, beta2: {from: 0.2, to: 0.8, points: 3}}
            objective: x^4/4
            x0: [1]
            steps: 400
            arithmetic: double
          orbits:
            kind: bifurcation
            optimizer: {name: gd-exponential, factor: {from: 2, to: 5, points: 4}}
            objective: x^4/4
          spikes:
            kind: simulation
            optimizer: {name: adam-uncorrected, lr: 1e-3, beta1: 0.9, beta2: 0.895, eps: 0}
            objective: x^4/4
            x0: [1]
            steps: 6000
            init: gradient
            arithmetic: scaled
          own:
            kind: simulation
            optimizer: {rule: "optimizer a\\nhyper lr = 0.1 in (0, inf)\\nhyper c = 1 in (0, inf]\\nx <- x - lr*max(-c, min(g, c))\\n", lr: 2.5, c: inf}
            objective: x^2/2 + 3*y^2/2
            x0: [1, -2]
            steps: 50
          flow:
            kind: flow
            optimizer: {name: adam, lr: 1e-2, eps: 0}
            objective: x^4/4
            x0: [1]
            time: 2
            rows: 20
          map:
            kind: stability-map
            optimizer: {name: adam, lr: 1e-3, eps: 0, beta1: {from: 0.2, to: 0.8, points: 3}, beta2: {from: 0.3, to: 0.7, points: 3}}
            objective: x^4/4
        """;

    @TempDir
    private Path folder;

    private static String program(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Main.run(Arrays.asList(arguments), both, both);
        return code + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> links(Path run) throws IOException {
        Map<String, String> links = new LinkedHashMap<>();
        LINK.matcher(Files.readString(run.resolve("report.html")))
                .results()
                .forEach(link -> links.put(link.group(2), link.group(1).replaceFirst("[^#]*", "")));
        return links;
    }

    @Test
    void theLinkBelowAPictureShowsTheSameOutcome() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("series.yaml"), SERIES);
        Path run = folder.resolve("run");
        String said = program("demo", "-c", file.toString(), "--out", run.toString());
        assertThat(said).startsWith("0\n");
        Map<String, String> links = links(run);
        assertThat(Files.readString(run.resolve("report.html"))).contains("Coupling ratio: the average v");
        assertThat(links.keySet()).containsExactly("phase", "orbits", "spikes", "own", "flow", "map");
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"))) {
            Path page = run.resolve(ExplorerState.FILE);
            for (String name : List.of("spikes", "own")) {
                Simulation part = (Simulation)
                        ((Series) ResultStore.open(run).experiment()).parts().get(name);
                String sentence = part.plan().run().outcome().sentence();
                browser.open(page, links.get(name));
                browser.await("document.querySelector('#outcome .word')", 30);
                assertThat(browser.evaluate("document.querySelector('#outcome .verdict').textContent")
                                .asText())
                        .endsWith(sentence);
            }
            assertThat(browser.evaluate("document.getElementById('h1').value").asText())
                    .isEqualTo("inf");
            browser.open(page, links.get("phase"));
            browser.await("document.querySelector('#plane svg text') && document.querySelector('#outcome .word')", 30);
            assertThat(browser.evaluate("['x-name', 'x-from', 'x-to', 'y-name', 'y-from', 'y-to', 'steps', 'h1', 'h2']"
                                    + ".map(id => document.getElementById(id).value).join()")
                            .asText())
                    .isEqualTo("beta1,0.1,0.9,beta2,0.2,0.8,400,0.5,0.5");
            assertThat(browser.evaluate("document.querySelector('#outcome .word').textContent")
                            .asText())
                    .isEqualTo(ResultStore.open(run)
                            .table("phase-phase")
                            .words("outcome")
                            .get(4));
            browser.open(page, links.get("orbits"));
            browser.await("document.querySelectorAll('#orbit svg').length === 2", 60);
            assertThat(browser.evaluate("['orbit-name', 'orbit-from', 'orbit-to'].map(id =>"
                                    + " document.getElementById(id).value).join()")
                            .asText())
                    .isEqualTo("factor,2,5");
            browser.open(page, links.get("flow"));
            browser.await("/The limit lr/.test(document.querySelector('#flow-note').textContent)", 60);
            assertThat(browser.evaluate("['steps', 'h0'].map(id => document.getElementById(id).value).join()")
                            .asText())
                    .isEqualTo("200,0.01");
            browser.open(page, links.get("map"));
            browser.await("document.querySelector('#plane svg text') && document.querySelector('#outcome .word')", 30);
            assertThat(browser.evaluate("['x-name', 'x-from', 'x-to', 'y-name', 'y-from', 'y-to', 'h1', 'h2']"
                                    + ".map(id => document.getElementById(id).value).join()")
                            .asText())
                    .isEqualTo("beta1,0.2,0.8,beta2,0.3,0.7,0.5,0.5");
            // without what stands behind # it begins with the first
            browser.open(page, "");
            browser.await("document.querySelector('#outcome .word')", 30);
            assertThat(browser.evaluate("document.getElementById('x-to').value").asText())
                    .isEqualTo("0.9");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aReportSaysHowThePageIsMadeAndLinksItOnceItIsThere() throws IOException {
        Path run = folder.resolve("run");
        program(
                "simulate",
                "--optimizer",
                "gd",
                "--objective",
                "x^2/2",
                "--x0",
                "1",
                "--steps",
                "50",
                "--out",
                run.toString());
        String before = Files.readString(run.resolve("report.html"));
        assertThat(before)
                .contains("<code>adamscope report . --explorer</code>", "Outcome: converged; the loss ")
                .doesNotContain("explorer.html");
        assertThat(run.resolve(ExplorerState.FILE)).doesNotExist();
        assertThat(program("report", run.toString(), "--explorer")).startsWith("0\n");
        assertThat(links(run)).containsOnlyKeys("open this");
        assertThat(program("report", run.toString())).startsWith("0\n");
        assertThat(links(run)).containsOnlyKeys("open this");
        assertThat(program("report", run.toString(), "--explorer", "--cite")).startsWith("2\n");
    }

    @Test
    void whatNoPageCanHoldIsRefused() {
        String head = "kind: simulation\noptimizer: {name: gd, lr: 0.1}\nobjective: x^2/2\nx0: [1]\n";
        assertThat(ExplorerState.of(ExperimentText.read("a", head + "steps: 200000\n")))
                .isPresent();
        for (String other : List.of("steps: 200001\n", "steps: 50\nnoise: 0.1\n", "steps: 50\nminimum: -1\n")) {
            assertThat(ExplorerState.of(ExperimentText.read("a", head + other))).isEmpty();
        }
        Path run = folder.resolve("run");
        assertThat(program(
                        "simulate",
                        "--optimizer",
                        "gd",
                        "--objective",
                        "x^2/2",
                        "--x0",
                        "1",
                        "--steps",
                        "50",
                        "--noise",
                        "0.1",
                        "--out",
                        run.toString()))
                .startsWith("0\n");
        assertThat(program("report", run.toString(), "--explorer"))
                .startsWith("2\n")
                .contains("holds nothing that the page can", "200000 steps");
        assertThat(run.resolve(ExplorerState.FILE)).doesNotExist();
    }
}
