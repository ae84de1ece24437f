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
    private static final int GATHERED = 8;

    private static final List<String> ALL = List.of(
            "outcome",
            "minLog10Loss",
            "sustainedMinLog10Loss",
            "finalLog10Loss",
            "medianLog10Coupling",
            "maxLog10Coupling",
            "ranSteps");

    private final TileResult tile;
    private final List<LossHistory> histories;

    RunColumns(TileResult tile) {
        this.tile = tile;
        double[][] levels = levels(tile);
        this.histories = IntStream.range(0, tile.lanes())
                .mapToObj(lane -> new LossHistory(levels[lane], tile.firstLoss()[lane]))
                .toList();
    }

    /// The windows of each lane; lanes of a cache line together.
    private static double[][] levels(TileResult tile) {
        double[][] levels = new double[tile.lanes()][tile.windows()];
        for (int first = 0; first < tile.lanes(); first += GATHERED) {
            int end = Math.min(tile.lanes(), first + GATHERED);
            for (int w = 0; w < tile.windows(); w++) {
                for (int lane = first; lane < end; lane++) {
                    levels[lane][w] = tile.windowMax()[w][lane];
                }
            }
        }
        return levels;
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
            case "sustainedMinLog10Loss" ->
                decades(
                        name,
                        histories.stream()
                                .mapToDouble(LossHistory::sustainedMinimum)
                                .toArray());
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
        return histories.get(lane).outcome();
    }
}
