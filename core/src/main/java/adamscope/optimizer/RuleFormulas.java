package adamscope.optimizer;

import adamscope.formula.MathMl;
import java.util.stream.Collectors;

/// The update equations of a rule, typeset.
public final class RuleFormulas {
    private RuleFormulas() {}

    /// One MathML block, a row for each line of the rule.
    public static String mathml(OptimizerRule rule) {
        MathMl notation = new MathMl(rule.symbols());
        String rows = rule.statements().stream()
                .map(s -> "<mtr><mtd>" + notation.name(s.name()) + "</mtd><mtd><mo>" + arrow(s) + "</mo></mtd><mtd>"
                        + notation.write(s.expression()) + "</mtd></mtr>")
                .collect(Collectors.joining());
        return "<math display=\"block\"><mtable columnalign=\"right center left\">" + rows + "</mtable></math>";
    }

    private static String arrow(Statement statement) {
        return switch (statement) {
            case Statement.Advance _ -> "←";
            case Statement.Define _, Statement.Precondition _ -> "=";
        };
    }
}
