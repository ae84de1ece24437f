package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.objective.NamedObjectives;
import adamscope.shape.Forms;
import adamscope.shape.Given;
import adamscope.shape.Key;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The keys of a rule on a formula, which several kinds of experiments have.
final class FormulaKeys {
    private FormulaKeys() {}

    static Key<TunedRule> optimizer() {
        return Key.of(
                "optimizer",
                SweptRule.FORM.map(SweptRule::single, tuned -> new SweptRule(tuned, List.of())),
                "the rule and its hyper-parameters");
    }

    static Key<SweptRule> optimizer(int axes) {
        return Key.of(
                "optimizer",
                SweptRule.FORM,
                "the rule and its hyper-parameters, "
                        + (axes == 1 ? "one of them an axis" : "two of them axes, x first"));
    }

    static Key<String> objective() {
        return Key.of(
                        "objective",
                        Forms.text("FORMULA"),
                        "the loss as a formula of its variables, such as x^4/4, or "
                                + String.join(", ", NamedObjectives.all().keySet()))
                .checked((text, given) -> FormulaObjective.read(text));
    }

    /// A start at which loss and gradient are numbers.
    static Key<List<Double>> x0(Key<String> objective) {
        return start().checked((x0, given) -> Checks.start(given.get(objective), x0));
    }

    static Key<List<Double>> start() {
        return Key.of(
                "x0", Forms.list(Forms.number(), "numbers"), "start, one number for each variable in natural order");
    }

    /// 1 in every coordinate of the objective.
    static List<Double> ones(Given given, Key<String> objective) {
        return Collections.nCopies(FormulaObjective.read(given.get(objective)).dimension(), 1.0);
    }

    static Key<ClosedMap.Start> init() {
        return Key.of(
                        "init",
                        Forms.constant(ClosedMap.Start.values()),
                        "averages before the first step: as the rule declares (zero), or holding the gradient at the"
                                + " start, m = g(x0) and v = g(x0)^2 (gradient)")
                .orElse(ClosedMap.Start.ZERO);
    }

    static Key<Arithmetic> arithmetic(Arithmetic defaultValue) {
        return Key.of(
                        "arithmetic",
                        Forms.constant(Arithmetic.values()),
                        "numbers: IEEE double, or double's significand with an exponent that never underflows (scaled)")
                .orElse(defaultValue);
    }

    static Key<Optional<Double>> minimum() {
        return Key.optional(
                "minimum",
                Forms.number(),
                "the least value of the objective, from which losses are measured; without it, it is found");
    }

    static Key<Double> noise() {
        return Key.of(
                        "noise",
                        Forms.number(Forms.NOT_NEGATIVE),
                        "standard deviation of normal noise on each coordinate of the gradient")
                .orElse(0.0)
                .quiet();
    }

    /// An objective whose least value may be named.
    static FormulaObjective objective(FormulaObjective formula, Optional<Double> minimum) {
        return formula.withMinimum(minimum.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    static Key<Long> steps(long most) {
        return Key.of("steps", Forms.whole(1, most), "number of steps, such as 3000 or 2e4");
    }
}
