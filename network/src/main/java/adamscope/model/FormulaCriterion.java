package adamscope.model;

import adamscope.formula.Expression;
import adamscope.formula.FormulaException;
import adamscope.formula.FormulaReader;
import adamscope.formula.Rewriting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A criterion as a formula of one output `y` and its target `t`, such as `log(cosh(y - t))`: its mean over outputs and
/// samples.
///
/// @param word    the formula as written
/// @param formula the same, read
public record FormulaCriterion(String word, Expression formula) implements Criterion {
    private static final String OUTPUT = "y";
    private static final String TARGET = "t";
    private static final String PI = "pi";

    /// Reads one; `source` names the text in errors.
    ///
    /// @throws FormulaException if the text is no formula, lacks y, or goes over coordinates
    static FormulaCriterion read(String source, String text) {
        Expression formula = FormulaReader.read(source, text, List.of(OUTPUT, TARGET, PI));
        if (!Rewriting.names(formula).contains(OUTPUT)) {
            throw new FormulaException(
                    source, 1, 1, "a loss depends on the output y of the model; " + text + " does not");
        }
        Rewriting.rewrite(formula, part -> {
            if (part instanceof Expression.Reduction(var kind, var _)) {
                throw new FormulaException(
                        source,
                        1,
                        1,
                        "a loss is written for one output y and its target t and the mean is taken of it: leave "
                                + kind.word() + " out");
            }
            return null;
        });
        return new FormulaCriterion(text.strip(), formula);
    }

    @Override
    public Tensor mean(Tensor outputs, Tensor targets) {
        return on(outputs, targets).value(formula, outputs).mean();
    }

    /// Why the formula has no value for some output, though output and target are numbers: where, and what it was.
    Optional<String> fault(Tensor outputs, Tensor targets) {
        try (PointerScope _ = new PointerScope()) {
            return on(outputs.detach(), targets).fault(formula);
        }
    }

    private static TensorFormula on(Tensor outputs, Tensor targets) {
        if (!Arrays.equals(outputs.shape(), targets.shape())) {
            throw new IllegalArgumentException("loss: a formula of y and t needs as many targets as outputs; there are "
                    + targets.numel() + " targets for " + outputs.numel() + " outputs");
        }
        Map<String, TensorFormula.FormulaValue> names = Map.of(
                OUTPUT, new TensorFormula.Coordinates(outputs),
                TARGET, new TensorFormula.Coordinates(targets),
                PI, new TensorFormula.Number(Math.PI));
        return new TensorFormula(names::get);
    }

    /// The text says it all.
    @Override
    public boolean equals(Object other) {
        return other instanceof FormulaCriterion(String text, var _) && text.equals(word);
    }

    @Override
    public int hashCode() {
        return word.hashCode();
    }
}
