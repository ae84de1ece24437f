package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.SampleFigures;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleFormulas;
import adamscope.optimizer.RuleReader;
import adamscope.text.Foreign;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportHtmlTest {
    private static final String PAGE = ReportHtml.text(SampleReport.of());

    private static Document parsed() throws Exception {
        return parsed(PAGE);
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    @Test
    void thePageIsWellFormedAndHasEverySection() throws Exception {
        Document page = parsed();
        assertThat(page.getElementsByTagName("h2").getLength()).isEqualTo(6);
        assertThat(page.getElementsByTagName("math").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(6);
        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(3);
    }

    @Test
    void textOfUsersIsNeverMarkup() throws Exception {
        assertThat(parsed().getElementsByTagName("script").getLength()).isZero();
        assertThat(PAGE).contains("&lt;script&gt;").doesNotContain("<script");
        assertThat(parsed().getElementsByTagName("p").item(2).getTextContent()).isEqualTo(SampleReport.HOSTILE);
    }

    @Test
    void thePageFetchesNothing() {
        assertThat(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(PAGE).find())
                .isFalse();
        assertThat(PAGE).doesNotContain("@import").doesNotContain("<link");
        assertThat(Pattern.compile("url\\((?!#)").matcher(PAGE).find()).isFalse();
    }

    @Test
    void identifiersOfAllFiguresDiffer() {
        assertThat(Pattern.compile(" id=\"([^\"]*)\"").matcher(PAGE).results().map(m -> m.group(1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void figuresHaveDescriptionsAndTablesHaveHeaders() throws Exception {
        Document page = parsed();
        for (int i = 0; i < page.getElementsByTagName("svg").getLength(); i++) {
            assertThat(((Element) page.getElementsByTagName("svg").item(i)).getAttribute("aria-label"))
                    .isNotEmpty();
        }
        for (int i = 0; i < page.getElementsByTagName("th").getLength(); i++) {
            assertThat(((Element) page.getElementsByTagName("th").item(i)).getAttribute("scope"))
                    .isIn("row", "col");
        }
    }

    @Test
    void everyVerdictIsSaidInWordsAndCounted() {
        assertThat(PAGE)
                .contains("3 claims: 1 agrees, 1 disagrees, 1 agrees under a condition.")
                .contains("✓ agrees<")
                .contains("✗ disagrees<")
                .contains("◐ agrees under a condition<");
    }

    @Test
    void aFormulaThatIsNotMathMlIsRefused() {
        for (String markup : List.of(
                "<math><script>alert(1)</script></math>",
                "<math><mi onclick='x()'>a</mi></math>",
                "<math><mi href='javascript:x()'>a</mi></math>",
                "<svg/>",
                "<math><mi>a</math>",
                "<math><!--><mi>a</mi>--></math>",
                "<math><?x ><mi>a</mi>?></math>",
                "<math><mi><![CDATA[<b>]]></mi></math>",
                "<math><marquee>a</marquee></math>",
                "<math><annotation-xml><mi>a</mi></annotation-xml></math>",
                "<math><mi style='position:fixed'>a</mi></math>",
                "x^2")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Section.Formula("", markup, ""));
        }
    }

    @Test
    void theSymbolOfARuleIsTextInItsReport() {
        String symbol = "a<b><!--><img src=x onerror=alert(x)>-->";
        OptimizerRule rule = RuleReader.read(
                "evil.opt",
                "optimizer evil\nhyper lr = 1e-3 in (0, inf) \"label\" symbol \"" + symbol + "\"\nx <- x - lr*g\n");
        String page = ReportHtml.text(
                new Report("", "", List.of(new Section.Formula("", RuleFormulas.mathml(rule), rule.note()))));
        assertThat(page)
                .contains("<mi>a&lt;b&gt;&lt;!--&gt;&lt;img src=x onerror=alert(x)&gt;--&gt;</mi>")
                .doesNotContain("<img");
    }

    @Test
    void charactersThatXmlForbidsOrThatTurnTheWritingAreShownAsNumbers() throws Exception {
        String text = "run\u0001\u001B[2J\u202E\uD800\uFFFE";
        double[] points = {0, 1};
        Panel panel = Panel.of(
                text,
                PanelAxis.linear(text),
                PanelAxis.linear(text),
                Mark.line(text, points, points),
                new Mark.Note(text, 0.5, 0.5));
        String page = ReportHtml.text(new Report(
                text,
                text,
                List.of(
                        new Section.FigureSection(text, new Figure("f", text, text, 1, List.of(panel)), text),
                        new Section.TableSection(text, text, List.of(text), List.of(List.of(text))),
                        new Section.KeyValues(text, List.of(new Section.KeyValue(text, text))))));
        assertThat(page.codePoints().filter(point -> !Foreign.isVisible(point) && point != '\n'))
                .isEmpty();
        assertThat(page).doesNotContain("&#").contains("run[U+0001][U+001B][2J[U+202E][U+D800][U+FFFE]");
        assertThat(parsed(page).getElementsByTagName("svg").getLength()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//host/x", "/etc/passwd", "javascript:alert(1)", "a b", "\"x", "http://host"})
    void aLinkLeadsToAFileBesideThePage(String href) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Section.Link("text", href, List.of()));
    }

    @Test
    void twoFiguresOfOneIdAreRefused() {
        Section shown = new Section.FigureSection("", Figure.of("loss", "", SampleFigures.loss()), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Report("title", "", List.of(shown, shown)))
                .withMessageContaining("'loss'");
    }

    @Test
    void aReportWithoutSectionsIsAPage() {
        assertThat(ReportHtml.text(new Report("Nothing was run", "", List.of())))
                .contains("Nothing was run");
    }
}
