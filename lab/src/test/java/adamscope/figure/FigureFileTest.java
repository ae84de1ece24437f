package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.figure.FigureFile.PaperSize;
import adamscope.figure.FigureFile.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;

class FigureFileTest {
    /// 86 mm by 60 mm.
    private static final PaperSize COLUMN = new PaperSize(86 * 72 / 25.4, 60 * 72 / 25.4);

    private static Figure figure() {
        double[] x = {1, 2, 3, 4};
        double[] edges = {0, 1, 2};
        return new Figure(
                "sample",
                "",
                "A line beside a map",
                2,
                java.util.List.of(
                        Panel.of(
                                "line",
                                PanelAxis.linear("x"),
                                PanelAxis.log10("loss"),
                                Mark.line("loss", x, new double[] {1, 0.1, 0.01, 0.5})),
                        Panel.of(
                                "map",
                                PanelAxis.linear("x"),
                                PanelAxis.linear("y"),
                                new Mark.HeatMap(
                                        edges,
                                        edges,
                                        new double[] {1, 2, 3, 4},
                                        ColourScale.of("value", Scale.LINEAR)))));
    }

    @Test
    void aPdfHasTheSizeAskedForAndShowsWhatThePngShows() throws IOException {
        byte[] pdf = new FigureFile(figure(), COLUMN).bytes(PictureFormat.pdf);
        BufferedImage png =
                ImageIO.read(new ByteArrayInputStream(new FigureFile(figure(), COLUMN).bytes(PictureFormat.png)));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat((double) document.getPage(0).getMediaBox().getWidth()).isEqualTo(COLUMN.width(), within(1e-3));
            assertThat((double) document.getPage(0).getMediaBox().getHeight()).isEqualTo(COLUMN.height(), within(1e-3));
            BufferedImage drawn = new PDFRenderer(document).renderImageWithDPI(0, 300);
            // edges of lines and letters lie half a pixel apart, and cover less than a tenth of the picture
            assertThat(difference(drawn, png)).isLessThan(0.04);
            assertThat(difference(png, white(png))).isGreaterThan(0.06);
        }
    }

    private static BufferedImage white(BufferedImage like) {
        BufferedImage white = new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
        white.createGraphics().fillRect(0, 0, like.getWidth(), like.getHeight());
        return white;
    }

    /// Mean difference of the green parts, from 0 to 1.
    private static double difference(BufferedImage one, BufferedImage other) {
        int width = Math.min(one.getWidth(), other.getWidth());
        int height = Math.min(one.getHeight(), other.getHeight());
        long sum = 0;
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                sum += Math.abs((one.getRGB(x, y) >> 8 & 255) - (other.getRGB(x, y) >> 8 & 255));
            }
        }
        return sum / 255.0 / width / height;
    }

    @Test
    void thePixelsOfAPngAreThreeHundredAnInch() throws IOException {
        BufferedImage png =
                ImageIO.read(new ByteArrayInputStream(new FigureFile(figure(), COLUMN).bytes(PictureFormat.png)));
        assertThat(png.getWidth()).isEqualTo((int) Math.round(86 / 25.4 * 300));
        assertThat(png.getHeight()).isEqualTo((int) Math.round(60 / 25.4 * 300));
    }

    @Test
    void anSvgSaysItsSizeOnPaper() {
        String svg = new String(new FigureFile(figure(), COLUMN).bytes(PictureFormat.svg), StandardCharsets.UTF_8);
        assertThat(svg.substring(0, svg.indexOf('>'))).contains("width=\"243.78pt\"", "height=\"170.08pt\"");
    }

    @Test
    void theSameFigureIsTheSameBytes() {
        for (PictureFormat format : PictureFormat.values()) {
            assertThat(new FigureFile(figure(), COLUMN).bytes(format))
                    .isEqualTo(new FigureFile(figure(), COLUMN).bytes(format));
        }
    }

    @Test
    void aSizeThatNobodyPrintsIsRefused() {
        assertThatThrownBy(() -> new PaperSize(10, 100)).hasMessageContaining("--width");
    }
}
