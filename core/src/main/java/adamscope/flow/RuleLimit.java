package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.flow.FlowEquations.Unknown;
import adamscope.formula.Algebra;
import adamscope.formula.Derivative;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The flow of a rule, derived from its text: z' = ∂Φ/∂η at η = 0, where z ← Φ(z; η) is one step with every decay of an
/// average written as β = 1 − rate·η.
///
/// The limit exists where Φ(z; 0) = z: the step and every average stand still without a learning rate. Adagrad, whose v
/// sums, and momentum in standard form, whose m sums, have none in this scaling. Running powers βᵗ become
/// e^(−rate·time).
public final class RuleLimit {
    private static final String LEARNING_RATE = "lr";

    private final Flow.Limit limit;
    private final FormulaObjective objective;
    private final Map<String, Expression> parameters = new LinkedHashMap<>();

    private RuleLimit(Flow.Limit limit, FormulaObjective objective) {
        this.limit = limit;
        this.objective = objective;
        Set<String> decays = decays(limit.rule());
        limit.fixed().forEach((name, value) -> parameters.put(name, constant(name, value)));
        limit.rates().forEach((name, rate) -> {
            limit.rule().hyper(name);
            if (!decays.contains(name)) {
                throw new IllegalArgumentException(
                        limit.rule().name() + ": " + name + " is no decay of an average; those are " + decays);
            }
            Expression change = Algebra.multiply(new Constant(rate), new Symbol(LEARNING_RATE));
            parameters.put(name, Algebra.subtract(Expression.ONE, change));
        });
        for (String name : limit.rule().hyperNames()) {
            if (!name.equals(LEARNING_RATE) && !parameters.containsKey(name)) {
                parameters.put(name, constant(name, limit.rule().hyper(name).defaultValue()));
            }
        }
    }

    /// The decays of a rule: the hyper-parameters with which a state multiplies itself.
    public static Set<String> decays(OptimizerRule rule) {
        Set<String> states = new LinkedHashSet<>();
        rule.states().stream().map(StateVariable::name).forEach(states::add);
        Set<String> decays = new LinkedHashSet<>();
        for (Statement statement : rule.statements()) {
            if (statement instanceof Statement.Advance(String name, Expression value) && states.contains(name)) {
                decays.addAll(Rewriting.names(ownFactor(value, name)));
            }
        }
        decays.retainAll(rule.hyperNames());
        decays.remove(LEARNING_RATE);
        return decays;
    }

    /// ∂value/∂state; where a maximum chooses a branch, the factors of all branches. Reductions count as constants.
    private static Expression ownFactor(Expression value, String state) {
        Expression byCoordinate = Rewriting.rewrite(value, node -> node instanceof Reduction ? Expression.ONE : null);
        return Rewriting.rewrite(
                Derivative.of(byCoordinate, state),
                node -> node instanceof Unary(var operation, var _) && operation == UnaryOperation.SIGN
                        ? Expression.ONE
                        : null);
    }

    static Flow.Limit through(OptimizerRule rule, Map<String, Double> chosen) {
        Map<String, Double> values = rule.values(chosen);
        double lr = values.get(rule.hyper(LEARNING_RATE).name());
        Map<String, Double> rates = new LinkedHashMap<>();
        Map<String, Double> fixed = new LinkedHashMap<>(values);
        fixed.remove(LEARNING_RATE);
        for (String name : decays(rule)) {
            rates.put(name, (1 - fixed.remove(name)) / lr);
        }
        return new Flow.Limit(rule, rates, fixed);
    }

    /// The equations of the limit on an objective.
    ///
    /// @throws IllegalArgumentException if the rule has no limit, or one that jumps (it takes a sign)
    static FlowEquations equations(Flow.Limit limit, FormulaObjective objective, ClosedMap.Start start) {
        return new RuleLimit(limit, objective).build(start);
    }

    private FlowEquations build(ClosedMap.Start start) {
        Recurrence map = ClosedMap.of(limit.rule(), objective, start);
        int watched = objective.dimension() * (1 + limit.rule().states().size());
        List<Recurrence.Component> powers =
                map.components().subList(watched, map.components().size());
        List<Unknown> components = new ArrayList<>();
        for (Recurrence.Component component : map.components().subList(0, watched)) {
            Expression velocity = ramped(velocity(component), powers);
            refuseJumps(component.name(), velocity);
            Expression from = simplified(Rewriting.substitute(component.start(), parameters));
            components.add(new Unknown(component.name(), from, velocity));
        }
        for (Recurrence.Component power : powers) {
            Expression shrinking = ramped(velocity(power), powers);
            components.add(new Unknown(ramp(power.name()), Expression.ZERO, Algebra.negate(shrinking)));
        }
        double fastest =
                limit.rates().values().stream().mapToDouble(Math::abs).max().orElse(0);
        List<Expression> scales = objective.variables().stream()
                .map(variable -> map.observables().get(ClosedMap.component(objective, "preconditioner", variable)))
                .map(scale ->
                        scale == null ? Expression.ONE : ramped(at0(Rewriting.substitute(scale, parameters)), powers))
                .toList();
        return new FlowEquations(
                objective, components, watched - objective.dimension(), powers.size(), fastest, scales);
    }

    private Expression velocity(Recurrence.Component component) {
        Expression next = Rewriting.substitute(component.next(), parameters);
        Expression standing = at0(next);
        if (!standing.equals(new Symbol(component.name()))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has no flow: as lr -> 0 one step takes %s to %s, not to itself (its averages must have the"
                            + " form beta*s + (1 - beta)*f)",
                    limit.rule().name(),
                    component.name(),
                    new PlainText().write(standing)));
        }
        return at0(Derivative.of(next, LEARNING_RATE));
    }

    private static Expression at0(Expression e) {
        return simplified(Rewriting.substitute(e, Map.of(LEARNING_RATE, Expression.ZERO)));
    }

    /// βᵗ as 1 − q with q = 1 − e^(−rate·time) as unknown, which keeps every digit of 1 − βᵗ near time 0.
    private static Expression ramped(Expression e, List<Recurrence.Component> powers) {
        Map<Expression, Expression> ramps = new LinkedHashMap<>();
        for (Recurrence.Component power : powers) {
            ramps.put(new Symbol(power.name()), new Symbol(ramp(power.name())));
        }
        Expression complements = Rewriting.rewrite(
                e,
                node -> node instanceof Binary(var operation, var one, Symbol power)
                                && operation == BinaryOperation.SUBTRACT
                                && one instanceof Constant(double value)
                                && value == 1
                        ? ramps.get(power)
                        : null);
        return Rewriting.rewrite(
                complements,
                node -> node instanceof Symbol symbol && ramps.containsKey(symbol)
                        ? Algebra.subtract(Expression.ONE, ramps.get(symbol))
                        : null);
    }

    private static String ramp(String power) {
        return "1-" + power;
    }

    private void refuseJumps(String component, Expression velocity) {
        Rewriting.rewrite(velocity, node -> {
            if (node instanceof Unary(var operation, var _) && operation == UnaryOperation.SIGN) {
                throw new IllegalArgumentException(limit.rule().name()
                        + " takes a sign, so its flow jumps and slides; of such flows only the sign flow itself is"
                        + " solved");
            }
            if (node instanceof Symbol(String name) && name.equals(OptimizerRule.STEP)) {
                throw new IllegalArgumentException(limit.rule().name()
                        + " has no flow: the velocity of " + component + " counts steps (t), and those have no limit"
                        + " as lr -> 0");
            }
            return null;
        });
    }

    private Constant constant(String name, double value) {
        return new Constant(limit.rule().checked(name, value));
    }

    /// Constants folded, zeros and ones removed, from the leaves up.
    private static Expression simplified(Expression e) {
        return Rewriting.rewrite(e, node -> switch (node) {
            case Constant _, Symbol _, Reduction _ -> null;
            case Unary(var operation, var a) -> Algebra.apply(operation, a);
            case Binary(var operation, var a, var b) ->
                switch (operation) {
                    case ADD -> Algebra.add(a, b);
                    case SUBTRACT -> Algebra.subtract(a, b);
                    case MULTIPLY -> Algebra.multiply(a, b);
                    case DIVIDE -> Algebra.divide(a, b);
                    case POWER -> Algebra.power(a, b);
                    case MIN, MAX -> null;
                };
        });
    }
}
