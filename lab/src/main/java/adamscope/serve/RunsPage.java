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
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import adamscope.report.ExplorerState;
import adamscope.report.ReportHtml;
import adamscope.store.RunList;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// The page that lists the runs of a folder, as `runs` does, with the ways to each.
///
/// @param runs all of them
record RunsPage(RunPaths paths, List<RunList.Entry> runs) {
    private static final List<String> COLUMNS = List.of("", "run", "kind", "optimizer", "began", "state", "size", "");

    /// Kinds of which a part may be on a formula.
    private static final Set<String> IN_EXPLORER = Set.of("simulation", "phase", "basin", "bifurcation", "series");

    /// The page.
    String html() {
        String folder = paths.root().getFileName() == null
                ? paths.root().toString()
                : paths.root().getFileName().toString();
        return ReportHtml.page(
                "Adamscope: " + folder,
                header(h1("Adamscope"), p("What is in " + paths.root() + ".").withClass("lead")),
                nav(a("Explorer").withHref(ExplorerState.FILE)).attr("aria-label", "Pages"),
                main(
                        h2("Runs"),
                        runs.isEmpty() ? p("No run yet.") : list(),
                        h2("A log of another program"),
                        each(log().stream())),
                script(rawHtml(scriptText())));
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

    private static String scriptText() {
        try (InputStream script = RunsPage.class.getResourceAsStream("runs.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                        p(button("Compare").withType("submit")))
                .withAction("compare")
                .withMethod("get");
    }

    private DomContent row(RunList.Entry run) {
        String name = paths.name(run.folder());
        String address = "runs/" + paths.address(run.folder());
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
                td(run.start().truncatedTo(ChronoUnit.SECONDS).toString()),
                td(run.stateWords()),
                td(run.size()).withClass("number"),
                td(iff(IN_EXPLORER.contains(run.kind()), a("explore").withHref(address + "/" + ExplorerState.FILE))));
    }
}
