package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What m, v and θ of one parameter say of one another.
final class MomentFaults {
    /// Shares of coordinates from which on it is told.
    private static final double STUCK = 0.5;

    private static final double LOST = 0.25;
    private static final double EMPTIED = 0.1;

    private MomentFaults() {}

    static List<Fault> of(ParameterReading reading) {
        List<Fault> faults = new ArrayList<>();
        if (reading.moments().isEmpty()) {
            return faults;
        }
        MomentCount count = reading.moments().get();
        ratio(reading, count).ifPresent(faults::add);
        centre(reading).ifPresent(faults::add);
        maximum(reading, count).ifPresent(faults::add);
        emptied(reading, count).ifPresent(faults::add);
        overflow(reading).ifPresent(faults::add);
        stuck(reading, count).ifPresent(faults::add);
        lost(reading, count).ifPresent(faults::add);
        return faults;
    }

    private static Optional<Fault> ratio(ParameterReading reading, MomentCount count) {
        boolean coarse = reading.counts().entrySet().stream()
                .anyMatch(each -> each.getKey() != Role.WEIGHTS
                        && each.getValue().actual() != each.getValue().format());
        long beyond = count.beyond(coarse);
        if (beyond == 0) {
            return Optional.empty();
        }
        double step = reading.state().step().orElse(Double.NaN);
        return Optional.of(new Fault(
                FaultKind.RATIO_ABOVE_BOUND,
                reading.name(),
                "m and v",
                new Inequality(
                        "largest |m|/√v",
                        count.largestRatio(),
                        ">",
                        step >= 1
                                ? "R of " + (long) step + " steps, (1−β₁)/√(1−β₂)·√Σ(β₁²/β₂)ʲ"
                                : "R = (1−β₁)/√((1−β₂)(1−β₁²/β₂))",
                        count.declared().bound(),
                        "Cauchy–Schwarz, for averages of any gradients from 0"),
                beyond,
                count.count(),
                OptionalLong.of(count.largestAt()),
                "no gradients lead there: one of the two was lost, scaled, exchanged or comes from another run"
                        + reading.state().rule().proviso("beta1", "beta2")));
    }

    private static Optional<Fault> centre(ParameterReading reading) {
        return reading.centreBeyond() == 0
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.RATIO_ABOVE_BOUND,
                        reading.name(),
                        "mean gradient and v",
                        new Inequality(
                                "coordinates with (mean g)² > v",
                                reading.centreBeyond(),
                                ">",
                                "(mean g)² ≤ mean of g²",
                                0,
                                "Jensen; both means have one decay"),
                        reading.centreBeyond(),
                        reading.count(Role.SECOND).orElseThrow().count(),
                        OptionalLong.empty(),
                        "the root of v − (mean g)² is NaN there"));
    }

    private static Optional<Fault> maximum(ParameterReading reading, MomentCount count) {
        return count.belowMaximum() == 0
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.MAXIMUM_BELOW,
                        reading.name(),
                        "vmax",
                        new Inequality(
                                "least vmax/v",
                                count.lowestMaximum(),
                                "<",
                                "vmax = max(vmax, v)",
                                1,
                                "AMSGrad keeps the largest v"),
                        count.belowMaximum(),
                        count.count(),
                        OptionalLong.empty(),
                        "vmax is of an older or another state"));
    }

    private static Optional<Fault> emptied(ParameterReading reading, MomentCount count) {
        FloatFormat format = reading.count(Role.SECOND).orElseThrow().format();
        boolean many = format.digits() <= FloatFormat.FLOAT16.digits() && count.zeroBeside() > EMPTIED * count.count();
        if (count.emptied() == 0 && !many) {
            return Optional.empty();
        }
        double beta2 = reading.state().rule().or("beta2", Double.NaN);
        double square = (1 - beta2) * count.emptiedLargest() * count.emptiedLargest();
        // Where the average gradient alone is above the range, single gradients were below it.
        boolean plain = square < format.least() / 2;
        return Optional.of(new Fault(
                FaultKind.OUT_OF_RANGE,
                reading.name(),
                "v",
                plain
                        ? new Inequality(
                                "(1−β₂)m² where v = 0, at most",
                                square,
                                "<",
                                "half the smallest " + format.word(),
                                format.least() / 2,
                                "(1−β₂)g² is rounded to 0")
                        : new Inequality(
                                "coordinates with v = 0 and m ≠ 0",
                                count.zeroBeside(),
                                ">",
                                "v holds the square of each gradient in m",
                                0,
                                "v = β₂v + (1−β₂)g²"),
                count.zeroBeside(),
                count.count(),
                OptionalLong.empty(),
                "v = 0 beside m ≠ 0: the step there is lr·m/eps, eps = "
                        + ValueFaults.shown(reading.state().rule().or("eps", 0))));
    }

    private static Optional<Fault> overflow(ParameterReading reading) {
        FloatFormat format = reading.count(Role.SECOND).orElseThrow().format();
        double gradient = reading.count(Role.FIRST).map(ValueCount::magnitude).orElse(0.0);
        double largest = Math.max(
                gradient * gradient, reading.count(Role.SECOND).orElseThrow().largest());
        double bound = format.largest() / 2;
        return !(largest > bound)
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.OUT_OF_RANGE,
                        reading.name(),
                        "v",
                        new Inequality(
                                "larger of max v and max m²",
                                largest,
                                ">",
                                "half the largest " + format.word(),
                                bound,
                                "g² has to be formed in that range"),
                        1,
                        reading.count(Role.SECOND).orElseThrow().count(),
                        OptionalLong.empty(),
                        "the next gradient of that size makes v infinite"));
    }

    private static Optional<Fault> stuck(ParameterReading reading, MomentCount count) {
        if (count.positive() == 0 || count.stuck() < STUCK * count.positive()) {
            return Optional.empty();
        }
        double beta2 = reading.state().rule().or("beta2", Double.NaN);
        double v = count.stuckLargest();
        double half = count.stuckFormat().lastBit(v) / 2;
        return Optional.of(new Fault(
                FaultKind.SECOND_STUCK,
                reading.name(),
                "v",
                new Inequality(
                        "(1−β₂)·v at v = " + ValueFaults.shown(v),
                        (1 - beta2) * v,
                        "<",
                        "half the last bit of v in " + count.stuckFormat().word(),
                        half,
                        "β₂·v rounds to v"),
                count.stuck(),
                count.positive(),
                OptionalLong.empty(),
                "rounded to nearest v never falls, and rises only where g² exceeds "
                        + ValueFaults.shown(1 + half / ((1 - beta2) * v))
                        + "·v; stochastic rounding or a longer format is needed"
                        + reading.state().rule().proviso("beta2")));
    }

    private static Optional<Fault> lost(ParameterReading reading, MomentCount count) {
        if (count.moving() == 0
                || count.lost() < LOST * count.moving()
                || !(reading.state().rule().or("lr", 0) > 0)) {
            return Optional.empty();
        }
        String format = reading.count(Role.WEIGHTS).orElseThrow().format().word();
        return Optional.of(new Fault(
                FaultKind.UPDATES_LOST,
                reading.name(),
                "θ",
                new Inequality(
                        "lr·|m̂|/(√v̂+eps), the largest that is lost",
                        count.lostLargest(),
                        "<",
                        "half the last bit of θ in " + format,
                        count.lostBound(),
                        "θ − update rounds to θ"),
                count.lost(),
                count.moving(),
                OptionalLong.empty(),
                "these coordinates stand still while θ is kept in " + format
                        + "; it needs a copy in a longer format, or a larger lr"
                        + reading.state().rule().proviso("lr")));
    }
}
