package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.cli.Main;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Phase;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.RuleReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The explorer as a person uses it: by pointer, keyboard and links.
class ExplorerUseTest {
    private static final String RUN =
            "document.querySelectorAll('#panels svg').length > 3" + " && document.querySelector('#outcome .word')";

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path page;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        page = folder.resolve("page.html");
        ExplorerPage.Tuned adam =
                new ExplorerPage.Tuned(Catalogue.shipped("adam"), Map.of("eps", 0.0, "beta1", 0.5, "beta2", 0.9));
        Files.writeString(page, new ExplorerPage(List.of(adam), "x^4/4", List.of(1.0), 400).html());
        browser = Chromium.ofThisMachine(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void type(String id, String text) throws IOException {
        browser.evaluate("(() => { const e = document.getElementById('" + id + "'); e.value = "
                + com.fasterxml.jackson.databind.node.TextNode.valueOf(text)
                + "; e.dispatchEvent(new Event('input', { bubbles: true })); })()");
    }

    private static String text(String selector) throws IOException {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    @Test
    void aSessionFromSliderToLink() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        browser.await("document.querySelector('#plane image')", 30);
        assertThat(browser.evaluate("document.querySelectorAll('#formula mtr').length")
                        .asInt())
                .isEqualTo(4);

        // a slider: the run follows
        browser.evaluate("(() => { const e = document.querySelector('[data-slide=\"0\"]'); e.value = 1000;"
                + " e.dispatchEvent(new Event('input', { bubbles: true })); })()");
        browser.await("document.getElementById('h0').value === '10' && location.hash.includes('%22lr%22%3A10')", 20);

        // a cell: its values become those of the rule; then one cell on by the keyboard
        browser.await("/^\\d[\\d,]* /.test(document.getElementById('plane-note').textContent)", 30);
        browser.evaluate("document.getElementById('plane').focus()");
        String before = browser.evaluate("document.getElementById('h1').value").asText();
        browser.evaluate("window.drawn = document.querySelector('#plane svg'); window.mark ="
                + " drawn.querySelector('.here').getAttribute('transform'); 0");
        browser.press("ArrowRight");
        browser.await("document.getElementById('h1').value !== '" + before + "'", 10);
        // the picture stays, its mark has moved
        assertThat(browser.evaluate("document.querySelector('#plane svg') === drawn")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.querySelector('#plane .here').getAttribute('transform') !== mark")
                        .asBoolean())
                .isTrue();

        // a wrong rule: marked, and the last right one still runs
        type("text", Catalogue.shipped("adam").text().replace("lr*m/P", "lr*q/P"));
        browser.await("document.querySelector('#marks mark')", 10);
        assertThat(text("#marks mark")).isEqualTo("q");
        assertThat(text("#text-error")).startsWith("line 11, column 13: 'q' is not defined here");

        // another optimizer, beside the first
        browser.evaluate("document.querySelector('[data-add]').click()");
        browser.await("document.querySelectorAll('#outcome .word').length === 2", 20);

        // the link is the experiment
        type("objective", "x^2/2 + 3*y^2/2");
        browser.await("document.getElementById('x0').value === '1, 1' && document.querySelector('.chip')", 20);
        browser.await("location.hash.includes('3*y')", 10);
        String hash = browser.evaluate("location.hash").asText();
        browser.open(page, hash);
        browser.await("document.querySelectorAll('#outcome .word').length === 2", 30);
        assertThat(browser.evaluate("document.getElementById('objective').value")
                        .asText())
                .isEqualTo("x^2/2 + 3*y^2/2");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void clicksFasterThanTheirAnswersLeaveNoRuleWithoutARun() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        browser.evaluate("for (let i = 0; i < 3; i++) document.querySelector('[data-add]').click();"
                + " document.querySelector('[data-rule=\"0\"]').click()");
        browser.await("document.querySelectorAll('#outcome .word').length === 4", 30);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatALinkHoldsIsShownOrSaid() throws IOException {
        // a plane of starts in two variables
        browser.open(
                page,
                "#"
                        + link("{'rules':[{'name':'gd'}],'objective':'x^2+2*y^2','x0':[1,2],"
                                + "'x':{'name':'x','from':-1,'to':1,'scale':'linear'},"
                                + "'y':{'name':'y','from':-3,'to':3,'scale':'linear'}}"));
        browser.await("document.getElementById('y-name').value === 'y' && document.querySelector('#plane image')", 30);
        assertThat(browser.evaluate("document.getElementById('y-to').value").asText())
                .isEqualTo("3");
        // a value outside its domain stands in its field, marked, and is what the run refuses
        browser.open(
                page, "#" + link("{'rules':[{'name':'adam','values':{'lr':-1}},{'name':'of-tomorrow'}],'x0':['a']}"));
        browser.await("document.querySelector('#outcome .error')", 30);
        assertThat(browser.evaluate("document.getElementById('h0').value").asText())
                .isEqualTo("-1");
        assertThat(browser.evaluate("document.getElementById('h0').ariaInvalid").asText())
                .isEqualTo("true");
        assertThat(browser.evaluate("document.getElementById('x0').value").asText())
                .isEqualTo("1");
        assertThat(text("#message")).isEqualTo("this page has no optimizer of-tomorrow");
        // a rule that is mended: its objective is read by then, and the diagram of another rule goes
        browser.open(
                page,
                "#"
                        + link("{'rules':[{'text':'optimizer a\\nx <- x - 0.1*q'}],'objective':'x^2+y^2','x0':[1,2],"
                                + "'view':'orbit'}"));
        browser.await("document.querySelector('#marks mark')", 30);
        type("text", "optimizer a\nx <- x - 0.1*g");
        browser.await("document.querySelector('.chip[data-variable=\"y\"]')", 30);
        assertThat(text("#orbit-error")).isEqualTo("an orbit diagram needs a rule with a hyper-parameter");
        assertThat(browser.complaints()).isEmpty();
    }

    private static String link(String state) {
        return URLEncoder.encode(state.replace('\'', '"'), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    @Test
    void theFirstPictureIsThereWithoutTheEngine() throws IOException {
        String without = browser.ask(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", "window.Worker = class { postMessage() {} terminate() {} };"))
                .path("identifier")
                .asText();
        try {
            browser.open(page, "");
            browser.await(RUN, 10);
        } finally {
            browser.ask("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", without));
        }
        assertThat(text("#outcome .word")).isEqualTo("undecided");
        assertThat(text("#theory")).contains("threshold of the preconditioned sharpness: 6/lr = 6000", "regime I,");
        assertThat(text("#plane-note")).startsWith("1,024 runs made with the page");
        assertThat(text("#plane .legend")).startsWith("undecided 100 %").contains("I | II");
        assertThat(browser.complaints()).isEmpty();
    }

    /// At 1.1 times the threshold 6/lr of β₁ = 0.5: z² + 1.8z + 0.5 = 0, so z = −(1.8 + √1.24)/2.
    @Test
    void multipliersMoveWithTheCurvature() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        click("[data-view=circle]");
        browser.await("document.querySelector('#circle svg')", 40);
        assertThat(text("#circle-note")).contains("= 1.00 × 6/lr. Largest |multiplier| 1: the edge, it changes sign");
        browser.evaluate("(() => { const e = document.getElementById('curvature'); e.value = 66;"
                + " e.dispatchEvent(new Event('input')); })()");
        assertThat(text("#circle-note"))
                .contains("|multiplier| " + String.format(Locale.ROOT, "%.4f", (1.8 + Math.sqrt(1.24)) / 2));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void picturesOverHyperParametersAndStartsAreDrawn() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        click("[data-view=orbit]");
        browser.await("document.querySelectorAll('#orbit svg').length === 2", 60);
        assertThat(text("#orbit-note")).contains("160 orbits, 1,000 steps left out, 4,000 followed");
        click("[data-view=plane]");
        browser.evaluate("(() => { const e = document.getElementById('x-name'); e.value = 'x';"
                + " e.dispatchEvent(new Event('change')); })()");
        // the picture over beta1 and beta2 stands until the new one comes
        browser.await(
                "document.querySelector('#plane svg').textContent.includes('x at the start')"
                        + " && document.getElementById('plane-note').textContent.includes(' of 16,384 runs')"
                        + " && document.querySelector('#plane .legend span')",
                60);
        assertThat(text("#plane svg")).contains("x at the start", "m at the start");
        click("#with-flow");
        browser.await("document.getElementById('flow-note').textContent.startsWith('The limit')", 60);
        assertThat(browser.complaints()).isEmpty();
    }

    /// A rise is explained, and what is shown runs in the program to the same outcome.
    @Test
    void aRiseIsExplainedAndTheStateRunsInTheProgram() throws IOException {
        browser.open(
                page,
                "#"
                        + URLEncoder.encode(
                                        "{\"rules\":[{\"name\":\"adam\",\"values\":{\"eps\":0,\"beta1\":0.8,\"beta2\":0.75}}],\"x0\":[1],"
                                            + "\"objective\":\"x^4/4\",\"steps\":1500}",
                                        StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        browser.await(RUN, 30);
        browser.evaluate(
                "Object.defineProperty(navigator, 'clipboard', { value: { writeText: t => { window.copied = t; return"
                        + " Promise.resolve(); } } })");
        click("#ask-why");
        browser.await("document.querySelector('#why h3')", 60);
        assertThat(text("#why h3")).isEqualTo("Why: preconditioner lag");
        assertThat(text("#why")).contains("stable below 18.00").contains("rise 1 of");
        assertThat(browser.evaluate("document.querySelector('#panels .rise').getAttribute('d')")
                        .asText())
                .startsWith("M");
        String sentence = text("#outcome .verdict");
        click("[data-share=experiment]");
        assertThat(sentence).endsWith(outcome("simulate"));
        click("[data-share=view-experiment]");
        browser.await("/kind: phase/.test(window.copied)", 10);
        Experiment experiment = ExperimentText.read(
                "page.yaml", browser.evaluate("window.copied").asText(), folder);
        assertThat(experiment).isInstanceOfSatisfying(Phase.class, phase -> {
            assertThat(List.of(phase.x().name(), phase.y().name())).containsExactly("beta1", "beta2");
            assertThat(phase.x().points()).isEqualTo(128);
            assertThat(phase.steps()).isEqualTo(1500);
        });
        assertThat(browser.complaints()).isEmpty();
    }

    /// What the program says of the outcome of the experiment that was copied.
    private static String outcome(String command) throws IOException {
        browser.await("window.copied", 10);
        Path file = folder.resolve("page.yaml");
        Files.writeString(file, browser.evaluate("window.copied").asText());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                List.of(command, "-c", file.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("outcome: "))
                .map(line -> line.replaceFirst("outcome: [^;]*; ", ""))
                .findFirst()
                .orElseThrow();
    }

    private static void click(String selector) throws IOException {
        browser.evaluate("document.querySelector('" + selector + "').click()");
    }

    @Test
    void whatIsWrongOrTooMuchIsSaidAndThePageLives() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        type("x0", "NaN");
        assertThat(text("#objective-error")).contains("finite number");
        type("x0", "1");
        type("steps", "1e308");
        assertThat(text("#objective-error")).contains("whole number from 1 to 200,000");
        type("steps", "300");
        type("objective", "x^(");
        browser.await("document.getElementById('objective-error').textContent.includes('column')", 10);
        type("objective", "x^(x^x)");
        browser.await("document.getElementById('objective-error').textContent === ''", 10);
        browser.await("document.querySelector('#outcome .verdict')", 20);
        for (String many : List.of("x".repeat(2000), "x*".repeat(1999) + "x", "x+".repeat(1999) + "x")) {
            type("objective", many);
            browser.await(
                    "document.getElementById('objective-error').textContent !== ''"
                            + " || document.querySelector('#outcome .verdict')",
                    30);
        }
        type("objective", "x^4/4");
        browser.await(RUN, 30);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aWrongHyperParameterHasASentenceBesideItsField() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        type("h1", "0.9");
        type("h1", "1.2");
        assertThat(text("#w1")).contains("beta1 = 1.2 is outside [0, 1); the run is that of 0.9");
        assertThat(browser.evaluate("document.getElementById('h1').getAttribute('aria-describedby')")
                        .toString())
                .contains("w1");
        type("h1", "");
        assertThat(text("#w1")).contains("has no value, one in [0, 1) is needed");
        type("h1", "a lot");
        assertThat(text("#w1")).contains("takes a number in [0, 1), not a lot");
        type("h1", "0.8");
        assertThat(text("#w1")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    /// Thresholds and borders in closed form: 2(1 + β) = 3.8; for k = 4 β₂^(3/4) = 0.8059 and β₂ = 0.75.
    @Test
    void lessonsRevealWhatTheEngineComputes() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        assertThat(revealed("momentum")).contains("is 3.8/lr", "converged and diverged");
        assertThat(revealed("regimes"))
                .contains("II, fall and spikes", "below 0.8059", "only below 0.75", "The run is spiking");
        assertThat(revealed("spike")).containsPattern("At step \\d+ it crosses the threshold 18000");
        assertThat(revealed("quartic")).contains("the run is converged: regime I, convergence");
        assertThat(browser.complaints()).isEmpty();
    }

    /// ρ = 0.999^(1/4) on x⁴. A lesson asks to try x² then; what it revealed was not measured there.
    @Test
    void aLessonKeepsWhatItRevealedWhateverIsTriedBeforeAndAfterwards() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        type("x0", "0.3");
        browser.evaluate("(() => { const e = document.querySelector('[data-slide=\"0\"]'); e.value = 900;"
                + " e.dispatchEvent(new Event('input', { bubbles: true })); })()");
        String said = revealed("quartic");
        assertThat(said)
                .startsWith("It is: on x⁴/4.")
                .contains("the run is converged", "ρ = 0.9997499")
                .doesNotContain("another one");
        type("objective", "x^2/2");
        browser.await("document.querySelector('.revealed i')", 30);
        type("objective", "x^2");
        browser.await(RUN, 60);
        assertThat(text(".revealed")).isEqualTo(said + " The run beside this is another one by now.");
        assertThat(revealed("quartic")).isEqualTo(said);
        assertThat(revealed("quartic")).isEqualTo(said);
        assertThat(browser.complaints()).isEmpty();
    }

    /// Every control is reached by Tab, one after the other as they stand in the page, and is seen to be chosen.
    @Tag("slow")
    @Test
    void everyControlIsReachedByTheKeyboard() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        browser.evaluate("document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true; })");
        assertThat(new UsablePage(browser).unreached()).isEmpty();
        assertThat(browser.evaluate("controls.length").asInt()).isGreaterThan(30);
        // what they do by the keyboard: a menu opens, a tab is chosen, a slider moves, a box is ticked
        browser.evaluate("document.querySelector('.menu > summary').focus(); 0");
        browser.press("Enter");
        assertThat(browser.evaluate("document.querySelector('.menu').open").asBoolean())
                .isTrue();
        browser.evaluate("document.querySelector('[data-view=\"circle\"]').focus(); 0");
        browser.press(" ");
        browser.await("document.querySelector('#circle svg')", 30);
        browser.evaluate("window.was = document.getElementById('h0').value;"
                + " document.querySelector('[data-slide=\"0\"]').focus(); 0");
        browser.press("ArrowRight");
        browser.await("document.getElementById('h0').value !== was", 10);
        browser.evaluate("document.getElementById('with-flow').focus(); 0");
        browser.press(" ");
        browser.await("/The limit lr/.test(document.getElementById('flow-note').textContent)", 60);
        assertThat(browser.complaints()).isEmpty();
    }

    /// The same nine weights in NumPy, with Hessians from differences of gradients where each step begins: λ₁(P⁻¹H)
    /// comes to 3800 at step 447 and has from there on a median of 0.930 of it, nine tenths between 0.603 and 1.044.
    /// The page has it where steps end, and at the edge the last digits of tanh part two runs, so these are near.
    @Test
    void aSmallNetworkSettlesAtTheThresholdOfItsFrozenOptimizer() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        String said = revealed("edge");
        Matcher numbers = Pattern.compile(
                        "38/lr = 3800, .* comes to it at step (44[5-9])\\. From there on its median is"
                                + " ([\\d.]+) of it, nine tenths of the steps between ([\\d.]+) and ([\\d.]+),")
                .matcher(said);
        assertThat(numbers.find()).as(said).isTrue();
        assertThat(Double.parseDouble(numbers.group(2))).isCloseTo(0.930, within(0.02));
        assertThat(Double.parseDouble(numbers.group(3))).isCloseTo(0.603, within(0.05));
        assertThat(Double.parseDouble(numbers.group(4))).isCloseTo(1.044, within(0.02));
        assertThat(browser.complaints()).isEmpty();
    }

    /// What a lesson says after the first answer. On a machine that is busy with other work a run may be given up after
    /// 10 s; then the lesson is begun again, as a reader would.
    private static String revealed(String lesson) throws IOException {
        String begin = "document.querySelector('[data-lesson=\"" + lesson + "\"]').click();"
                + "document.querySelector('[data-predict=\"0\"]').click()";
        browser.evaluate(begin);
        browser.await(
                "(/given up/.test(document.querySelector('#outcome').textContent) ? (" + begin.replace(';', ',')
                        + ", false) : true) && !/not yet known|not there yet|unknown|none|is computing/"
                        + ".test(document.querySelector('.revealed').textContent)",
                90);
        return text(".revealed");
    }

    /// Other views, other pages and the dark are looked at in [UsablePagesTest].
    @Test
    void axeFindsNothingSerious() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        assertThat(new UsablePage(browser).barriers()).isEmpty();
    }

    @Test
    void aPhoneNeedsNoSidewaysScrollingAndNoSmallFinger() throws IOException {
        browser.open(page, "");
        browser.await(RUN, 30);
        browser.await("document.querySelector('#plane image')", 30);
        assertThat(new UsablePage(browser).narrowness()).isEmpty();
    }

    @Test
    void aRuleIsTextWhateverItSays() throws IOException {
        String hostile = "</script><img src=x onerror=\"window.broken=1\"><!--<script>";
        Path file = folder.resolve("hostile.html");
        ExplorerPage.Tuned rule = new ExplorerPage.Tuned(
                RuleReader.read(
                        "hostile.opt",
                        "# " + hostile + "\noptimizer a\nhyper lr = 0.1 in (0, inf) \"" + hostile.replace('"', '\'')
                                + "\" symbol \"<b>η\"\nx <- x - lr*g\n"),
                Map.of());
        Files.writeString(file, new ExplorerPage(List.of(rule), "x^2/2", List.of(1.0), 100).html());
        browser.open(file, "");
        browser.await("document.querySelector('#outcome .word')", 30);
        assertThat(browser.evaluate("window.broken === undefined && !document.querySelector('img')")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.getElementById('text').value").asText())
                .contains(hostile);
        assertThat(text(".hyper .symbol")).isEqualTo("<b>η");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePageIsSmallAndAsksNobody() throws IOException {
        assertThat(Files.size(page)).isLessThan(2_000_000);
        assertThat(Files.readString(page)).contains("default-src 'none'").doesNotContain("<link", "src=\"http");
    }
}
