package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FigureDrawingTest {
    private static final PanelAxis X = PanelAxis.linear("x, unit");
    private static final PanelAxis Y = PanelAxis.linear("y, unit");

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Figure figureOf(Panel panel) {
        return Figure.of("f", "a test", panel);
    }

    @Test
    void theSvgIsWellFormedAndHoldsEveryLabelAsText() throws Exception {
        Document svg = parsed(FigureSvg.text(SampleFigures.all()));

        List<String> texts = IntStream.range(0, svg.getElementsByTagName("text").getLength())
                .mapToObj(i -> svg.getElementsByTagName("text").item(i).getTextContent())
                .toList();
        assertThat(texts)
                .contains(
                        "Training dynamics of Adam",
                        "(c) Loss",
                        "β₁, per step",
                        "minimum loss",
                        "10⁻⁴⁰⁰⁰",
                        "Theorem 4.1: existence",
                        "no value",
                        "threshold 38/η");
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("Six panels with the shapes of the real figures");
    }

    @Test
    void theSameFigureGivesTheSameBytes() {
        assertThat(FigureSvg.text(SampleFigures.hard())).isEqualTo(FigureSvg.text(SampleFigures.hard()));
        assertThat(FigurePng.bytes(SampleFigures.hard())).isEqualTo(FigurePng.bytes(SampleFigures.hard()));
    }

    @Test
    void identifiersCarryTheFiguresIdAndReferencesFollow() {
        String svg = FigureSvg.text(SampleFigures.all());

        var ids = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(svg)
                .results()
                .map(m -> m.group(1))
                .toList();
        var references = Pattern.compile("url\\(#([^)]*)\\)")
                .matcher(svg)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.startsWith("samples-"));
        assertThat(references).isNotEmpty().isSubsetOf(ids);
    }

    @Test
    void aMapOf65536CellsIsOneElement() throws Exception {
        Document svg = parsed(FigureSvg.text(figureOf(SampleFigures.phase())));
        assertThat(svg.getElementsByTagName("*").getLength()).isLessThan(500);
    }

    @Test
    void panelsForPagesAreDrawingsOfTheirOwn() throws Exception {
        List<String> panels = FigureSvg.panels(SampleFigures.all());

        assertThat(panels).hasSize(6);
        assertThat(parsed(panels.get(2)).getDocumentElement().getAttribute("viewBox"))
                .isEqualTo("0 0 " + Look.PANEL_WIDTH + " " + Look.PANEL_HEIGHT);
    }

    @Test
    void aFigureHoldsItsPanelsEachAtItsPlace() throws Exception {
        Figure figure = SampleFigures.all();
        Document svg = parsed(FigureSvg.text(figure));

        List<Element> panels = IntStream.range(
                        0, svg.getDocumentElement().getChildNodes().getLength())
                .mapToObj(svg.getDocumentElement().getChildNodes()::item)
                .filter(node -> node.getNodeName().equals("svg"))
                .map(Element.class::cast)
                .toList();
        assertThat(panels).hasSize(6);
        // the fourth of three a row, below a title of 30 units
        assertThat(panels.get(3).getAttribute("x")).isEqualTo("0");
        assertThat(panels.get(3).getAttribute("y")).isEqualTo("" + (30 + Look.PANEL_HEIGHT));
        assertThat(panels.get(4).getAttribute("x")).isEqualTo("" + Look.PANEL_WIDTH);
    }

    @Test
    void thePngHasTwoPixelsForEachUnit() throws IOException {
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(FigurePng.bytes(SampleFigures.hard())));

        assertThat(png.getWidth()).isEqualTo(2 * 4 * Look.PANEL_WIDTH);
        assertThat(png.getHeight()).isEqualTo(2 * 2 * Look.PANEL_HEIGHT);
    }

    @Test
    void aSpikeOfOneStepInALongRunIsVisible() {
        double[] step = SampleFigures.steps(0, 100_000, 100_001);
        double[] loss = new double[step.length];
        loss[70_000] = 1;
        int blue = Style.Ink.BLUE.color().getRGB();

        BufferedImage png = FigurePng.image(figureOf(Panel.of("", X, Y.from(-1, 1), Mark.line("", step, loss))));

        // the run lies at half height; above it only the spike is blue
        long above = IntStream.range(0, png.getHeight() / 4)
                .filter(row -> IntStream.range(0, png.getWidth()).anyMatch(column -> png.getRGB(column, row) == blue))
                .count();
        assertThat(above).isGreaterThan(100);
    }

    @Test
    void cellsHaveTheColourOfTheirNumberAndLieAtTheirPlace() {
        double[] edges = {0, 1, 2};
        BufferedImage png = FigurePng.image(figureOf(Panel.of(
                "",
                X,
                Y,
                new Mark.HeatMap(
                        edges,
                        edges,
                        new double[] {0, 1, 0.5, Double.NaN},
                        ColourScale.of("number", Scale.LINEAR).from(0, 1)))));

        // a third from the left and right of the plot, below and above its middle
        int left = png.getWidth() / 4;
        int right = png.getWidth() * 5 / 9;
        int low = png.getHeight() * 6 / 10;
        int high = png.getHeight() / 4;
        assertThat(png.getRGB(left, low))
                .isEqualTo(ColourMap.SEQUENTIAL.colour(0).getRGB());
        assertThat(png.getRGB(right, low))
                .isEqualTo(ColourMap.SEQUENTIAL.colour(1).getRGB());
        assertThat(png.getRGB(left, high))
                .isEqualTo(ColourMap.SEQUENTIAL.colour(0.5).getRGB());
        // hatched: grey
        int absent = png.getRGB(right, high);
        assertThat(absent & 0xff).isEqualTo(absent >> 8 & 0xff).isEqualTo(absent >> 16 & 0xff);
    }

    @Test
    void aKindHasTheSameColourWhicheverOthersOccur() {
        double[] edges = {0, 1, 2};
        List<String> names = List.of("converged", "spiking", "cycling", "undecided");
        String few = FigureSvg.text(figureOf(
                Panel.of("few", X, Y, new Mark.CategoryMap(edges, edges, new int[] {0, 2, 2, 0}, names))));
        String all = FigureSvg.text(figureOf(
                Panel.of("all", X, Y, new Mark.CategoryMap(edges, edges, new int[] {0, 1, 2, 3}, names))));
        assertThat(few).contains("cycling").doesNotContain("spiking", "undecided");
        // vermilion, as a swatch beside its word
        assertThat(few).contains("rgb(213,94,0)").doesNotContain("rgb(240,228,66)");
        assertThat(all).contains("rgb(213,94,0)", "rgb(240,228,66)");
    }

    @Test
    void panelsWithoutFiniteValuesSaySo() {
        String svg = FigureSvg.text(SampleFigures.hard());
        assertThat(svg)
                .contains("no finite values")
                .contains("not drawn: 1 infinite value<")
                .contains("not drawn: 2 outside the domain of a logarithmic axis");
    }

    @Test
    void valuesNearTheEndsOfDoubleLeaveNoSuchNumberInTheDrawing() {
        double[] x = {0, 1, 2, 3};
        double[] y = {0, Double.MAX_VALUE, -1e299, Double.MIN_VALUE};

        String svg = FigureSvg.text(figureOf(Panel.of("", X, Y.from(-1, 1), Mark.line("wild", x, y))));

        assertThat(svg).doesNotContain("E2").contains("not drawn: 1 infinite value<");
    }

    @Test
    void marksOfUnequalLengthAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mark.line("run", new double[3], new double[2]))
                .withMessage("'run' has 3 x but 2 y");
    }
}
