package adamscope.exchange;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Rewriting;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A rule as a Python file with an `optax.GradientTransformation`: every line derived from the statements of the rule.
///
/// The file calls `optax.GradientTransformation`, `jax.tree_util.tree_flatten`, and functions of `jax.numpy`.
public final class OptaxTransformation {
    private final PythonRule rule;
    private final PythonFormula formula;
    private final String source;
    private final String name;
    private final String x;
    private final boolean added;

    private OptaxTransformation(OptimizerRule rule, String source) {
        this.source = source;
        this.rule = PythonRule.of(rule, false);
        this.formula = PythonFormula.of(this.rule, PythonFormula.Library.JAX);
        this.name = PythonFile.className(rule);
        this.x = formula.name(OptimizerRule.PARAMETER);
        this.added = isAdded();
    }

    /// The text of the file; `source` is the rule's name in the catalogue or the path of its file, as the user gave it.
    ///
    /// @throws IllegalArgumentException if Python cannot hold the rule
    public static String of(OptimizerRule rule, String source) {
        return new OptaxTransformation(rule, source).text();
    }

    /// Whether the rule has one line `x <- x ± …` and looks at x no more after it: that sum is the update.
    private boolean isAdded() {
        boolean moved = false;
        for (Statement line : rule.statements()) {
            if (moved && rule.uses(line.expression(), OptimizerRule.PARAMETER) || moved && moves(line)) {
                return false;
            }
            moved |= moves(line);
        }
        return rule.statements().stream().filter(OptaxTransformation::moves).allMatch(line -> {
            List<InPlace.Term> terms = InPlace.Term.sum(line.expression());
            return terms.size() > 1
                    && terms.getFirst().value() instanceof Expression.Symbol(String first)
                    && first.equals(OptimizerRule.PARAMETER);
        });
    }

    private static boolean moves(Statement line) {
        return line instanceof Statement.Advance(String advanced, var _) && advanced.equals(OptimizerRule.PARAMETER);
    }

    private String text() {
        String body = body();
        String functions = PythonFile.functions("jax_functions.py", formula.functions());
        return PythonFile.module(rule.rule(), source, "optax", "jax and optax")
                + "\nfrom typing import NamedTuple\n\nimport jax\nimport jax.numpy as jnp\nimport optax\n"
                + PythonFile.constant(rule.rule())
                + functions
                + body;
    }

    private List<String> states() {
        return rule.named(PythonRule.stateNames(rule.rule()));
    }

    private String joined(String before, String after) {
        return states().stream().map(state -> before + state + after).collect(Collectors.joining());
    }

    private String body() {
        String defaults = PythonFile.defaults(rule, formula);
        return """


            class {class}State(NamedTuple):
                \"""The number of steps made{and}.\"""

                count: jax.Array
            {fields}

            def {function}({defaults}):
                \"""The optimizer {rule} as an optax.GradientTransformation. For a schedule of a hyper-parameter wrap it:
                optax.inject_hyperparams({function})(…).

            {about}    \"""
            {checks}
                def step({x}, {g}, {states}{t}):
                    \"""The update of one array and its new states.\"""
            {lines}        return {update}{returned}

                def init(params):
                    leaves, tree = jax.tree_util.tree_flatten(params)
                    return {class}State(
                        jnp.zeros([], jnp.int32),
            {starts}        )

                def update(updates, state, params=None):
                    if params is None:
                        raise ValueError("{function} needs the parameters: update(updates, state, params)")
                    count = state.count + 1
                    leaves, tree = jax.tree_util.tree_flatten(params)
                    parts = [tree.flatten_up_to(part) for part in (updates,{parts})]
                    new = [step(*leaf, count) for leaf in zip(leaves, *parts)]
                    update, *states = [tree.unflatten([leaf[i] for leaf in new]) for i in range({width})]
                    return update, {class}State(count, *states)

                return optax.GradientTransformation(init, update)
            """.replace("{class}", name)
                .replace("{function}", function(rule.rule()))
                .replace("{rule}", rule.rule().name())
                .replace("{and}", states().isEmpty() ? "" : " and the states, each a tree like the parameters")
                .replace("{fields}", joined("    ", ": optax.Params\n"))
                .replace("{defaults}", defaults)
                .replace("{checks}", checks())
                .replace("{x}", x)
                .replace("{g}", formula.name(OptimizerRule.GRADIENT))
                .replace("{t}", formula.name(OptimizerRule.STEP))
                .replace("{states}", joined("", ", "))
                .replace("{lines}", PythonFile.indented(lines(), "        "))
                .replace("{update}", added ? "update" : x + " - before")
                .replace("{returned}", states().isEmpty() ? "," : joined(", ", ""))
                .replace("{starts}", starts())
                .replace("{parts}", joined(" state.", ",").replaceFirst("(?<=.),$", ""))
                .replace("{width}", Integer.toString(states().size() + 1))
                .replace("{about}", PythonFile.hyperParameters(rule, "    "));
    }

    /// The name of the function that makes it.
    static String function(OptimizerRule rule) {
        return new PythonNames()
                .of(rule.name().replaceAll("[^\\p{L}\\p{Nd}_]+", "_").toLowerCase(Locale.ROOT));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!added) {
            lines.add("before = " + x);
        }
        for (StateVariable state : rule.rule().states()) {
            if (startsFromGradient(state)) {
                String own = rule.names().get(state.name());
                lines.add(own + " = jnp.where(" + formula.name(OptimizerRule.STEP) + " == 1, "
                        + formula.line(state.start()) + ", " + own + ")  # before the first step");
            }
        }
        for (Statement line : rule.statements()) {
            lines.add(TorchLines.comment(line));
            lines.add(line(line));
        }
        return lines;
    }

    private String line(Statement line) {
        Expression value = line.expression();
        if (!(line instanceof Statement.Advance)) {
            return formula.name(line.name()) + " = " + formula.line(value);
        }
        if (moves(line) && added) {
            return "update = " + update(InPlace.Term.sum(value));
        }
        return formula.name(line.name()) + " = "
                + (rule.isFull(value) ? formula.line(value) : formula.stretched(value));
    }

    /// What is added to x.
    private String update(List<InPlace.Term> terms) {
        StringBuilder out = new StringBuilder();
        for (InPlace.Term term : terms.subList(1, terms.size())) {
            if (out.isEmpty()) {
                out.append(term.negative() ? formula.negated(term.value()) : formula.line(term.value()));
            } else {
                // Terms of a sum from the left: none but the first is itself a sum without parentheses.
                out.append(term.negative() ? " - " : " + ").append(grouped(term.value()));
            }
        }
        return out.toString();
    }

    private String grouped(Expression e) {
        return InPlace.Term.sum(e).size() > 1 ? "(" + formula.line(e) + ")" : formula.line(e);
    }

    /// A start that is a number or depends on x is known when the transformation begins; one from g is not.
    private static boolean startsFromGradient(StateVariable state) {
        return Rewriting.names(state.start()).contains(OptimizerRule.GRADIENT);
    }

    private String starts() {
        return rule.rule().states().stream().map(this::start).collect(Collectors.joining());
    }

    private String start(StateVariable state) {
        Expression value = startsFromGradient(state) ? Expression.ZERO : state.start();
        String array = value instanceof Constant(double number) && number == 0
                ? "jnp.zeros_like(" + x + ")"
                : rule.isFull(value) ? formula.line(value) : "jnp.full_like(" + x + ", " + formula.line(value) + ")";
        return "            tree.unflatten([" + array + " for " + x + " in leaves]),\n";
    }

    private String checks() {
        return rule.rule().hyperParameters().stream().map(this::check).collect(Collectors.joining());
    }

    /// A traced value has no truth yet, so only numbers are compared.
    private String check(HyperParameter hyper) {
        String key = rule.names().get(hyper.name());
        return "    if isinstance(" + key + ", (int, float)) and not " + PythonFile.inside(hyper, key, formula) + ":\n"
                + "        raise ValueError(\"" + key + " = %r is outside " + hyper.domain() + "\" % (" + key + ",))\n";
    }
}
