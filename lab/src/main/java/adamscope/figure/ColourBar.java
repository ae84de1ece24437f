package adamscope.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/// The labelled bar beside a heat map: which colour means which number.
final class ColourBar {
    private static final double GAP = 12;
    private static final double WIDTH = 14;
    private static final double TIP = 8;

    private final ColourScale colours;
    private final Range positions;
    private final PositionAxis axis;
    private final boolean[] beyond;

    ColourBar(ColourScale colours, Range positions, double... values) {
        this.beyond = beyond(colours.scale(), positions, values);
        this.colours = colours;
        this.positions = positions;
        this.axis = new PositionAxis(
                new PanelAxis(colours.label(), colours.scale(), colours.range(), List.of()), positions);
        // read from below, as the label of the other side
        axis.setLabelAngle(Math.PI);
    }

    /// The colour of a number as ARGB, 0 for NaN; numbers beyond the bar get the colour of its end.
    int argb(double value) {
        double position = colours.scale().position(value);
        return Double.isNaN(position)
                ? 0
                : colours.map()
                        .colour((position - positions.lower()) / positions.length())
                        .getRGB();
    }

    /// Whether some of the values lie below the bar, and whether some lie above.
    private static boolean[] beyond(Scale scale, Range positions, double... values) {
        boolean[] beyond = new boolean[2];
        for (double value : values) {
            double position = scale.position(value);
            double slack = 1e-9 * positions.length();
            beyond[0] |= position < positions.lower() - slack && !Double.isInfinite(position);
            beyond[1] |= position > positions.upper() + slack && !Double.isInfinite(position);
        }
        return beyond;
    }

    /// The width it takes beside a plot of this height.
    double width(Graphics2D graphics, double height) {
        var area = new Rectangle2D.Double(0, 0, 200, height);
        AxisSpace space = axis.reserveSpace(graphics, new XYPlot(), area, RectangleEdge.RIGHT, new AxisSpace());
        return GAP + WIDTH + space.getRight();
    }

    /// Draws the bar right of the plot's data area; an end beyond which values lie is pointed.
    void draw(Graphics2D graphics, Rectangle2D dataArea) {
        var bar = new Rectangle2D.Double(dataArea.getMaxX() + GAP, dataArea.getY(), WIDTH, dataArea.getHeight());
        int shades = 256;
        BufferedImage image = new BufferedImage(1, shades, BufferedImage.TYPE_INT_ARGB);
        for (int shade = 0; shade < shades; shade++) {
            image.setRGB(
                    0,
                    shades - 1 - shade,
                    colours.map().colour((shade + 0.5) / shades).getRGB());
        }
        graphics.drawImage(
                image, (int) bar.x, (int) Math.round(bar.y), (int) WIDTH, (int) Math.round(bar.height), null);
        var frame = new Rectangle2D.Double((int) bar.x, bar.y, WIDTH, bar.height);
        graphics.setPaint(Look.INK);
        graphics.setStroke(new BasicStroke(0.9f));
        graphics.draw(frame);
        for (int end = 0; end < 2; end++) {
            if (beyond[end]) {
                point(graphics, frame, end == 1);
            }
        }
        axis.draw(graphics, frame.getMaxX(), frame, frame, RectangleEdge.RIGHT, null);
    }

    private void point(Graphics2D graphics, Rectangle2D frame, boolean up) {
        double base = up ? frame.getY() : frame.getMaxY();
        Path2D tip = new Path2D.Double();
        tip.moveTo(frame.getX(), base);
        tip.lineTo(frame.getCenterX(), base + (up ? -TIP : TIP));
        tip.lineTo(frame.getMaxX(), base);
        graphics.setPaint(colours.map().colour(up ? 1 : 0));
        graphics.fill(tip);
        graphics.setPaint(Look.INK);
        graphics.draw(tip);
    }
}
