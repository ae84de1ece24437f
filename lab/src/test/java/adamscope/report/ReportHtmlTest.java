package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import adamscope.figure.Figure;
import adamscope.figure.SampleFigures;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportHtmlTest {
    private static final String PAGE = ReportHtml.text(SampleReport.of());

    private static Document parsed() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(PAGE)));
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
                "x^2")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Section.Formula("", markup, ""));
        }
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
