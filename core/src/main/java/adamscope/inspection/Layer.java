package adamscope.inspection;

import java.util.OptionalDouble;

/// One parameter as it was found.
///
/// @param numbers  of the parameter or a state
/// @param step     steps made, where the file says so
/// @param root     where √v̂ lies; NaN without v
/// @param ratio    √ of the mean of (m̂/√v̂)²; NaN without m and v
/// @param largest  |m|/√v
/// @param bound    R, above which |m|/√v cannot be; infinite where there is none
/// @param next     ‖Δθ‖ of the step from these m and v, over lr·√n; NaN without m and v
/// @param eps      the rule's; 0 without one
/// @param faults   how many were found
public record Layer(
        String name,
        long numbers,
        OptionalDouble step,
        Spread root,
        double ratio,
        double largest,
        double bound,
        double next,
        double eps,
        int faults) {

    static Layer of(ParameterReading reading, int faults) {
        long numbers = reading.counts().values().stream()
                .mapToLong(ValueCount::count)
                .max()
                .orElse(0);
        StateRule rule = reading.state().rule();
        MomentCount count = reading.moments().orElse(null);
        boolean both = count != null && reading.count(Role.FIRST).isPresent();
        return new Layer(
                reading.name(),
                numbers,
                reading.state().step(),
                count == null ? new Spread(Double.NaN, Double.NaN, Double.NaN) : count.roots(),
                both ? count.meanRatio() : Double.NaN,
                both ? count.largestRatio() : Double.NaN,
                both ? count.declared().bound() : Double.POSITIVE_INFINITY,
                both ? Math.sqrt(count.steps() / Math.max(1, count.count())) : Double.NaN,
                rule.or("eps", 0),
                faults);
    }
}
