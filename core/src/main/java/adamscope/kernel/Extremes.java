package adamscope.kernel;

import java.util.Map;
import java.util.Optional;

/// The extremes of a run, put together from those of its blocks.
record Extremes(Extreme leastLoss, Extreme greatestLoss, Optional<Extreme> greatestSlope, Extreme greatestCoupling) {

    /// @param sloped whether the slope is recorded
    static Extremes of(int lanes, boolean sloped) {
        return new Extremes(
                new Extreme(lanes, false),
                new Extreme(lanes, true),
                sloped ? Optional.of(new Extreme(lanes, true)) : Optional.empty(),
                new Extreme(lanes, true));
    }

    /// Takes in what a block recorded.
    void take(Map<Lanes.Record, Magnitudes> block) {
        leastLoss.take(block.get(Lanes.Record.LEAST_LOSS));
        greatestLoss.takeWithNaN(block.get(Lanes.Record.GREATEST_LOSS));
        greatestSlope.ifPresent(slope -> slope.takeWithNaN(block.get(Lanes.Record.GREATEST_SLOPE)));
        greatestCoupling.take(block.get(Lanes.Record.GREATEST_COUPLING));
    }

    /// Drops all lanes but these.
    void keep(int[] lanes) {
        leastLoss.keep(lanes);
        greatestLoss.keep(lanes);
        greatestSlope.ifPresent(slope -> slope.keep(lanes));
        greatestCoupling.keep(lanes);
    }

    /// Begins a new window.
    void nextWindow() {
        greatestLoss.reset();
        greatestSlope.ifPresent(Extreme::reset);
    }

    /// The record of the run; the coupling at the last step is that of the last block.
    Magnitudes recorded(Lanes.Record record, Map<Lanes.Record, Magnitudes> block) {
        return switch (record) {
            case LEAST_LOSS -> leastLoss.numbers();
            case GREATEST_LOSS -> greatestLoss.numbers();
            case GREATEST_SLOPE -> greatestSlope.map(Extreme::numbers).orElseGet(() -> block.get(record));
            case GREATEST_COUPLING -> greatestCoupling.numbers();
            case LAST_COUPLING -> block.get(record);
        };
    }
}
