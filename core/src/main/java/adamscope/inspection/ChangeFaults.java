package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What shows only against an earlier checkpoint of the run.
final class ChangeFaults {
    /// How often longer or shorter the next step may be than that of the earlier checkpoint.
    private static final double OTHER_STEP = 10;

    private ChangeFaults() {}

    static List<Fault> of(List<Reading> readings) {
        List<Fault> faults = new ArrayList<>();
        Map<Long, Reading> secondsBefore = new HashMap<>();
        for (Reading reading : readings) {
            ValueCount before = reading.before().get(Role.SECOND);
            if (before != null && before.tells()) {
                secondsBefore.putIfAbsent(before.set(), reading);
            }
        }
        for (Reading reading : readings) {
            if (reading.earlier().isPresent()) {
                of(reading, secondsBefore, faults);
            }
        }
        return faults;
    }

    private static void of(Reading reading, Map<Long, Reading> secondsBefore, List<Fault> faults) {
        OptionalLong elapsed = reading.elapsed();
        if (elapsed.isPresent() && elapsed.getAsLong() < 0) {
            faults.add(back(reading));
        }
        states(reading, faults);
        if (elapsed.isPresent() && elapsed.getAsLong() == 0) {
            withoutStep(reading, faults);
        } else {
            boolean fell = fell(reading, elapsed.orElse(-1), faults);
            if (!fell) {
                jumped(reading, elapsed.orElse(-1)).ifPresent(faults::add);
            }
            unmoved(reading, elapsed).ifPresent(faults::add);
        }
        maximum(reading).ifPresent(faults::add);
        twin(reading, secondsBefore).ifPresent(faults::add);
        step(reading).ifPresent(faults::add);
    }

    private static Fault back(Reading reading) {
        return new Fault(
                FaultKind.STEP_BACK,
                reading.name(),
                "step",
                new Inequality(
                        "steps now",
                        reading.state().step().orElseThrow(),
                        "<",
                        "steps before",
                        reading.earlier().orElseThrow().step().orElseThrow(),
                        "a count"),
                1,
                1,
                OptionalLong.empty(),
                "the count was lost, or the two checkpoints are named the wrong way round");
    }

    private static void states(Reading reading, List<Fault> faults) {
        reading.before().forEach((role, before) -> {
            ValueCount now = reading.counts().get(role);
            if (now == null || now.count() != before.count()) {
                faults.add(new Fault(
                        FaultKind.PARAMETERS_DIFFER,
                        reading.name(),
                        role.symbol(),
                        new Inequality(
                                "numbers now",
                                now == null ? 0 : now.count(),
                                now != null && now.count() > before.count() ? ">" : "<",
                                "numbers before",
                                before.count(),
                                "a parameter keeps its states"),
                        before.count(),
                        before.count(),
                        OptionalLong.empty(),
                        now == null ? "the tensor is gone" : "it has another size"));
            }
        });
    }

    private static void withoutStep(Reading reading, List<Fault> faults) {
        reading.before().forEach((role, before) -> {
            ValueCount now = reading.counts().get(role);
            if (now == null || now.count() != before.count() || now.same(before)) {
                return;
            }
            long changed = reading.changes()
                    .map(count -> role == Role.FIRST
                            ? count.changedFirst()
                            : role == Role.SECOND ? count.changedSecond() : before.count())
                    .filter(count -> count > 0)
                    .orElse(before.count());
            faults.add(new Fault(
                    FaultKind.CHANGED_WITHOUT_STEP,
                    reading.name(),
                    role.symbol(),
                    new Inequality(
                            "numbers of " + role.symbol() + " that changed, at most",
                            changed,
                            ">",
                            "both checkpoints count the same steps",
                            0,
                            "only a step changes them"),
                    changed,
                    before.count(),
                    OptionalLong.empty(),
                    now.format() == before.format()
                            ? now.permuted(before)
                                    ? "the same numbers stand there in another order"
                                    : "it was lost, rounded or mixed up on the way"
                            : "it was " + before.format().word() + " and is "
                                    + now.format().word()));
        });
    }

    private static boolean fell(Reading reading, long elapsed, List<Fault> faults) {
        ChangeCount count = reading.changes().orElse(null);
        if (count == null || count.fell() == 0) {
            return false;
        }
        faults.add(new Fault(
                FaultKind.FELL_TOO_FAST,
                reading.name(),
                "v",
                new Inequality(
                        "least v/v₀ after " + elapsed + " steps",
                        count.fellFurthest(),
                        "<",
                        "β₂^Δ, the decay alone",
                        count.decay2(),
                        "v = β₂v + (1−β₂)g² ≥ β₂v"),
                count.fell(),
                count.count(),
                OptionalLong.of(count.fellAt()),
                (count.fell() == count.count()
                                ? "v was set back, scaled or lost"
                                : "v was mixed up, exchanged with another tensor, or comes from another run")
                        + reading.state().rule().proviso("beta2")));
        return true;
    }

    private static Optional<Fault> jumped(Reading reading, long elapsed) {
        return reading.changes()
                .filter(count -> count.jumped() > 0)
                .map(count -> new Fault(
                        FaultKind.JUMPED,
                        reading.name(),
                        "m",
                        new Inequality(
                                "largest |m − β₁^Δ·m₀| over its bound, Δ = " + elapsed,
                                count.jumpedFurthest(),
                                ">",
                                "R_Δ·√(v − β₂^Δ·v₀)",
                                1,
                                "Cauchy–Schwarz on the gradients in between"),
                        count.jumped(),
                        count.count(),
                        OptionalLong.of(count.jumpedAt()),
                        "v did not see gradients that could move m so far: m was lost, has another sign, or comes from"
                                + " another tensor or run"
                                + reading.state().rule().proviso("beta1", "beta2")));
    }

    private static Optional<Fault> unmoved(Reading reading, OptionalLong elapsed) {
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

    private static Optional<Fault> maximum(Reading reading) {
        return reading.changes()
                .filter(count -> count.maximumFell() > 0)
                .map(count -> new Fault(
                        FaultKind.MAXIMUM_BELOW,
                        reading.name(),
                        "vmax",
                        new Inequality(
                                "coordinates whose vmax fell",
                                count.maximumFell(),
                                ">",
                                "a maximum never falls",
                                0,
                                "AMSGrad"),
                        count.maximumFell(),
                        count.count(),
                        OptionalLong.empty(),
                        "vmax was set back or mixed up"));
    }

    private static Optional<Fault> twin(Reading reading, Map<Long, Reading> secondsBefore) {
        ValueCount now = reading.counts().get(Role.SECOND);
        Reading other = now == null || !now.tells() ? null : secondsBefore.get(now.set());
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

    private static Optional<Fault> step(Reading reading) {
        if (reading.moments().isEmpty() || reading.momentsBefore().isEmpty()) {
            return Optional.empty();
        }
        double now = Math.sqrt(reading.moments().get().steps())
                * reading.state().rule().or("lr", Double.NaN);
        double before = Math.sqrt(reading.momentsBefore().get().steps())
                * reading.earlier().orElseThrow().rule().or("lr", Double.NaN);
        boolean longer = now > OTHER_STEP * before;
        return !(longer && before > 0 || now > 0 && now < before * (1 / OTHER_STEP))
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.FIRST_STEP,
                        reading.name(),
                        "θ",
                        new Inequality(
                                "‖Δθ‖ of the next step",
                                now,
                                longer ? ">" : "<",
                                (longer ? "10" : "0.1") + " times that before",
                                before * (longer ? OTHER_STEP : 1 / OTHER_STEP),
                                "lr·m̂/(√v̂+eps) from m and v of each"),
                        reading.moments().get().count(),
                        reading.moments().get().count(),
                        OptionalLong.empty(),
                        "the loss, the learning rate or the state changed in between"));
    }
}
