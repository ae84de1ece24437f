package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// A figure laid out on a page: title above, panels in a grid below.
record FigureDrawing(Figure figure, List<PanelDrawing> panels) {
    private static final int TITLE_HEIGHT = 30;

    static FigureDrawing of(Figure figure) {
        System.setProperty("java.awt.headless", "true");
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
        graphics.setPaint(Look.PAPER);
        graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
        if (titleHeight() > 0) {
            graphics.setPaint(Look.INK);
            graphics.setFont(Look.FIGURE_TITLE);
            int wide = graphics.getFontMetrics().stringWidth(figure.title());
            graphics.drawString(figure.title(), (width() - wide) / 2f, 22f);
        }
        for (int index = 0; index < panels.size(); index++) {
            panels.get(index)
                    .draw(
                            graphics,
                            new Rectangle2D.Double(
                                    index % figure.columns() * Look.PANEL_WIDTH,
                                    titleHeight() + index / figure.columns() * Look.PANEL_HEIGHT,
                                    Look.PANEL_WIDTH,
                                    Look.PANEL_HEIGHT));
        }
    }

    private int titleHeight() {
        return figure.title().isEmpty() ? 0 : TITLE_HEIGHT;
    }
}
