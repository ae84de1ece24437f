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
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.textarea;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import adamscope.report.ExplorerState;
import adamscope.report.ReportHtml;
import adamscope.store.RunList;
import j2html.tags.DomContent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The page that lists the runs of a folder, as `runs` does, with the ways to each.
///
/// @param runs  all of them
/// @param state a word for how far the work on one is
/// @param again the experiment to begin from; empty: the example
record RunsPage(RunPaths paths, List<RunList.Entry> runs, Function<Path, String> state, String again) {
    private static final List<String> COLUMNS =
            List.of("", "run", "kind", "optimizer", "lr", "began", "state", "outcome", "last loss", "size", "");

    /// Kinds of which a part may be on a formula.
    private static final Set<String> IN_EXPLORER =
            Set.of("simulation", "phase", "basin", "bifurcation", "flow", "stability-map", "series");

    /// Kinds that are begun and watched here.
    private static final Set<String> LIVE = Set.of("train", "series", "sweep");

    /// The page.
    String html() {
        String folder = paths.root().getFileName() == null
                ? paths.root().toString()
                : paths.root().getFileName().toString();
        return ReportHtml.page(
                "Adamscope: " + folder,
                header(h1("Adamscope"), p("What is in " + paths.root() + ".").withClass("lead")),
                style(rawHtml(LivePage.resource("live.css"))),
                nav(a("Explorer").withHref(ExplorerState.FILE)).attr("aria-label", "Pages"),
                main(
                        h2("Runs"),
                        runs.isEmpty() ? p("No run yet.") : list(),
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

    private DomContent list() {
        return form(
                        p("Choose runs to lay them side by side."),
                        div(table(
                                        thead(tr(each(COLUMNS, name -> th(name).attr("scope", "col")))),
                                        tbody(each(runs, this::row))))
                                .withClass("scroll")
                                .attr("tabindex", "0")
                                .attr("role", "region")
                                .attr("aria-label", "Runs"),
                        p(
                                button("Compare").withType("submit"),
                                button("Watch together").withType("submit").attr("formaction", "live")))
                .withAction("compare")
                .withMethod("get");
    }

    private DomContent row(RunList.Entry run) {
        String name = paths.name(run.folder());
        String address = "runs/" + paths.address(run.folder());
        FoundInShort found = FoundInShort.of(run);
        boolean report = Files.isRegularFile(run.folder().resolve("report.html"));
        return tr(
                td(label(input().withType("checkbox")
                        .withName("run")
                        .withValue(name)
                        .attr("aria-label", name))),
                th(report ? a(name).withHref(address + "/report.html") : span(name))
                        .attr("scope", "row"),
                td(run.kind()),
                td(run.optimizer()),
                td(found.lr()),
                td(run.start().truncatedTo(ChronoUnit.SECONDS).toString()),
                td(state(run)),
                td(found.outcome()),
                td(found.loss()).withClass("number"),
                td(run.size()).withClass("number"),
                td(
                        iff(
                                IN_EXPLORER.contains(run.kind()),
                                a("explore").withHref(address + "/" + ExplorerState.FILE)),
                        iff(
                                LIVE.contains(run.kind()),
                                span(
                                        a("watch").withHref("live?run=" + encoded(name)),
                                        text(" "),
                                        a("again").withHref("?again=" + encoded(name) + "#start")))));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /// What pages began is known better than its folder tells.
    private String state(RunList.Entry run) {
        boolean cutOff = run.state() == RunList.State.UNFINISHED || run.state() == RunList.State.RUNNING;
        return cutOff && LIVE.contains(run.kind()) && run.shards().isEmpty()
                ? state.apply(run.folder())
                : run.stateWords();
    }
}
