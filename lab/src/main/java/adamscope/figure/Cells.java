package adamscope.figure;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// The cells of a map as one picture: a grid of 256 × 256 must not become 65,536 rectangles of a drawing.
///
/// @param image pixels, transparent where a cell has no value
/// @param x positions of the left and right end
/// @param y positions of the lower and upper end
/// @param absent cells without a value
record Cells(BufferedImage image, Range x, Range y, int absent) {
    private static final int FINE = 512;

    /// Viewers that smooth a picture blur a cell's edge by a pixel; more of them only make the picture large.
    private static final int PIXELS_OF_A_CELL = 8;

    /// The picture of cells whose colours are given as ARGB by index.
    static Cells of(double[] xPositions, double[] yPositions, IntUnaryOperator argb) {
        int[] columns = cellOfPixel(xPositions);
        int[] rows = cellOfPixel(yPositions);
        int across = xPositions.length - 1;
        // A colour is dear, and a cell has up to some thousand pixels.
        int[] colours = new int[across * (yPositions.length - 1)];
        Arrays.setAll(colours, argb);
        BufferedImage image = new BufferedImage(columns.length, rows.length, BufferedImage.TYPE_INT_ARGB);
        int[] pixels = new int[columns.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                pixels[column] = colours[rows[row] * across + columns[column]];
            }
            image.getRaster().setDataElements(0, rows.length - 1 - row, columns.length, 1, pixels);
        }
        int absent = (int) Arrays.stream(colours).filter(colour -> colour == 0).count();
        return new Cells(image, ends(xPositions), ends(yPositions), absent);
    }

    /// The cell under the centre of every pixel: whole pixels for cells of equal width, else a fine raster.
    private static int[] cellOfPixel(double[] edges) {
        int cells = edges.length - 1;
        double width = (edges[cells] - edges[0]) / cells;
        boolean equal = true;
        for (int i = 0; i <= cells; i++) {
            equal &= Math.abs(edges[i] - (edges[0] + i * width)) < 1e-3 * width;
        }
        int pixels = equal ? cells * Math.min(PIXELS_OF_A_CELL, (FINE + cells - 1) / cells) : Math.max(2 * FINE, cells);
        int[] cellOfPixel = new int[pixels];
        int cell = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            double centre = edges[0] + (pixel + 0.5) / pixels * (edges[cells] - edges[0]);
            while (cell < cells - 1 && centre >= edges[cell + 1]) {
                cell++;
            }
            cellOfPixel[pixel] = equal ? pixel / (pixels / cells) : cell;
        }
        return cellOfPixel;
    }

    private static Range ends(double[] edges) {
        return new Range(edges[0], edges[edges.length - 1]);
    }
}
