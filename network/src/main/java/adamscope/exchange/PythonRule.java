package adamscope.exchange;

import adamscope.formula.Enclosure;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Rewriting;
import adamscope.optimizer.Domain;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rule with what its Python text depends on: legal names, which values are tensors and which are numbers, and where
/// the numbers can lie.
///
/// @param names      Python's name of every name of the rule
/// @param items      names for one tensor of a list of them
/// @param statements the lines without intermediate values that nothing uses
/// @param tensors    names whose values are tensors; the others are numbers
/// @param full       those of them that surely have the shape of the parameter
/// @param ranges     where each number lies
record PythonRule(
        OptimizerRule rule,
        Map<String, String> names,
        Map<String, String> items,
        List<Statement> statements,
        Set<String> tensors,
        Set<String> full,
        Map<String, Enclosure> ranges) {

    /// @param preconditioner whether its line is wanted where no other line uses it
    static PythonRule of(OptimizerRule rule, boolean preconditioner) {
        List<Statement> statements = used(rule, preconditioner);
        Set<String> tensors = new LinkedHashSet<>(List.of(OptimizerRule.PARAMETER, OptimizerRule.GRADIENT));
        tensors.addAll(stateNames(rule));
        Set<String> full = new HashSet<>(tensors);
        Map<String, Enclosure> ranges = new HashMap<>();
        rule.hyperParameters().forEach(hyper -> ranges.put(hyper.name(), range(hyper)));
        ranges.put(OptimizerRule.STEP, new Enclosure(1, Double.POSITIVE_INFINITY));
        for (Statement line : statements) {
            if (line instanceof Statement.Advance) {
                continue;
            }
            if (isTensor(line.expression(), tensors)) {
                tensors.add(line.name());
                if (isFull(line.expression(), full)) {
                    full.add(line.name());
                }
            } else {
                ranges.put(line.name(), Enclosure.of(line.expression(), ranges::get));
            }
        }
        PythonNames free = new PythonNames();
        List<String> all =
                new ArrayList<>(List.of(OptimizerRule.PARAMETER, OptimizerRule.GRADIENT, OptimizerRule.STEP));
        all.addAll(rule.hyperNames());
        all.addAll(stateNames(rule));
        statements.stream().filter(s -> !(s instanceof Statement.Advance)).forEach(s -> all.add(s.name()));
        Map<String, String> names = free.of(all);
        Map<String, String> items = new HashMap<>();
        tensors.forEach(name -> items.put(name, free.of(names.get(name) + "_i")));
        return new PythonRule(rule, names, items, statements, tensors, full, ranges);
    }

    static List<String> stateNames(OptimizerRule rule) {
        return rule.states().stream().map(StateVariable::name).toList();
    }

    /// Python's names of some names.
    List<String> named(List<String> some) {
        return some.stream().map(names::get).toList();
    }

    boolean isTensor(Expression e) {
        return isTensor(e, tensors);
    }

    boolean isFull(Expression e) {
        return isFull(e, full);
    }

    boolean uses(Expression e, String name) {
        return Rewriting.names(e).contains(name);
    }

    /// Where a number lies.
    Enclosure range(Expression e) {
        return Enclosure.of(e, ranges::get);
    }

    private static List<Statement> used(OptimizerRule rule, boolean preconditioner) {
        List<Statement> used = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        for (Statement line : rule.statements().reversed()) {
            boolean own = line instanceof Statement.Advance || preconditioner && line instanceof Statement.Precondition;
            if (own || wanted.contains(line.name())) {
                used.addFirst(line);
                wanted.addAll(Rewriting.names(line.expression()));
            }
        }
        return used;
    }

    /// The closed interval of doubles in a domain.
    private static Enclosure range(HyperParameter hyper) {
        Domain domain = hyper.domain();
        return new Enclosure(
                domain.lowIncluded() ? domain.low() : Math.nextUp(domain.low()),
                domain.highIncluded() ? domain.high() : Math.nextDown(domain.high()));
    }

    private static boolean isTensor(Expression e, Set<String> tensors) {
        boolean[] found = new boolean[1];
        Rewriting.rewrite(e, node -> {
            found[0] |= node instanceof Reduction || node instanceof Symbol(String name) && tensors.contains(name);
            return null;
        });
        return found[0];
    }

    private static boolean isFull(Expression e, Set<String> full) {
        return switch (e) {
            case Constant _ -> false;
            case Symbol(String name) -> full.contains(name);
            case Unary(var _, var a) -> isFull(a, full);
            case Binary(var _, var a, var b) -> isFull(a, full) || isFull(b, full);
            case Reduction(var kind, var _) -> kind == ReductionKind.ORTHOGONALIZE;
        };
    }
}
