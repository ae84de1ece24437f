package adamscope.figure;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/// An axis of the chart library that runs over positions of a [Scale] and prints the ticks of [Ticks]. The library
/// offers no other way to choose ticks than to extend its axis.
@SuppressWarnings("serial") // the library makes axes serializable; figures are not
final class PositionAxis extends NumberAxis {
    private final PanelAxis axis;
    private final Range positions;

    PositionAxis(PanelAxis axis, Range positions) {
        super(axis.label().isEmpty() ? null : axis.label());
        this.axis = axis;
        this.positions = positions;
        setRange(positions.lower(), positions.upper());
        Look.dress(this);
    }

    @Override
    public List<NumberTick> refreshTicks(
            Graphics2D graphics, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        boolean horizontal = RectangleEdge.isTopOrBottom(edge);
        TextAnchor anchor = horizontal
                ? TextAnchor.TOP_CENTER
                : edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
        return placed(graphics, horizontal ? dataArea.getWidth() : -dataArea.getHeight()).stream()
                .map(tick -> new NumberTick(
                        tick.major() ? TickType.MAJOR : TickType.MINOR,
                        tick.position(),
                        tick.label(),
                        anchor,
                        TextAnchor.CENTER,
                        0))
                .toList();
    }

    /// @param extent length of the axis, negative when it is vertical
    private List<Ticks.Placed> placed(Graphics2D graphics, double extent) {
        if (!axis.ticks().isEmpty()) {
            return axis.ticks().stream()
                    .map(tick -> new Ticks.Placed(axis.scale().position(tick.value()), tick.label()))
                    .filter(tick -> positions.contains(tick.position()))
                    .toList();
        }
        Font font = getTickLabelFont();
        if (extent < 0) {
            return Ticks.of(axis.scale(), positions, (int) Math.min(7, -extent / (2.5 * font.getSize2D())));
        }
        int most = 8;
        while (most > 2) {
            List<Ticks.Placed> ticks = Ticks.of(axis.scale(), positions, most);
            if (fit(ticks, graphics, extent)) {
                return ticks;
            }
            most--;
        }
        return Ticks.of(axis.scale(), positions, 2);
    }

    private boolean fit(List<Ticks.Placed> ticks, Graphics2D graphics, double width) {
        var metrics = graphics.getFontMetrics(getTickLabelFont());
        double end = Double.NEGATIVE_INFINITY;
        for (Ticks.Placed tick : ticks) {
            if (tick.major()) {
                double centre = (tick.position() - positions.lower()) / positions.length() * width;
                double half = metrics.stringWidth(tick.label()) / 2.0;
                if (centre - half < end + 0.8 * metrics.getHeight()) {
                    return false;
                }
                end = centre + half;
            }
        }
        return true;
    }
}
