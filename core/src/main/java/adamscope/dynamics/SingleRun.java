package adamscope.dynamics;

import adamscope.formula.PlainText;
import adamscope.kernel.Arithmetic;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Rest;
import adamscope.kernel.StepProgram;
import adamscope.kernel.WideInterpreter;
import adamscope.kernel.WideNumber;
import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/// One run of a rule on an objective, step by step, by the reference interpreters.
///
/// @param iteration with every hyper-parameter
/// @param steps     number of steps, at least 1
/// @param every     the trajectory keeps each `every`-th step, and the last
/// @param noise     on the gradient that the rule is given
public record SingleRun(Iteration iteration, long steps, long every, GradientNoise noise) {

    private static final double UNDERFLOW_BELOW = 1e-290;

    /// Without noise.
    public SingleRun(Iteration iteration, long steps, long every) {
        this(iteration, steps, every, GradientNoise.NONE);
    }

    public SingleRun {
        iteration = iteration.complete();
        List<Double> x0 = iteration.x0();
        FormulaObjective objective = iteration.objective();
        if (x0.size() != objective.dimension()) {
            throw new IllegalArgumentException("x0 has " + x0.size() + " numbers, but " + objective.text() + " has "
                    + objective.dimension() + " variables: " + objective.variables());
        }
        for (double x : x0) {
            if (!Double.isFinite(x)) {
                throw new IllegalArgumentException("x0 = " + new PlainText().number(x) + " is not a finite number");
            }
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps = " + steps + " is less than 1");
        }
        if (every < 1) {
            throw new IllegalArgumentException("every = " + every + " is less than 1");
        }
    }

    /// The same run with noise on the gradient.
    public SingleRun withNoise(GradientNoise noise) {
        return new SingleRun(iteration, steps, every, noise);
    }

    /// Runs it.
    public Trajectory run() {
        return run(_ -> {});
    }

    /// Runs it.
    ///
    /// @param advanced receives the number of steps done since it was last called
    public Trajectory run(LongConsumer advanced) {
        return new UnderWay(this).run(advanced);
    }

    private static final class UnderWay {
        private final SingleRun plan;
        private final StepProgram step;
        private final StateAdvance advance;
        private final Yardstick yardstick;
        private final WideInterpreter measures;
        private final int watched;
        private final Trajectory.RowCollector recorder;
        private final Map<String, WideNumber> at = new HashMap<>();
        private WideNumber[] state;

        UnderWay(SingleRun plan) {
            this.plan = plan;
            Recurrence map = ClosedMap.of(
                    plan.iteration.rule(), plan.noise.on(plan.iteration.objective()), plan.iteration.start());
            Set<String> offered = map.observables().keySet();
            List<String> observed =
                    offered.stream().filter(name -> !name.equals("loss")).toList();
            step = StepProgram.of(map, observed, plan.iteration.values());
            yardstick = Yardstick.of(plan.iteration.objective(), plan.iteration.x0());
            measures = new WideInterpreter(Program.of(
                    yardstick.sloped() ? List.of(yardstick.loss(), yardstick.slope()) : List.of(yardstick.loss())));
            watched = plan.iteration.objective().dimension()
                    * (1 + plan.iteration.rule().states().size());
            state = starts();
            advance = plan.iteration.arithmetic() == Arithmetic.DOUBLE
                    ? new InDouble(step, plan, state)
                    : new InWide(step, plan, state);
            recorder = new Trajectory.RowCollector(yardstick, step, watched);
        }

        private WideNumber[] starts() {
            Map<String, WideNumber> given = new HashMap<>();
            for (int i = 0; i < plan.iteration.x0().size(); i++) {
                given.put(
                        plan.iteration.objective().variables().get(i),
                        WideNumber.of(plan.iteration.x0().get(i)));
            }
            plan.noise.tell(plan.iteration.x0().size(), 0, (symbol, value) -> given.put(symbol, WideNumber.of(value)));
            return new WideInterpreter(step.starts()).evaluate(given::get);
        }

        /// The loss over its minimum, and the squared gradient where it is needed.
        private WideNumber[] measured() {
            for (int i = 0; i < plan.iteration.x0().size(); i++) {
                at.put(plan.iteration.objective().variables().get(i), state[i]);
            }
            return measures.evaluate(at::get);
        }

        Trajectory run(LongConsumer advanced) {
            WideNumber[] measured = measured();
            double first = measured[0].log10Magnitude();
            double lowest = first;
            int window = LossHistory.windowLength(plan.steps);
            Windows loss = new Windows(window);
            Windows slope = new Windows(window);
            Outcome cut = null;
            long t = 0;
            long unkept = plan.every;
            int inWindow = 0;
            while (t < plan.steps && cut == null) {
                t++;
                loss.take(measured[0].log10Magnitude());
                if (yardstick.sloped()) {
                    slope.take(measured[1].log10Magnitude());
                }
                WideNumber[] before = state;
                state = advance.step(t);
                measured = measured();
                double log10Loss = measured[0].log10Magnitude();
                lowest = log10Loss < lowest ? log10Loss : lowest;
                if (unkept++ == plan.every) {
                    unkept = 1;
                    recorder.record(t - 1, before, advance.results());
                }
                if (++inWindow == window) {
                    inWindow = 0;
                    advanced.accept(window);
                }
                cut = end(before, t, yardstick.sloped() && measured[1].mantissa() == 0);
            }
            recorder.recordLast(t, state);
            Outcome outcome = cut != null
                    ? cut
                    : settled(judged(new LossHistory(loss.levels(), first), slope.levels(), measured[0], t), window);
            return recorder.trajectory(outcome, t, state, lowest);
        }

        private Outcome judged(LossHistory loss, double[] slopes, WideNumber lossAtEnd, long t) {
            WideNumber[] next = advance.step(t + 1);
            Rest rest = Rest.STILL;
            Map<String, Double> at = new HashMap<>();
            for (int i = 0; i < plan.iteration.x0().size(); i++) {
                rest = rest.and(Rest.of(state[i], next[i], t));
                at.put(plan.iteration.objective().variables().get(i), state[i].toDouble());
            }
            return yardstick.outcome(loss, slopes, at, lossAtEnd.toDouble(), rest);
        }

        private static Outcome settled(Outcome outcome, int window) {
            return switch (outcome) {
                case Outcome.Diverged(long at) -> new Outcome.Diverged((at + 1) * window);
                case Outcome other -> other;
            };
        }

        /// The outcome that ends a run at once, or null.
        ///
        /// @param flat whether the gradient is exactly 0: averages of it then fade away, and nothing follows
        private Outcome end(WideNumber[] before, long t, boolean flat) {
            if (plan.iteration.arithmetic() == Arithmetic.DOUBLE) {
                for (int c = 0; c < watched; c++) {
                    boolean subnormal = state[c].isFinite() && state[c].exponent() < Double.MIN_EXPONENT;
                    boolean lost = state[c].mantissa() == 0
                            && before[c].mantissa() != 0
                            && Math.abs(before[c].toDouble()) < UNDERFLOW_BELOW;
                    String name = step.components().get(c);
                    if ((subnormal || lost)
                            && step.driven().contains(name)
                            && (c < plan.iteration.x0().size() || !flat)) {
                        return new Outcome.LeftRange(t, name);
                    }
                }
            }
            for (int c = 0; c < watched; c++) {
                if (!state[c].isFinite()) {
                    return new Outcome.Diverged(t);
                }
            }
            return null;
        }
    }

    /// The greatest number of each window of steps; the last one may be shorter.
    private static final class Windows {
        private final int length;
        private final List<Double> begun = new ArrayList<>();
        private int taken;

        Windows(int length) {
            this.length = length;
        }

        /// Takes the number before a step; NaN is the greatest of all.
        void take(double number) {
            if (taken++ % length == 0) {
                begun.add(number);
            } else {
                begun.add(Math.max(begun.removeLast(), number));
            }
        }

        double[] levels() {
            return begun.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /// A run in one arithmetic.
    private sealed interface StateAdvance {
        /// The state after step t, which follows the one before.
        WideNumber[] step(long t);

        /// What that step computed: the state after it, then the observed quantities.
        WideNumber[] results();
    }

    private static final class InDouble implements StateAdvance {
        private final BlockInterpreter interpreter;
        private final Map<String, double[]> inputs = new HashMap<>();
        private final double[][] state;
        private final double[][] results;
        private final SingleRun plan;

        InDouble(StepProgram step, SingleRun plan, WideNumber[] starts) {
            this.plan = plan;
            this.interpreter = new BlockInterpreter(step.program(), 1);
            this.results = new double[step.program().results().length][1];
            this.state = new double[starts.length][1];
            for (int c = 0; c < starts.length; c++) {
                results[c][0] = starts[c].toDouble();
                inputs.put(step.components().get(c), state[c]);
            }
            inputs.put(StepProgram.STEP, new double[1]);
            plan.noise.tell(plan.iteration.x0().size(), 0, (symbol, _) -> inputs.put(symbol, new double[1]));
        }

        @Override
        public WideNumber[] step(long t) {
            for (int c = 0; c < state.length; c++) {
                state[c][0] = results[c][0];
            }
            inputs.get(StepProgram.STEP)[0] = t;
            plan.noise.tell(plan.iteration.x0().size(), t, (symbol, value) -> inputs.get(symbol)[0] = value);
            interpreter.evaluate(inputs, results);
            return wide(state.length);
        }

        @Override
        public WideNumber[] results() {
            return wide(results.length);
        }

        private WideNumber[] wide(int count) {
            WideNumber[] wide = new WideNumber[count];
            for (int r = 0; r < count; r++) {
                wide[r] = WideNumber.of(results[r][0]);
            }
            return wide;
        }
    }

    private static final class InWide implements StateAdvance {
        private final WideInterpreter interpreter;
        private final Map<String, WideNumber> inputs = new HashMap<>();
        private final StepProgram step;
        private final SingleRun plan;
        private final int components;
        private WideNumber[] results;

        InWide(StepProgram step, SingleRun plan, WideNumber[] starts) {
            this.step = step;
            this.plan = plan;
            this.interpreter = new WideInterpreter(step.program());
            this.components = starts.length;
            this.results = starts;
        }

        @Override
        public WideNumber[] step(long t) {
            for (int c = 0; c < components; c++) {
                inputs.put(step.components().get(c), results[c]);
            }
            inputs.put(StepProgram.STEP, WideNumber.of(t));
            plan.noise.tell(plan.iteration.x0().size(), t, (symbol, value) -> inputs.put(symbol, WideNumber.of(value)));
            results = interpreter.evaluate(inputs::get);
            return java.util.Arrays.copyOf(results, components);
        }

        @Override
        public WideNumber[] results() {
            return results;
        }
    }
}
