package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A figure as a PNG of two pixels a unit, for places that show no SVG.
public final class FigurePng {
    private static final int PIXELS_PER_UNIT = 2;
    /// Three quarters of the time of the default, 0.5, for files that are a sixth larger.
    private static final float QUALITY = 0.8f;

    private FigurePng() {}

    /// The PNG file's bytes.
    public static byte[] bytes(Figure figure) {
        return bytes(image(figure));
    }

    static BufferedImage image(Figure figure) {
        FigureDrawing drawing = FigureDrawing.of(figure);
        BufferedImage image = new BufferedImage(
                drawing.width() * PIXELS_PER_UNIT, drawing.height() * PIXELS_PER_UNIT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image);
        graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        drawing.draw(graphics);
        graphics.dispose();
        return image;
    }

    /// What draws smoothly on an image.
    static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    static byte[] bytes(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(QUALITY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Given a bare stream, it would need the temporary folder.
        try (ImageOutputStream memory = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(memory);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
