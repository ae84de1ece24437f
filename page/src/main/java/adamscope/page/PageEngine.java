package adamscope.page;

import adamscope.formula.FormulaException;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/// The entry of the compiled engine: one function that takes a question and gives an answer, in a worker of the page.
///
/// An answer with `error` says what was wrong, in a text with its line and column: a wrong text never throws.
public final class PageEngine {
    /// The name of the rule's text in errors.
    static final String RULE = "rule";

    private PageEngine() {}

    /// Nothing to start: the page asks.
    static void main(String[] arguments) {}

    /// Answers a question.
    @JSExport
    public static JSObject ask(JSObject asked) {
        Question question = new Question(asked);
        try {
            return answer(question).toScript();
        } catch (FormulaException wrong) {
            return new Reply()
                    .with("error", wrong.problem())
                    .with("of", wrong.getMessage().startsWith(RULE + ":") ? RULE : "objective")
                    .with("line", wrong.line())
                    .with("column", wrong.column())
                    .toScript();
        } catch (RuntimeException wrong) {
            String message = wrong.getMessage() == null ? wrong.toString() : wrong.getMessage();
            return new Reply().with("error", message).toScript();
        }
    }

    private static Reply answer(Question question) {
        return switch (question.text("kind")) {
            case "catalogue" -> catalogue();
            case "check" -> RuleAnswer.of(question.rule());
            case "objective" -> ObjectiveAnswer.of(question);
            case "theory" -> TheoryAnswer.of(question);
            case "run" -> RunAnswer.of(question);
            case "plane" -> PlaneAnswer.of(question);
            case "rows" -> PlaneAnswer.rows(question);
            default -> throw new IllegalArgumentException("no question '" + question.text("kind") + "'");
        };
    }

    private static Reply catalogue() {
        List<Reply> rules = Catalogue.NAMES.stream()
                .map(Catalogue::shipped)
                .map(PageEngine::named)
                .toList();
        return new Reply().with("rules", rules);
    }

    private static Reply named(OptimizerRule rule) {
        return new Reply().with("name", rule.name()).with("text", rule.text());
    }
}
