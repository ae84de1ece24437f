package adamscope.kernel;

import java.util.Map;

/// The extremes of a run, put together from those of its blocks.
record Extremes(Extreme leastLoss, Extreme greatestLoss, Extreme greatestCoupling) {

    static Extremes of(int lanes) {
        return new Extremes(new Extreme(lanes, false), new Extreme(lanes, true), new Extreme(lanes, true));
    }

    /// Takes in what a block recorded.
    void take(Map<Lanes.Record, Magnitudes> block) {
        leastLoss.take(block.get(Lanes.Record.LEAST_LOSS));
        greatestLoss.takeWithNaN(block.get(Lanes.Record.GREATEST_LOSS));
        greatestCoupling.take(block.get(Lanes.Record.GREATEST_COUPLING));
    }

    /// Drops all lanes but these.
    void keep(int[] lanes) {
        leastLoss.keep(lanes);
        greatestLoss.keep(lanes);
        greatestCoupling.keep(lanes);
    }

    /// The record of the run; the coupling at the last step is that of the last block.
    Magnitudes recorded(Lanes.Record record, Map<Lanes.Record, Magnitudes> block) {
        return switch (record) {
            case LEAST_LOSS -> leastLoss.numbers();
            case GREATEST_LOSS -> greatestLoss.numbers();
            case GREATEST_COUPLING -> greatestCoupling.numbers();
            case LAST_COUPLING -> block.get(record);
        };
    }
}
