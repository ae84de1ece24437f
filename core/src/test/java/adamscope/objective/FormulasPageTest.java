package adamscope.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/formulas.md names every objective that has a name. `-Ddocs.write=true` writes its list anew.
class FormulasPageTest {
    private static final Path PAGE = Path.of("..", "docs", "formulas.md");

    @Test
    void thePageListsTheObjectivesByName() throws IOException {
        StringBuilder rows = new StringBuilder("| name | formula |\n| --- | --- |\n");
        NamedObjectives.all().forEach((name, formula) -> rows.append("| `" + name + "` | `" + formula + "` |\n"));
        String page = Files.readString(PAGE);
        Matcher list =
                Pattern.compile("(?s)(<!-- objectives -->\\R)(.*?)<!-- end -->").matcher(page);
        assertThat(list.find()).isTrue();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, list.end(1)) + rows + page.substring(list.end(2)));
        } else {
            assertThat(list.group(2)).isEqualTo(rows.toString());
        }
    }
}
