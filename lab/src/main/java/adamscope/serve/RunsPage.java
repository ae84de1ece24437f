package adamscope.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.iframe;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.main;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.select;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.textarea;

import adamscope.report.ExplorerState;
import adamscope.report.ReportHtml;
import j2html.tags.DomContent;
import java.nio.file.Path;
import java.util.List;

/// The page that lists the runs of a folder, with what else is begun from it.
///
/// @param folder that is served
/// @param list   of its runs, see [ListedRuns]
/// @param again  the experiment to begin from; empty: the example
record RunsPage(Path folder, String list, String again) {
    /// The page.
    String html() {
        Path name = folder.getFileName() == null ? folder : folder.getFileName();
        return ReportHtml.page(
                "Adamscope: " + name,
                header(h1("Adamscope"), p("What is in " + folder + ".").withClass("lead")),
                style(rawHtml(LivePage.resource("live.css"))),
                nav(a("Explorer").withHref(ExplorerState.FILE)).attr("aria-label", "Pages"),
                main(
                        h2("Runs"),
                        p().withId("away").withClass("wrong").attr("role", "status"),
                        div(rawHtml(list)).withId("list").attr("data-tag", HttpAnswer.Whole.tag(list)),
                        begin(),
                        h2("A log of another program"),
                        each(log().stream())),
                script(rawHtml(LivePage.resource("runs.js"))));
    }

    private static List<DomContent> log() {
        return List.of(
                p("Drop the log of a run anywhere on this page, or choose it: what happened and why, in the words of"
                        + " adamscope diagnose. It does not leave this machine and is not kept."),
                p(label(text("Log "), input().withType("file").withId("log"))),
                p().withId("log-said").attr("role", "status"),
                iframe().withId("diagnosis")
                        .attr("sandbox", "")
                        .attr("title", "Diagnosis")
                        .attr("hidden", "hidden")
                        .withStyle("width:100%;height:80vh;border:1px solid var(--rule)"));
    }

    /// A training or a sweep from its text.
    private DomContent begin() {
        return section(
                        h2("Begin a training or a sweep"),
                        p("An experiment as a file of train or sweep has it; drop one here, or begin from an example or"
                                + " another run. It works in the program and goes on when this page is closed."),
                        form(
                                        p(label(
                                                text("Example "),
                                                select(
                                                                iff(
                                                                        !again.isEmpty(),
                                                                        option("")
                                                                                .withValue("")),
                                                                option("a training")
                                                                        .withValue(LivePage.resource("training.yaml")),
                                                                option("a sweep")
                                                                        .withValue(LivePage.resource("sweep.yaml")))
                                                        .withId("example"))),
                                        p(label("Experiment").attr("for", "experiment")),
                                        textarea(again.isEmpty() ? LivePage.resource("training.yaml") : again)
                                                .withId("experiment")
                                                .withRows("12")
                                                .attr("spellcheck", "false")
                                                .attr("aria-describedby", "experiment-wrong"),
                                        p().withId("experiment-wrong")
                                                .withClass("wrong")
                                                .attr("role", "alert"),
                                        p(button("Begin").withType("submit")))
                                .withId("begin"))
                .withId("start");
    }
}
