package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// A figure as a PNG of two pixels a unit, for places that show no SVG.
public final class FigurePng {
    private static final int PIXELS_PER_UNIT = 2;

    private FigurePng() {}

    /// The PNG file's bytes.
    public static byte[] bytes(Figure figure) {
        return PngFile.bytes(image(figure));
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
}
