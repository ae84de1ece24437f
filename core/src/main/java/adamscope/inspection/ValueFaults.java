package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What the numbers of one tensor say by themselves.
final class ValueFaults {
    private ValueFaults() {}

    static List<Fault> of(ParameterReading reading) {
        List<Fault> faults = new ArrayList<>();
        reading.counts().forEach((role, count) -> {
            broken(reading, role, count).ifPresent(faults::add);
            negative(reading, role, count).ifPresent(faults::add);
            coarser(reading, role, count).ifPresent(faults::add);
            converted(reading, role, count).ifPresent(faults::add);
            shape(reading, role).ifPresent(faults::add);
        });
        zero(reading).ifPresent(faults::add);
        missing(reading).ifPresent(faults::add);
        return faults;
    }

    private static Optional<Fault> broken(ParameterReading reading, Role role, ValueCount count) {
        if (count.broken() == 0) {
            return Optional.empty();
        }
        String says = role == Role.WEIGHTS
                ? "every loss from here on is NaN"
                : count.infinite() > 0 && role.isSquare()
                        ? "g² left the range of " + count.format().word() + ", which ends at "
                                + shown(count.format().largest()) + "; the next steps there are 0 or NaN"
                        : "the next step there is NaN and stays so";
        return Optional.of(new Fault(
                FaultKind.NOT_FINITE,
                reading.name(),
                role.symbol(),
                new Inequality(
                        "numbers that are NaN or infinite",
                        count.broken(),
                        ">",
                        "none",
                        0,
                        "averages of finite gradients are finite"),
                count.broken(),
                count.count(),
                OptionalLong.of(count.firstBroken()),
                says));
    }

    private static Optional<Fault> negative(ParameterReading reading, Role role, ValueCount count) {
        if (!role.isSquare() || count.negative() == 0) {
            return Optional.empty();
        }
        boolean swapped = reading.count(Role.FIRST)
                .filter(first -> first.count() > 1 && first.negative() == 0 && first.nonZero() > 0)
                .isPresent();
        return Optional.of(new Fault(
                FaultKind.NEGATIVE_SQUARE,
                reading.name(),
                role.symbol(),
                new Inequality(
                        "least " + role.symbol(),
                        count.least(),
                        "<",
                        "v = β₂v + (1−β₂)g² ≥ 0",
                        0,
                        "v is an average of squares"),
                count.negative(),
                count.count(),
                OptionalLong.of(count.firstNegative()),
                "its root is NaN, and so is the next step there"
                        + (swapped ? "; m has no negative number at all: m and v look exchanged" : "")));
    }

    /// Of states; weights of a shorter format are as usual as not.
    private static Optional<Fault> coarser(ParameterReading reading, Role role, ValueCount count) {
        FloatFormat actual = count.actual();
        if (role == Role.WEIGHTS || actual == count.format()) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                FaultKind.COARSER_FORMAT,
                reading.name(),
                role.symbol(),
                new Inequality(
                        "binary digits that its numbers use",
                        actual.digits(),
                        "<",
                        "digits of " + count.format().word() + ", as declared",
                        count.format().digits(),
                        "trailing bits of every number are 0"),
                count.nonZero(),
                count.count(),
                OptionalLong.empty(),
                actual.word() + " values in a " + count.format().word()
                        + " tensor: they were rounded when they were saved, loaded or sent"));
    }

    private static Optional<Fault> converted(ParameterReading reading, Role role, ValueCount count) {
        boolean emptied = role.isSquare() && count.emptied() * 100 > count.nonZero();
        if (role == Role.WEIGHTS || !emptied && count.overflown() == 0) {
            return Optional.empty();
        }
        long lost = count.overflown() > 0 ? count.overflown() : count.emptied();
        return Optional.of(new Fault(
                FaultKind.OUT_OF_RANGE,
                reading.name(),
                role.symbol(),
                new Inequality(
                        count.overflown() > 0
                                ? "numbers above the range of the chosen dtype"
                                : "numbers that are 0 in the chosen dtype, and not 0 here",
                        lost,
                        ">",
                        "a format that holds them loses none",
                        0,
                        "IEEE 754"),
                lost,
                count.count(),
                OptionalLong.empty(),
                "rounded to the format of --dtype they are lost"));
    }

    private static Optional<Fault> shape(ParameterReading reading, Role role) {
        Optional<TensorNumbers> weights = reading.state().tensor(Role.WEIGHTS);
        TensorNumbers own = reading.state().tensor(role).orElseThrow();
        if (role == Role.WEIGHTS
                || weights.isEmpty()
                || own.shape().equals(weights.get().shape())
                || own.shape().size() == 1 && own.count() == weights.get().count()) {
            return Optional.empty();
        }
        long mine = own.count();
        long theirs = weights.get().count();
        String what = "numbers";
        for (int axis = 0; mine == theirs && axis < own.shape().size(); axis++) {
            mine = own.shape().get(axis);
            theirs = axis < weights.get().shape().size() ? weights.get().shape().get(axis) : 1;
            what = "extent of dimension " + axis;
        }
        return mine == theirs
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.OTHER_SHAPE,
                        reading.name(),
                        role.symbol(),
                        new Inequality(
                                what + " of " + role.symbol(),
                                mine,
                                mine < theirs ? "<" : ">",
                                "that of θ",
                                theirs,
                                "a state has a number for each coordinate"),
                        own.count(),
                        own.count(),
                        OptionalLong.empty(),
                        "shape " + own.shape() + " beside θ of shape "
                                + weights.get().shape() + ": the state of another parameter, or laid out otherwise"));
    }

    private static Optional<Fault> zero(ParameterReading reading) {
        boolean began = reading.state().step().orElse(1) >= 1;
        Optional<ValueCount> m = reading.count(Role.FIRST);
        Optional<ValueCount> v = reading.count(Role.SECOND);
        double beta1 = reading.state().rule().or("beta1", 0);
        boolean noFirst = m.isPresent() && m.get().allZero();
        boolean noSecond = v.isPresent() && v.get().allZero();
        if (!began || !noFirst && !noSecond || noFirst && v.isPresent() && !noSecond && beta1 == 0) {
            return Optional.empty();
        }
        ValueCount all = (noFirst ? m : v).orElseThrow();
        Optional<ValueCount> other = noFirst ? v : m;
        boolean alone = other.isPresent() && other.get().nonZero() > 0;
        double step = reading.state().step().orElse(1);
        String symbol = alone || other.isEmpty() ? noFirst ? "m" : "v" : "m and v";
        return Optional.of(new Fault(
                FaultKind.ZERO_STATE,
                reading.name(),
                symbol,
                new Inequality(
                        "numbers of " + symbol + " that are not 0",
                        0,
                        "<",
                        alone
                                ? "numbers of " + (noFirst ? "v" : "m") + " that are not 0"
                                : "steps made, each of which adds a gradient",
                        alone ? other.get().nonZero() : step,
                        "m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g²"),
                all.count(),
                all.count(),
                OptionalLong.empty(),
                alone ? lone(noFirst, beta1, v.orElseThrow()) : "no gradient ever came here, or the state was lost"));
    }

    private static String lone(boolean noFirst, double beta1, ValueCount v) {
        if (!noFirst) {
            return "v was lost, or (1−β₂)g² is below the range of its format";
        }
        double steps = Math.log(v.format().leastNormal() / Math.sqrt(v.magnitude())) / Math.log(beta1);
        return "m was lost; by gradients of 0 alone it would take some "
                + String.format(Locale.ROOT, "%.0f", Math.ceil(steps)) + " steps to come there";
    }

    private static Optional<Fault> missing(ParameterReading reading) {
        boolean both = reading.state().rule().averages() == StateRule.Averages.BOTH;
        boolean first = reading.state().tensor(Role.FIRST).isPresent();
        boolean second = reading.state().tensor(Role.SECOND).isPresent();
        return !both || first == second
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.MISSING_STATE,
                        reading.name(),
                        first ? "v" : "m",
                        new Inequality("averages in the file", 1, "<", "m and v, which the rule keeps", 2, "the rule"),
                        0,
                        0,
                        OptionalLong.empty(),
                        "the rule cannot go on from one of them"));
    }

    static String shown(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceAll("(\\.\\d*?)0+(e|$)", "$1$2")
                .replaceAll("\\.(e|$)", "$1");
    }
}
