package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import adamscope.store.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training from its text to its end, in a browser. `-Dlive.pictures=DIR` keeps pictures of the pages.
@Tag("slow")
class LivePageTest {
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [50, 50], activation: tanh}
        data: {source: sine-sum, samples: 500, dimension: 2}
        optimizer: {name: adam, lr: 3e-3}
        steps: 2000
        probe: 20
        """;

    @TempDir
    private Path folder;

    private static void picture(Chromium browser, String name) throws IOException {
        String place = System.getProperty("live.pictures", "");
        if (place.isEmpty()) {
            return;
        }
        for (List<Object> look :
                List.of(List.<Object>of(1280, false), List.<Object>of(1280, true), List.<Object>of(390, false))) {
            browser.look((int) look.get(0), 900, (boolean) look.get(1));
            browser.evaluate("new Promise(d => setTimeout(d, 300))");
            Files.write(Path.of(place, name + "-" + look.get(0) + "-" + look.get(1) + ".png"), browser.picture());
        }
        browser.look(1280, 900, false);
    }

    private static void begin(Chromium browser, String text) throws IOException {
        browser.evaluate("(() => { document.getElementById('experiment').value = " + JsonDocument.line(text)
                + "; document.querySelector('#begin button').focus(); })()");
        browser.press("Enter");
    }

    /// Waits for as long as a busy machine may take.
    private static void await(Chromium browser, String condition) throws IOException {
        for (int tries = 1; true; tries++) {
            try {
                browser.await(condition, 30);
                return;
            } catch (IOException never) {
                if (tries == 10) {
                    throw never;
                }
            }
        }
    }

    /// Waits for another page; a question that it cuts off is asked again.
    private static void arrived(Chromium browser) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < end) {
            try {
                if (browser.evaluate("location.href").asText().contains("/live?run=")) {
                    return;
                }
            } catch (IOException _) {
                // The page goes.
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static String state(String word) {
        return "document.querySelector('.state').textContent.startsWith('" + word + "')";
    }

    @Test
    void aTrainingIsBegunStoppedGoneOnWithAndFoundAtItsEnd() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        OwnProgram program = new OwnProgram("adamscope.cli.Main");
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, program, Host.QUIET)) {
            browser.open(server.address());
            begin(browser, TRAINING.replace("adam,", "adm,"));
            await(browser, "document.getElementById('experiment-wrong').textContent.includes(\"no optimizer 'adm'\")");
            picture(browser, "wrong");
            begin(browser, TRAINING);
            arrived(browser);
            await(browser, state("running"));
            String address = browser.evaluate("location.href").asText();
            await(browser, "document.querySelector('#loss path[style]').getAttribute('d').length > 200");
            await(browser, "document.querySelector('#events li') !== null");
            // another browser, the same run
            browser.evaluate("window.second = window.open(location.href, '_blank'); 0");
            await(browser, "second.document.querySelector('#loss path[style]') !== null");
            picture(browser, "running");
            browser.evaluate("document.querySelector('[aria-label^=Stop]').focus()");
            browser.press("Enter");
            await(browser, state("stopped"));
            await(browser, "second." + state("stopped"));
            assertThat(browser.evaluate("document.querySelector('.words').textContent")
                            .asText())
                    .contains("go on with: adamscope train --resume");
            picture(browser, "stopped");
            browser.evaluate("second.close()");
            browser.evaluate("document.querySelector('[aria-label^=Resume]').focus()");
            browser.press("Enter");
            await(browser, state("running"));
            // whoever looks away misses nothing
            browser.open("about:blank");
            browser.open(address);
            await(browser, state("done"));
            picture(browser, "done");
            browser.open(server.address());
            assertThat(browser.evaluate("document.querySelector('tbody').textContent")
                            .asText())
                    .contains("complete");
            browser.evaluate("document.querySelector('tbody input').click()");
            picture(browser, "list");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// As on a disk that fails: the list that was there stays, with the reason why there is no newer one.
    @Test
    void aListThatCannotBeMadeSaysWhy() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("none"), Host.QUIET)) {
            browser.open(server.address());
            Path away = Files.move(runs, folder.resolve("away"));
            browser.evaluate("refresh()");
            await(
                    browser,
                    "document.getElementById('away').textContent.trim() === 'no folder ' + "
                            + JsonDocument.line(runs.toString()));
            assertThat(browser.evaluate("list.textContent").asText()).isEqualTo("No run yet.");
            Files.move(away, runs);
            browser.evaluate("refresh()");
            await(browser, "document.getElementById('away').textContent === ''");
        }
    }

    /// By its own clock; what is ticked and what has the focus stay.
    @Test
    void theListTakesUpARunThatHasCome() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        run(runs.resolve("first"));
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("none"), Host.QUIET)) {
            browser.open(server.address());
            browser.evaluate("(() => { const box = list.querySelector('input'); box.click(); box.focus(); })()");
            run(runs.resolve("second"));
            await(browser, "list.querySelectorAll('tbody tr').length === 2");
            assertThat(browser.evaluate("[...list.querySelectorAll('input:checked')].map(box => box.value).join()")
                            .asText())
                    .isEqualTo("first");
            assertThat(browser.evaluate("document.activeElement.value").asText())
                    .isEqualTo("first");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// Heads have words, also where they show none, and nothing has to be scrolled to on a phone.
    @Test
    void theListHasAHeadForEachColumnAndFitsANarrowPage() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        run(runs.resolve("a-folder-with-a-rather-long-name").resolve("and-another-one-that-is-no-shorter"));
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("none"), Host.QUIET)) {
            browser.open(server.address());
            assertThat(browser.evaluate("[...list.querySelectorAll('thead th')].map(head => head.textContent).join()")
                            .asText())
                    .isEqualTo("chosen,run,kind,optimizer,lr,began,state,outcome,last loss,size,open");
            picture(browser, "listed");
            for (int width : List.of(500, 320)) {
                browser.look(width, 900, false);
                assertThat(browser.evaluate("(() => { const box = list.querySelector('.scroll');"
                                        + " return box.scrollWidth <= box.clientWidth"
                                        + " && document.documentElement.scrollWidth <= innerWidth; })()")
                                .asBoolean())
                        .as("%d pixels", width)
                        .isTrue();
            }
        }
    }

    private static void run(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("experiment.yaml"), TRAINING);
    }

    @Test
    void aSweepShowsWhatItHasAndIsAsked() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        OwnProgram program = new OwnProgram("adamscope.cli.Main");
        try (Chromium browser = Chromium.ofThisMachine(folder.resolve("profile"));
                Server server = Server.start(runs, "127.0.0.1", 0, program, Host.QUIET)) {
            browser.open(server.address());
            browser.evaluate("(() => { const e = document.getElementById('example'); e.selectedIndex = e.options.length"
                    + " - 1; e.dispatchEvent(new Event('change'));"
                    + " document.querySelector('#begin button').focus(); })()");
            browser.press("Enter");
            arrived(browser);
            await(browser, "document.querySelectorAll('#answer tbody tr').length > 1");
            await(browser, "document.querySelector('#picture svg') !== null");
            picture(browser, "sweep");
            browser.evaluate("document.getElementById('select').value = 'select count(*) as n from sweep';"
                    + " document.querySelector('#ask button').focus()");
            browser.press("Enter");
            await(browser, "document.querySelector('#answer th').textContent === 'n'");
            browser.evaluate("document.querySelector('[aria-label^=Stop]').click()");
            await(browser, state("stopped"));
            browser.evaluate("document.querySelector('[aria-label^=Resume]').click()");
            await(browser, state("complete"));
            await(browser, "document.querySelector('#answer td').textContent === '35'");
            picture(browser, "swept");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
