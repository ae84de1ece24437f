package adamscope.objective;

import adamscope.formula.Algebra;
import adamscope.formula.Enclosure;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.Rewriting;
import java.util.Set;
import java.util.function.Function;

/// A loss as what depends on its variables plus what does not: x²/2 + 1 is x²/2 plus 1.
///
/// @param variables of the loss
/// @param varying   the very formula of the loss where it has no constant term
/// @param constant  of numbers and parameters
record SplitLoss(Set<String> variables, Expression varying, Expression constant) {

    static SplitLoss of(FormulaObjective objective) {
        return split(objective.loss(), Set.copyOf(objective.variables()));
    }

    private static SplitLoss split(Expression e, Set<String> variables) {
        SplitLoss whole = new SplitLoss(variables, e, Expression.ZERO);
        if (isFree(e, variables)) {
            return new SplitLoss(variables, Expression.ZERO, e);
        }
        return switch (e) {
            case Unary(var operation, var a)
            when operation == UnaryOperation.NEGATE -> split(a, variables).mapped(whole, Algebra::negate);
            case Binary(var operation, var a, var b) ->
                switch (operation) {
                    case ADD -> both(whole, a, b, Algebra::add);
                    case SUBTRACT -> both(whole, a, b, Algebra::subtract);
                    case MULTIPLY ->
                        isFree(a, variables)
                                ? split(b, variables).mapped(whole, term -> Algebra.multiply(a, term))
                                : isFree(b, variables)
                                        ? split(a, variables).mapped(whole, term -> Algebra.multiply(term, b))
                                        : whole;
                    case DIVIDE ->
                        isFree(b, variables)
                                ? split(a, variables).mapped(whole, term -> Algebra.divide(term, b))
                                : whole;
                    case POWER, MIN, MAX -> whole;
                };
            case Unary _, Constant _, Symbol _, Expression.Reduction _ -> whole;
        };
    }

    private static SplitLoss both(
            SplitLoss whole, Expression a, Expression b, java.util.function.BinaryOperator<Expression> operation) {
        SplitLoss left = split(a, whole.variables);
        SplitLoss right = split(b, whole.variables);
        return left.hasConstant() || right.hasConstant()
                ? new SplitLoss(
                        whole.variables,
                        operation.apply(left.varying, right.varying),
                        operation.apply(left.constant, right.constant))
                : whole;
    }

    private SplitLoss mapped(SplitLoss whole, Function<Expression, Expression> operation) {
        return hasConstant() ? new SplitLoss(variables, operation.apply(varying), operation.apply(constant)) : whole;
    }

    private boolean hasConstant() {
        return !(constant instanceof Constant(double value) && value == 0);
    }

    private static boolean isFree(Expression e, Set<String> variables) {
        return Rewriting.names(e).stream().noneMatch(variables::contains);
    }

    /// Whether what varies is 0 at the origin and grows on every way out of it, so that the origin has the least loss
    /// and every loss is known to all its digits: sums of powers of |x|, x², and products of them.
    ///
    /// @param parameters where each lies
    boolean growsFromZero(Function<String, Enclosure> parameters) {
        return varying.equals(Expression.ZERO) || grows(varying, parameters);
    }

    private boolean grows(Expression e, Function<String, Enclosure> parameters) {
        return switch (e) {
            case Unary(var operation, var a) ->
                operation == UnaryOperation.ABS && isMonomial(a)
                        || operation == UnaryOperation.SQRT && grows(a, parameters);
            case Binary(var operation, var a, var b) ->
                switch (operation) {
                    case ADD -> grows(a, parameters) && grows(b, parameters);
                    case MULTIPLY ->
                        a.equals(b) && isMonomial(a)
                                || isFactor(a, parameters) && grows(b, parameters)
                                || isFactor(b, parameters) && grows(a, parameters);
                    case DIVIDE -> grows(a, parameters) && isPositive(b, parameters);
                    case POWER ->
                        b instanceof Constant(double p)
                                && p > 0
                                && (grows(a, parameters) || isMonomial(a) && p == 2 * Math.rint(p / 2));
                    case SUBTRACT, MIN, MAX -> false;
                };
            case Constant _, Symbol _, Expression.Reduction _ -> false;
        };
    }

    private boolean isFactor(Expression e, Function<String, Enclosure> parameters) {
        return grows(e, parameters) || isPositive(e, parameters);
    }

    private boolean isPositive(Expression e, Function<String, Enclosure> parameters) {
        return isFree(e, variables) && Enclosure.of(e, parameters).least() > 0;
    }

    /// A product of variables and numbers.
    private boolean isMonomial(Expression e) {
        return switch (e) {
            case Symbol(String name) -> variables.contains(name);
            case Unary(var operation, var a) -> operation == UnaryOperation.NEGATE && isMonomial(a);
            case Binary(BinaryOperation operation, var a, var b) ->
                switch (operation) {
                    case MULTIPLY ->
                        isMonomial(a) && isMonomial(b)
                                || a instanceof Constant && isMonomial(b)
                                || b instanceof Constant && isMonomial(a);
                    case DIVIDE -> isMonomial(a) && b instanceof Constant;
                    case POWER -> isMonomial(a) && b instanceof Constant(double p) && p > 0 && p == Math.rint(p);
                    case ADD, SUBTRACT, MIN, MAX -> false;
                };
            case Constant _, Expression.Reduction _ -> false;
        };
    }

    /// Where what varies lies, as far as the formula tells at once.
    Enclosure range(Function<String, Enclosure> parameters) {
        return Enclosure.of(varying, name -> variables.contains(name) ? Enclosure.ALL : parameters.apply(name));
    }

    /// The formula of the loss over a value.
    Expression over(Expression value) {
        Expression rest = Algebra.subtract(number(constant), number(value));
        if (constant.equals(value) || rest.equals(Expression.ZERO)) {
            return varying;
        }
        return rest instanceof Constant(double c) && c < 0
                ? Algebra.subtract(varying, new Constant(-c))
                : Algebra.add(varying, rest);
    }

    private static Expression number(Expression e) {
        return Rewriting.names(e).isEmpty() ? new Constant(adamscope.formula.Evaluation.value(e, _ -> Double.NaN)) : e;
    }
}
