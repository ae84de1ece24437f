package adamscope.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/// A layer of a plot that is one element of the drawing, however many cells or points it has, placed to fractions of a
/// unit.
@SuppressWarnings("serial") // the library makes annotations serializable; figures are not
final class PictureLayer extends AbstractXYAnnotation {
    /// What the layer shows.
    sealed interface Content {
        /// The picture of a map.
        record Map(Cells cells) implements Content {}

        /// One shape at every position.
        record Markers(double[] x, double[] y, Shape shape, Color ink) implements Content {}
    }

    private final Content content;

    PictureLayer(Content content) {
        this.content = content;
    }

    @Override
    public void draw(
            Graphics2D graphics,
            XYPlot plot,
            Rectangle2D area,
            ValueAxis xAxis,
            ValueAxis yAxis,
            int index,
            PlotRenderingInfo info) {
        switch (content) {
            case Content.Map(Cells cells) -> {
                double left = xAxis.valueToJava2D(cells.x().lower(), area, RectangleEdge.BOTTOM);
                double right = xAxis.valueToJava2D(cells.x().upper(), area, RectangleEdge.BOTTOM);
                double bottom = yAxis.valueToJava2D(cells.y().lower(), area, RectangleEdge.LEFT);
                double top = yAxis.valueToJava2D(cells.y().upper(), area, RectangleEdge.LEFT);
                // pictures have whole sizes: counted in hundredths of a unit, the picture ends where its cells do
                Graphics2D fine = (Graphics2D) graphics.create();
                fine.translate(left, top);
                fine.scale(0.01, 0.01);
                fine.drawImage(
                        cells.image(),
                        0,
                        0,
                        (int) Math.round(100 * (right - left)),
                        (int) Math.round(100 * (bottom - top)),
                        null);
                fine.dispose();
            }
            case Content.Markers(double[] x, double[] y, Shape shape, Color ink) -> {
                Path2D all = new Path2D.Double(Path2D.WIND_NON_ZERO);
                for (int i = 0; i < x.length; i++) {
                    AffineTransform place = AffineTransform.getTranslateInstance(
                            xAxis.valueToJava2D(x[i], area, RectangleEdge.BOTTOM),
                            yAxis.valueToJava2D(y[i], area, RectangleEdge.LEFT));
                    all.append(shape.getPathIterator(place), false);
                }
                graphics.setPaint(ink);
                graphics.fill(all);
            }
        }
    }
}
