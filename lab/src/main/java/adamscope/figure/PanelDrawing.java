package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/// One panel as a chart of the library, ready to be drawn into a rectangle.
record PanelDrawing(JFreeChart chart, Optional<ColourBar> bar) {

    static PanelDrawing of(Panel panel) {
        boolean hasMap = panel.marks().stream()
                .anyMatch(mark -> mark instanceof Mark.HeatMap || mark instanceof Mark.CategoryMap);
        boolean hasPoints = panel.marks().stream().anyMatch(mark -> mark instanceof Mark.Points);
        double[] xs = all(panel, mark -> panel.x().scale().positions(across(mark)));
        double[] ys = all(panel, mark -> panel.y().scale().positions(up(mark)));
        Range x = range(panel.x(), xs, hasMap || !hasPoints ? 0 : 0.03);
        Range y = range(panel.y(), ys, hasMap ? 0 : 0.05);

        XYPlot plot = new XYPlot();
        Look.dress(plot);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setDomainAxis(new PositionAxis(panel.x(), x));
        plot.setRangeAxis(new PositionAxis(panel.y(), y));
        plot.setDomainGridlinesVisible(!hasMap);
        plot.setRangeGridlinesVisible(!hasMap);

        Optional<ColourBar> bar = panel.marks().stream()
                .filter(Mark.HeatMap.class::isInstance)
                .map(Mark.HeatMap.class::cast)
                .findFirst()
                .map(PanelDrawing::barOf);
        Layers layers = new Layers(panel, plot, x, y, hasMap);
        panel.marks().forEach(mark -> layers.add(mark, bar));
        if (Arrays.stream(xs).noneMatch(Range::drawable) || Arrays.stream(ys).noneMatch(Range::drawable)) {
            XYTextAnnotation nothing =
                    new XYTextAnnotation("no finite values", (x.lower() + x.upper()) / 2, (y.lower() + y.upper()) / 2);
            nothing.setFont(Look.TEXT);
            plot.addAnnotation(nothing);
        }

        JFreeChart chart = Look.chart(panel.title(), plot);
        plot.setFixedLegendItems(layers.legend());
        if (layers.legend().getItemCount() > 0) {
            chart.addSubtitle(Look.legend(plot));
        }
        remarks(panel).forEach(remark -> chart.addSubtitle(0, Look.remark(remark)));
        return new PanelDrawing(chart, bar);
    }

    /// The height of what stands below the plot: legend and remarks.
    double footHeight(Graphics2D graphics, double panelWidth) {
        var width = new org.jfree.data.Range(0, panelWidth - 8);
        var height = new org.jfree.data.Range(0, Look.PANEL_HEIGHT);
        double foot = 0;
        for (int i = 0; i < chart.getSubtitleCount(); i++) {
            Title title = chart.getSubtitle(i);
            foot += title.getPosition() == RectangleEdge.BOTTOM
                    ? title.arrange(graphics, new RectangleConstraint(width, height)).height
                    : 0;
        }
        return foot;
    }

    /// Draws the panel; `foot` is the height to keep below the plot, so that plots in a row end at the same height.
    void draw(Graphics2D graphics, Rectangle2D area, double foot) {
        chart.setPadding(new RectangleInsets(4, 4, 4 + foot - footHeight(graphics, area.getWidth()), 4));
        XYPlot plot = chart.getXYPlot();
        RectangleInsets insets = plot.getInsets();
        bar.ifPresent(beside -> plot.setInsets(new RectangleInsets(
                insets.getTop(), insets.getLeft(), insets.getBottom(), beside.width(graphics, area.getHeight()) + 4)));
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart.draw(graphics, area, info);
        bar.ifPresent(beside -> beside.draw(graphics, info.getPlotInfo().getDataArea()));
    }

    private static ColourBar barOf(Mark.HeatMap map) {
        ColourScale colours = map.colours();
        Range positions = colours.range()
                .map(colours.scale()::positions)
                .orElseGet(() -> Range.around(colours.scale().positions(map.values()), 0));
        return new ColourBar(colours, positions, map.values());
    }

    private static Range range(PanelAxis axis, double[] positions, double margin) {
        return axis.range().map(axis.scale()::positions).orElseGet(() -> Range.around(positions, margin));
    }

    private static double[] all(Panel panel, Function<Mark, double[]> part) {
        return panel.marks().stream()
                .flatMapToDouble(mark -> DoubleStream.of(part.apply(mark)))
                .toArray();
    }

    private static double[] across(Mark mark) {
        return switch (mark) {
            case Mark.Line line -> line.x();
            case Mark.Points points -> points.x();
            case Mark.Band band -> band.x();
            case Mark.HorizontalReference level -> new double[0];
            case Mark.VerticalReference instant -> new double[] {instant.x()};
            case Mark.Note note -> new double[] {note.x()};
            case Mark.HeatMap map -> map.xEdges();
            case Mark.CategoryMap map -> map.xEdges();
        };
    }

    private static double[] up(Mark mark) {
        return switch (mark) {
            case Mark.Line line -> line.y();
            case Mark.Points points -> points.y();
            case Mark.Band band ->
                DoubleStream.concat(DoubleStream.of(band.lower()), DoubleStream.of(band.upper()))
                        .toArray();
            case Mark.HorizontalReference level -> new double[] {level.y()};
            case Mark.VerticalReference instant -> new double[0];
            case Mark.Note note -> new double[] {note.y()};
            case Mark.HeatMap map -> map.yEdges();
            case Mark.CategoryMap map -> map.yEdges();
        };
    }

    /// What the panel could not draw, in words.
    private static List<String> remarks(Panel panel) {
        long infinite = 0;
        long misplaced = 0;
        long ends = 0;
        for (Mark mark : panel.marks()) {
            infinite += DoubleStream.concat(DoubleStream.of(across(mark)), DoubleStream.of(up(mark)))
                    .filter(value -> !Double.isNaN(value) && !Range.drawable(value))
                    .count();
            misplaced += misplaced(panel.x().scale(), across(mark))
                    + misplaced(panel.y().scale(), up(mark));
            if (mark instanceof Mark.HeatMap map) {
                ends += DoubleStream.of(map.values())
                        .map(map.colours().scale()::position)
                        .filter(Double::isInfinite)
                        .count();
            }
        }
        List<String> remarks = new ArrayList<>();
        if (infinite > 0) {
            remarks.add("not drawn: " + infinite + (infinite == 1 ? " infinite value" : " infinite values"));
        }
        if (misplaced > 0) {
            remarks.add("not drawn: " + misplaced + " outside the domain of a logarithmic axis");
        }
        if (ends > 0) {
            remarks.add("infinite, drawn as the end of the bar: " + ends + (ends == 1 ? " cell" : " cells"));
        }
        return remarks;
    }

    private static long misplaced(Scale scale, double[] values) {
        return DoubleStream.of(values)
                .filter(Range::drawable)
                .map(scale::position)
                .filter(position -> !Range.drawable(position))
                .count();
    }
}
