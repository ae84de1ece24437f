package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Numbers that are those of an earlier checkpoint: of the same tensor, which did not move, or of another.
final class StaleFaults {
    private StaleFaults() {}

    static Optional<Fault> unmoved(ParameterReading reading, OptionalLong elapsed) {
        for (Role role : List.of(Role.WEIGHTS, Role.SECOND, Role.FIRST)) {
            ValueCount now = reading.counts().get(role);
            ValueCount before = reading.before().get(role);
            boolean alive = reading.count(Role.FIRST)
                    .or(() -> reading.count(Role.SECOND))
                    .filter(count -> count.nonZero() > 0)
                    .isPresent();
            if (now != null && before != null && now.same(before) && now.nonZero() > 0 && alive) {
                return Optional.of(new Fault(
                        FaultKind.UNMOVED,
                        reading.name(),
                        role.symbol(),
                        new Inequality(
                                "numbers of " + role.symbol() + " that changed",
                                0,
                                "<",
                                "steps in between",
                                Math.max(1, elapsed.orElse(1)),
                                "a step moves what has a gradient"),
                        now.count(),
                        now.count(),
                        OptionalLong.empty(),
                        role == Role.WEIGHTS
                                ? "frozen, updates below its last bit, a learning rate of 0, or not saved anew"
                                : "it is still that of the earlier checkpoint"));
            }
        }
        return Optional.empty();
    }

    static Optional<Fault> twin(ParameterReading reading, Map<Long, ParameterReading> secondsBefore) {
        ValueCount now = reading.counts().get(Role.SECOND);
        ParameterReading other = now == null || !now.tells() ? null : secondsBefore.get(now.set());
        if (other == null
                || !other.before().get(Role.SECOND).permuted(now)
                || other == reading && now.same(reading.before().get(Role.SECOND))) {
            return Optional.empty();
        }
        boolean same = now.same(other.before().get(Role.SECOND));
        return Optional.of(new Fault(
                FaultKind.SAME_NUMBERS,
                reading.name(),
                "v",
                new Inequality(
                        "numbers that differ from v of " + other.name() + " before" + (same ? "" : ", sorted"),
                        0,
                        "<",
                        "averages of different gradients differ",
                        1,
                        "hash of all bits, 64 bits"),
                now.count(),
                now.count(),
                OptionalLong.empty(),
                same ? "it has the state of another parameter" : "the numbers were put into another order"));
    }
}
