package adamscope.rule;

import adamscope.optimizer.Domain;
import adamscope.shape.Alternatives;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Given;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A hyper-parameter as a function of the step t, counted from 1.
///
/// A schedule of PyTorch that is stepped after each optimizer step has at t the value that its formula gives for
/// t − 1 steps.
public sealed interface Schedule {
    /// Steps of the training that a schedule stands in, at most.
    Key<Long> STEPS = Key.of("steps", Forms.whole(1, Integer.MAX_VALUE), "at most so many");

    /// Every schedule by its word.
    Alternatives<Schedule> WORDS = Alternatives.by(
            "schedule",
            List.of(
                    word("constant", Constant.class, one(Constant::value, Constant::new)),
                    inverseSquareRoot(),
                    word("cosine", Cosine.class, between(Cosine::begin, Cosine::end, Cosine::steps, Cosine::new)),
                    word("linear", Linear.class, between(Linear::begin, Linear::end, Linear::steps, Linear::new)),
                    word("steps", Steps.class, Shape.of(keys -> {
                        var value = keys.add(Key.of("value", Forms.number(), "at step 1"), Steps::begin);
                        var factor = keys.add(Key.of("factor", Forms.number(), "of each stretch"), Steps::factor);
                        var every = keys.add(Key.of("every", count(), "steps of a stretch"), Steps::every);
                        return in -> new Steps(in.get(value), in.get(factor), in.get(every));
                    })),
                    word("exponential", Exponential.class, Shape.of(keys -> {
                        var value = keys.add(Key.of("value", Forms.number(), "at step 1"), Exponential::begin);
                        var factor = keys.add(Key.of("factor", Forms.number(), "of each step"), Exponential::factor);
                        return in -> new Exponential(in.get(value), in.get(factor));
                    })),
                    word("rate", Rate.class, Shape.of(keys -> {
                        var rate = keys.add(Key.of("rate", Forms.number(), "1 − rate·lr is the value"), Rate::rate);
                        return in -> new Rate(in.get(rate));
                    }))));

    /// A schedule as text: a number in the domain, or a mapping with the word for it.
    static Form<Schedule> form(Domain domain) {
        return Forms.either(
                Forms.number(domain).map(Constant::new, schedule -> ((Constant) schedule).value()),
                WORDS,
                Constant.class::isInstance);
    }

    /// The value at step t.
    ///
    /// @param lr the learning rate of the same step, for schedules that follow it
    double at(long step, double lr);

    /// A factor on every value.
    ///
    /// @throws IllegalArgumentException for [Rate], which is no multiple of anything
    default Schedule scaled(double factor) {
        return switch (this) {
            case Constant(double value) -> new Constant(factor * value);
            case InverseSquareRoot(double peak, long steps) -> new InverseSquareRoot(factor * peak, steps);
            case Cosine(double begin, double end, long steps) -> new Cosine(factor * begin, factor * end, steps);
            case Steps(double begin, double each, long every) -> new Steps(factor * begin, each, every);
            case Exponential(double begin, double each) -> new Exponential(factor * begin, each);
            case Linear(double begin, double end, long steps) -> new Linear(factor * begin, factor * end, steps);
            case Warmup(long steps, Schedule after) -> new Warmup(steps, after.scaled(factor));
            case Rate _ -> throw new IllegalArgumentException("1 − rate·lr cannot be scaled");
        };
    }

    /// The same shape, beginning at another value; of [Rate] with another rate.
    default Schedule beginningAt(double value) {
        return switch (this) {
            case Constant _ -> new Constant(value);
            case InverseSquareRoot(var _, long steps) -> new InverseSquareRoot(value, steps);
            case Cosine(var _, double end, long steps) -> new Cosine(value, end, steps);
            case Steps(var _, double each, long every) -> new Steps(value, each, every);
            case Exponential(var _, double each) -> new Exponential(value, each);
            case Linear(var _, double end, long steps) -> new Linear(value, end, steps);
            case Warmup(long steps, Schedule after) -> new Warmup(steps, after.beginningAt(value));
            case Rate _ -> new Rate(value);
        };
    }

    /// The same value at every step.
    record Constant(double value) implements Schedule {
        @Override
        public double at(long step, double lr) {
            return value;
        }
    }

    /// peak·√(steps/t): the decay of Vaswani et al. (2017, section 5.3) once `steps` of warm-up are over; `peak`
    /// before.
    record InverseSquareRoot(double peak, long steps) implements Schedule {
        public InverseSquareRoot {
            positive("warmup", steps);
        }

        @Override
        public double at(long step, double lr) {
            return step <= steps ? peak : peak * Math.sqrt((double) steps / step);
        }
    }

    /// end + (begin − end)·(1 + cos(π·(t − 1)/steps))/2 for t ≤ steps, then `end` (Loshchilov & Hutter 2017, Eq. 5,
    /// without restarts).
    record Cosine(double begin, double end, long steps) implements Schedule {
        public Cosine {
            positive("steps", steps);
        }

        @Override
        public double at(long step, double lr) {
            return step > steps ? end : end + (begin - end) * (1 + StrictMath.cos(Math.PI * (step - 1) / steps)) / 2;
        }
    }

    /// begin·factor^⌊(t − 1)/every⌋.
    record Steps(double begin, double factor, long every) implements Schedule {
        public Steps {
            positive("every", every);
        }

        @Override
        public double at(long step, double lr) {
            return begin * StrictMath.pow(factor, (double) ((step - 1) / every));
        }
    }

    /// begin·factor^(t − 1).
    record Exponential(double begin, double factor) implements Schedule {
        @Override
        public double at(long step, double lr) {
            return begin * StrictMath.pow(factor, (double) (step - 1));
        }
    }

    /// Linear from begin at t = 1 to end at t = steps, then `end`.
    record Linear(double begin, double end, long steps) implements Schedule {
        public Linear {
            positive("steps", steps);
        }

        @Override
        public double at(long step, double lr) {
            return step >= steps ? end : begin + (end - begin) * (step - 1) / (steps - 1.0);
        }
    }

    /// 1 − rate·η with the learning rate η of the same step: a decay that keeps its time scale while the learning rate
    /// changes (paper 2, section 5: `beta2` = 1 − aη, `beta1` = 1 − bη with a and b fixed).
    record Rate(double rate) implements Schedule {
        @Override
        public double at(long step, double lr) {
            return 1 - rate * lr;
        }
    }

    /// Another schedule times min(1, t/steps): linear warm-up; step 1 has 1/steps of the value, not 0.
    record Warmup(long steps, Schedule after) implements Schedule {
        public Warmup {
            positive("warmup", steps);
            if (after instanceof Warmup) {
                throw new IllegalArgumentException("a warm-up of a warm-up has no text; multiply them");
            }
        }

        @Override
        public double at(long step, double lr) {
            return step >= steps ? after.at(step, lr) : after.at(step, lr) * step / steps;
        }
    }

    private static Form<Long> count() {
        return Forms.whole(1, Long.MAX_VALUE);
    }

    private static Key<Optional<Long>> warmup() {
        return Key.optional("warmup", count(), "multiplies by min(1, t/warmup)");
    }

    /// The steps of the warm-up; empty: none.
    private static Optional<Long> warmup(Schedule schedule) {
        return schedule instanceof Warmup warmed ? Optional.of(warmed.steps()) : Optional.empty();
    }

    private static Schedule warmed(Schedule schedule) {
        return schedule instanceof Warmup(var _, Schedule after) ? after : schedule;
    }

    /// The word for a schedule, with or without warm-up.
    private static <S extends Schedule> Alternatives.Word<Schedule> word(String word, Class<S> type, Shape<S> shape) {
        return new Alternatives.Word<>(word, Schedule.class, value -> type.isInstance(warmed(value)), Shape.of(keys -> {
            var plain = keys.inline(shape, value -> type.cast(warmed(value)));
            var warmup = keys.add(warmup(), Schedule::warmup);
            return in -> in.get(warmup)
                    .<Schedule>map(steps -> new Warmup(steps, in.get(plain)))
                    .orElseGet(() -> in.get(plain));
        }));
    }

    /// The decay begins where the warm-up ends, unless `from` says otherwise.
    private static Alternatives.Word<Schedule> inverseSquareRoot() {
        Function<Schedule, InverseSquareRoot> plain = schedule -> (InverseSquareRoot) warmed(schedule);
        return new Alternatives.Word<>(
                "inverse-square-root",
                Schedule.class,
                schedule -> warmed(schedule) instanceof InverseSquareRoot,
                Shape.of(keys -> {
                    var value = keys.add(
                            Key.of("value", Forms.number(), "largest value"),
                            s -> plain.apply(s).peak());
                    var from = keys.add(
                            Key.optional("from", count(), "last step before the decay; without it, warmup"),
                            s -> Optional.of(plain.apply(s).steps())
                                    .filter(steps -> !warmup(s).equals(Optional.of(steps))));
                    var warmup = keys.add(warmup(), Schedule::warmup);
                    return in -> {
                        long steps = in.get(from)
                                .or(() -> in.get(warmup))
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "'warmup' is missing, or 'from' for a decay without one"));
                        Schedule decay = new InverseSquareRoot(in.get(value), steps);
                        return in.get(warmup)
                                .<Schedule>map(warm -> new Warmup(warm, decay))
                                .orElse(decay);
                    };
                }));
    }

    private static <S> Shape<S> one(Function<S, Double> of, Function<Double, S> made) {
        return Shape.of(keys -> {
            var value = keys.add(Key.of("value", Forms.number(), "at every step"), of);
            return in -> made.apply(in.get(value));
        });
    }

    /// What makes a schedule of two ends and the steps between them.
    @FunctionalInterface
    interface Between<S> {
        S of(double begin, double end, long steps);
    }

    private static <S> Shape<S> between(
            Function<S, Double> begin, Function<S, Double> end, Function<S, Long> steps, Between<S> made) {
        return Shape.of(keys -> {
            var first = keys.add(Key.of("value", Forms.number(), "at step 1"), begin);
            var last = keys.add(
                    Key.of("end", Forms.number(), "at the last step and after").orElse(0.0), end);
            var count = keys.add(
                    Key.of("steps", count(), "how long").orElse(Schedule::stepsOfTheTraining, "those of the training"),
                    steps);
            return in -> made.of(in.get(first), in.get(last), in.get(count));
        });
    }

    private static long stepsOfTheTraining(Given given) {
        return given.around(STEPS)
                .map(around -> around.get(STEPS))
                .orElseThrow(() -> new IllegalArgumentException("'steps' is missing"));
    }

    private static void positive(String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(name + " = " + steps + " is outside [1, inf)");
        }
    }
}
