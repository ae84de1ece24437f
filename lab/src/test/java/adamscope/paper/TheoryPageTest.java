package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What docs/theory.md says came of a statement is what the tests find. `-Ddocs.write=true` writes its list anew.
class TheoryPageTest {
    private static final Path PAGE = Path.of("..", "docs", "theory.md");
    private static final Pattern JUDGED = Pattern.compile("[(;]\\s*(P[1-4]-[0-9a-h]+(?:-[a-z]+)*),\\s+([a-z ]+)");
    private static final Pattern LIST = Pattern.compile("(?s)(<!-- statements -->\\R)(.*?)<!-- end -->");

    @Test
    void everyVerdictInTheTextIsTheRecordedOne() throws IOException {
        List<String> found = JUDGED.matcher(Files.readString(PAGE).replaceAll("\\s+", " "))
                .results()
                .map(words -> words.group(1) + " " + words.group(2))
                .toList();
        assertThat(found).hasSizeGreaterThan(50);
        assertThat(found).allSatisfy(words -> {
            String id = words.substring(0, words.indexOf(' '));
            assertThat(words).isEqualTo(id + " " + verdict(id));
        });
    }

    @Test
    void everyStatementOfTheRegisterIsInTheListWithItsVerdict() throws IOException {
        String rows = Register.ids().stream()
                .sorted()
                .map(id -> Register.of(id).entry())
                .map(entry -> "| " + entry.id() + " | " + entry.where().replace("|", "\\|") + " | "
                        + entry.says().replace("|", "\\|").replace("*", "\\*") + " | " + verdict(entry.id()) + " | "
                        + interval(entry).replace("|", "\\|") + " |\n")
                .collect(Collectors.joining(
                        "",
                        "| id | where | statement | came out | mean ± half of the 95 % interval |\n"
                                + "| --- | --- | --- | --- | --- |\n",
                        ""));
        String page = Files.readString(PAGE);
        Matcher list = LIST.matcher(page);
        assertThat(list.find()).isTrue();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, list.end(1)) + rows + page.substring(list.end(2)));
        } else {
            assertThat(list.group(2)).isEqualTo(rows);
        }
    }

    private static String interval(Register.Entry entry) {
        String words = Intervals.words(entry.id());
        return words.isEmpty() && !entry.seeds().isEmpty() ? "one seed" : words;
    }

    private static String verdict(String id) {
        assertThat(Register.ids()).contains(id);
        return PaperFiguresTest.known(id).words();
    }
}
