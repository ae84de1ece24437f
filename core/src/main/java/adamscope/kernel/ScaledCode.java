package adamscope.kernel;

import java.util.List;
import java.util.Optional;

/// A step program as lane code for registers that each stand for register · 2^scale.
///
/// The scales are linear forms of exponents that are chosen for each lane between blocks of steps: one for each
/// component and one for each sum that is no component's next value. Within a block everything is plain double; the
/// operands of sums are brought to a common scale by powers of two that are multiplied into the invariants where they
/// can be, and by rows of their own elsewhere.
///
/// Rows: the components, the scaled invariants, then what is recorded, the range of each chosen exponent's register
/// last.
///
/// @param invariants   the invariant values, in the order that `rowSources` uses
/// @param rowSources   rows that depend on the chosen exponents
/// @param sums         for each chosen exponent beyond the components, the position of its sum in the program
/// @param unit         chosen exponents are multiples of this
/// @param bounds       for each chosen exponent, how many bits its register may be away from 1
/// @param lossScale    scale of the recorded losses
/// @param slopeScale   scale of the recorded slope; null where there is none
/// @param ratioScale   scale of numerator over denominator of the coupling; null where there is none
/// @param firstRecord  the row of the least loss; greatest loss, greatest slope if there is one, best numerator and
///                     denominator, last numerator and denominator follow
/// @param firstRange   the row of the least magnitude of the first chosen exponent's register; its greatest follows,
///                     and so on. With fixed scales, the row of [LaneCode.Tracker.Outside]
/// @param fixed        whether all scales stay 0 and `bounds` means nothing
record ScaledCode(
        LaneCode code,
        InvariantCode invariants,
        List<RowSource> rowSources,
        int[] sums,
        int unit,
        double[] bounds,
        BinaryScale lossScale,
        BinaryScale slopeScale,
        BinaryScale ratioScale,
        int firstRecord,
        int firstRange,
        boolean fixed) {

    /// What a row holds: an invariant, or 1 where the position is −1, times 2^scale.
    record RowSource(int invariant, BinaryScale scale) {}

    /// Lane code for a program; where an operation on changing values has no scale (exp, log and other powers), the
    /// same in plain double with its range watched. Empty for tanh of a changing value.
    static Optional<ScaledCode> of(StepProgram program) {
        return new ScaledTranslation(program, false)
                .translate()
                .or(() -> new ScaledTranslation(program, true).translate());
    }

    /// The number of chosen exponents.
    int chosen() {
        return bounds.length;
    }
}
