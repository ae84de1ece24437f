package adamscope.training;

/// A hyper-parameter as a function of the step t, counted from 1.
///
/// A schedule of PyTorch that is stepped after each optimizer step has at t the value that its formula gives for
/// t − 1 steps.
public sealed interface Schedule {

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
        }

        @Override
        public double at(long step, double lr) {
            return step >= steps ? after.at(step, lr) : after.at(step, lr) * step / steps;
        }
    }

    private static void positive(String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(name + " = " + steps + " is outside [1, inf)");
        }
    }
}
