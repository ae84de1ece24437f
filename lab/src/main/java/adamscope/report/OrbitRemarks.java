package adamscope.report;

import adamscope.experiment.Bifurcation;
import adamscope.stability.RuleMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What has to be known before an exponent of a bifurcation diagram is believed.
public final class OrbitRemarks {
    private static final double FEW = 3;

    private OrbitRemarks() {}

    /// Sentences; none where there is nothing to remark.
    ///
    /// @param unsettled values whose exponent does not tell
    public static List<String> of(Bifurcation diagram, RuleMemory memory, long unsettled) {
        List<String> remarks = new ArrayList<>();
        int discarded = diagram.length().discarded();
        if (Double.isInfinite(memory.steps())) {
            remarks.add(
                    "the rule never forgets (" + memory.state() + "), so the orbits still depend on where they began");
        } else if (discarded < FEW * memory.steps()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "the rule remembers %.0f steps (%s), but only %d are left out: orbits and exponents may be those of"
                            + " the start; take --transient %.0f or more",
                    memory.steps(),
                    memory.state(),
                    discarded,
                    Math.rint(FEW * memory.steps())));
        }
        if (unsettled > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "at %d of %d values the exponent is no further from 0 than it moved between the halves of the %d"
                            + " steps, so it tells neither chaos nor order (quasi-periodic, near a bifurcation, or too"
                            + " few --steps)",
                    unsettled,
                    diagram.x().points(),
                    diagram.length().steps()));
        }
        return remarks;
    }
}
