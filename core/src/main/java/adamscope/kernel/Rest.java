package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;

/// Whether one step more moves a run.
public enum Rest {
    /// It moves.
    MOVING,
    /// As many steps again as the last one would move no variable by a thousandth.
    NEARLY,
    /// Nothing moves, to the last bit.
    STILL;

    private static final double LOG10_OF_SHARE = Math.log10(1e-3);

    /// Of one variable.
    ///
    /// @param next  after one step more
    /// @param steps of the run
    public static Rest of(WideNumber now, WideNumber next, long steps) {
        if (next.equals(now)) {
            return STILL;
        }
        WideNumber moved = WideNumber.apply(BinaryOperation.SUBTRACT, next, now);
        double share = moved.log10Magnitude() - now.log10Magnitude();
        return share + Math.log10(steps) < LOG10_OF_SHARE ? NEARLY : MOVING;
    }

    /// Of both: what moves more.
    public Rest and(Rest other) {
        return compareTo(other) < 0 ? this : other;
    }
}
