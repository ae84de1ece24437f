package adamscope.sweep;

import adamscope.dynamics.LossHistory;
import adamscope.dynamics.Outcome;
import adamscope.kernel.TileResult;
import adamscope.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the runs of a tile came to, as columns: `outcome`, the least, sustained least and final loss over the minimum
/// of the objective, the coupling ratio, and how many steps were computed.
final class RunColumns {
    /// Every column.
    static final List<String> ALL = List.of(
            "outcome",
            "minLog10Loss",
            "sustainedMinLog10Loss",
            "finalLog10Loss",
            "medianLog10Coupling",
            "maxLog10Coupling",
            "ranSteps");

    private final TileResult tile;
    private final Outcome[] outcomes;
    private final double[] sustainedMinimum;

    /// @param inputs of the lanes
    RunColumns(TileResult tile, Judge judge, Map<String, double[]> inputs) {
        this.tile = tile;
        this.outcomes = new Outcome[tile.lanes()];
        this.sustainedMinimum = new double[tile.lanes()];
        tile.windowMax().forEach((lane, levels) -> {
            LossHistory history = new LossHistory(levels, tile.firstLoss()[lane]);
            outcomes[lane] = judge.outcome(tile, lane, history, inputs);
            sustainedMinimum[lane] = history.sustainedMinimum();
        });
    }

    Column column(String name) {
        return switch (name) {
            case "outcome" ->
                new Column.Words(
                        name, Arrays.stream(outcomes).map(Outcome::word).toList());
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
}
