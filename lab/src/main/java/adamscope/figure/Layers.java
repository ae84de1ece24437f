package adamscope.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.DefaultXYDataset;

/// The marks of a panel as layers of a plot, with their entries in the legend.
final class Layers {
    /// Pixel columns that a series is thinned to: a little finer than a panel is wide.
    static final int COLUMNS = 600;

    /// Lines of at most this many points show their points.
    private static final int FEW_POINTS = 40;

    /// From here on points are small squares.
    private static final int MANY_POINTS = 300;

    private final Panel panel;
    private final XYPlot plot;
    private final Range x;
    private final Range y;
    private final boolean overMap;
    private final LegendItemCollection legend = new LegendItemCollection();
    private int layers;
    private int series;
    private int bands;
    private boolean absentCells;

    Layers(Panel panel, XYPlot plot, Range x, Range y, boolean overMap) {
        this.panel = panel;
        this.plot = plot;
        this.x = x;
        this.y = y;
        this.overMap = overMap;
    }

    /// Adds a mark above those added before; `bar` colours heat maps.
    void add(Mark mark, Optional<ColourBar> bar) {
        switch (mark) {
            case Mark.Line line -> {
                Style style = line.style().orElseGet(this::nextStyle);
                addLine(line, thinned(positions(line.x(), line.y())), style);
            }
            case Mark.Points points -> addPoints(points, points.style().orElseGet(this::nextStyle));
            case Mark.Band band -> addBand(band);
            case Mark.HorizontalReference level -> {
                double at = panel.y().scale().position(level.y());
                addReference(level.name(), new double[][] {{x.lower(), x.upper()}, {at, at}}, Style.Dash.DASHED);
            }
            case Mark.VerticalReference instant -> {
                double at = panel.x().scale().position(instant.x());
                addReference(instant.name(), new double[][] {{at, at}, {y.lower(), y.upper()}}, Style.Dash.DOTTED);
            }
            case Mark.Note note -> {
                XYTextAnnotation text = new XYTextAnnotation(
                        " " + note.name() + " ",
                        panel.x().scale().position(note.x()),
                        panel.y().scale().position(note.y()));
                text.setFont(Look.TEXT.deriveFont(Font.BOLD));
                text.setPaint(Look.INK);
                text.setBackgroundPaint(new Color(255, 255, 255, 210));
                addAnnotation(text);
            }
            case Mark.HeatMap map -> {
                double[] values = map.values();
                addCells(cells(
                        map.xEdges(), map.yEdges(), cell -> bar.orElseThrow().argb(values[cell])));
                if (Arrays.stream(values).anyMatch(value -> value == Double.POSITIVE_INFINITY)) {
                    addEntry(
                            map.colours().infinite(),
                            null,
                            swatch(),
                            map.colours().map().colour(1));
                }
                if (Arrays.stream(values).anyMatch(value -> value == Double.NEGATIVE_INFINITY)) {
                    addEntry(
                            map.colours().infinite(),
                            null,
                            swatch(),
                            map.colours().map().colour(0));
                }
            }
            case Mark.CategoryMap map -> {
                int[] kinds = map.kinds();
                addCells(cells(map.xEdges(), map.yEdges(), cell -> kinds[cell] < 0 ? 0 : colourOfKind(kinds[cell])));
                for (int kind : Arrays.stream(kinds)
                        .filter(k -> k >= 0)
                        .sorted()
                        .distinct()
                        .toArray()) {
                    addEntry(map.names().get(kind), null, swatch(), new Color(colourOfKind(kind)));
                }
            }
        }
    }

    /// The legend of all marks added so far.
    LegendItemCollection legend() {
        LegendItemCollection all = new LegendItemCollection();
        all.addAll(legend);
        if (absentCells) {
            all.add(entry("no value", null, swatch(), Look.hatch()));
        }
        return all;
    }

    private Style nextStyle() {
        int index = series++;
        return overMap ? Style.overMap(index) : Style.ofSeries(index);
    }

    private void addLine(Mark.Line line, double[][] points, Style style) {
        Color ink = style.ink().color();
        BasicStroke stroke = Look.stroke(style.dash(), 1.7f);
        int count = points[0].length;
        boolean marked = line.style().isEmpty() && !overMap && count > 2 && count <= FEW_POINTS;
        Shape marker = Look.marker(style.marker(), marked || count <= 2 ? 3 : 1.7);
        if (overMap) {
            Color casing = style.ink() == Style.Ink.WHITE ? Look.INK : Look.PAPER;
            addPath(points, new BasicStroke(3.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND), casing);
        }
        addPath(points, stroke, ink);
        // a point between two gaps has no line to show it
        int[] shown = marked ? IntStream.range(0, count).toArray() : isolated(points[1]);
        addMarkers(chosen(points, shown), marker, ink);
        addEntry(line.name(), stroke, marked ? marker : null, ink);
    }

    private void addPoints(Mark.Points points, Style style) {
        double[][] all = positions(points.x(), points.y());
        double[][] drawn = chosen(all, Thinning.distinctPixels(columns(all[0]), rows(all[1])));
        boolean many = drawn[0].length > MANY_POINTS;
        Shape shape = Look.marker(many ? Style.Marker.SQUARE : style.marker(), many ? 1.1 : 3);
        addMarkers(drawn, shape, style.ink().color());
        addEntry(
                points.name(),
                null,
                Look.marker(many ? Style.Marker.SQUARE : style.marker(), 4),
                style.ink().color());
    }

    private void addReference(String name, double[][] ends, Style.Dash dash) {
        BasicStroke stroke = Look.stroke(dash, 1.2f);
        addPath(ends, stroke, Look.INK);
        addEntry(name, stroke, null, Look.INK);
    }

    /// Bands without a style nest: each is a darker tint of one ink than the one below it. Bands with a style are
    /// translucent, for runs beside each other.
    private void addBand(Mark.Band band) {
        Color fill = band.style()
                .map(style -> Look.translucent(style.ink().color()))
                .orElseGet(() -> Look.tint(Style.Ink.BLUE.color(), Math.min(0.8, 0.18 + 0.22 * bands++)));
        double[] across = panel.x().scale().positions(band.x());
        double[] lower = panel.y().scale().positions(band.lower());
        double[] upper = panel.y().scale().positions(band.upper());
        for (double[] outline : Thinning.outlines(columns(across), across, lower, upper)) {
            for (int i = 1; i < outline.length; i += 2) {
                outline[i] = near(outline[i]);
            }
            addAnnotation(new XYPolygonAnnotation(outline, null, null, fill));
        }
        addEntry(band.name(), null, swatch(), fill);
    }

    private Cells cells(double[] xEdges, double[] yEdges, IntUnaryOperator argb) {
        return Cells.of(panel.x().scale().positions(xEdges), panel.y().scale().positions(yEdges), argb);
    }

    private void addCells(Cells cells) {
        if (cells.absent() > 0) {
            plot.setBackgroundPaint(Look.hatch());
            absentCells = true;
        }
        addAnnotation(new PictureLayer(new PictureLayer.Content.Map(cells)));
    }

    private void addAnnotation(XYAnnotation annotation) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
        renderer.addAnnotation(annotation, Layer.BACKGROUND);
        plot.setDataset(layers, new DefaultXYDataset());
        plot.setRenderer(layers, renderer);
        layers++;
    }

    private void addMarkers(double[][] points, Shape shape, Color ink) {
        if (points[0].length > 0) {
            addAnnotation(new PictureLayer(new PictureLayer.Content.Markers(points[0], points[1], shape, ink)));
        }
    }

    private void addPath(double[][] points, BasicStroke stroke, Color ink) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setSeriesPaint(0, ink);
        renderer.setSeriesStroke(0, stroke);
        DefaultXYDataset dataset = new DefaultXYDataset();
        dataset.addSeries(layers, points);
        plot.setDataset(layers, dataset);
        plot.setRenderer(layers, renderer);
        layers++;
    }

    private void addEntry(String name, BasicStroke stroke, Shape shape, Paint paint) {
        if (!name.isEmpty()) {
            legend.add(entry(name, stroke, shape, paint));
        }
    }

    private static LegendItem entry(String name, BasicStroke stroke, Shape shape, Paint paint) {
        Line2D line = new Line2D.Double(-13, 0, 13, 0);
        // beside the map a white line has nothing that it stands out from but its own edge
        boolean edged = stroke != null && paint.equals(Style.Ink.WHITE.color());
        Shape drawn = edged ? stroke.createStrokedShape(line) : shape;
        return new LegendItem(
                name,
                null,
                null,
                null,
                drawn != null,
                drawn == null ? swatch() : drawn,
                true,
                paint,
                edged || drawn instanceof Rectangle2D,
                Look.INK,
                new BasicStroke(0.5f),
                stroke != null,
                line,
                stroke == null ? new BasicStroke() : stroke,
                paint);
    }

    private static Shape swatch() {
        return new Rectangle2D.Double(-11, -5, 22, 10);
    }

    /// Positions of the points; both coordinates NaN where either has no place on its axis.
    private double[][] positions(double[] xs, double[] ys) {
        double[] across = panel.x().scale().positions(xs);
        double[] up = panel.y().scale().positions(ys);
        for (int i = 0; i < across.length; i++) {
            if (!Range.drawable(across[i]) || !Range.drawable(up[i])) {
                across[i] = Double.NaN;
                up[i] = Double.NaN;
            }
        }
        return new double[][] {across, up};
    }

    private double[][] thinned(double[][] points) {
        double[][] kept = chosen(points, Thinning.extremes(columns(points[0]), points[1]));
        kept[1] = Arrays.stream(kept[1]).map(this::near).toArray();
        return kept;
    }

    /// Moves points far outside the panel to where they still leave it in the same direction: drawings hold no 1e300.
    private double near(double position) {
        double far = 50 * y.length();
        return Double.isNaN(position) ? position : Math.clamp(position, y.lower() - far, y.upper() + far);
    }

    private double[] columns(double[] positions) {
        return Arrays.stream(positions)
                .map(p -> (p - x.lower()) / x.length() * COLUMNS)
                .toArray();
    }

    private double[] rows(double[] positions) {
        return Arrays.stream(positions)
                .map(p -> (p - y.lower()) / y.length() * COLUMNS)
                .toArray();
    }

    private static double[][] chosen(double[][] points, int[] indices) {
        return new double[][] {
            Arrays.stream(indices).mapToDouble(i -> points[0][i]).toArray(),
            Arrays.stream(indices).mapToDouble(i -> points[1][i]).toArray()
        };
    }

    private static int[] isolated(double[] y) {
        return IntStream.range(0, y.length)
                .filter(i -> !Double.isNaN(y[i])
                        && (i == 0 || Double.isNaN(y[i - 1]))
                        && (i == y.length - 1 || Double.isNaN(y[i + 1])))
                .toArray();
    }

    private static int colourOfKind(int kind) {
        return Style.ofKind(kind).color().getRGB();
    }
}
