package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What shows only against an earlier checkpoint of the run.
final class ChangeFaults {
    /// How often longer the next step may be than that of the earlier checkpoint.
    private static final double LONGER = 10;
    /// And how short within few steps; in many a run may come to rest.
    private static final double SHORTER = 0.03;

    private static final long FEW_STEPS = 20;
    private static final long FEW_COORDINATES = 8;
    /// Gradients that alternate push m less than those of independent signs, but not so much less.
    private static final double UNPUSHED = 0.03;

    /// What one rounding to bfloat16 can do.
    private static final double ONE_ROUNDING = 0.992;

    private ChangeFaults() {}

    static List<Fault> of(List<ParameterReading> readings) {
        List<Fault> faults = new ArrayList<>();
        Map<Long, ParameterReading> secondsBefore = new HashMap<>();
        for (ParameterReading reading : readings) {
            ValueCount before = reading.before().get(Role.SECOND);
            if (before != null && before.tells()) {
                secondsBefore.putIfAbsent(before.set(), reading);
            }
        }
        for (ParameterReading reading : readings) {
            if (reading.earlier().isPresent()) {
                of(reading, secondsBefore, faults);
            }
        }
        return faults;
    }

    private static void of(ParameterReading reading, Map<Long, ParameterReading> secondsBefore, List<Fault> faults) {
        OptionalLong elapsed = reading.elapsed();
        if (elapsed.isPresent() && elapsed.getAsLong() < 0) {
            faults.add(back(reading));
        }
        states(reading, faults);
        if (elapsed.isPresent() && elapsed.getAsLong() == 0) {
            withoutStep(reading, faults);
        } else {
            boolean fell = fell(reading, elapsed.orElse(-1), faults);
            if (!fell && !coarse(reading)) {
                jumped(reading, elapsed.orElse(-1)).ifPresent(faults::add);
            }
            grew(reading, elapsed.orElse(Long.MAX_VALUE)).ifPresent(faults::add);
            StaleFaults.unmoved(reading, elapsed).ifPresent(faults::add);
        }
        maximum(reading).ifPresent(faults::add);
        StaleFaults.twin(reading, secondsBefore).ifPresent(faults::add);
        step(reading).ifPresent(faults::add);
    }

    private static Fault back(ParameterReading reading) {
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
                        "a count never falls"),
                1,
                1,
                OptionalLong.empty(),
                "the count was lost, or the two checkpoints are named the wrong way round");
    }

    private static void states(ParameterReading reading, List<Fault> faults) {
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

    private static void withoutStep(ParameterReading reading, List<Fault> faults) {
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

    private static boolean fell(ParameterReading reading, long elapsed, List<Fault> faults) {
        ChangeCount count = reading.changes().orElse(null);
        if (count == null
                || count.fell() == 0
                || coarse(reading) && count.fellFurthest() > count.decay2() * ONE_ROUNDING) {
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
                (count.fell() > count.count() / 2
                                ? "v was set back, scaled or lost, or comes from another run"
                                : "v was mixed up, exchanged with another tensor, or comes from another run")
                        + reading.state().rule().proviso("beta2")));
        return true;
    }

    /// Whether a state on either side was rounded to a shorter format, which is told by itself.
    private static boolean coarse(ParameterReading reading) {
        return Stream.of(reading.counts(), reading.before())
                .flatMap(counts -> counts.entrySet().stream())
                .anyMatch(each -> each.getKey() != Role.WEIGHTS
                        && each.getValue().actual() != each.getValue().format());
    }

    private static Optional<Fault> grew(ParameterReading reading, long elapsed) {
        return reading.changes()
                .filter(count -> elapsed >= 1
                        && elapsed <= FEW_STEPS
                        && count.count() >= FEW_COORDINATES
                        && count.pushOverGrowth() < UNPUSHED * count.expectedPush())
                .map(count -> new Fault(
                        FaultKind.GREW_ALONE,
                        reading.name(),
                        "v",
                        new Inequality(
                                "Σ(m − β₁^Δ·m₀)²/Σ(v − β₂^Δ·v₀), Δ = " + elapsed,
                                count.pushOverGrowth(),
                                "<",
                                UNPUSHED + "·(1−β₁)²·β₁^(2Δ−2)/(1−β₂), gradients of independent signs",
                                UNPUSHED * count.expectedPush(),
                                "both sums are of the same gradients"),
                        count.count(),
                        count.count(),
                        OptionalLong.empty(),
                        "v grew by more than m saw: it was scaled, or stored in another form"));
    }

    private static Optional<Fault> jumped(ParameterReading reading, long elapsed) {
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

    private static Optional<Fault> maximum(ParameterReading reading) {
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

    private static Optional<Fault> step(ParameterReading reading) {
        if (reading.moments().isEmpty() || reading.momentsBefore().isEmpty()) {
            return Optional.empty();
        }
        double now = Math.sqrt(reading.moments().get().steps())
                * reading.state().rule().or("lr", Double.NaN);
        double before = Math.sqrt(reading.momentsBefore().get().steps())
                * reading.earlier().orElseThrow().rule().or("lr", Double.NaN);
        long elapsed = reading.elapsed().orElse(Long.MAX_VALUE);
        boolean longer = before > 0 && now > LONGER * before;
        boolean shorter = elapsed >= 0 && elapsed <= FEW_STEPS && now > 0 && now < SHORTER * before;
        return !longer && !shorter
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultKind.FIRST_STEP,
                        reading.name(),
                        "θ",
                        new Inequality(
                                "‖Δθ‖ of the next step",
                                now,
                                longer ? ">" : "<",
                                ValueFaults.shown(longer ? LONGER : SHORTER) + " times that before",
                                before * (longer ? LONGER : SHORTER),
                                "lr·m̂/(√v̂+eps) from m and v of each"),
                        reading.moments().get().count(),
                        reading.moments().get().count(),
                        OptionalLong.empty(),
                        "the loss, the learning rate or the scale of v or m changed in between"));
    }
}
