package adamscope.dynamics;

import adamscope.formula.Algebra;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// One rule on one objective as a closed map: the gradient inserted, every coordinate written out.
///
/// Components come in this order: the variables, then each state for each variable, then the running powers. In one
/// dimension a state keeps its name, `v`; in more it is `v[x]`, `v[y]`. Observables are `loss` (at x before the step),
/// `gradient…`, `coupling…` = v/g² with the v that holds this gradient (only for rules with a state `v`), and
/// `preconditioner…`.
public final class ClosedMap {
    /// Where the states of a rule begin.
    public enum Start {
        /// As the rule declares, usually at 0.
        ZERO,
        /// Averages already hold the gradient at the start: m₋₁ = g₀, v₋₁ = g₀².
        GRADIENT
    }

    private final ClockedRule clocked;
    private final FormulaObjective objective;
    private final List<Map<String, Expression>> environments = new ArrayList<>();

    private ClosedMap(OptimizerRule rule, FormulaObjective objective) {
        this.clocked = ClockedRule.of(rule);
        this.objective = objective;
    }

    /// The closed map.
    ///
    /// @throws IllegalArgumentException if a variable of the objective has a name that the rule uses, or the rule needs
    ///                                  a matrix
    public static Recurrence of(OptimizerRule rule, FormulaObjective objective, Start start) {
        refuseSharedNames(rule, objective);
        return new ClosedMap(rule, objective).build(start);
    }

    /// The component that holds a state of a variable.
    public static String component(FormulaObjective objective, String state, String variable) {
        return objective.dimension() == 1 ? state : state + "[" + variable + "]";
    }

    private static void refuseSharedNames(OptimizerRule rule, FormulaObjective objective) {
        Set<String> taken = new LinkedHashSet<>(List.of(OptimizerRule.GRADIENT, OptimizerRule.STEP));
        taken.addAll(rule.hyperNames());
        rule.states().forEach(state -> taken.add(state.name()));
        for (String variable : objective.variables()) {
            if (taken.contains(variable)) {
                throw new IllegalArgumentException("objective " + objective.text() + ": '" + variable
                        + "' is a name of the optimizer " + rule.name() + "; call the variable something else than "
                        + taken);
            }
        }
    }

    private Recurrence build(Start start) {
        OptimizerRule rule = clocked.rule();
        Map<String, Expression> powers = new LinkedHashMap<>();
        for (ClockedRule.RunningPower power : clocked.powers()) {
            powers.put(power.name(), new Binary(BinaryOperation.MULTIPLY, new Symbol(power.name()), power.base()));
        }
        for (int i = 0; i < objective.dimension(); i++) {
            Map<String, Expression> environment = new LinkedHashMap<>(powers);
            String variable = objective.variables().get(i);
            environment.put(OptimizerRule.PARAMETER, new Symbol(variable));
            environment.put(OptimizerRule.GRADIENT, objective.gradient().get(i));
            rule.states().forEach(s -> environment.put(s.name(), new Symbol(name(s.name(), variable))));
            environments.add(environment);
        }
        clocked.statements().forEach(this::advance);
        return new Recurrence(rule.hyperNames(), components(start, powers), observables());
    }

    private void advance(Statement statement) {
        List<Expression> values = everyCoordinate(statement.expression());
        for (int i = 0; i < environments.size(); i++) {
            environments.get(i).put(statement.name(), values.get(i));
        }
    }

    /// The formula in terms of components, for each coordinate; reductions written out over the coordinates.
    private List<Expression> everyCoordinate(Expression formula) {
        int n = environments.size();
        Map<Expression, List<Expression>> reduced = new IdentityHashMap<>();
        List<Expression> results = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            results.add(coordinate(formula, i, reduced));
        }
        return results;
    }

    private Expression coordinate(Expression formula, int i, Map<Expression, List<Expression>> reduced) {
        return switch (formula) {
            case Constant _ -> formula;
            case Symbol(String name) -> environments.get(i).getOrDefault(name, formula);
            case Unary(var operation, var a) -> new Unary(operation, coordinate(a, i, reduced));
            case Binary(var operation, var a, var b) ->
                new Binary(operation, coordinate(a, i, reduced), coordinate(b, i, reduced));
            case Reduction(ReductionKind kind, var a) ->
                reduced.computeIfAbsent(formula, _ -> reduce(kind, everyCoordinate(a)))
                        .get(i);
        };
    }

    private List<Expression> reduce(ReductionKind kind, List<Expression> a) {
        return switch (kind) {
            case ROW_MEAN, COLUMN_MEAN -> a;
            case SUM -> repeated(sum(a));
            case MEAN -> repeated(mean(sum(a)));
            case NORM -> repeated(a.size() == 1 ? magnitude(a.getFirst()) : root(sum(squares(a))));
            case RMS -> repeated(a.size() == 1 ? magnitude(a.getFirst()) : root(mean(sum(squares(a)))));
            case ORTHOGONALIZE ->
                throw new IllegalArgumentException(clocked.rule().name()
                        + " uses orthogonalize, which needs a matrix; it can train networks, not run on formulas");
        };
    }

    private List<Expression> repeated(Expression value) {
        return java.util.Collections.nCopies(environments.size(), value);
    }

    private Expression mean(Expression sum) {
        return Algebra.divide(sum, new Constant(environments.size()));
    }

    private static Expression sum(List<Expression> terms) {
        return terms.stream()
                .reduce((a, b) -> new Binary(BinaryOperation.ADD, a, b))
                .orElseThrow();
    }

    private static List<Expression> squares(List<Expression> terms) {
        return terms.stream()
                .<Expression>map(a -> new Binary(BinaryOperation.MULTIPLY, a, a))
                .toList();
    }

    private static Expression root(Expression a) {
        return new Unary(UnaryOperation.SQRT, a);
    }

    private static Expression magnitude(Expression a) {
        return new Unary(UnaryOperation.ABS, a);
    }

    private List<Component> components(Start start, Map<String, Expression> powers) {
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < objective.dimension(); i++) {
            String variable = objective.variables().get(i);
            Expression moved = environments.get(i).get(OptimizerRule.PARAMETER);
            components.add(new Component(variable, new Symbol(variable), moved));
        }
        for (StateVariable state : clocked.rule().states()) {
            for (int i = 0; i < objective.dimension(); i++) {
                String variable = objective.variables().get(i);
                Map<String, Expression> atStart = Map.of(
                        OptimizerRule.PARAMETER,
                        new Symbol(variable),
                        OptimizerRule.GRADIENT,
                        objective.gradient().get(i));
                Expression from = Rewriting.substitute(startOf(clocked.rule(), state, start), atStart);
                components.add(new Component(
                        name(state.name(), variable), from, environments.get(i).get(state.name())));
            }
        }
        powers.forEach((name, next) -> components.add(new Component(name, Expression.ONE, next)));
        return components;
    }

    /// The value of a state before the first step, in terms of hyper-parameters, `x` and `g`.
    ///
    /// A rule that says nothing of warm starts follows the custom that m averages g and v averages g².
    public static Expression startOf(OptimizerRule rule, StateVariable state, Start start) {
        boolean declared = rule.states().stream().anyMatch(s -> s.warm().isPresent());
        return switch (start) {
            case ZERO -> state.start();
            case GRADIENT -> declared ? state.warm().orElse(state.start()) : warmByName(state);
        };
    }

    private static Expression warmByName(StateVariable state) {
        Expression g = new Symbol(OptimizerRule.GRADIENT);
        return switch (state.name()) {
            case "m" -> g;
            case "v" -> new Binary(BinaryOperation.MULTIPLY, g, g);
            default -> state.start();
        };
    }

    private Map<String, Expression> observables() {
        Map<String, Expression> observables = new LinkedHashMap<>();
        observables.put("loss", objective.loss());
        Function<String, Boolean> has = name -> environments.getFirst().containsKey(name);
        for (int i = 0; i < objective.dimension(); i++) {
            String variable = objective.variables().get(i);
            Expression g = objective.gradient().get(i);
            observables.put(name("gradient", variable), g);
            if (clocked.rule().states().stream().anyMatch(s -> s.name().equals("v"))) {
                Expression square = new Binary(BinaryOperation.MULTIPLY, g, g);
                observables.put(
                        name("coupling", variable),
                        new Binary(BinaryOperation.DIVIDE, environments.get(i).get("v"), square));
            }
            String preconditioner =
                    clocked.rule().precondition().map(Statement::name).orElse("");
            if (has.apply(preconditioner)) {
                observables.put(
                        name("preconditioner", variable), environments.get(i).get(preconditioner));
            }
        }
        return observables;
    }

    private String name(String state, String variable) {
        return component(objective, state, variable);
    }
}
