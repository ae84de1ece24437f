package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandShapesTest {
    private static final List<String> SIMULATE = List.of(
            "simulate",
            "--optimizer",
            "adam",
            "--objective",
            "x^4/4",
            "--x0",
            "1",
            "--set",
            "lr=1e-3",
            "--set",
            "beta1=0.9",
            "--set",
            "beta2=0.93",
            "--set",
            "eps=0",
            "--steps",
            "3000",
            "--json");

    @TempDir
    private Path folder;

    @Test
    void theoryPrintsTheFixedPointOfTheClosedForms() {
        JsonNode theory = Ran.of(
                        "theory",
                        "--optimizer",
                        "adam",
                        "--degree",
                        "4",
                        "--set",
                        "beta1=0.9",
                        "--set",
                        "beta2=0.93",
                        "--json")
                .json();
        assertThat(Ran.names(theory))
                .containsExactly(
                        "regime",
                        "exists",
                        "stable",
                        "rho",
                        "omega",
                        "w",
                        "trace",
                        "det",
                        "spectralRadius",
                        "lossRatePerStep");
        assertThat(theory.get("regime").asText()).isEqualTo("I");
        double rho = Math.pow(0.93, 0.25);
        double omega = (1 - 0.9) / (1 - 0.9 / Math.pow(rho, 3));
        // A handful of roundings, each of 1e-16, amplified by 1/(1 − β₁/ρ³) = 20.
        assertThat(theory.get("rho").asDouble()).isCloseTo(rho, within(1e-15));
        assertThat(theory.get("omega").asDouble()).isCloseTo(omega, within(1e-13));
        assertThat(theory.get("w").asDouble()).isCloseTo((1 - rho) / omega, within(1e-14));
        assertThat(theory.get("det").asDouble()).isCloseTo(0.9 / 0.93, within(1e-14));
        assertThat(theory.get("lossRatePerStep").asDouble()).isCloseTo(Math.log(0.93), within(1e-15));
    }

    @Test
    void whatDoesNotExistIsNull() {
        JsonNode theory = Ran.of(
                        "theory",
                        "--optimizer",
                        "adam",
                        "--degree",
                        "4",
                        "--set",
                        "beta1=0.9",
                        "--set",
                        "beta2=0.8",
                        "--json")
                .json();
        assertThat(theory.get("regime").asText()).isEqualTo("III");
        assertThat(theory.get("exists").asBoolean()).isFalse();
        assertThat(theory.get("stable").asBoolean()).isFalse();
        assertThat(Stream.of("rho", "omega", "w", "trace", "det", "spectralRadius", "lossRatePerStep"))
                .allMatch(name -> theory.get(name).isNull());
    }

    @Test
    void theThresholdOfNadamIsThatOfNesterovsAverage() {
        JsonNode threshold = Ran.of("threshold", "--optimizer", "nadam", "--set", "beta1=0.9", "--json")
                .json();
        assertThat(Ran.names(threshold))
                .containsExactly(
                        "optimizer",
                        "sharpnessTimesLearningRate",
                        "stableTimesLearningRate",
                        "unstableEverywhere",
                        "stepGrowsWithCurvature",
                        "linearPieceByPiece");
        assertThat(threshold.at("/stableTimesLearningRate/0/from").asDouble()).isZero();
        assertThat(threshold.at("/stableTimesLearningRate/0/to").asDouble()).isCloseTo(3.8 / 0.28, within(1e-10));
        assertThat(threshold.get("optimizer").asText()).isEqualTo("nadam");
        // (2 + 2β₁)/((1 − β₁)(1 + 2β₁))
        assertThat(threshold.get("sharpnessTimesLearningRate").asDouble()).isCloseTo(3.8 / 0.28, within(1e-10));
        assertThat(Ran.of("threshold", "--optimizer", "signgd", "--json")
                        .json()
                        .get("sharpnessTimesLearningRate")
                        .isNull())
                .isTrue();
        // stable without end: null
        assertThat(Ran.of("threshold", "--optimizer", "signgd", "--json")
                        .json()
                        .at("/stableTimesLearningRate/0/to")
                        .isNull())
                .isTrue();
    }

    @Test
    void simulatePrintsOutcomeFinalStateAndTrajectory() {
        JsonNode run = Ran.of(SIMULATE).json();
        assertThat(Ran.names(run))
                .containsExactly("outcome", "steps", "final", "minLog10Loss", "minimum", "trajectory");
        assertThat(run.get("outcome").asText()).isEqualTo("converged");
        assertThat(run.get("steps").asInt()).isEqualTo(3000);
        assertThat(Ran.names(run.get("final"))).containsExactly("x", "log10AbsX", "loss", "log10Loss");
        double x = run.at("/final/x/0").asDouble();
        // log₁₀ of a number and of its fourth power: roundings of the logarithm only
        assertThat(run.at("/final/log10AbsX/0").asDouble()).isCloseTo(Math.log10(Math.abs(x)), within(1e-12));
        assertThat(run.at("/final/log10Loss").asDouble())
                .isCloseTo(4 * Math.log10(Math.abs(x)) - Math.log10(4), within(1e-11));
        assertThat(run.at("/trajectory/step")).hasSize(3001);
        assertThat(run.at("/trajectory/log10Loss")).hasSize(3001);
        assertThat(run.at("/trajectory/log10Loss/0").asDouble()).isCloseTo(-Math.log10(4), within(1e-15));
    }

    @Test
    void simulateSaysWhichMinimumLossesAreMeasuredFrom() {
        List<String> shifted = List.of(
                "simulate",
                "--optimizer",
                "gd",
                "--objective",
                "x^2/2 - 1",
                "--x0",
                "0.5",
                "--set",
                "lr=0.1",
                "--steps",
                "200");
        List<String> json = new ArrayList<>(shifted);
        json.add("--json");
        JsonNode run = Ran.of(json).json();
        assertThat(run.get("outcome").asText()).isEqualTo("converged");
        assertThat(run.at("/minimum/value").asDouble()).isEqualTo(-1);
        assertThat(run.at("/minimum/origin").asText()).isEqualTo("from the formula");
        assertThat(run.at("/final/loss").asDouble()).isEqualTo(-1);
        // x shrinks by 0.9 a step.
        assertThat(run.at("/final/log10Loss").asDouble())
                .isCloseTo(2 * (Math.log10(0.5) + 200 * Math.log10(0.9)) - Math.log10(2), within(1e-9));
        assertThat(run.at("/trajectory/loss/0").asDouble()).isEqualTo(-0.875);
        assertThat(Ran.of(shifted).out())
                .contains("outcome: converged; the loss converges to -1")
                .contains("losses are measured from a minimum of -1, from the formula")
                .doesNotContain("Infinity");
    }

    @Test
    void theMinimumMayBeNamed() {
        Ran run = Ran.of(
                "simulate",
                "--optimizer",
                "gd",
                "--objective",
                "x^4/4 - x^2/2",
                "--minimum",
                "-0.25",
                "--x0",
                "0.5",
                "--set",
                "lr=0.1",
                "--steps",
                "2000");
        assertThat(run.out()).contains("outcome: converged").contains("a minimum of -0.25, as named");
    }

    @Test
    void aMinimumThatTheRunFallsBelowIsNoMinimum() {
        String[] words = "simulate --optimizer gd --x0 2 --set lr=0.1 --steps 400 --objective".split(" ");
        List<String> run = new ArrayList<>(List.of(words));
        run.addAll(List.of("x^2/2 + 1", "--minimum", "1.5"));
        assertThat(Ran.of(run).out())
                .contains("outcome: undecided; the loss ends at 1, below the minimum of 1.5 that was named")
                // 1.5 - 1
                .contains("log10 of the distance of the loss from there: -0.301030 at the end");
        run.set(run.size() - 1, "1");
        assertThat(Ran.of(run).out()).contains("outcome: converged");
        run.set(run.size() - 1, "0.5");
        assertThat(Ran.of(run).out())
                .contains("outcome: converged; the loss converges to 1")
                .contains("minimum of 0.5");
        // from below to where step and decay balance: x = 1/(1 + 0.5), its loss is named
        Ran rest = Ran.of(
                "simulate",
                "--optimizer",
                decayed().toString(),
                "--objective",
                "(x - 1)^2/2",
                "--x0",
                "0.9",
                "--steps",
                "400",
                "--minimum",
                Double.toString(1.0 / 18));
        assertThat(rest.out()).contains("outcome: converged");
    }

    private Path decayed() {
        try {
            return Files.writeString(folder.resolve("decayed.opt"), """
                optimizer decayed
                hyper lr = 0.1 in (0, inf)
                x <- x - lr*(g + 0.5*x)
                """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyThinsTheTrajectoryAndKeepsTheLastStep() {
        List<String> thinned = new ArrayList<>(SIMULATE);
        thinned.addAll(List.of("--every", "700"));
        JsonNode run = Ran.of(thinned).json();
        assertThat(run.at("/trajectory/step").toString()).isEqualTo("[0,700,1400,2100,2800,3000]");
        assertThat(run.get("final")).isEqualTo(Ran.of(SIMULATE).json().get("final"));
    }

    @Test
    void theFirstStepWithAveragesAtTheGradientIsTheLearningRate() {
        // m = g and v = g² before and after, so x moves by lr·g/|g| in every coordinate
        JsonNode run = Ran.of(
                        "simulate",
                        "--optimizer",
                        "adam-uncorrected",
                        "--objective",
                        "x^4/4 + y^2/2",
                        "--x0",
                        "1,-0.5",
                        "--init",
                        "gradient",
                        "--set",
                        "lr=0.125",
                        "--set",
                        "eps=0",
                        "--steps",
                        "1",
                        "--json")
                .json();
        // β·g + (1 − β)·g rounds twice
        assertThat(run.at("/final/x/0").asDouble()).isCloseTo(0.875, within(1e-15));
        assertThat(run.at("/final/x/1").asDouble()).isCloseTo(-0.375, within(1e-15));
    }

    @Test
    void aRunThatLeavesTheRangeOfDoubleSaysSo() {
        String[] halving = {
            "simulate",
            "--optimizer",
            "gd",
            "--set",
            "lr=0.5",
            "--objective",
            "x^2/2",
            "--x0",
            "1",
            "--steps",
            "5000",
            "--every",
            "5000",
            "--json"
        };
        assertThat(Ran.of(halving).json().get("outcome").asText()).isEqualTo("left-range");
        List<String> scaled = new ArrayList<>(List.of(halving));
        scaled.addAll(List.of("--arithmetic", "scaled"));
        JsonNode run = Ran.of(scaled).json();
        assertThat(run.get("outcome").asText()).isEqualTo("converged");
        assertThat(run.at("/final/x/0").asDouble())
                .as("no double holds 2^-5000")
                .isZero();
        assertThat(run.at("/final/log10AbsX/0").asDouble()).isCloseTo(-5000 * Math.log10(2), within(1e-9));
    }
}
