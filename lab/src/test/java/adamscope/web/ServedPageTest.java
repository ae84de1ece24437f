package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages with the program behind them, in a browser.
class ServedPageTest {
    private static final String BY_THE_PROGRAM =
            "/^[^]*65,536 runs of %d steps by the program/.test(%s.getElementById('plane-note').textContent)";
    private static final String STATE =
            "#%7B%22rules%22:%5B%7B%22name%22:%22adam%22,%22values%22:%7B%22eps%22:0%7D%7D%5D,%22steps%22:100%7D";

    @TempDir
    private Path folder;

    private static void steps(Chromium browser, int steps) throws IOException {
        browser.evaluate("(() => { const e = document.getElementById('steps'); e.value = " + steps
                + "; e.dispatchEvent(new Event('input')); })()");
    }

    private static String plane(int steps, String document) {
        return BY_THE_PROGRAM.replace("%d", Integer.toString(steps)).replace("%s", document);
    }

    @Test
    void planesComeFromTheProgramInTwoTabsAndAgainAfterARestart() throws IOException, InterruptedException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        int port;
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"))) {
            try (Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
                port = server.port();
                browser.open(server.address());
                assertThat(browser.evaluate("document.body.innerText").asText()).contains("No run yet.");
                browser.evaluate(
                        "(() => { const t = new DataTransfer(); t.items.add(new File(['step,loss\\n' + [...Array(99)"
                                + ".keys()].map(i => i + ',' + (i === 70 ? 9 : 1 / (i + 1))).join('\\n')], 'a.csv'));"
                                + " dispatchEvent(new DragEvent('drop', { dataTransfer: t })); })()");
                browser.await("document.getElementById('diagnosis').srcdoc.includes('Diagnosis of a.csv')", 50);
                browser.open(server.address() + "explorer.html" + STATE);
                browser.await(plane(100, "document"), 50);
                // x fastest from the lower left: regime I and what is beyond it have both been painted
                assertThat(browser.evaluate("document.querySelector('#plane .legend').textContent")
                                .asText())
                        .contains("I | II");
                browser.evaluate("window.second = window.open(location.href, '_blank'); 0");
                browser.await(plane(100, "second.document"), 50);
                browser.evaluate("second.close()");
                // what is wrong is said by the program in the words of the page
                browser.evaluate("(() => { const e = document.getElementById('objective'); e.value = 'x^(';"
                        + " e.dispatchEvent(new Event('input')); })()");
                browser.await("document.getElementById('objective-error').textContent !== ''", 30);
                browser.evaluate("(() => { const e = document.getElementById('objective'); e.value = 'x^4/4';"
                        + " e.dispatchEvent(new Event('input')); })()");
                browser.await("document.getElementById('objective-error').textContent === ''", 30);
            }
            steps(browser, 101);
            browser.await("document.getElementById('plane-error').textContent.startsWith('the program does not')", 30);
            try (Server _ = Server.start(runs, "127.0.0.1", port, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
                browser.await(plane(101, "document"), 50);
                assertThat(browser.evaluate("document.getElementById('plane-error').textContent")
                                .asText())
                        .isEmpty();
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void overASlowNetworkThePageSaysWhatItWaitsForAndItsRunsGoOn() throws IOException, InterruptedException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
            browser.open(server.address() + "explorer.html" + STATE);
            browser.await(plane(100, "document"), 50);
            browser.ask("Network.enable", Map.of());
            browser.ask("Network.emulateNetworkConditions", speed(8000, 50_000));
            browser.evaluate("window.drawn = document.querySelector('#panels svg'); 0");
            steps(browser, 120);
            browser.await("/is asked for the plane/.test(document.getElementById('plane-note').textContent)", 7);
            browser.await("document.querySelector('#panels svg') !== drawn", 30);
            browser.ask("Network.emulateNetworkConditions", speed(0, -1));
            browser.await(plane(120, "document"), 50);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Map<String, Object> speed(int latencyMillis, int bytesPerSecond) {
        return Map.of(
                "offline",
                false,
                "latency",
                latencyMillis,
                "downloadThroughput",
                bytesPerSecond,
                "uploadThroughput",
                bytesPerSecond);
    }
}
