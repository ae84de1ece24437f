package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.FormulaParser.ExpressionContext;
import adamscope.formula.FormulaParser.ProductContext;
import adamscope.formula.FormulaParser.SumContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Terms joined by operations of one strength, `a - b + c` or `a*b/c`, from left to right.
///
/// @param inverted which of them are subtracted or divided by; never the first
record Chain(List<ExpressionContext> terms, List<Boolean> inverted) {

    static Chain sum(SumContext last) {
        Chain chain = new Chain(new ArrayList<>(), new ArrayList<>());
        ExpressionContext left = last;
        while (left instanceof SumContext c) {
            chain.add(c.expression(1), c.op.getText().equals("-"));
            left = c.expression(0);
        }
        return chain.beginningWith(left);
    }

    static Chain product(ProductContext last) {
        Chain chain = new Chain(new ArrayList<>(), new ArrayList<>());
        ExpressionContext left = last;
        while (left instanceof ProductContext c) {
            chain.add(c.expression(1), c.op.getText().equals("/"));
            left = c.expression(0);
        }
        return chain.beginningWith(left);
    }

    private void add(ExpressionContext term, boolean isInverted) {
        terms.add(term);
        inverted.add(isInverted);
    }

    private Chain beginningWith(ExpressionContext first) {
        add(first, false);
        Collections.reverse(terms);
        Collections.reverse(inverted);
        return this;
    }

    /// The terms as a balanced tree.
    Expression halved(List<Expression> read, BinaryOperation straight, BinaryOperation inverse) {
        return halved(read, new Terms(0, read.size()), straight, inverse);
    }

    private record Terms(int from, int to) {}

    /// A range of the terms, each inverted as it is against the first of the range.
    private Expression halved(List<Expression> read, Terms range, BinaryOperation straight, BinaryOperation inverse) {
        if (range.to() - range.from() == 1) {
            return read.get(range.from());
        }
        int middle = (range.from() + range.to()) / 2;
        Expression left = halved(read, new Terms(range.from(), middle), straight, inverse);
        Expression right = halved(read, new Terms(middle, range.to()), straight, inverse);
        boolean same = inverted.get(middle).equals(inverted.get(range.from()));
        return new Binary(same ? straight : inverse, left, right);
    }
}
