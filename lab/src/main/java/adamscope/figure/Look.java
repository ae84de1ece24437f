package adamscope.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.block.FlowArrangement;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;

/// The look that all figures share: type, ink, strokes, paper.
final class Look {
    /// Sizes of one panel in units of the page (CSS pixels).
    static final int PANEL_WIDTH = 420;

    static final int PANEL_HEIGHT = 372;

    static final Color INK = new Color(0x1A1A1A);
    static final Color GRID = new Color(0xE3E3E3);
    static final Color PAPER = Color.WHITE;
    static final Font TEXT = new Font("DejaVu Sans", Font.PLAIN, 12);
    static final Font TICK = TEXT;
    static final Font SMALL = TEXT.deriveFont(11f);
    static final Font TITLE = TEXT.deriveFont(Font.BOLD, 13f);
    static final Font FIGURE_TITLE = TEXT.deriveFont(Font.BOLD, 15f);

    private Look() {}

    static void dress(ValueAxis axis) {
        axis.setLabelFont(TEXT.deriveFont(12.5f));
        axis.setLabelPaint(INK);
        axis.setTickLabelFont(TICK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLineVisible(false);
        axis.setTickMarkPaint(INK);
        axis.setTickMarkStroke(new BasicStroke(0.9f));
        axis.setTickMarkOutsideLength(5);
        axis.setMinorTickMarksVisible(true);
        axis.setMinorTickMarkOutsideLength(2.5f);
    }

    static void dress(XYPlot plot) {
        plot.setBackgroundPaint(PAPER);
        plot.setOutlinePaint(INK);
        plot.setOutlineStroke(new BasicStroke(0.9f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(new BasicStroke(0.7f));
        plot.setRangeGridlineStroke(new BasicStroke(0.7f));
        plot.setInsets(new RectangleInsets(4, 2, 2, 22));
    }

    static JFreeChart chart(String title, XYPlot plot) {
        JFreeChart chart = new JFreeChart(null, TEXT, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(4, 4, 4, 4));
        chart.setTextAntiAlias(true);
        if (!title.isEmpty()) {
            TextTitle heading = new TextTitle(title, TITLE);
            heading.setPaint(INK);
            heading.setPadding(2, 0, 4, 0);
            chart.setTitle(heading);
        }
        return chart;
    }

    static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(
                plot,
                new FlowArrangement(HorizontalAlignment.CENTER, VerticalAlignment.CENTER, 2, 0),
                new ColumnArrangement());
        legend.setItemFont(SMALL);
        legend.setItemPaint(INK);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setLegendItemGraphicPadding(new RectangleInsets(2, 4, 2, 4));
        legend.setItemLabelPadding(new RectangleInsets(2, 3, 2, 6));
        return legend;
    }

    static TextTitle remark(String text) {
        TextTitle remark = new TextTitle(text, SMALL.deriveFont(Font.ITALIC));
        remark.setPaint(INK);
        remark.setPosition(RectangleEdge.BOTTOM);
        return remark;
    }

    static BasicStroke stroke(Style.Dash dash, float width) {
        float[] pattern = dash.pattern();
        return pattern.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }

    static Shape marker(Style.Marker marker, double radius) {
        double r = radius;
        return switch (marker) {
            case CIRCLE -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case SQUARE -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
            case TRIANGLE -> polygon(0, -1.2 * r, 1.1 * r, 0.9 * r, -1.1 * r, 0.9 * r);
            case DIAMOND -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
            case CROSS -> {
                double w = 0.35 * r;
                yield polygon(-w, -r, w, -r, w, -w, r, -w, r, w, w, w, w, r, -w, r, -w, w, -r, w, -r, -w, -w, -w);
            }
        };
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    /// The ink at a third of its strength, what lies below shining through.
    static Color translucent(Color ink) {
        return new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), 75);
    }

    /// Paper with a share of ink mixed in.
    static Color tint(Color ink, double share) {
        return new Color(
                mixed(PAPER.getRed(), ink.getRed(), share),
                mixed(PAPER.getGreen(), ink.getGreen(), share),
                mixed(PAPER.getBlue(), ink.getBlue(), share));
    }

    private static int mixed(int paper, int ink, double share) {
        return (int) Math.round(paper + share * (ink - paper));
    }

    /// Grey with slanted lines: cells without a value.
    static TexturePaint hatch() {
        int size = 24;
        BufferedImage tile = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = tile.createGraphics();
        graphics.setPaint(new Color(0xDADADA));
        graphics.fill(new Rectangle(size, size));
        graphics.dispose();
        for (int x = 0; x < size; x++) {
            for (int y = 0; y < size; y++) {
                if ((x + y) % size < 5) {
                    tile.setRGB(x, y, 0x9A9A9A);
                }
            }
        }
        // the tile is painted at a third of its size, to stay crisp when the page is magnified
        return new TexturePaint(tile, new Rectangle2D.Double(0, 0, size / 3.0, size / 3.0));
    }
}
