package adamscope.run;

import adamscope.experiment.Bifurcation;
import adamscope.report.OrbitRemarks;
import adamscope.report.ShortNumber;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.RuleMemory;
import adamscope.store.JsonDocument;
import adamscope.sweep.OrbitSweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Of a bifurcation diagram.
///
/// @param values        of the hyper-parameter
/// @param escaped       values whose orbit left the range of numbers
/// @param chaotic       values whose Lyapunov exponent is settled and positive
/// @param unstable      values whose orbit stands exactly on a fixed point or cycle that is not stable
/// @param unsettled     values whose exponent does not tell, [adamscope.stability.OrbitDiagram.Motion#UNSETTLED]
/// @param memory        of the rule, to hold against the steps that were left out
/// @param stabilityLost values at which the fixed point changes stability
public record OrbitsFound(
        Bifurcation diagram,
        long values,
        long escaped,
        long chaotic,
        long unstable,
        long unsettled,
        double largestExponent,
        RuleMemory memory,
        List<Double> stabilityLost)
        implements Finding {
    /// Follows the orbits.
    public static Made made(Bifurcation diagram, Host host) {
        OrbitSweep.Result result;
        try (Progress progress = host.progress("orbits", diagram.x().points(), "values")) {
            result = diagram.orbits().run();
            progress.advance(diagram.x().points());
        }
        double[] exponents = result.exponents().numbers("lyapunovExponent");
        List<String> motions = result.exponents().words("motion");
        return new Made(
                new OrbitsFound(
                        diagram,
                        diagram.x().points(),
                        counted(motions, OrbitDiagram.Motion.ESCAPED),
                        counted(motions, OrbitDiagram.Motion.CHAOTIC),
                        counted(motions, OrbitDiagram.Motion.UNSTABLE),
                        counted(motions, OrbitDiagram.Motion.UNSETTLED),
                        Arrays.stream(exponents)
                                .filter(e -> !Double.isNaN(e))
                                .max()
                                .orElse(Double.NaN),
                        diagram.orbits().memory(),
                        diagram.orbits().stabilityChanges()),
                List.of(result.orbits(), result.exponents()));
    }

    private static long counted(List<String> motions, OrbitDiagram.Motion motion) {
        return motions.stream().filter(motion.word()::equals).count();
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "values", values,
                "escaped", escaped,
                "chaotic", chaotic,
                "unstable", unstable,
                "unsettled", unsettled,
                "largestExponent", largestExponent,
                "memory", memory.steps(),
                "stabilityLost", stabilityLost,
                "folder", folder.toString());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line(
                "%s on %s: %d values of %s, %d with chaos, %d escaped",
                diagram.optimizer().rule().name(),
                diagram.objective(),
                values,
                diagram.x().name(),
                chaotic,
                escaped));
        if (escaped < values) {
            lines.add(
                    Double.isNaN(largestExponent)
                            ? "no Lyapunov exponent is a number: the orbits end where the rule has no derivative, as"
                                    + " sqrt(v) at v = 0"
                            : Finding.line("largest Lyapunov exponent %.6g nats per step", largestExponent));
        }
        if (unstable > 0) {
            lines.add(Finding.line(
                    "at %d of them the orbit stands exactly on a fixed point or cycle that is not stable: from a start"
                            + " beside it, it would leave",
                    unstable));
        }
        lines.addAll(OrbitRemarks.of(diagram, memory, unsettled));
        if (!stabilityLost.isEmpty()) {
            lines.add("the fixed point changes stability at " + diagram.x().name() + " = "
                    + stabilityLost.stream()
                            .map(value -> ShortNumber.of(value, 8))
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }
}
