package adamscope.diagnosis;

/// What the log shows around one rise: every number is NaN where the log does not hold what it needs.
///
/// "Before" is the stretch of up to 100 rows that ends where the first quantity begins to move, "at" is from there to
/// the peak. Logarithms are to base 10.
///
/// @param climb            rows from onset to peak
/// @param firstRowShare    share of the height that is climbed in the largest single row
/// @param rowSteps         steps from the row before the onset to that of the onset; more than 1: a climb may be hidden
/// @param stayed           rows from the peak until half of the height is gone; −1: never; [#NOT_SEEN]: the log ends
/// within five rows
/// @param gradientJump     log of the largest ‖g‖ at the rise over its middle before
/// @param gradientLead     rows by which ‖g‖ leaves its level before the loss does
/// @param stepJump         log of the largest ‖Δθ‖ from before the onset to the peak over its middle before
/// @param stepBefore       log of the largest ‖Δθ‖ of the rows just before the onset over its middle before
/// @param coupling         log of Σv/Σg² in the middle of the rows before
/// @param couplingSpread   log of the 90th percentile of v/g² in the middle of the rows before
/// @param decayShare       fall of ‖√v‖ before, in units of the fastest that β₂ allows
/// @param lossFall         d ln L/dt before
/// @param gradientFall     d ln ‖g‖²/dt before
/// @param sharpness        lr·λ₁(P⁻¹H) near the onset, at its largest
/// @param sharpnessGrowth  log of that over its value 100 rows before
/// @param rawGrowth        the same for λ₁(H)
/// @param rootGrowth       the same for ‖√v‖
/// @param lrRise           log of the largest lr in the rows up to the peak over its middle before
/// @param lrClimbing       whether lr was higher at the onset than ever before and still rising
/// @param stepRatio        the largest |m|/√v (99th percentile) up to the peak
/// @param stepRatioJump    log of that over its middle before
/// @param impossible       smallest v/((1−β₂)g²) of the rows up to the peak; below 1 no exact arithmetic can get
/// @param scaleChange      log₂ of the largest change of the loss scale just before or at the rise; 0: none
/// @param scaleChanges     share of the rows of the log at which the loss scale changes
/// @param halvings         how often the loss scale was cut without being raised, in the 50 rows up to the peak,
///                         and after it while the loss stays up
/// @param warmUp           rows from the end of the warm-up of lr to the onset; −1: no warm-up ended before
/// @param logit            largest attention logit up to the onset
/// @param logitGrowth      its logarithm over that of the first tenth of the run
/// @param moved            largest excess of |Δ‖θ‖| over ‖Δθ‖ around the onset, in units of ‖Δθ‖
/// @param stateFall        log of the smallest ‖√v‖ over that of the row before, a step, around the onset; where ‖√v‖
/// was
/// logged
/// @param moment           where ‖√v‖ comes from
public record Signs(
        int climb,
        double firstRowShare,
        long rowSteps,
        int stayed,
        double gradientJump,
        int gradientLead,
        double stepJump,
        double stepBefore,
        double coupling,
        double couplingSpread,
        double decayShare,
        double lossFall,
        double gradientFall,
        double sharpness,
        double sharpnessGrowth,
        double rawGrowth,
        double rootGrowth,
        double lrRise,
        boolean lrClimbing,
        double stepRatio,
        double stepRatioJump,
        double impossible,
        double scaleChange,
        double scaleChanges,
        int halvings,
        int warmUp,
        double logit,
        double logitGrowth,
        double moved,
        double stateFall,
        DerivedMoment moment) {
    /// The log ends too soon after the peak to tell whether the loss stays up.
    static final int NOT_SEEN = -2;

    /// Whether the loss was still above half of the height rows after the peak, as far as the log goes.
    boolean stayedUp() {
        return stayed == -1;
    }
}
