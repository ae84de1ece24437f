package adamscope.probe;

import adamscope.model.BatchLoss;

/// How much is measured at a step: what takes about 1 % of a step, by an estimate of both in which no clock has a part.
///
/// A step of P parameters on n samples counts as 6·P·n operations, 50 a nanosecond. Half a percent goes to the
/// quantiles over all parameters, half a percent to the blocks.
///
/// @param samples coordinates whose ratios are sorted, over all parameters; as many again over all blocks together
/// @param layers  steps between two measurements of each block by itself; 0: never
public record LiveCost(int samples, int layers) {
    /// For `layers`: as often as costs half a percent of a step.
    public static final int BY_COST = -1;

    private static final double FLOPS_A_NANOSECOND = 50;
    private static final double SHARE = 0.005;
    private static final double NANOSECONDS_A_SAMPLE = 100;
    private static final double NANOSECONDS_A_BLOCK = 7000;
    private static final int FEWEST = 64;
    private static final int MOST = 4096;
    private static final int SELDOMEST = 100;

    /// @param batch  samples of a batch
    /// @param layers steps between two measurements of each block, or [#BY_COST]
    public static LiveCost of(BatchLoss loss, long batch, int layers) {
        double nanoseconds = SHARE * 6.0 * loss.parameters() * batch / FLOPS_A_NANOSECOND;
        double blocks = NANOSECONDS_A_BLOCK * loss.blocks().size();
        int seldom = (int) Math.clamp(Math.ceil(blocks / nanoseconds), 1, SELDOMEST);
        return new LiveCost(
                (int) Math.clamp(nanoseconds / NANOSECONDS_A_SAMPLE, FEWEST, MOST),
                layers == BY_COST ? seldom : layers);
    }
}
