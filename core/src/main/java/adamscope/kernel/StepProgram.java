package adamscope.kernel;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Powers;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// One step of a recurrence as straight-line code.
///
/// Inputs are the components (values before the step), the varying parameters and `t`. Results are the next value of
/// each component, then the observed quantities.
///
/// @param components names of the components, in order
/// @param parameters names of the parameters that vary from lane to lane
/// @param observed   names of the observed quantities
/// @param uniform    parameters with one value for all lanes, folded into the code
/// @param driven     components that the variables drive; the others run on a schedule of their own, such as βᵗ
/// @param program    the code
/// @param starts     the code for the start: inputs are the components' own names where a component's start is given
///                   from outside, and the parameters
public record StepProgram(
        List<String> components,
        List<String> parameters,
        List<String> observed,
        Map<String, Double> uniform,
        Set<String> driven,
        Program program,
        Program starts) {

    /// The name of the step in formulas.
    public static final String STEP = "t";

    /// Compiles a recurrence for the given observables; `uniform` parameters become literals.
    ///
    /// Powers are written out before that: of a parameter as an exponent the bits are those of a power, whether it is
    /// uniform or an axis.
    ///
    /// @throws IllegalArgumentException for an observable that the recurrence lacks
    public static StepProgram of(Recurrence recurrence, List<String> observed, Map<String, Double> uniform) {
        Function<Expression, Expression> folding = Rewriting.shared(Powers::product)
                .andThen(Rewriting.shared(
                        node -> node instanceof Expression.Symbol(String name) && uniform.containsKey(name)
                                ? new Constant(uniform.get(name))
                                : null));
        List<Expression> formulas = new ArrayList<>();
        recurrence.components().forEach(c -> formulas.add(folding.apply(c.next())));
        for (String name : observed) {
            Expression observable = recurrence.observables().get(name);
            if (observable == null) {
                throw new IllegalArgumentException("nothing called '" + name + "' to observe; there are "
                        + recurrence.observables().keySet());
            }
            formulas.add(folding.apply(observable));
        }
        List<Expression> starts = recurrence.components().stream()
                .map(c -> folding.apply(c.start()))
                .toList();
        return new StepProgram(
                recurrence.components().stream().map(Recurrence.Component::name).toList(),
                recurrence.parameters().stream()
                        .filter(p -> !uniform.containsKey(p))
                        .toList(),
                List.copyOf(observed),
                Map.copyOf(new LinkedHashMap<>(uniform)),
                recurrence.drivenBy(recurrence.variables()),
                Program.ofOperations(formulas),
                Program.ofOperations(starts));
    }

    /// The position in [Program#results()] of an observed quantity.
    public int resultOf(String observable) {
        return components.size() + observed.indexOf(observable);
    }
}
