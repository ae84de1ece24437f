package adamscope.serve;

import static j2html.TagCreator.a;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import adamscope.report.ExplorerState;
import adamscope.store.RunList;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The runs of a folder, as `runs` lists them, with the ways to each: the part of a page that is made anew.
///
/// @param runs  all of them
/// @param state a word for how far the work on one is
record ListedRuns(RunPaths paths, List<RunList.Entry> runs, Function<Path, String> state) {
    /// The columns between the boxes and the links.
    private static final List<String> COLUMNS =
            List.of("run", "kind", "optimizer", "lr", "began", "state", "outcome", "last loss", "size");

    /// Kinds of which a part may be on a formula.
    private static final Set<String> IN_EXPLORER =
            Set.of("simulation", "phase", "basin", "bifurcation", "flow", "stability-map", "series");

    /// Kinds that are begun and watched here.
    private static final Set<String> LIVE = Set.of("train", "series", "sweep");

    /// The table, or that there is none.
    String html() {
        return runs.isEmpty() ? p("No run yet.").render() : list().render();
    }

    private DomContent list() {
        return form(
                        p("Choose runs to lay them side by side."),
                        div(table(
                                                thead(tr(
                                                                        unseen("chosen"),
                                                                        each(COLUMNS, name -> columnHead(text(name))),
                                                                        unseen("open"))
                                                                .attr("role", "row"))
                                                        .attr("role", "rowgroup"),
                                                tbody(each(runs, this::row)).attr("role", "rowgroup"))
                                        .attr("role", "table"))
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

    private static DomContent columnHead(DomContent name) {
        return th(name).attr("scope", "col").attr("role", "columnheader");
    }

    private static DomContent unseen(String name) {
        return columnHead(span(name).withClass("hidden-words"));
    }

    /// A cell that says its column where the page is too narrow for a table; the role is kept there, as the style takes
    /// it away.
    private static TdTag cell(int column, DomContent... content) {
        return td(content).attr("role", "cell").attr("data-column", COLUMNS.get(column));
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
                                        .attr("aria-label", name)))
                                .attr("role", "cell"),
                        th(report ? a(name).withHref(address + "/report.html") : span(name))
                                .attr("scope", "row")
                                .attr("role", "rowheader"),
                        cell(1, text(run.kind())),
                        cell(2, text(run.optimizer())),
                        cell(3, text(found.lr())),
                        cell(4, began(run)),
                        cell(5, text(state(run))),
                        cell(6, text(found.outcome())),
                        cell(7, text(found.loss())).withClass("number"),
                        cell(8, text(run.size())).withClass("number"),
                        td(
                                        iff(
                                                IN_EXPLORER.contains(run.kind()),
                                                a("explore").withHref(address + "/" + ExplorerState.FILE)),
                                        iff(
                                                LIVE.contains(run.kind()),
                                                span(
                                                        a("watch").withHref("live?run=" + encoded(name)),
                                                        text(" "),
                                                        a("again").withHref("?again=" + encoded(name) + "#start"))))
                                .attr("role", "cell"))
                .attr("role", "row");
    }

    /// Day and time, which a line may end between.
    private static DomContent[] began(RunList.Entry run) {
        String[] parts = run.start().truncatedTo(ChronoUnit.SECONDS).toString().split("T");
        return new DomContent[] {
            span(parts[0]).withClass("whole"), text(" "), span(parts[1]).withClass("whole")
        };
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
