package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFlowTest {
    private record Ran(int code, String out, String err) {}

    private static Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("flow"));
        all.addAll(List.of(arguments));
        int code = Main.run(all, stream(out), stream(err));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void jsonHoldsIterationAndFlowsOnOneTimeAxis() throws IOException {
        Ran ran = run(
                "--optimizer",
                "adam",
                "--objective",
                "x^4/4",
                "--x0",
                "1",
                "--set",
                "eps=0",
                "--time",
                "2",
                "--flows",
                "limit,sign",
                "--rows",
                "11",
                "--json");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        JsonNode document = new ObjectMapper().readTree(ran.out());
        assertThat(document.at("/rates/beta1").asDouble()).isCloseTo(100, within(1e-9));
        assertThat(document.at("/flows/1/outcome").asText()).isEqualTo("settled");
        assertThat(document.at("/table/time").size()).isEqualTo(11);
        // the sign flow walks from 1 at speed 1
        assertThat(document.at("/table/x[sign]/2").asDouble()).isCloseTo(0.6, within(1e-12));
        assertThat(document.at("/flows/0/distance").asDouble()).isLessThan(1e-3);
    }

    @Test
    void aRunFolderHoldsTableFigureAndReport(@TempDir Path folder) {
        Path out = folder.resolve("run");
        Ran ran = run(
                "--optimizer",
                "gd",
                "--objective",
                "x^2*(1 + y^2)/2 + (y - 2)^2/20",
                "--x0",
                "0.1,0.5",
                "--set",
                "lr=0.5",
                "--time",
                "20",
                "--flows",
                "limit,central",
                "--out",
                out.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("flow.parquet")).exists();
        assertThat(out.resolve("figures/flow.svg")).content().contains("central");
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Iteration and flows", "Central: the average")
                .doesNotContain("Sign: x");
        assertThat(out.resolve("experiment.yaml")).content().contains("kind: flow", "- central");
    }

    @Test
    void mistakesAreNamed(@TempDir Path folder) {
        Path out = folder.resolve("none");
        wrong(
                "no velocity of x at its start (x = 1, v = 0)",
                "--optimizer",
                "rmsprop",
                "--set",
                "eps=0",
                "--time",
                "1",
                "--out",
                out.toString());
        assertThat(out).doesNotExist();
        wrong("--time: time = -1 is outside (0, inf)", "--optimizer", "rmsprop", "--time", "-1");
        wrong("--flows = foo is none of [limit", "--optimizer", "rmsprop", "--time", "1", "--flows", "foo");
        wrong("adagrad has no flow: as lr -> 0", "--optimizer", "adagrad", "--time", "1");
        wrong(
                "takes its eps from the optimizer, and gd has none",
                "--optimizer",
                "gd",
                "--time",
                "1",
                "--flows",
                "smoothed-sign");
    }

    @Test
    void aStartBeyondTheRangeOfDoubleIsNamedAsSuch() {
        Ran ran = run("--optimizer", "rmsprop", "--objective", "x^4/4", "--x0", "1e300", "--time", "1");
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        // (1e300)^4/4 is 10^1199.4
        assertThat(ran.err()).contains("magnitude 10^1199, beyond the range of double");
    }

    @Test
    void ratesStandForDecays() {
        String[] common = {"flow", "--optimizer", "adam", "--objective", "x^2/2", "--x0", "1", "--time", "0.1"};
        List<String> rates = new ArrayList<>(List.of(common));
        rates.addAll(List.of("--set", "lr=0.01", "--a", "2", "--b", "20", "--json"));
        List<String> decays = new ArrayList<>(List.of(common));
        decays.addAll(List.of("--set", "lr=0.01", "--set", "beta2=0.98", "--set", "beta1=0.8", "--json"));
        assertThat(adamscope.cli.Ran.of(rates).json())
                .isEqualTo(adamscope.cli.Ran.of(decays).json());
        wrong(
                "stands for beta2, which --set gives too",
                "--optimizer",
                "adam",
                "--time",
                "1",
                "--a",
                "2",
                "--set",
                "beta2=0.9");
        wrong("beta2 = 1 - 2000*0.001 = -1 is negative", "--optimizer", "adam", "--time", "1", "--a", "2000");
        wrong("the rate of beta1 = -1 is outside (0, inf)", "--optimizer", "adam", "--time", "1", "--b", "-1");
        wrong("gd has no hyper-parameter 'beta2'", "--optimizer", "gd", "--time", "1", "--a", "1");
    }

    private static void wrong(String message, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--objective", "x^2/2", "--x0", "1"));
        all.addAll(List.of(arguments));
        Ran ran = run(all.toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains(message);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void theFlowThatNeedsAnEpsIsNamed() {
        adamscope.cli.Ran.of(adamscope.cli.Ran.words(
                        "flow --optimizer adam --objective x^4/4 --x0 1 --set eps=0 --time 2 --flows"
                                + " limit,smoothed-sign"))
                .isWrong("the smoothed-sign flow needs eps > 0, and eps = 0");
    }
}
