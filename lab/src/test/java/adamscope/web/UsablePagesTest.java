package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.cli.Main;
import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import adamscope.store.JsonDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of page, light and dark, by axe-core, on a narrow phone, and by the keyboard alone.
@Tag("slow")
class UsablePagesTest {
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [50, 50], activation: tanh}
        data: {source: sine-sum, samples: 500, dimension: 2}
        optimizer: {name: adam, lr: 3e-3}
        steps: 100000
        probe: 20
        """;

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        browser = Chromium.ofThisMachine(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void check(String address, String ready) throws IOException {
        List<String> faults = new ArrayList<>();
        for (boolean dark : List.of(true, false)) {
            browser.look(1280, 900, dark);
            browser.open(address);
            browser.await(ready, 60);
            faults.addAll(new UsablePage(browser).barriers());
        }
        faults.addAll(new UsablePage(browser).narrowness());
        assertThat(faults).as(address).isEmpty();
        assertThat(browser.complaints()).as(address).isEmpty();
    }

    private static void program(String... arguments) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(Main.run(List.of(arguments), nowhere, nowhere)).isZero();
    }

    @Test
    void theExplorerInEachOfItsViewsWithALessonAndWithFaults() throws IOException {
        Path page = folder.resolve("page.html");
        Files.writeString(page, ExplorerPage.first().html());
        Map<String, String> ready = Map.of(
                "{\"steps\":300}", "document.querySelector('#plane image')",
                "{\"steps\":300,\"view\":\"orbit\"}", "document.querySelector('#orbit svg')",
                "{\"steps\":300,\"view\":\"circle\"}", "document.querySelector('#circle svg')",
                "{\"steps\":300,\"lesson\":\"regimes\"}", "document.querySelector('.answers')",
                "{\"steps\":300,\"rules\":[{\"text\":\"optimizer\"}]}", "document.querySelector('#marks mark')");
        for (Map.Entry<String, String> state : ready.entrySet()) {
            check(
                    page.toUri() + "#"
                            + URLEncoder.encode(state.getKey(), StandardCharsets.UTF_8)
                                    .replace("+", "%20"),
                    state.getValue());
        }
    }

    @Test
    void reportsAndDocuments() throws IOException {
        String quartic = "x^4/4";
        program(
                "simulate",
                "--optimizer",
                "adam",
                "--objective",
                quartic,
                "--x0",
                "1",
                "--set",
                "beta1=0.8,beta2=0.75",
                "--steps",
                "900",
                "--out",
                at("simulation"));
        program(
                "phase",
                "--optimizer",
                "adam",
                "--objective",
                quartic,
                "--x0",
                "1",
                "--steps",
                "200",
                "--x",
                "beta1=0.1:0.9:8",
                "--y",
                "beta2=0.1:0.9:8",
                "--out",
                at("phase"));
        program(
                "stability-map",
                "--optimizer",
                "heavy-ball",
                "--objective",
                "x^3",
                "--x",
                "lr=0.5:4.5:9",
                "--y",
                "beta1=0:0.9:9",
                "--out",
                at("map"));
        program(
                "bifurcation",
                "--optimizer",
                "gd",
                "--objective",
                "x^2/2 + x^4/4",
                "--x",
                "lr=0.5:3:50",
                "--out",
                at("bifurcation"));
        program("docs", "--out", at("handbook.html"));
        for (String name : List.of("simulation", "phase", "map", "bifurcation")) {
            check(folder.resolve(name).resolve("report.html").toUri().toString(), "true");
        }
        check(folder.resolve("handbook.html").toUri().toString(), "true");
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void pagesOfTheServerAlsoByTheKeyboardAlone() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
            browser.open(server.address());
            String training = begun(TRAINING);
            check(server.address() + "live?run=" + training, state("running"));
            reached();
            browser.evaluate("document.querySelector('[aria-label^=Stop]').focus()");
            browser.press("Enter");
            browser.await(state("stopped"), 55);
            check(server.address() + "live?run=" + training, state("stopped"));
            reached();
            String sweep = begun(Files.readString(Path.of("src/main/resources/adamscope/serve/sweep.yaml")));
            check(server.address() + "live?run=" + sweep, "document.querySelector('#answer td')");
            reached();
            check(server.address(), "document.querySelectorAll('tbody tr').length === 2");
            reached();
            // two runs are ticked and watched together
            browser.evaluate("document.querySelector('tbody input').focus()");
            browser.press(" ");
            browser.evaluate("document.querySelector('tr:nth-child(2) input').focus()");
            browser.press(" ");
            browser.evaluate("document.querySelector('[formaction=live]').focus()");
            browser.press("Enter");
            browser.await("document.querySelectorAll('.state').length === 2", 55);
        }
    }

    private static void reached() throws IOException {
        assertThat(new UsablePage(browser).unreached()).isEmpty();
    }

    private static String begun(String text) throws IOException {
        return browser.evaluate(
                        "fetch('start', { method: 'POST', body: JSON.stringify({ name: 'experiment.yaml', text: "
                                + JsonDocument.line(text) + " }) }).then(r => r.json()).then(r => r.run)")
                .asText();
    }

    private static String state(String word) {
        return "document.querySelector('.state').textContent.startsWith('" + word + "')";
    }
}
