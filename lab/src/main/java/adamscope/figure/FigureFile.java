package adamscope.figure;

import adamscope.formula.PlainText;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/// A figure as a file of its own, for papers and slides: of a chosen size, with text of 8 points whatever the size.
///
/// @param figure of one panel or several
/// @param size   on paper
public record FigureFile(Figure figure, PaperSize size) {
    /// A unit of a drawing on paper, in points: text of 12 units is 8 points high.
    private static final double UNIT = 2.0 / 3;

    private static final double DOTS = 300.0 / 72;

    /// Kinds of files.
    public enum PictureFormat {
        svg,
        png,
        pdf
    }

    /// Width and height on paper.
    ///
    /// @param width  in points, 1/72 inch
    /// @param height in points
    public record PaperSize(double width, double height) {
        private static final double LEAST = 72;
        private static final double MOST = 72 * 200;

        public PaperSize {
            require("width", width);
            require("height", height);
        }

        private static void require(String name, double points) {
            if (!(points >= LEAST && points <= MOST)) {
                double millimetres = Math.rint(points / 72 * 254) / 10;
                throw new IllegalArgumentException("--" + name + " of " + new PlainText().number(millimetres)
                        + " mm is outside 25.4 mm to 5080 mm");
            }
        }
    }

    /// The size that a figure has without a choice: that of its place on a page.
    public static PaperSize usual(Figure figure) {
        FigureDrawing drawing = FigureDrawing.of(figure);
        return new PaperSize(UNIT * drawing.width(), UNIT * drawing.height());
    }

    /// The file's bytes; the same for the same figure.
    public byte[] bytes(PictureFormat format) {
        return switch (format) {
            case svg -> FigureSvg.text(figure, area(), size).getBytes(StandardCharsets.UTF_8);
            case png -> png();
            case pdf -> pdf();
        };
    }

    /// In units of the drawing.
    private Rectangle2D area() {
        return new Rectangle2D.Double(0, 0, size.width() / UNIT, size.height() / UNIT);
    }

    private byte[] png() {
        BufferedImage image = new BufferedImage(
                (int) Math.round(size.width() * DOTS),
                (int) Math.round(size.height() * DOTS),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = FigurePng.graphics(image);
        graphics.scale(UNIT * DOTS, UNIT * DOTS);
        FigureDrawing.of(figure).draw(graphics, area());
        graphics.dispose();
        return FigurePng.bytes(image);
    }

    /// Text is drawn as outlines: no font has to be embedded or found.
    private byte[] pdf() {
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            PDPage page = new PDPage(new PDRectangle((float) size.width(), (float) size.height()));
            document.addPage(page);
            Rectangle2D area = area();
            PdfBoxGraphics2D graphics =
                    new PdfBoxGraphics2D(document, (float) area.getWidth(), (float) area.getHeight());
            FigureDrawing.of(figure).draw(graphics, area);
            graphics.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(new Matrix(AffineTransform.getScaleInstance(UNIT, UNIT)));
                content.drawForm(graphics.getXFormObject());
            }
            document.getDocumentInformation().setTitle(figure.description());
            Calendar beginning = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
            beginning.setTimeInMillis(0);
            document.getDocumentInformation().setCreationDate(beginning);
            document.setDocumentId(0L);
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
