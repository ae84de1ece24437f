package adamscope.page;

import adamscope.formula.FormulaException;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;

/// Answers to the questions of the page, in a browser or in the program: the same classes.
///
/// An answer with `error` says what was wrong, in a text with its line and column: a wrong text never throws.
public final class Answers {
    /// The name of the rule's text in errors.
    static final String RULE = "rule";

    private Answers() {}

    /// Answers a question.
    ///
    /// @param asked `kind`, which question, and what it is about
    /// @return texts, numbers, flags, `double[]`, lists and maps of them
    public static Map<String, Object> of(Map<?, ?> asked) {
        try {
            return answer(new Question(asked)).entries();
        } catch (RuntimeException wrong) {
            return fault(wrong);
        }
    }

    /// What is answered to a question in which something is wrong: `error`, and of a formula where.
    public static Map<String, Object> fault(RuntimeException failure) {
        if (failure instanceof FormulaException wrong) {
            return new Reply()
                    .with("error", wrong.problem())
                    .with("of", wrong.getMessage().startsWith(RULE + ":") ? RULE : "objective")
                    .with("line", wrong.line())
                    .with("column", wrong.column())
                    .entries();
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new Reply().with("error", message).entries();
    }

    private static Reply answer(Question question) {
        return switch (question.text("kind")) {
            case "catalogue" -> catalogue();
            case "check" -> RuleAnswer.of(question.rule());
            case "objective" -> ObjectiveAnswer.of(question);
            case "theory" -> TheoryAnswer.of(question);
            case "run" -> RunAnswer.of(question);
            case "plane" -> PlaneAnswer.of(question);
            case "diagnosis" -> DiagnosisAnswer.of(question);
            case "multipliers" -> MultiplierAnswer.of(question);
            case "orbit" -> OrbitAnswer.of(question);
            case "flow" -> FlowAnswer.of(question);
            case "rows" -> PlaneAnswer.rows(question);
            default -> throw new IllegalArgumentException("no question '" + question.text("kind") + "'");
        };
    }

    private static Reply catalogue() {
        List<Reply> rules = Catalogue.NAMES.stream()
                .map(Catalogue::shipped)
                .map(Answers::named)
                .toList();
        return new Reply().with("rules", rules);
    }

    private static Reply named(OptimizerRule rule) {
        return new Reply().with("name", rule.name()).with("text", rule.text());
    }
}
