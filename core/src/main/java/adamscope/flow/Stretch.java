package adamscope.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketedUnivariateSolver;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.events.Action;
import org.hipparchus.ode.events.AdaptableInterval;
import org.hipparchus.ode.events.ODEEventDetector;
import org.hipparchus.ode.events.ODEEventHandler;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;

/// A smooth stretch of a solution: from a state up to a time, or to where the first of some functions falls through 0.
///
/// By the method of Dormand and Prince of order 8.
///
/// @param field    the velocity of a state
/// @param guards   functions of the state whose fall through 0 ends the stretch
/// @param recorder takes the rows on the way
record Stretch(
        UnaryOperator<double[]> field,
        List<ToDoubleFunction<double[]>> guards,
        Recorder recorder,
        Tolerance tolerance) {
    /// Error allowed in a step, in parts of a component and in all.
    record Tolerance(double relative, double absolute) {
        /// For right-hand sides that are formulas: the absolute part only keeps components at 0 from stopping the
        /// integration, so a solution is followed down to 10⁻²⁵⁰.
        static final Tolerance FORMULA = new Tolerance(1e-12, 1e-250);

        /// For right-hand sides with an eigenvector in them, whose rounding errors are those of the largest component.
        static final Tolerance EIGENVECTOR = new Tolerance(1e-10, 1e-13);
    }

    private static final int EVALUATIONS = 2_000_000;
    private static final double FIRST_STEP = 1e-6;
    private static final double ABSURD = 1e20;
    private static final double BOUND = 1e150;

    /// Where a stretch ended.
    sealed interface End {
        double time();

        double[] state();

        /// At the time asked for.
        record AtTime(double time, double[] state) implements End {}

        /// Where a guard fell through 0.
        record AtGuard(double time, double[] state, int guard) implements End {}

        /// Where a component passed 10¹⁵⁰.
        record Unbounded(double time, double[] state) implements End {}

        /// Where the integrator gave up, after steps as short as `step`.
        record Broken(double time, double[] state, double step) implements End {}
    }

    /// Integrates from `from` to `to`.
    End run(double from, double[] state, double to) {
        if (from == to) {
            rows(from, state);
            return new End.AtTime(to, state);
        }
        Walk walk = new Walk(from, state);
        double span = to - from;
        var integrator =
                new DormandPrince853Integrator(Double.MIN_NORMAL, span, tolerance.absolute(), tolerance.relative());
        // the integrator's own guess divides by the tolerance of components at 0
        integrator.setInitialStepSize(Math.min(FIRST_STEP * span, 1e-3 * shortest(state)));
        integrator.setMaxEvaluations(EVALUATIONS);
        integrator.addStepHandler(walk);
        List<Guard> watches = new ArrayList<>();
        for (int g = 0; g < guards.size(); g++) {
            watches.add(new Guard(guards.get(g), span));
        }
        watches.add(new Guard(z -> BOUND - largest(z), span));
        watches.forEach(integrator::addEventDetector);
        try {
            ODEStateAndDerivative end =
                    integrator.integrate(new Equations(field, state.length), new ODEState(from, state), to);
            double[] last = end.getPrimaryState();
            for (int g = 0; g < watches.size(); g++) {
                if (watches.get(g).fell) {
                    return g < guards.size()
                            ? new End.AtGuard(end.getTime(), last, g)
                            : new End.Unbounded(end.getTime(), last);
                }
            }
            return new End.AtTime(to, last);
        } catch (MathRuntimeException _) {
            return new End.Broken(walk.time, walk.state, walk.step);
        }
    }

    private void rows(double time, double[] state) {
        while (recorder.wanted() <= time) {
            recorder.record(state);
        }
    }

    /// The shortest time in which a component would change by itself.
    private double shortest(double[] state) {
        double[] velocity = field.apply(state);
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < state.length; i++) {
            double time = Math.abs(state[i] / velocity[i]);
            shortest = time > 0 ? Math.min(shortest, time) : shortest;
        }
        return shortest;
    }

    private static double largest(double[] z) {
        double largest = 0;
        for (double value : z) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private record Equations(UnaryOperator<double[]> field, int dimension) implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return dimension;
        }

        @Override
        public double[] computeDerivatives(double time, double[] state) {
            double[] velocity = field.apply(state);
            for (int i = 0; i < velocity.length; i++) {
                // a trial step too long may take a root of a negative number: an absurd velocity makes it a shorter one
                if (!Double.isFinite(velocity[i])) {
                    velocity[i] = ABSURD * Math.max(Math.abs(state[i]), Double.MIN_NORMAL);
                }
            }
            return velocity;
        }
    }

    /// Takes rows at the wanted times and remembers how far the solution is.
    private final class Walk implements ODEStepHandler {
        private double time;
        private double[] state;
        private double step;

        Walk(double time, double[] state) {
            this.time = time;
            this.state = state;
        }

        @Override
        public void handleStep(ODEStateInterpolator interpolator) {
            ODEStateAndDerivative end = interpolator.getCurrentState();
            while (recorder.wanted() < end.getTime()) {
                recorder.record(
                        interpolator.getInterpolatedState(recorder.wanted()).getPrimaryState());
            }
            step = end.getTime() - time;
            time = end.getTime();
            state = end.getPrimaryState();
            rows(time, state);
        }
    }

    private static final class Guard implements ODEEventDetector, ODEEventHandler {
        private static final int CHECKS = 500;
        private final ToDoubleFunction<double[]> function;
        private final double span;
        private boolean fell;

        Guard(ToDoubleFunction<double[]> function, double span) {
            this.function = function;
            this.span = span;
        }

        @Override
        public AdaptableInterval getMaxCheckInterval() {
            return AdaptableInterval.of(span / CHECKS);
        }

        @Override
        public int getMaxIterationCount() {
            return 200;
        }

        @Override
        public BracketedUnivariateSolver<UnivariateFunction> getSolver() {
            return new BracketingNthOrderBrentSolver(1e-15, 1e-15 * span, 0, 5);
        }

        @Override
        public ODEEventHandler getHandler() {
            return this;
        }

        @Override
        public double g(ODEStateAndDerivative state) {
            return function.applyAsDouble(state.getPrimaryState());
        }

        @Override
        public Action eventOccurred(ODEStateAndDerivative state, ODEEventDetector detector, boolean increasing) {
            fell = !increasing;
            return increasing ? Action.CONTINUE : Action.STOP;
        }
    }
}
