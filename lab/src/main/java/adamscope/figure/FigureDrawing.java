package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.text.TextUtils;

/// A figure laid out on a page: title above, panels in a grid below.
record FigureDrawing(Figure figure, List<PanelDrawing> panels) {
    private static final int TITLE_HEIGHT = 30;

    /// Left of a title that fills the width, and right of it, together.
    private static final int TITLE_MARGIN = 16;

    static FigureDrawing of(Figure figure) {
        System.setProperty("java.awt.headless", "true");
        // the library would draw upright labels as outlines, which no reader can search or hear
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        return new FigureDrawing(
                figure, figure.panels().stream().map(PanelDrawing::of).toList());
    }

    int width() {
        return Math.min(figure.columns(), panels.size()) * Look.PANEL_WIDTH;
    }

    int height() {
        return titleHeight() + figure.rows() * Look.PANEL_HEIGHT;
    }

    void draw(Graphics2D graphics) {
        draw(graphics, new Rectangle2D.Double(0, 0, width(), height()));
    }

    /// Where a panel begins.
    Point place(int panel) {
        return new Point(
                panel % figure.columns() * Look.PANEL_WIDTH,
                titleHeight() + panel / figure.columns() * Look.PANEL_HEIGHT);
    }

    /// Draws the figure into another area; its panels share it evenly.
    void draw(Graphics2D graphics, Rectangle2D area) {
        drawTitle(graphics, area);
        for (int row = 0; row < figure.rows(); row++) {
            drawRow(graphics, row, area);
        }
    }

    /// The sheet and what stands above the panels.
    void drawTitle(Graphics2D graphics, Rectangle2D area) {
        double width = area.getWidth();
        graphics.setPaint(Look.PAPER);
        graphics.fill(area);
        if (titleHeight() > 0) {
            graphics.setPaint(Look.INK);
            graphics.setFont(Look.FIGURE_TITLE);
            int wide = graphics.getFontMetrics().stringWidth(figure.title());
            if (wide > width - TITLE_MARGIN) {
                graphics.setFont(Look.FIGURE_TITLE.deriveFont(
                        (float) (Look.FIGURE_TITLE.getSize2D() * (width - TITLE_MARGIN) / wide)));
                wide = graphics.getFontMetrics().stringWidth(figure.title());
            }
            graphics.drawString(figure.title(), (float) (width - wide) / 2, 22f);
        }
    }

    private void drawRow(Graphics2D graphics, int row, Rectangle2D area) {
        double width = area.getWidth() / Math.min(figure.columns(), panels.size());
        double height = (area.getHeight() - titleHeight()) / figure.rows();
        for (int column = 0; column < panelsInRow(row).size(); column++) {
            var place = new Rectangle2D.Double(column * width, titleHeight() + row * height, width, height);
            drawPanel(graphics, row * figure.columns() + column, place);
        }
    }

    /// Draws one panel; its plot ends at the same height as the others of its row.
    void drawPanel(Graphics2D graphics, int index, Rectangle2D area) {
        graphics.setPaint(Look.PAPER);
        graphics.fill(area);
        double foot = panelsInRow(index / figure.columns()).stream()
                .mapToDouble(panel -> panel.footHeight(graphics, area.getWidth()))
                .max()
                .orElseThrow();
        panels.get(index).draw(graphics, area, foot);
    }

    private List<PanelDrawing> panelsInRow(int row) {
        int first = row * figure.columns();
        return panels.subList(first, Math.min(first + figure.columns(), panels.size()));
    }

    private int titleHeight() {
        return figure.title().isEmpty() ? 0 : TITLE_HEIGHT;
    }
}
