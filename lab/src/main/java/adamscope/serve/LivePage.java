package adamscope.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.label;
import static j2html.TagCreator.main;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.textarea;
import static j2html.TagCreator.ul;

import adamscope.report.ReportHtml;
import adamscope.store.JsonDocument;
import adamscope.web.ExplorerPage;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The page of runs as they go on, several in one picture; its script asks for what is new.
///
/// @param runs their names
record LivePage(List<String> runs) {
    /// The page.
    String html() {
        return ReportHtml.page(
                "Adamscope: " + String.join(", ", runs),
                style(rawHtml(resource("live.css"))),
                header(h1(runs.size() == 1 ? "A run, live" : "Runs, live")),
                nav(a("All runs").withHref(".")).attr("aria-label", "Pages"),
                main(
                                p().withId("said").withClass("hidden-words").attr("role", "status"),
                                p().withId("away").withClass("wrong").attr("role", "status"),
                                p().withId("wrong").withClass("wrong").attr("role", "alert"),
                                div().withId("runs"),
                                div(
                                                figure(div().withId("loss"), figcaption("Dots: rises of the loss."))
                                                        .attr("hidden", "hidden"),
                                                figure(
                                                                div().withId("sharpness"),
                                                                figcaption("Broken: the threshold of the rule. Dots:"
                                                                        + " where it is crossed."))
                                                        .attr("hidden", "hidden"))
                                        .withClass("charts"),
                                ul().withId("legend").withClass("legend").attr("hidden", "hidden"),
                                sweep(),
                                section(
                                                h2("What happened"),
                                                p("Nothing yet: no rise of the loss, no crossing of the threshold.")
                                                        .withId("none"),
                                                ol().withId("events"),
                                                p().withId("untold"))
                                        .withId("happened")
                                        .attr("hidden", "hidden"))
                        .withId("live")
                        .attr("data-runs", JsonDocument.line(runs)),
                script(rawHtml(ExplorerPage.charts() + resource("live.js"))));
    }

    /// What a sweep has so far.
    private static DomContent sweep() {
        return section(
                        h2("So far"),
                        div().withId("picture").withClass("panels").withStyle("--columns:2"),
                        form(
                                        p(label("Ask in SQL what is there so far")
                                                .attr("for", "select")),
                                        textarea()
                                                .withId("select")
                                                .withRows("2")
                                                .attr("spellcheck", "false"),
                                        p(button("Ask").withType("submit")))
                                .withId("ask"),
                        p().withId("asked-wrong").withClass("wrong").attr("role", "alert"),
                        div().withId("answer")
                                .withClass("scroll")
                                .attr("tabindex", "0")
                                .attr("role", "region")
                                .attr("aria-label", "Answer"))
                .withId("so-far")
                .attr("hidden", "hidden");
    }

    /// A text of these pages.
    static String resource(String name) {
        try (InputStream text = LivePage.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
