package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Evaluation;
import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A flow on an objective from a start, to be solved.
///
/// @param x0     one number for each variable
/// @param start  where the states begin, as for the iteration
/// @param states states that begin elsewhere, by the name of the component, `v` or `v[y]`
public record FlowRun(
        Flow flow, FormulaObjective objective, List<Double> x0, ClosedMap.Start start, Map<String, Double> states) {

    public FlowRun {
        x0 = List.copyOf(x0);
        states = Map.copyOf(states);
        if (x0.size() != objective.dimension()) {
            throw new IllegalArgumentException("x0 has " + x0.size() + " numbers, but " + objective.text() + " has "
                    + objective.dimension() + " variables: " + objective.variables());
        }
        for (double x : x0) {
            if (!Double.isFinite(x)) {
                throw new IllegalArgumentException("x0 = " + new PlainText().number(x) + " is not a finite number");
            }
        }
    }

    /// With every state as `start` says.
    public FlowRun(Flow flow, FormulaObjective objective, List<Double> x0, ClosedMap.Start start) {
        this(flow, objective, x0, start, Map.of());
    }

    /// Times from 0 to `time` at equal distances.
    ///
    /// @throws IllegalArgumentException if the time is not positive and finite
    public static double[] evenly(double time, int rows) {
        if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("time = " + new PlainText().number(time) + " is outside (0, inf)");
        }
        if (rows < 2) {
            throw new IllegalArgumentException("rows = " + rows + " is less than 2");
        }
        double[] times = new double[rows];
        Arrays.setAll(times, row -> time * row / (rows - 1));
        return times;
    }

    /// Solves it.
    ///
    /// @param times when a row is wanted: not negative, increasing
    /// @throws IllegalArgumentException for bad times, and for a start at which the right-hand side has no value
    public FlowTrajectory run(double... times) {
        requireIncreasing(times);
        return switch (flow) {
            case Flow.Sign _ -> new SlidingRun(objective, x0).run(times);
            case Flow.Gradient _,
                    Flow.Exponential _,
                    Flow.HeavyBall _,
                    Flow.Rmsprop _,
                    Flow.Adam _,
                    Flow.SmoothedSign _,
                    Flow.Limit _ -> smooth(times);
        };
    }

    static void requireIncreasing(double[] times) {
        if (times.length == 0) {
            throw new IllegalArgumentException("no time is asked for");
        }
        double before = -1;
        for (double time : times) {
            if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("time = " + new PlainText().number(time) + " is outside [0, inf)");
            }
            if (!(time > before)) {
                throw new IllegalArgumentException("time = " + new PlainText().number(time) + " does not come after "
                        + new PlainText().number(before));
            }
            before = time;
        }
    }

    private FlowTrajectory smooth(double[] times) {
        FlowEquations equations = FlowEquations.of(flow, objective, start);
        List<String> names = equations.names();
        VectorField field = new VectorField(
                names,
                equations.components().stream()
                        .map(FlowEquations.Unknown::velocity)
                        .toList());
        Recorder recorder =
                new Recorder(times, names.subList(0, equations.dimension() + equations.states()), objective);
        double[] state = startingState(equations);
        double[] velocity = field.at(state);
        double time = 0;
        double end = times[times.length - 1];
        if (!finite(velocity) && end > 0) {
            if (equations.biasRamps() == 0) {
                throw singularStart(names, state, velocity);
            }
            double[] firstMoments = Arrays.stream(velocity)
                    .map(value -> Double.isFinite(value) ? value : 0)
                    .toArray();
            double span = Math.min(end, 0.05 / Math.max(1, equations.fastest()));
            if (recorder.wanted() == 0) {
                recorder.record(state);
            }
            span = Math.min(span, recorder.wanted());
            Optional<CollocationStart.TimedState> first =
                    new CollocationStart(field::at, state, firstMoments).run(span);
            if (first.isEmpty()) {
                throw singularStart(names, state, velocity);
            }
            time = first.get().time();
            state = first.get().state();
        }
        Stretch.End stopped =
                new Stretch(field::at, List.of(), recorder, Stretch.Tolerance.FORMULA).run(time, state, end);
        FlowOutcome outcome = outcome(stopped, names, field);
        if (!(stopped instanceof Stretch.End.AtTime)) {
            recorder.recordStop(stopped.time(), stopped.state());
        }
        return recorder.trajectory(outcome);
    }

    private double[] startingState(FlowEquations equations) {
        for (String name : states.keySet()) {
            if (!equations.names().contains(name)) {
                throw new IllegalArgumentException(
                        "no state '" + name + "' in this flow; there are " + equations.names());
            }
        }
        Map<String, Double> at = new HashMap<>();
        for (int i = 0; i < x0.size(); i++) {
            at.put(objective.variables().get(i), x0.get(i));
        }
        double[] state = new double[equations.components().size()];
        for (int i = 0; i < state.length; i++) {
            FlowEquations.Unknown component = equations.components().get(i);
            state[i] = states.containsKey(component.name())
                    ? states.get(component.name())
                    : Evaluation.value(component.start(), at::get);
        }
        return state;
    }

    private IllegalArgumentException singularStart(List<String> names, double[] state, double[] velocity) {
        List<String> without = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (int i = 0; i < velocity.length; i++) {
            if (!Double.isFinite(velocity[i])) {
                without.add(names.get(i));
            }
            if (!names.get(i).startsWith("1-")) {
                where.add(names.get(i) + " = " + new PlainText().number(state[i]));
            }
        }
        return new IllegalArgumentException("the " + flow.word() + " flow has no velocity of "
                + String.join(", ", without) + " at its start (" + String.join(", ", where)
                + "): a division by zero; take eps > 0, start the averages with the gradient (a rule with bias"
                + " correction: at 0), or move a start whose gradient vanishes");
    }

    private static FlowOutcome outcome(Stretch.End end, List<String> names, VectorField field) {
        return switch (end) {
            case Stretch.End.AtTime(double time, var _) -> new FlowOutcome.AtEnd(time);
            case Stretch.End.Unbounded(double time, double[] state) ->
                new FlowOutcome.BlewUp(time, names.get(largest(state)));
            case Stretch.End.AtGuard(double time, var _, var _) ->
                throw new IllegalStateException(
                        "a flow without guards stopped at one, time " + new PlainText().number(time));
            case Stretch.End.Broken(double time, double[] state, double step) ->
                broken(time, state, step, names, field::at);
        };
    }

    static FlowOutcome broken(
            double time, double[] state, double step, List<String> names, UnaryOperator<double[]> field) {
        double[] velocity = field.apply(state);
        int fastest = 0;
        for (int i = 0; i < velocity.length; i++) {
            if (!Double.isFinite(velocity[i])) {
                return new FlowOutcome.Singular(
                        time,
                        "the velocity of " + names.get(i) + " is no number at " + names.get(i) + " = "
                                + new PlainText().number(state[i]));
            }
            if (rate(state, velocity, i) > rate(state, velocity, fastest)) {
                fastest = i;
            }
        }
        String steps = String.format(
                Locale.ROOT,
                "steps of %.1e there, fastest relative change %.3g per unit of time, of %s",
                step,
                rate(state, velocity, fastest),
                names.get(fastest));
        boolean vanishing = step < 1e-13 * Math.max(time, Double.MIN_NORMAL);
        int large = largest(state);
        if (vanishing && Math.abs(state[large]) > 1e30) {
            return new FlowOutcome.BlewUp(time, names.get(large));
        }
        return vanishing
                ? new FlowOutcome.Singular(time, "the solution cannot be continued; " + steps)
                : new FlowOutcome.Stiff(time, "the budget of evaluations is spent; " + steps);
    }

    private static double rate(double[] state, double[] velocity, int i) {
        return state[i] == 0 ? 0 : Math.abs(velocity[i] / state[i]);
    }

    private static int largest(double[] state) {
        int largest = 0;
        for (int i = 0; i < state.length; i++) {
            largest = Math.abs(state[i]) > Math.abs(state[largest]) ? i : largest;
        }
        return largest;
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
