package adamscope.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A central flow solved stretch by stretch: below the edge without oscillation, at the edge with the variance that
/// keeps it there.
final class CentralRun {
    private static final int EVENTS = 1000;

    private final CentralFlow central;
    private final CentralEquations equations;
    private boolean edge;

    CentralRun(CentralFlow central, CentralEquations equations) {
        this.central = central;
        this.equations = equations;
    }

    FlowTrajectory run(double[] times) {
        List<String> columns =
                new ArrayList<>(equations.names().subList(0, central.objective().dimension() + equations.states));
        columns.addAll(CentralFlow.OSCILLATION);
        Recorder recorder = new Recorder(times, columns, central.objective(), this::kept);
        double end = times[times.length - 1];
        double[] z = equations.start();
        double time = 0;
        if (!Arrays.stream(equations.velocity(z, equations.top(z), 0)).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("the central flow has no velocity at its start " + central.x0()
                    + ": a division by zero; take eps > 0 or start the averages with the gradient");
        }
        CentralEquations.Top first = equations.top(z);
        FlowOutcome outcome = null;
        if (first.value() > equations.threshold * (1 + 1e-12)) {
            outcome = notCovered(
                    0,
                    String.format(
                            Locale.ROOT,
                            "the start lies beyond the edge of stability, sharpness %.6g, threshold %.6g",
                            first.value(),
                            equations.threshold));
        }
        for (int event = 0; outcome == null && event < EVENTS; event++) {
            Stretch.End stopped =
                    new Stretch(this::velocity, guards(), recorder, Stretch.Tolerance.EIGENVECTOR).run(time, z, end);
            time = stopped.time();
            z = stopped.state();
            outcome = next(stopped, end);
        }
        outcome = outcome == null ? notCovered(time, EVENTS + " changes between edge and below") : outcome;
        recorder.recordStop(time, z);
        return recorder.trajectory(outcome);
    }

    private List<java.util.function.ToDoubleFunction<double[]>> guards() {
        double threshold = equations.threshold;
        return edge
                ? List.of(
                        z -> equations.variance(z, equations.top(z)),
                        z -> threshold - equations.top(z).second())
                : List.of(z -> threshold - equations.top(z).value());
    }

    /// Changes between edge and below; the outcome where the flow ends, else null.
    private FlowOutcome next(Stretch.End stopped, double end) {
        double time = stopped.time();
        return switch (stopped) {
            case Stretch.End.AtTime _ -> new FlowOutcome.AtEnd(end);
            case Stretch.End.Unbounded _ -> new FlowOutcome.BlewUp(time, "a component");
            case Stretch.End.Broken(var _, double[] state, double step) ->
                FlowRun.broken(time, state, step, equations.names(), this::velocity);
            case Stretch.End.AtGuard(var _, var _, int guard)
            when edge && guard == 0 -> {
                edge = false;
                yield null;
            }
            case Stretch.End.AtGuard(var _, var _, var _)
            when edge -> notCovered(time, "a second direction reaches the edge of stability");
            case Stretch.End.AtGuard(var _, double[] state, var _) -> {
                CentralEquations.Top top = equations.top(state);
                double variance = equations.variance(state, top);
                edge = true;
                if (top.second() > equations.threshold * (1 - 1e-9)) {
                    yield notCovered(time, "two directions reach the edge of stability together");
                }
                yield variance >= 0
                        ? null
                        : notCovered(time, "at the edge of stability an oscillation does not lower the sharpness");
            }
        };
    }

    private static FlowOutcome notCovered(double time, String why) {
        return new FlowOutcome.NotCovered(time, why);
    }

    private double[] velocity(double[] z) {
        CentralEquations.Top top = equations.top(z);
        return equations.velocity(z, top, edge ? equations.variance(z, top) : 0);
    }

    private double[] kept(double[] z) {
        CentralEquations.Top top = equations.top(z);
        int components = central.objective().dimension() + equations.states;
        double[] row = Arrays.copyOf(z, components + 2);
        double square = Arrays.stream(top.vector()).map(u -> u * u).sum();
        row[components] = edge ? equations.variance(z, top) * square : 0;
        row[components + 1] = top.value() / equations.threshold;
        return row;
    }
}
