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

    @Test
    void aShellReadsTheSameWordsAgain() throws IOException, InterruptedException {
        String call = Shell.call(WORDS).replaceFirst("adamscope", "printf '%s\\\\n'");
        Process shell =
                new ProcessBuilder("sh", "-c", call).redirectErrorStream(true).start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(read.split("\n", -1)).startsWith(WORDS.toArray(String[]::new));
    }

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(Shell.call("phase", "--objective", "x^4/4", "--set", "lr=1e-3", "--out", "runs/my run"))
                .isEqualTo("adamscope phase --objective x^4/4 --set lr=1e-3 --out 'runs/my run'");
    }
}
