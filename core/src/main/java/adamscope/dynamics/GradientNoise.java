package adamscope.dynamics;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.PlainText;
import adamscope.linear.CountedNormal;
import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/// Normal noise on each coordinate of a gradient, as of minibatches: a function of seed, step and coordinate.
///
/// The loss that is measured has none, nor has the gradient that averages may hold before the first step.
///
/// @param deviation standard deviation, 0 for no noise
public record GradientNoise(double deviation, long seed) {
    /// None.
    public static final GradientNoise NONE = new GradientNoise(0, 0);

    public GradientNoise {
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise = " + new PlainText().number(deviation) + " is outside [0, inf)");
        }
    }

    /// Whether there is any.
    public boolean present() {
        return deviation > 0;
    }

    /// The objective with a symbol of its own added to each coordinate of the gradient.
    FormulaObjective on(FormulaObjective objective) {
        if (!present()) {
            return objective;
        }
        List<Expression> gradient = new ArrayList<>();
        for (int i = 0; i < objective.dimension(); i++) {
            gradient.add(new Binary(BinaryOperation.ADD, objective.gradient().get(i), new Symbol(symbol(i))));
        }
        return new FormulaObjective(
                objective.text(), objective.variables(), objective.loss(), gradient, objective.minimum());
    }

    /// Tells the value of each symbol in a step; before the first step, 0, it is 0.
    void tell(int dimension, long step, ObjDoubleConsumer<String> value) {
        for (int i = 0; present() && i < dimension; i++) {
            value.accept(symbol(i), step == 0 ? 0 : deviation * CountedNormal.number(seed, step * dimension + i));
        }
    }

    /// No name that a rule or an objective can have.
    private static String symbol(int coordinate) {
        return "noise of coordinate " + coordinate;
    }
}
