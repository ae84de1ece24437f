package adamscope.exchange;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One operation that changes a tensor in place, as torch has them.
sealed interface InPlace {
    /// target·factor, or target/factor.
    record Factor(Expression factor, boolean divides) implements InPlace {}

    /// target ± number.
    record Summand(boolean negative, Expression number) implements InPlace {}

    /// target ± coefficient·tensor; without a coefficient it is 1.
    record Add(boolean negative, Optional<Expression> coefficient, Expression tensor) implements InPlace {}

    /// target ± coefficient·left·right.
    record AddProduct(boolean negative, Optional<Expression> coefficient, Expression left, Expression right)
            implements InPlace {}

    /// target ± coefficient·left/right.
    record AddQuotient(boolean negative, Optional<Expression> coefficient, Expression left, Expression right)
            implements InPlace {}

    /// A new value.
    record Assign(Expression value) implements InPlace {}

    /// The line `target <- e` as operations in place, in order.
    static List<InPlace> of(String target, Expression e, PythonRule rule) {
        if (!rule.isTensor(e)) {
            return List.of(new Assign(e));
        }
        List<Term> terms = ordered(Term.sum(e), target, rule);
        List<InPlace> changes = new ArrayList<>();
        Expression first = terms.getFirst().value();
        if (!isTarget(first, target)) {
            Optional<InPlace> scale = scale(first, target, rule);
            if (scale.isEmpty()) {
                return List.of(new Assign(e));
            }
            changes.add(scale.orElseThrow());
        }
        List<Term> rest = terms.subList(1, terms.size());
        boolean again = rest.stream().anyMatch(term -> rule.uses(term.value(), target));
        if (again && (rest.size() > 1 || !changes.isEmpty())) {
            return List.of(new Assign(e));
        }
        if (again && rest.size() == 1) {
            Optional<InPlace> shrunk = shrunk(rest.getFirst(), target, rule);
            if (shrunk.isPresent()) {
                return List.of(shrunk.orElseThrow());
            }
        }
        rest.forEach(term -> changes.add(added(term, rule)));
        return changes.isEmpty() ? List.of(new Assign(e)) : changes;
    }

    /// A term of a sum and whether it is subtracted.
    record Term(boolean negative, Expression value) {

        static List<Term> sum(Expression e) {
            List<Term> terms = new ArrayList<>();
            Expression left = e;
            while (left instanceof Binary(var operation, var a, var b)
                    && (operation == BinaryOperation.ADD || operation == BinaryOperation.SUBTRACT)) {
                terms.addFirst(new Term(operation == BinaryOperation.SUBTRACT, b));
                left = a;
            }
            terms.addFirst(new Term(false, left));
            return terms;
        }
    }

    /// `(1 - beta)*g + beta*m` is `beta*m + (1 - beta)*g`.
    private static List<Term> ordered(List<Term> terms, String target, PythonRule rule) {
        boolean swapped = terms.size() == 2
                && !terms.get(1).negative()
                && !isTarget(terms.get(0).value(), target)
                && scale(terms.get(0).value(), target, rule).isEmpty();
        return swapped ? terms.reversed() : terms;
    }

    private static boolean isTarget(Expression e, String target) {
        return e instanceof Symbol(String name) && name.equals(target);
    }

    private static Optional<InPlace> scale(Expression e, String target, PythonRule rule) {
        if (e instanceof Binary(var operation, var a, var b)) {
            if (operation == BinaryOperation.MULTIPLY && isTarget(b, target) && !rule.isTensor(a)) {
                return Optional.of(new Factor(a, false));
            }
            if (isTarget(a, target) && !rule.isTensor(b)) {
                return switch (operation) {
                    case MULTIPLY -> Optional.of(new Factor(b, false));
                    case DIVIDE -> Optional.of(new Factor(b, true));
                    case ADD, SUBTRACT, POWER, MIN, MAX -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    /// x − c·x as x·(1 − c).
    private static Optional<InPlace> shrunk(Term term, String target, PythonRule rule) {
        Factors factors = Factors.of(term.value(), rule);
        if (factors.above().size() != 1
                || !factors.below().isEmpty()
                || !isTarget(factors.above().getFirst(), target)
                || factors.number().isEmpty()) {
            return Optional.empty();
        }
        boolean minus = term.negative() != factors.negative();
        BinaryOperation operation = minus ? BinaryOperation.SUBTRACT : BinaryOperation.ADD;
        Expression factor =
                new Binary(operation, Expression.ONE, factors.number().orElseThrow());
        return Optional.of(new Factor(factor, false));
    }

    private static InPlace added(Term term, PythonRule rule) {
        if (!rule.isTensor(term.value())) {
            return new Summand(term.negative(), term.value());
        }
        Factors factors = Factors.of(term.value(), rule);
        boolean minus = term.negative() != factors.negative();
        List<Expression> above = factors.above();
        List<Expression> below = factors.below();
        if (above.size() == 1 && below.isEmpty()) {
            return above.getFirst() instanceof Binary(var operation, Symbol base, Constant(double exponent))
                            && operation == BinaryOperation.POWER
                            && exponent == 2
                    ? new AddProduct(minus, factors.number(), base, base)
                    : new Add(minus, factors.number(), above.getFirst());
        }
        if (above.size() == 2 && below.isEmpty() && above.stream().allMatch(Symbol.class::isInstance)) {
            return new AddProduct(minus, factors.number(), above.get(0), above.get(1));
        }
        if (above.size() == 1 && below.size() == 1) {
            return new AddQuotient(minus, factors.number(), above.getFirst(), below.getFirst());
        }
        return new Add(minus, factors.number(), factors.tensor());
    }

    /// A product parted into its number and its tensors.
    ///
    /// @param above tensors that are multiplied
    /// @param below tensors that are divided by
    record Factors(boolean negative, Optional<Expression> number, List<Expression> above, List<Expression> below) {

        static Factors of(Expression e, PythonRule rule) {
            if (e instanceof Unary(var operation, var a) && operation == UnaryOperation.NEGATE) {
                Factors inner = of(a, rule);
                return new Factors(!inner.negative(), inner.number(), inner.above(), inner.below());
            }
            if (e instanceof Binary(var operation, var a, var b)
                    && (operation == BinaryOperation.MULTIPLY || operation == BinaryOperation.DIVIDE)) {
                Factors left = of(a, rule);
                boolean divides = operation == BinaryOperation.DIVIDE;
                return divides ? left.over(b, rule) : left.times(of(b, rule));
            }
            return rule.isTensor(e)
                    ? new Factors(false, Optional.empty(), List.of(e), List.of())
                    : new Factors(false, Optional.of(e), List.of(), List.of());
        }

        private Factors times(Factors other) {
            Optional<Expression> product = number.isPresent() && other.number.isPresent()
                    ? Optional.of(
                            new Binary(BinaryOperation.MULTIPLY, number.orElseThrow(), other.number.orElseThrow()))
                    : number.or(other::number);
            return new Factors(
                    negative != other.negative, product, joined(above, other.above), joined(below, other.below));
        }

        private Factors over(Expression divisor, PythonRule rule) {
            if (rule.isTensor(divisor)) {
                return new Factors(negative, number, above, joined(below, List.of(divisor)));
            }
            Expression quotient = new Binary(BinaryOperation.DIVIDE, number.orElse(Expression.ONE), divisor);
            return new Factors(negative, Optional.of(quotient), above, below);
        }

        private static List<Expression> joined(List<Expression> a, List<Expression> b) {
            List<Expression> all = new ArrayList<>(a);
            all.addAll(b);
            return all;
        }

        /// The tensors without the number.
        Expression tensor() {
            Expression product = above.isEmpty()
                    ? Expression.ONE
                    : above.stream()
                            .reduce((a, b) -> new Binary(BinaryOperation.MULTIPLY, a, b))
                            .orElseThrow();
            for (Expression divisor : below) {
                product = new Binary(BinaryOperation.DIVIDE, product, divisor);
            }
            return product;
        }
    }
}
