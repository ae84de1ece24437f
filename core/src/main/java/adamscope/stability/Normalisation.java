package adamscope.stability;

import static adamscope.formula.Algebra.add;
import static adamscope.formula.Algebra.apply;
import static adamscope.formula.Algebra.divide;
import static adamscope.formula.Algebra.multiply;
import static adamscope.formula.Algebra.subtract;

import adamscope.formula.Algebra;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rewrites a rule in normalised variables: every formula becomes |x|^weight times a formula of them.
///
/// Of a sum a + b with weights α < β it makes |x|^α·(A + |x|^(β−α)·B), whose limit at x = 0 is A.
final class Normalisation {
    private static final String LEARNING_RATE = "lr";
    private static final Expression X = new Symbol(OptimizerRule.PARAMETER);

    private final OptimizerRule rule;
    private final ScaleSymmetry symmetry;
    private final PowerLaw law;
    private final Map<String, Double> fixed;

    Normalisation(OptimizerRule rule, ScaleSymmetry symmetry, PowerLaw law, Map<String, Double> fixed) {
        this.rule = rule;
        this.symmetry = symmetry;
        this.law = law;
        this.fixed = fixed;
        for (String taken : List.of(ReducedSystem.STEP, ReducedSystem.DEGREE)) {
            if (rule.hyperNames().contains(taken) || symmetry.states().contains(taken)) {
                throw new SymmetryException(
                        rule.name() + ": '" + taken + "' is a name of the scale-free system; call it something else");
            }
        }
    }

    /// A formula as |x|^weight times a value; a null weight means 0.
    private record Scaled(double[] weight, Expression value) {}

    /// How x enters the recurrence.
    enum Entrance {
        /// As a component.
        EXACT,
        /// In the limit x → 0.
        LIMIT,
        /// In the limit, with the ratio by which the states are normalised given as a parameter.
        PINNED
    }

    Recurrence recurrence(Map<String, Expression> next, Entrance form) {
        Walk walk = new Walk(form != Entrance.EXACT);
        Expression ratio = walk.of(next.get(OptimizerRule.PARAMETER)).value();
        Expression by = form == Entrance.PINNED ? new Symbol(ReducedSystem.RATIO) : ratio;
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < symmetry.states().size(); i++) {
            Expression value = walk.of(next.get(symmetry.states().get(i))).value();
            String name = component(i);
            components.add(new Component(name, new Symbol(name), advanced(i, value, by)));
        }
        if (form == Entrance.EXACT) {
            components.add(new Component(OptimizerRule.PARAMETER, X, multiply(ratio, X)));
        }
        List<String> parameters = new ArrayList<>(rule.hyperNames());
        parameters.add(ReducedSystem.DEGREE);
        if (form == Entrance.PINNED) {
            parameters.add(ReducedSystem.RATIO);
        }
        Map<String, Expression> observables = new LinkedHashMap<>();
        observables.put(ReducedSystem.RATIO, ratio);
        observables.put(ReducedSystem.RELATIVE_STEP, subtract(Expression.ONE, ratio));
        return new Recurrence(parameters, components, observables);
    }

    /// The q of w(t+1)/w(t) ~ |ratio|^q, as (constant, factor of k); q = k − 2 for Adam. Empty without w.
    double[] shrinking() {
        int left = symmetry.left();
        return left < 0
                ? new double[0]
                : Arrays.stream(symmetry.forms().get(left))
                        .map(c -> -symmetry.power() * c)
                        .toArray();
    }

    private String component(int state) {
        return state == symmetry.left() ? ReducedSystem.STEP : symmetry.states().get(state);
    }

    Map<String, String> meaning() {
        Map<String, String> meaning = new LinkedHashMap<>();
        for (int i = 0; i < symmetry.states().size(); i++) {
            String state = symmetry.states().get(i);
            String base = symmetry.odd().contains(state) ? "x" : "|x|";
            String weight = text(symmetry.forms().get(i));
            String text = state + "/" + base + "^(" + weight + ")";
            meaning.put(
                    component(i),
                    i == symmetry.left() ? (hasRate() ? "lr*" : "") + raised(text, symmetry.power()) : text);
        }
        return meaning;
    }

    private static String raised(String text, double power) {
        return power == 1 ? text : "(" + text + ")^" + Decimal.written(power);
    }

    private static String text(double[] form) {
        String slope = form[1] == 1 ? "k" : form[1] == -1 ? "-k" : Decimal.written(form[1]) + "*k";
        if (form[1] == 0) {
            return Decimal.written(form[0]);
        }
        return form[0] == 0 ? slope : slope + (form[0] < 0 ? " - " : " + ") + Decimal.written(Math.abs(form[0]));
    }

    private boolean hasRate() {
        return rule.hyperNames().contains(LEARNING_RATE) && fixed.getOrDefault(LEARNING_RATE, 1.0) > 0;
    }

    private Expression rate() {
        return hasRate() ? new Symbol(LEARNING_RATE) : Expression.ONE;
    }

    /// The normalised state after the step: value/(sign(r)^odd·|r|^a), for the one left behind η·(that)^p.
    private Expression advanced(int state, Expression value, Expression ratio) {
        double[] form = symmetry.forms().get(state);
        Expression size = apply(UnaryOperation.ABS, ratio);
        if (state == symmetry.left()) {
            Expression scale = power(value, new Constant(symmetry.power()));
            return multiply(multiply(rate(), scale), power(size, linear(shrinking())));
        }
        Expression even = divide(value, power(size, linear(form)));
        return symmetry.odd().contains(symmetry.states().get(state))
                ? multiply(apply(UnaryOperation.SIGN, ratio), even)
                : even;
    }

    /// c + d·k.
    private static Expression linear(double[] form) {
        return add(new Constant(form[0]), multiply(new Constant(form[1]), new Symbol(ReducedSystem.DEGREE)));
    }

    private static Expression power(Expression base, Expression exponent) {
        if (exponent instanceof Constant(double p) && Math.abs(p) == 0.5) {
            Expression root = apply(UnaryOperation.SQRT, base);
            return p > 0 ? root : divide(Expression.ONE, root);
        }
        return Algebra.power(base, exponent);
    }

    private final class Walk {
        private final boolean limit;
        private final int states = symmetry.states().size();
        private final ScaleWeights weights;
        private final Map<Expression, Scaled> known = new IdentityHashMap<>();

        Walk(boolean limit) {
            this.limit = limit;
            this.weights = new ScaleWeights(symmetry.states(), fixed, new double[] {1, law.degree()}, "");
        }

        Scaled of(Expression e) {
            Scaled done = known.get(e);
            if (done == null) {
                done = switch (e) {
                    case Constant(double value) -> new Scaled(value == 0 ? null : new double[2], e);
                    case Symbol(String name) -> name(name);
                    case Unary(var operation, var a) -> unary(operation, of(a));
                    case Binary(var operation, var a, var b) -> binary(operation, a, b);
                    case Reduction(var kind, var _) ->
                        throw new IllegalStateException(kind.word() + " must be written out by coordinates");
                };
                known.put(e, done);
            }
            return done;
        }

        private Scaled name(String name) {
            int state = symmetry.states().indexOf(name);
            if (state >= 0) {
                return new Scaled(symmetry.forms().get(state), normalised(state));
            }
            return switch (name) {
                case OptimizerRule.PARAMETER -> new Scaled(new double[] {1, 0}, Expression.ONE);
                case OptimizerRule.GRADIENT ->
                    new Scaled(
                            new double[] {-1, 1},
                            // c·k is 1 for x^k/k whatever the k
                            Math.abs(law.coefficient() * law.degree() - 1) < 1e-12
                                    ? Expression.ONE
                                    : multiply(new Constant(law.coefficient()), new Symbol(ReducedSystem.DEGREE)));
                default -> new Scaled(new double[2], new Symbol(name));
            };
        }

        private Expression normalised(int state) {
            Symbol component = new Symbol(component(state));
            return state == symmetry.left()
                    ? power(divide(component, rate()), new Constant(1 / symmetry.power()))
                    : component;
        }

        private Scaled unary(UnaryOperation operation, Scaled a) {
            Expression value = apply(operation, a.value());
            return switch (operation) {
                case NEGATE, ABS -> new Scaled(a.weight(), value);
                case SQRT -> new Scaled(times(a.weight(), 0.5), value);
                case SIGN -> new Scaled(a.weight() == null ? null : new double[2], value);
                case EXP, LOG, SIN, COS, TANH -> {
                    if (a.weight() == null || weights.at(a.weight()) != 0) {
                        throw new SymmetryException(rule.name() + ": " + operation.word()
                                + " of a quantity that scales with x has no power of x; the rule has no scale-free"
                                + " system");
                    }
                    yield new Scaled(new double[2], value);
                }
            };
        }

        private Scaled binary(BinaryOperation operation, Expression left, Expression right) {
            Scaled a = of(left);
            return switch (operation) {
                case ADD -> sum(a, of(right), Algebra::add);
                case SUBTRACT -> sum(a, of(right), Algebra::subtract);
                case MIN, MAX -> sum(a, of(right), (p, q) -> new Binary(operation, p, q));
                case MULTIPLY ->
                    product(a, of(right), 1, multiply(a.value(), of(right).value()));
                case DIVIDE ->
                    product(a, of(right), -1, divide(a.value(), of(right).value()));
                case POWER -> {
                    double exponent = weights.exponent(right);
                    yield new Scaled(times(a.weight(), exponent), power(a.value(), new Constant(exponent)));
                }
            };
        }

        private Scaled product(Scaled a, Scaled b, double sign, Expression value) {
            if (a.weight() == null || b.weight() == null) {
                return new Scaled(null, Expression.ZERO);
            }
            return new Scaled(
                    new double[] {a.weight()[0] + sign * b.weight()[0], a.weight()[1] + sign * b.weight()[1]}, value);
        }

        private Scaled sum(Scaled a, Scaled b, java.util.function.BinaryOperator<Expression> operation) {
            double difference = weights.at(a.weight()) - weights.at(b.weight());
            boolean both = a.weight() != null && b.weight() != null && Math.abs(difference) > 1e-9;
            double[] leading = difference <= 0 || b.weight() == null ? a.weight() : b.weight();
            Expression left = both && difference > 0 ? lowered(a, leading) : a.value();
            Expression right = both && difference < 0 ? lowered(b, leading) : b.value();
            return new Scaled(leading, operation.apply(left, right));
        }

        /// The value of the part that does not lead, per |x|^leading.
        private Expression lowered(Scaled part, double[] leading) {
            double[] gap = {part.weight()[0] - leading[0], part.weight()[1] - leading[1]};
            return limit ? Expression.ZERO : multiply(power(apply(UnaryOperation.ABS, X), linear(gap)), part.value());
        }

        private static double[] times(double[] weight, double factor) {
            return weight == null
                    ? null
                    : Arrays.stream(weight).map(c -> c * factor).toArray();
        }
    }
}
