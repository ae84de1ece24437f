package adamscope.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.img;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import adamscope.figure.Figure;
import adamscope.figure.FigureSvg;
import adamscope.text.Foreign;
import j2html.Config;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A report as one HTML page: style and figures inside, no script, nothing fetched; also well-formed XML.
public final class ReportHtml {
    private static final String NUMBER = "[-−+]?[0-9.,]+([eE][-+]?[0-9]+)?( ?%)?|";
    private static final Config CONFIG = Config.defaults().withEmptyTagsClosed(true);

    private ReportHtml() {}

    /// The page's text, to be stored in UTF-8.
    public static String text(Report report) {
        return text(report, panels(report));
    }

    /// Each figure's panels, drawn, by the figure's id.
    static Map<String, List<String>> panels(Report report) {
        return report.figures().stream().collect(Collectors.toMap(Figure::id, FigureSvg::panels));
    }

    /// @param panels of its figures, see [#panels(Report)]
    static String text(Report report, Map<String, List<String>> panels) {
        List<List<Section>> parts = parts(report.sections());
        return page(
                report.title(),
                header(
                        h1(report.title()),
                        iff(!report.lead().isEmpty(), p(report.lead()).withClass("lead"))),
                contents(parts),
                main(each(parts, (index, sections) -> part(index, sections, panels))));
    }

    /// A page in the style of reports.
    public static String page(String name, DomContent... content) {
        var page = html(
                        head(
                                meta().withCharset("UTF-8"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("color-scheme").withContent("light dark"),
                                title(name),
                                style(rawHtml(styleSheet()))),
                        body(content))
                .withLang("en");
        try {
            StringBuilder text = new StringBuilder("<!DOCTYPE html>\n");
            page.render(FlatHtml.into(text, CONFIG));
            // What j2html escapes is markup; characters that XML forbids or that turn the writing it passes on.
            return Foreign.visible(text.append('\n').toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sections grouped under the headings that they continue.
    private static List<List<Section>> parts(List<Section> sections) {
        List<List<Section>> parts = new ArrayList<>();
        for (Section section : sections) {
            if (parts.isEmpty() || !section.heading().isEmpty()) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(section);
        }
        return parts;
    }

    private static String anchor(int part) {
        return "part-" + (part + 1);
    }

    private static DomContent contents(List<List<Section>> parts) {
        return nav(ol(each(parts, (index, part) -> {
                    String heading = part.getFirst().heading();
                    return iff(!heading.isEmpty(), li(a(heading).withHref("#" + anchor(index))));
                })))
                .attr("aria-label", "Contents");
    }

    private static DomContent part(Integer index, List<Section> sections, Map<String, List<String>> panels) {
        String heading = sections.getFirst().heading();
        return section(iff(!heading.isEmpty(), h2(heading)), each(sections, section -> content(section, panels)))
                .withId(anchor(index));
    }

    private static DomContent content(Section section, Map<String, List<String>> panels) {
        return switch (section) {
            case Section.Prose prose -> each(prose.paragraphs(), paragraph -> p(paragraph));
            case Section.Formula formula ->
                figure(
                                scrolling(rawHtml(formula.mathml()), "Formula"),
                                iff(!formula.caption().isEmpty(), figcaption(formula.caption())))
                        .withClass("formula");
            case Section.FigureSection shown ->
                figureOf(shown, panels.get(shown.figure().id()));
            case Section.Picture shown ->
                figure(img().withSrc(shown.file()).withAlt(shown.caption()), figcaption(shown.caption()));
            case Section.TableSection rows -> tableOf(rows);
            case Section.Links links -> linksOf(links);
            case Section.Claims claims -> claimsOf(claims.claims());
            case Section.Explorer explorer -> explorerOf(explorer);
            case Section.KeyValues values ->
                scrolling(table(tbody(each(
                                values.entries(),
                                entry -> tr(th(entry.key()).attr("scope", "row"), td(entry.value())))))
                        .withClass("keys"));
        };
    }

    private static DomContent explorerOf(Section.Explorer shown) {
        if (!shown.there()) {
            return p().withText("Move it yourself: ")
                    .with(code("adamscope report . --explorer"))
                    .withText(" in this folder adds a page with sliders that begins with this.");
        }
        var ways = p().withText("Move it yourself, in the explorer:");
        shown.ways()
                .forEach((name, state) -> ways.withText(" ")
                        .with(a(name.isEmpty() ? "open this" : name).withHref(state.link())));
        return ways;
    }

    private static DomContent figureOf(Section.FigureSection shown, List<String> panels) {
        return figure(
                        iff(
                                !shown.figure().title().isEmpty(),
                                p(shown.figure().title()).withClass("figure-title")),
                        div(each(panels, svg -> rawHtml(svg)))
                                .withClass("panels")
                                .withStyle("--columns:" + shown.figure().columns()),
                        figcaption(shown.caption()))
                .withId(shown.figure().id());
    }

    /// Columns of numbers stand right, so that their digits can be compared.
    private static DomContent tableOf(Section.TableSection shown) {
        List<String> alignments = IntStream.range(0, shown.columns().size())
                .mapToObj(column ->
                        shown.rows().stream().allMatch(row -> row.get(column).matches(NUMBER)) ? "number" : "text")
                .toList();
        return scrolling(table(
                iff(!shown.caption().isEmpty(), caption(shown.caption())),
                thead(tr(each(
                        shown.columns(),
                        (i, column) -> th(column).attr("scope", "col").withClass(alignments.get(i))))),
                tbody(each(shown.rows(), row -> tr(each(row, (i, cell) -> td(cell).withClass(alignments.get(i))))))));
    }

    private static DomContent linksOf(Section.Links shown) {
        return scrolling(table(
                thead(tr(each(shown.columns(), column -> th(column).attr("scope", "col")))),
                tbody(each(
                        shown.rows(),
                        row -> tr(
                                th(row.href().isEmpty()
                                                ? span(row.text())
                                                : a(row.text()).withHref(row.href()))
                                        .attr("scope", "row"),
                                each(row.cells(), cell -> td(cell)))))));
    }

    private static DomContent claimsOf(List<Claim> claims) {
        String counts = Arrays.stream(Claim.Verdict.values())
                .map(verdict ->
                        claims.stream().filter(c -> c.verdict() == verdict).count() + " " + verdict.words())
                .filter(count -> !count.startsWith("0 "))
                .collect(Collectors.joining(", "));
        return each(
                p(claims.size() + (claims.size() == 1 ? " claim: " : " claims: ") + counts + "."),
                scrolling(table(
                                thead(tr(each(
                                        List.of(
                                                "Claim",
                                                "Verdict",
                                                "Expected",
                                                "Criterion",
                                                "Measured",
                                                "Set-up",
                                                "Note"),
                                        column -> th(column).attr("scope", "col")))),
                                tbody(each(claims, ReportHtml::claim)))
                        .withClass("claims")));
    }

    private static DomContent claim(Claim claim) {
        return tr(
                        th(
                                        span(claim.statement()),
                                        span(claim.paper() + " · " + claim.id()).withClass("source"))
                                .attr("scope", "row"),
                        td(span(claim.verdict().sign() + " " + claim.verdict().words())
                                .withClass("verdict " + claim.verdict().name().toLowerCase(Locale.ROOT))),
                        td(claim.expected()),
                        td(
                                span(claim.tolerance()),
                                iff(
                                        !claim.origin().isEmpty(),
                                        span(claim.origin()).withClass("source"))),
                        td(claim.measured()),
                        td(claim.setup()),
                        td(claim.note()))
                .withId("claim-" + claim.id().replaceAll("[^A-Za-z0-9._-]", "-"));
    }

    private static DomContent scrolling(DomContent table) {
        return scrolling(table, "Table");
    }

    private static DomContent scrolling(DomContent wide, String what) {
        // focusable, so that it scrolls by keyboard too
        return div(wide)
                .withClass("scroll")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", what);
    }

    private static String styleSheet() {
        try (InputStream css = ReportHtml.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
