package adamscope.sweep;

import adamscope.dynamics.LossHistory;
import adamscope.dynamics.Outcome;
import adamscope.kernel.TileResult;
import adamscope.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the runs of a tile came to, as columns: `outcome`, the least, sustained least and final loss, the coupling
/// ratio, and how many steps were computed.
final class RunColumns {
    private static final List<String> ALL = List.of(
            "outcome",
            "minLog10Loss",
            "sustainedMinLog10Loss",
            "finalLog10Loss",
            "medianLog10Coupling",
            "maxLog10Coupling",
            "ranSteps");

    private final TileResult tile;
    private final Outcome[] fromLoss;
    private final double[] sustainedMinimum;

    RunColumns(TileResult tile) {
        this.tile = tile;
        this.fromLoss = new Outcome[tile.lanes()];
        this.sustainedMinimum = new double[tile.lanes()];
        tile.windowMax().forEach((lane, levels) -> {
            LossHistory history = new LossHistory(levels, tile.firstLoss()[lane]);
            fromLoss[lane] = history.outcome();
            sustainedMinimum[lane] = history.sustainedMinimum();
        });
    }

    /// Every column.
    static List<Column> of(TileResult tile) {
        RunColumns columns = new RunColumns(tile);
        return ALL.stream().map(columns::column).toList();
    }

    Column column(String name) {
        return switch (name) {
            case "outcome" ->
                new Column.Words(
                        name,
                        IntStream.range(0, tile.lanes())
                                .mapToObj(lane -> outcome(lane).word())
                                .toList());
            case "minLog10Loss" -> decades(name, tile.minLoss());
            case "sustainedMinLog10Loss" -> decades(name, sustainedMinimum);
            case "finalLog10Loss" -> decades(name, tile.finalLoss());
            case "medianLog10Coupling" -> decades(name, tile.medianCoupling());
            case "maxLog10Coupling" -> decades(name, tile.maxCoupling());
            case "ranSteps" ->
                new Column.Integers(
                        name,
                        "steps",
                        Arrays.stream(tile.ranSteps()).asLongStream().toArray());
            default -> throw new IllegalArgumentException("no column '" + name + "'; there are " + ALL);
        };
    }

    private static Column decades(String name, double[] values) {
        return new Column.Numbers(name, "decades", values);
    }

    private Outcome outcome(int lane) {
        if (tile.leftDoubleAt()[lane] >= 0) {
            return new Outcome.LeftRange(tile.leftDoubleAt()[lane], "a state");
        }
        if (tile.notFiniteAt()[lane] >= 0) {
            return new Outcome.Diverged(tile.notFiniteAt()[lane]);
        }
        return fromLoss[lane];
    }
}
