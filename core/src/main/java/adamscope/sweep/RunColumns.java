package adamscope.sweep;

import adamscope.dynamics.LossHistory;
import adamscope.dynamics.Outcome;
import adamscope.kernel.TileResult;
import adamscope.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the runs of a tile came to, as columns: `outcome`, the least, sustained least and final loss, the coupling
/// ratio.
final class RunColumns {
    private RunColumns() {}

    static List<Column> of(TileResult tile) {
        int lanes = tile.lanes();
        List<LossHistory> histories = IntStream.range(0, lanes)
                .mapToObj(lane -> new LossHistory(
                        Arrays.stream(tile.windowMax())
                                .mapToDouble(w -> w[lane])
                                .toArray(),
                        tile.firstLoss()[lane]))
                .toList();
        return List.of(
                new Column.Words(
                        "outcome",
                        IntStream.range(0, lanes)
                                .mapToObj(lane ->
                                        outcome(tile, lane, histories.get(lane)).word())
                                .toList()),
                new Column.Numbers("minLog10Loss", "decades", tile.minLoss()),
                new Column.Numbers(
                        "sustainedMinLog10Loss",
                        "decades",
                        histories.stream()
                                .mapToDouble(LossHistory::sustainedMinimum)
                                .toArray()),
                new Column.Numbers("finalLog10Loss", "decades", tile.finalLoss()),
                new Column.Numbers("medianLog10Coupling", "decades", tile.medianCoupling()),
                new Column.Numbers("maxLog10Coupling", "decades", tile.maxCoupling()));
    }

    private static Outcome outcome(TileResult tile, int lane, LossHistory history) {
        if (tile.leftDoubleAt()[lane] >= 0) {
            return new Outcome.LeftRange(tile.leftDoubleAt()[lane], "a state");
        }
        if (tile.notFiniteAt()[lane] >= 0) {
            return new Outcome.Diverged(tile.notFiniteAt()[lane]);
        }
        return history.outcome();
    }
}
