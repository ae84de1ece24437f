package adamscope.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellTest {
    private static final List<String> WORDS = List.of(
            "x^4/4", "lr=1e-3", "a b", "it's", "$HOME", "`id`", "*", "", "~", "a\\b", "(x)", "{a,b}", "[0,1]", "é",
            "#a", "a=b;c");

    private static String[] read(String shell, List<String> words) throws IOException, InterruptedException {
        String call = Shell.call(words).replaceFirst("adamscope", "printf '%s\\\\0'");
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", call).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(read).isZero();
        return read.split("\0", -1);
    }

    @Test
    void aShellReadsTheSameWordsAgain() throws IOException, InterruptedException {
        assertThat(read("sh", WORDS)).startsWith(WORDS.toArray(String[]::new));
    }

    /// As a message shows it: in one line, with nothing that cannot be seen.
    @Test
    void wordsThatCannotBeShownAreReadAgainFromTheirMessage() throws IOException, InterruptedException {
        List<String> words =
                List.of("a\nb", "a\n\n  b \n", "tab\tx", "it's\n\\x", "\u0001", "\u202eabc", "e\u0085", "😀\n");
        assertThat(Foreign.line(Shell.call(words))).isEqualTo(Shell.call(words));
        assertThat(read("bash", words)).startsWith(words.toArray(String[]::new));
    }

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(Shell.call("phase", "--objective", "x^4/4", "--set", "lr=1e-3", "--out", "runs/my run"))
                .isEqualTo("adamscope phase --objective x^4/4 --set lr=1e-3 --out 'runs/my run'");
    }
}
