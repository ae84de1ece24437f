package adamscope.cli;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Expression;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What was understood of a rule and derived from it.
///
/// @param map         the closed map on x²/2, or empty if the rule runs on networks only
/// @param networkOnly why there is no closed map, empty if there is one
/// @param remarks     what is allowed but probably not meant
record RuleCheck(OptimizerRule rule, Optional<Recurrence> map, String networkOnly, List<String> remarks) {

    /// Reads a shipped rule or a file.
    static RuleCheck of(String fileOrName) {
        return of(Catalogue.find(fileOrName));
    }

    private static RuleCheck of(OptimizerRule rule) {
        try {
            Recurrence map = ClosedMap.of(rule, FormulaObjective.power(2), ClosedMap.Start.ZERO);
            return new RuleCheck(rule, Optional.of(map), "", remarks(rule));
        } catch (IllegalArgumentException e) {
            return new RuleCheck(rule, Optional.empty(), e.getMessage(), remarks(rule));
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("ok: optimizer " + rule.name());
        rule.hyperParameters().forEach(hyper -> lines.add("  hyper-parameter " + shown(hyper)));
        rule.states().forEach(state -> lines.add("  state " + shown(state)));
        lines.add("  preconditioner "
                + rule.precondition()
                        .map(RuleCheck::shown)
                        .orElse("none: the rule is analysed as it stands, nothing is frozen"));
        lines.add("  running powers " + listed(runningPowers()));
        lines.add("  on x^2/2: "
                + map.map(m -> "a map of the components ["
                                + m.components().stream()
                                        .map(Recurrence.Component::name)
                                        .collect(Collectors.joining(", "))
                                + "]")
                        .orElse("no map, networks only: " + networkOnly));
        remarks.forEach(remark -> lines.add("  remark: " + remark));
        return lines;
    }

    Map<String, Object> document() {
        Map<String, Object> document = RulePrint.document(rule);
        document.put("runningPowers", runningPowers());
        document.put(
                "components",
                map.map(m ->
                        m.components().stream().map(Recurrence.Component::name).toList()));
        document.put("networkOnly", map.isEmpty() ? networkOnly : null);
        document.put("remarks", remarks);
        return document;
    }

    private List<String> runningPowers() {
        return ClockedRule.of(rule).powers().stream()
                .map(ClockedRule.RunningPower::name)
                .toList();
    }

    private static List<String> remarks(OptimizerRule rule) {
        Set<String> used = new HashSet<>();
        rule.statements().forEach(line -> used.addAll(Rewriting.names(line.expression())));
        List<String> remarks = new ArrayList<>();
        if (!used.contains(OptimizerRule.GRADIENT)) {
            remarks.add("no line uses the gradient g");
        }
        rule.hyperNames().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> remarks.add("no line uses the hyper-parameter " + name));
        rule.states().stream()
                .map(StateVariable::name)
                .filter(name -> !used.contains(name))
                .forEach(name -> remarks.add("no line uses the state " + name));
        return remarks;
    }

    private static String shown(HyperParameter hyper) {
        return hyper.name() + " = " + new PlainText().write(new Expression.Constant(hyper.defaultValue())) + " in "
                + hyper.domain() + (hyper.meaning().isEmpty() ? "" : ", " + hyper.meaning());
    }

    private static String shown(StateVariable state) {
        PlainText plain = new PlainText();
        return state.name() + " = " + plain.write(state.start())
                + state.warm().map(warm -> ", warm " + plain.write(warm)).orElse("");
    }

    private static String shown(Statement line) {
        return line.name() + " = " + new PlainText().write(line.expression());
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
