package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bifurcation`, `basin` and `stability-map` from the command line to the run folder.
class MapCommandsTest {
    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    private Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("run").toString()));
        int code = Main.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Ran ran = run(all.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(ran.out());
    }

    private void hasFigure(String name) {
        Path run = folder.resolve("run");
        assertThat(run.resolve("figures/" + name + ".png")).isNotEmptyFile();
        assertThat(run.resolve("figures/" + name + ".svg")).isNotEmptyFile();
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("provenance.json")).isNotEmptyFile();
    }

    @Test
    void theBifurcationDiagramOfEquation18FlipsAtFourAndEscapesBeyondNine() throws IOException {
        JsonNode result = json(
                "bifurcation",
                "--optimizer=gd-exponential",
                "--objective=x^4/4",
                "--x=factor=1.05:9.55:86",
                "--steps=1000",
                "--keep=50");
        assertThat(result.at("/values").asInt()).isEqualTo(86);
        // radius = |3 − 2√γ|; one step of the axis beyond the crisis at 9
        assertThat(result.at("/stabilityLost/0").asDouble()).isCloseTo(4, within(1e-12));
        assertThat(result.at("/escaped").asInt()).isBetween(5, 6);
        hasFigure("bifurcation");
    }

    @Test
    void chaosIsJudgedAfterTheMemoryOfTheRule() throws IOException {
        // Pagliardini et al. 2024; the two averages of the gradient remember 10 and 1,000 steps
        Path rule = folder.resolve("ademamix.opt");
        Files.writeString(rule, """
            optimizer ademamix
            hyper lr = 1e-3 in (0, inf)
            hyper beta3 = 0.999 in [0, 1)
            state m1 = 0, m2 = 0, v = 0
            m1 <- 0.9*m1 + 0.1*g
            m2 <- beta3*m2 + (1 - beta3)*g
            v <- 0.999*v + 0.001*g^2
            x <- x - lr*(m1/(1 - 0.9^t) + 5*m2)/(sqrt(v/(1 - 0.999^t)) + 1e-8)
            """);
        String[] at = {"bifurcation", "--optimizer=" + rule, "--objective=x^2/2", "--x=lr=0.1:0.2:2"};
        JsonNode result = json(at);
        assertThat(result.at("/memory").asDouble()).isCloseTo(1000, within(1e-6));
        assertThat(folder.resolve("run/experiment.yaml")).content().contains("transient: 10000", "steps: 10000");
        // a program of its own in NumPy, the same lengths: mean over six starts, standard deviation 0.0007
        double[] independent = {0.00547, 0.00646};
        JsonNode rows = adamscope.cli.Ran.of(
                        "query",
                        folder.resolve("run").toString(),
                        "select lyapunovExponent as e, motion from exponents order by lr",
                        "--json")
                .json()
                .path("rows");
        for (int i = 0; i < 2; i++) {
            assertThat(rows.get(i).path("e").asDouble()).isCloseTo(independent[i], within(4 * 0.0007));
        }
    }

    @Test
    void basinsOfRmspropHoldConvergenceAndTheSignCycle() throws IOException {
        JsonNode result = json(
                "basin",
                "--optimizer=rmsprop",
                "--objective=x^4/4",
                "--set=lr=1",
                "--set=beta2=0.1",
                "--set=eps=0",
                "--x=x=0.3:1:12",
                "--y=v=1e-4:1:12:log",
                "--steps=800");
        assertThat(result.at("/starts").asInt()).isEqualTo(144);
        assertThat(result.at("/outcomes/converged").asInt()).isPositive();
        assertThat(result.at("/outcomes/cycling").asInt()).isPositive();
        hasFigure("basin");
    }

    @Test
    void theStabilityMapOfAUsersRuleNeedsNoTheory() throws IOException {
        Path rule = folder.resolve("mine.opt");
        Files.writeString(rule, """
            optimizer mine
            hyper lr    = 1e-3 in (0, inf)
            hyper beta1 = 0.9  in [0, 1)
            hyper beta2 = 0.99 in [0, 1)
            state m = 0, v = 0
            m <- beta1*m + (1 - beta1)*g
            v <- beta2*v + (1 - beta2)*abs(g)
            precondition P = v
            x <- x - lr*m/P
            """);
        JsonNode result = json(
                "stability-map",
                "--optimizer=" + rule,
                "--objective=x^4/4",
                "--x=beta1=0.01:0.99:40",
                "--y=beta2=0.01:0.99:40");
        assertThat(result.at("/cells").asInt()).isEqualTo(1600);
        assertThat(result.at("/regimes/stable").asInt()).isPositive();
        assertThat(result.at("/curves").toString()).contains("rotation").contains("existence");
        hasFigure("stability");
    }

    @Test
    void whatCannotBeIsRefusedBeforeAFolderIsMade() {
        assertRefused(
                "step vanishes faster than x", "bifurcation", "--optimizer=gd", "--objective=x^4/4", "--x=lr=0.1:1:5");
        assertRefused(
                "it has one with eps = 0",
                "stability-map",
                "--optimizer=adam",
                "--objective=x^4/4",
                "--x=beta1=0.1:0.9:5",
                "--y=beta2=0.1:0.9:5");
        assertRefused(
                "outside [0, 1)",
                "stability-map",
                "--optimizer=adam",
                "--objective=x^4/4",
                "--set=eps=0",
                "--x=beta1=0.1:1.2:5",
                "--y=beta2=0.1:0.9:5");
        assertRefused(
                "adam has no hyper-parameter 'gamma'",
                "bifurcation",
                "--optimizer=adam",
                "--objective=x^4/4",
                "--x=gamma=0.1:1:5");
        assertRefused(
                "write abs(x) for x",
                "bifurcation",
                "--optimizer=gd-exponential",
                "--objective=x^3/3",
                "--variables=reduced",
                "--x=factor=1:2:5");
        assertRefused(
                "is not c*|x|^k with one variable and k > 2",
                "bifurcation",
                "--optimizer=gd-exponential",
                "--objective=x^2/2",
                "--variables=reduced",
                "--x=factor=1:2:5");
        assertRefused(
                "two of [x, v], not hyper-parameters",
                "basin",
                "--optimizer=rmsprop",
                "--objective=x^4/4",
                "--x=x=0:1:5",
                "--y=beta2=0.1:0.9:5");
        assertRefused(
                "nothing called 'u' to look at",
                "bifurcation",
                "--optimizer=rmsprop",
                "--set=eps=0",
                "--objective=x^4/4",
                "--show=u",
                "--x=beta2=0.1:0.9:5");
        assertRefused(
                "depends on the step t itself",
                "bifurcation",
                "--optimizer=adafactor",
                "--objective=x^2/2",
                "--x0=1",
                "--x=lr=0.1:0.9:5");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void withoutAStartTheOrbitsOfOriginalVariablesBeginAtOne() throws IOException {
        // gd on x^2/2 multiplies x by 1 - lr: its only bounded long-run point is 0, for every lr < 2
        JsonNode result =
                json("bifurcation", "--optimizer=gd", "--objective=x^2/2", "--variables=original", "--x=lr=0.1:1.9:10");
        assertThat(result.get("escaped").asInt()).isZero();
        assertThat(Files.readString(folder.resolve("run/experiment.yaml"))).contains("x0:\n- 1\n");
    }

    private void assertRefused(String reason, String... arguments) {
        Ran ran = run(arguments);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains(reason);
        assertThat(ran.err().lines()).hasSize(1);
    }
}
