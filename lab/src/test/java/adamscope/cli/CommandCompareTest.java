package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandCompareTest {
    @TempDir
    private Path folder;

    private String simulated(String name, String optimizer, String settings) {
        String out = folder.resolve(name).toString();
        assertThat(Ran.of(
                                "simulate",
                                "--optimizer",
                                optimizer,
                                "--objective",
                                "x^2/2",
                                "--x0",
                                "1",
                                "--steps",
                                "10",
                                "--set",
                                settings,
                                "--out",
                                out)
                        .code())
                .isEqualTo(ExitCode.DONE);
        return out;
    }

    private String log(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), "step,loss\n" + rows).toString();
    }

    /// Heavy ball with β₁ = 0 is gradient descent.
    @Test
    void runsThatAreEqualToTheLastBitPartNowhere() {
        JsonNode document = Ran.of(
                        "compare",
                        simulated("gd", "gd", "lr=0.1"),
                        simulated("ball", "heavy-ball", "lr=0.1,beta1=0"),
                        "--json")
                .json();
        JsonNode parting = document.path("partings").get(0);
        assertThat(parting.path("steps").asInt()).isEqualTo(11);
        assertThat(parting.path("bits").isNull()).isTrue();
        assertThat(Ran.names(document.path("differences"))).containsExactly("optimizer", "beta1");
        assertThat(document.path("differences").path("beta1").toString()).isEqualTo("[\"\",\"0\"]");
    }

    @Test
    void theFirstBitThatDiffersAndTheFirstStepBeyondTheToleranceAreBothTold() throws IOException {
        String one = log("one.csv", "1,2\n2,1.5\n3,1\n4,0.5\n5,0.25\n");
        String other = log("other.csv", "1,2\n2,1.5\n3,1.00000001\n4,0.5\n5,0.26\n");
        JsonNode parting =
                Ran.of("compare", one, other, "--json").json().path("partings").get(0);
        assertThat(parting.path("bits").path("step").asInt()).isEqualTo(3);
        assertThat(parting.path("beyond").path("step").asInt()).isEqualTo(5);
        assertThat(Ran.of("compare", one, other, "--tolerance", "0.05").out())
                .contains("before step 3, where they part")
                .contains("never differ by more than 0.05");
    }

    /// Last tenth of four steps: the last row. Losses 0.2 and 0.4: mean 0.3, standard deviation 0.2/√2.
    @Test
    void runsWithTheSameSettingsHaveAMeanAndASpread() throws IOException {
        JsonNode seeds = Ran.of(
                        "compare",
                        told("a", "1,2\n2,1\n3,0.5\n4,0.2\n"),
                        told("b", "1,2.5\n2,1\n3,0.5\n4,0.4\n"),
                        "--json")
                .json()
                .path("seeds")
                .get(0);
        assertThat(seeds.path("mean").asDouble()).isEqualTo(0.3, within(1e-15));
        assertThat(seeds.path("deviation").asDouble()).isEqualTo(0.2 / Math.sqrt(2), within(1e-15));
    }

    /// A run with its configuration beside the log.
    private String told(String name, String rows) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve("config.yaml"), "optimizer: {lr: 0.001, beta1: 0.9}\n");
        Files.writeString(run.resolve("train.csv"), "step,loss\n" + rows);
        return run.toString();
    }

    /// Two logs without a setting may be of two optimizers: a mean over them would say nothing.
    @Test
    void logsThatTellNoSettingsAreNoSeedsOfOneRun() throws IOException {
        String one = log("adam.csv", "1,2\n2,1\n3,0.5\n4,0.2\n");
        String other = log("muon.csv", "1,2.5\n2,1\n3,0.5\n4,0.4\n");
        assertThat(Ran.of("compare", one, other, "--json").json().path("seeds")).isEmpty();
        assertThat(Ran.of("compare", one, other).out()).contains("The logs tell no settings");
    }

    /// x falls by 1 − η a step, so the losses at η = 0.5, 0.9, 1.2 after n steps are (1 − η)²ⁿ/2: the middle is best.
    /// Its last tenth are the steps 9 and 10.
    @Test
    void theBestLearningRateLiesBetweenItsNeighbours() {
        List<String> runs = List.of(
                simulated("low", "gd", "lr=0.5"), simulated("best", "gd", "lr=0.9"), simulated("high", "gd", "lr=1.2"));
        JsonNode rates = Ran.of("compare", runs.get(0), runs.get(1), runs.get(2), "--json")
                .json()
                .path("rates")
                .get(0);
        assertThat(rates.path("label").asText()).isEqualTo("gd");
        assertThat(rates.path("inside").asBoolean()).isTrue();
        assertThat(rates.path("low").asDouble()).isEqualTo(0.5);
        assertThat(rates.path("high").asDouble()).isEqualTo(1.2);
        assertThat(rates.path("best").asDouble()).isBetween(0.5, 1.2);
        assertThat(rates.path("loss").asDouble()).isEqualTo(0.25 * (1e-18 + 1e-20), within(1e-32));
    }

    @Test
    void aSweepOverTheLearningRateIsACurveOnItsPageAndHere() throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: gd, lr: 0.1}
              objective: x^2/2
              x0: [1]
              steps: 10
            axes:
              lr: {values: [0.25, 0.5, 0.75, 1.5, 2.5]}
            keep: [outcome, finalLog10Loss]
            """);
        Path out = folder.resolve("sweep");
        assertThat(Ran.of("sweep", "-c", file.toString(), "--out", out.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(out.resolve("report.html"))).contains("Learning rates", "best lr");
        JsonNode rates =
                Ran.of("compare", out.toString(), "--json").json().path("rates").get(0);
        assertThat(rates.path("lr").toString()).isEqualTo("[0.25,0.5,0.75,1.5,2.5]");
        assertThat(rates.path("mean").get(1).asDouble()).isEqualTo(0.5 * Math.pow(0.5, 20), within(1e-15));
        assertThat(rates.path("inside").asBoolean()).isTrue();
        assertThat(rates.path("low").asDouble()).isEqualTo(0.5);
        assertThat(rates.path("high").asDouble()).isEqualTo(1.5);
    }

    @Test
    void thePageHoldsTableFigureAndFindings() throws IOException {
        Path page = folder.resolve("page");
        assertThat(Ran.of(
                                "compare",
                                simulated("a", "adam", "lr=0.1"),
                                simulated("b", "gd", "lr=0.1"),
                                "--by",
                                "time",
                                "--out",
                                page.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(page.resolve("report.html"))).contains("What differs", "Side by side", "time Ση");
        assertThat(page.resolve("compare.svg")).exists();
        assertThat(page.resolve("compare.json")).exists();
        assertThat(Ran.of("report", page.toString(), "--panel", "loss", "--format", "pdf", "--width", "86mm")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(page.resolve("figures/compare-1.pdf"), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF");
        Ran.of("report", page.toString()).isWrong("is a page of 'compare'");
        Files.move(folder.resolve("a"), folder.resolve("moved"));
        Ran.of("report", page.toString(), "--panel", "loss").isWrong("is not there, of which");
    }

    @Test
    void whatCannotBeComparedIsSaid() throws IOException {
        String one = log("one.csv", "1,2\n2,1\n");
        Ran.of("compare", one, "--by", "tokens").isWrong("does not tell how many tokens");
        Ran.of("compare", one, "--by", "time").isWrong("does not tell its learning rate");
        Ran.of("compare", one, "--by", "epoch").isWrong("--by = epoch; step, time and tokens are allowed");
        Ran.of("compare", one, "--tolerance", "2").isWrong("--tolerance = 2 is outside [0, 1)");
        Ran.of("compare", folder.resolve("none").toString()).isWrong("none");
    }

    @Test
    void pathsOverTheContoursMoveInAGif() throws IOException {
        String[] runs = new String[2];
        for (int i = 0; i < 2; i++) {
            runs[i] = folder.resolve("plane" + i).toString();
            assertThat(Ran.of(Ran.words("simulate --optimizer " + (i == 0 ? "adam" : "rmsprop")
                                    + " --objective rosenbrock --x0 -1,1 --set lr=0.01 --steps 100 --out " + runs[i]))
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        Path gif = folder.resolve("paths.gif");
        Path page = folder.resolve("paths");
        assertThat(Ran.of("compare", runs[0], runs[1], "--animate", gif.toString(), "--out", page.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(page.resolve("report.html"))).contains("loss above its least value");
        var reader = javax.imageio.ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(javax.imageio.ImageIO.createImageInputStream(gif.toFile()));
        assertThat(reader.getNumImages(true)).isEqualTo(48);
        Path svg = folder.resolve("paths.svg");
        assertThat(Ran.of("compare", runs[0], runs[1], "--animate", svg.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        String moving = Files.readString(svg);
        assertThat(moving.split("<animate ", -1)).as("one part a frame").hasSize(48 + 1);
        assertThat(moving.split("visibility=\"visible\"", -1))
                .as("the last frame stands")
                .hasSize(2);
        assertThat(moving.split("<image ", -1))
                .as("the contours and the bar once")
                .hasSize(3);
        assertThat(moving).doesNotContain("<script");
        assertThat(Files.size(svg)).isLessThan(Files.size(gif));
        Ran.of("compare", runs[0], "--animate", "x.mp4").isWrong("a file that ends in .gif or .svg is allowed");
        Ran.of("compare", simulated("line", "gd", "lr=0.1"), "--animate", gif.toString())
                .isWrong("one objective of two variables");
    }
}
