package adamscope.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.FormulaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The reference of the language says what the reader takes. `-Ddocs.write=true` writes what the code knows into it.
class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "rules.md");
    private static final Pattern MISTAKE = Pattern.compile("\\| (\\d) \\| `(.*?)` \\|.*");

    @Test
    void thePageListsEveryFunctionWithItsMeaning() throws IOException {
        StringBuilder rows = new StringBuilder("| written | is |\n| --- | --- |\n");
        for (BinaryOperation operation : BinaryOperation.values()) {
            String word = operation.word();
            row(rows, word.length() > 1 ? word + "(a, b)" : "a " + word + " b", operation.meaning());
        }
        for (UnaryOperation operation : UnaryOperation.values()) {
            String word = operation.word();
            row(rows, word.length() > 1 ? word + "(a)" : word + "a", operation.meaning());
        }
        row(rows, "cosh(a)", "hyperbolic cosine, (exp(a) + exp(-a))/2");
        for (ReductionKind kind : ReductionKind.values()) {
            row(rows, kind.word() + "(a)", kind.meaning());
        }
        holds("functions", rows.toString());
    }

    @Test
    void everyMistakeOnThePageIsAnsweredAsShown() throws IOException {
        String[] right =
                written(Pattern.compile("(?s)`my\\.opt`:\\R+```\\R(.*?)```")).split("\n");
        StringBuilder rows = new StringBuilder("| line | in its place | message |\n| --- | --- | --- |\n");
        for (String row : section("mistakes").split("\n")) {
            Matcher mistake = MISTAKE.matcher(row);
            if (mistake.matches()) {
                String[] lines = right.clone();
                lines[Integer.parseInt(mistake.group(1)) - 1] = mistake.group(2);
                FormulaException wrong = catchThrowableOfType(
                        FormulaException.class, () -> RuleReader.read("my.opt", String.join("\n", lines)));
                assertThat(wrong).as(row).isNotNull();
                rows.append("| ")
                        .append(mistake.group(1))
                        .append(" | `")
                        .append(mistake.group(2))
                        .append("` | ");
                rows.append(wrong.getMessage()
                        .replaceFirst("^my\\.opt:", "")
                        .replace("|", "\\|")
                        .replace("*", "\\*"));
                rows.append(" |\n");
            }
        }
        holds("mistakes", rows.toString());
    }

    private static void row(StringBuilder rows, String written, String meaning) {
        rows.append("| `").append(written).append("` | ").append(meaning).append(" |\n");
    }

    private static String section(String name) throws IOException {
        return written(Pattern.compile("(?s)<!-- " + name + " -->\\R(.*?)<!-- end -->"));
    }

    private static String written(Pattern pattern) throws IOException {
        Matcher found = pattern.matcher(Files.readString(PAGE));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static void holds(String name, String now) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            String before = "<!-- " + name + " -->\n";
            String page = Files.readString(PAGE);
            Files.writeString(PAGE, page.replace(before + section(name), before + now));
        }
        assertThat(section(name)).isEqualTo(now);
    }
}
