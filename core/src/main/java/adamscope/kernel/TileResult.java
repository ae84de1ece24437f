package adamscope.kernel;

/// What the runs of a tile came to, lane by lane. Magnitudes are log₁₀: −∞ for exact 0, NaN for NaN.
///
/// @param steps           steps that every lane ran
/// @param window          steps of a window; the last one may be shorter
/// @param windowMax       log₁₀ of the greatest |loss| in each window, to 1e-9; NaN where a loss is
/// @param slopeMax        log₁₀ of the greatest |∇L|² in each window; no window where it was not observed
/// @param firstLoss       log₁₀ |loss| at the start
/// @param finalLoss       log₁₀ |loss| after the last step
/// @param finalLossSign   −1, 0, 1 or NaN
/// @param rest            whether another step would move anything
/// @param minLoss         log₁₀ of the least |loss| at the start and after each step
/// @param maxCoupling     log₁₀ of the greatest coupling ratio v/g²; NaN where the rule has none
/// @param medianCoupling  log₁₀ of the median of the coupling ratio at every [TileRun#sampleEvery]th step, the lower of
/// two; NaN where the
///                        rule has none or the run is shorter
/// @param leftDoubleAt    in double arithmetic, the step at the end of the first window after which some component was
///                        subnormal or had underflowed to 0, or was lost after the loss had; −1 for never
/// @param notFiniteAt     the step at the end of the first window after which some component was infinite or NaN; −1
///                        for never
/// @param ranSteps        steps that each lane was computed for: less than all where the rest was known;
///                        where the lane left the range of double, what follows is what it was then
/// @param finalMagnitude  log₁₀ of each component's magnitude after the last step, `[component][lane]`
/// @param finalSign       sign of each component after the last step: −1, 0, 1 or NaN, `[component][lane]`
public record TileResult(
        int steps,
        int window,
        WindowLevels windowMax,
        WindowLevels slopeMax,
        double[] firstLoss,
        double[] finalLoss,
        double[] finalLossSign,
        Rest[] rest,
        double[] minLoss,
        double[] maxCoupling,
        double[] medianCoupling,
        int[] leftDoubleAt,
        int[] notFiniteAt,
        int[] ranSteps,
        double[][] finalMagnitude,
        double[][] finalSign) {

    /// The number of runs.
    public int lanes() {
        return firstLoss.length;
    }

    /// The number of windows.
    public int windows() {
        return windowMax.windows();
    }

    /// The last step of a window, counted from 1.
    public int lastStepOf(int index) {
        return Math.min((index + 1) * window, steps);
    }

    /// @param sloped whether the slope is observed
    static TileResult of(int lanes, int components, int steps, int window, boolean sloped) {
        int[] never = new int[lanes];
        java.util.Arrays.fill(never, -1);
        return new TileResult(
                steps,
                window,
                new WindowLevels(lanes, steps, window),
                new WindowLevels(lanes, sloped ? steps : 0, window),
                new double[lanes],
                new double[lanes],
                new double[lanes],
                new Rest[lanes],
                new double[lanes],
                new double[lanes],
                new double[lanes],
                never,
                never.clone(),
                new int[lanes],
                new double[components][lanes],
                new double[components][lanes]);
    }
}
