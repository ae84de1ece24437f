package adamscope.cli;

import adamscope.formula.Latex;
import adamscope.formula.PlainText;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import adamscope.store.JsonDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Optimizer rules as a person or a program reads them: table, text, LaTeX, JSON.
record RulePrint(Console console) {

    /// A full stop, but not the one of "et al." and "Alg.".
    private static final Pattern SENTENCE_END = Pattern.compile("(?<! al| Alg| Eq| Fig)\\. ");

    /// Name, hyper-parameters and the first sentence of the note of every shipped rule.
    void list() {
        List<OptimizerRule> rules = shipped();
        int names = width(rules.stream().map(OptimizerRule::name).toList());
        int hypers = width(rules.stream().map(RulePrint::hyperNames).toList());
        String row = "%-" + names + "s  %-" + hypers + "s  %s";
        console.line(String.format(Locale.ROOT, row, "name", "hyper-parameters", "source and variant"));
        rules.forEach(rule -> console.line(
                String.format(Locale.ROOT, row, rule.name(), hyperNames(rule), firstSentence(rule.note()))));
    }

    void listJson() {
        console.json(
                "optimizers",
                JsonDocument.object(
                        "optimizers",
                        shipped().stream()
                                .map(rule -> JsonDocument.object(
                                        "name",
                                        rule.name(),
                                        "note",
                                        rule.note(),
                                        "hyperParameters",
                                        hyperParameters(rule)))
                                .toList()));
    }

    void text(OptimizerRule rule) {
        console.line(rule.text().stripTrailing());
    }

    /// The update equations in an `align*` environment, in the symbols that the rule declares.
    void latex(OptimizerRule rule) {
        Latex latex = new Latex(rule.symbols());
        console.line("\\begin{align*}");
        console.line(rule.statements().stream()
                .map(line ->
                        "  " + latex.name(line.name()) + " &" + relation(line) + " " + latex.write(line.expression()))
                .collect(Collectors.joining(" \\\\\n")));
        console.line("\\end{align*}");
    }

    /// The rule as plain data.
    static Map<String, Object> document(OptimizerRule rule) {
        return JsonDocument.object(
                "name",
                rule.name(),
                "note",
                rule.note(),
                "hyperParameters",
                hyperParameters(rule),
                "states",
                rule.states().stream().map(RulePrint::state).toList(),
                "statements",
                rule.statements().stream().map(RulePrint::statement).toList(),
                "preconditioner",
                rule.precondition().map(RulePrint::statement));
    }

    private static List<OptimizerRule> shipped() {
        return Catalogue.NAMES.stream().map(Catalogue::shipped).toList();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String hyperNames(OptimizerRule rule) {
        return String.join(" ", rule.hyperNames());
    }

    private static String firstSentence(String note) {
        Matcher end = SENTENCE_END.matcher(note);
        return end.find() ? note.substring(0, end.start() + 1) : note;
    }

    private static List<Map<String, Object>> hyperParameters(OptimizerRule rule) {
        return rule.hyperParameters().stream().map(RulePrint::hyperParameter).toList();
    }

    private static Map<String, Object> hyperParameter(HyperParameter hyper) {
        return JsonDocument.object(
                "name", hyper.name(),
                "default", hyper.defaultValue(),
                "domain", hyper.domain().toString(),
                "meaning", hyper.meaning(),
                "symbol", hyper.symbol());
    }

    private static Map<String, Object> state(StateVariable state) {
        PlainText plain = new PlainText();
        return JsonDocument.object(
                "name", state.name(),
                "start", plain.write(state.start()),
                "warm", state.warm().map(plain::write));
    }

    private static Map<String, Object> statement(Statement line) {
        String kind = switch (line) {
            case Statement.Advance _ -> "advance";
            case Statement.Define _ -> "define";
            case Statement.Precondition _ -> "precondition";
        };
        return JsonDocument.object(
                "kind", kind, "name", line.name(), "formula", new PlainText().write(line.expression()));
    }

    private static String relation(Statement line) {
        return switch (line) {
            case Statement.Advance _ -> "\\leftarrow";
            case Statement.Define _, Statement.Precondition _ -> "=";
        };
    }
}
