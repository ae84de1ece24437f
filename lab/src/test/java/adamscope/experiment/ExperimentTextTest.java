package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTextTest {

    @Test
    void everyKindOfExperimentReadsBackEqual() {
        Map<String, Experiment> parts = new LinkedHashMap<>();
        parts.put("phase", Experiments.phase());
        parts.put("run 1", Experiments.simulation());
        Series series = new Series(parts);
        Experiment sweep = ExperimentDraft.read(Path.of("..", "docs", "examples", "sweep-betas.yaml"))
                .sweep();
        List<Experiment> all = List.of(
                Experiments.simulation(),
                Experiments.phase(),
                Experiments.flows(),
                Experiments.network(),
                Experiments.bifurcation(),
                Experiments.basin(),
                Experiments.stability(),
                Experiments.withOwnRule(),
                sweep,
                series,
                new Reproduction("P3-fig5", Size.FULL, Optional.of(series)));
        assertThat(all.stream().<Class<?>>map(Experiment::getClass).distinct())
                .containsExactlyInAnyOrder(Experiment.class.getPermittedSubclasses());
        all.forEach(experiment -> assertThat(ExperimentText.read("again", ExperimentText.write(experiment)))
                .isEqualTo(experiment));
    }

    @Test
    void aRuleOfOnesOwnIsWrittenInFullSoThatTheFileStandsAlone() {
        assertThat(ExperimentText.write(Experiments.withOwnRule()))
                .contains("m <- mu*m + (1 - mu)*g")
                .contains("mu: 0.9")
                .contains("clip: inf")
                .doesNotContain("name:");
    }

    @Test
    void aRuleTextOfAnyFormReadsBackToTheLetter() {
        for (String text : List.of(
                Experiments.OWN_RULE,
                Experiments.OWN_RULE.replace("\n", "\r\n"),
                Experiments.OWN_RULE.stripTrailing(),
                Experiments.OWN_RULE.replace("  m", "\tm"),
                Experiments.OWN_RULE.replace("lr   =", "lr   =   "))) {
            var rule = adamscope.optimizer.RuleReader.read("own", text);
            var simulation = (Simulation) Experiments.withOwnRule();
            Experiment experiment = new Simulation(
                    new TunedRule(rule, simulation.optimizer().values()),
                    "x^2/2",
                    List.of(1.0),
                    1,
                    ClosedMap.Start.ZERO,
                    Arithmetic.DOUBLE,
                    1,
                    simulation.minimum(),
                    simulation.noise());
            assertThat(ExperimentText.read("again", ExperimentText.write(experiment)))
                    .isEqualTo(experiment);
        }
    }

    @Test
    void aShippedRuleIsWrittenByNameWithEveryHyperParameter() {
        assertThat(ExperimentText.write(Experiments.simulation()))
                .contains("name: adam\n")
                .contains("lr: 0.0030000000000000005\n")
                .contains("beta1: 0.9\n")
                .contains("beta2: 0.999\n")
                .contains("eps: 0\n");
    }

    @Test
    void axesStandWhereAValueCouldAndTheFirstIsX() {
        Phase phase = Experiments.phase();
        assertThat(phase.x().name()).isEqualTo("beta2");
        assertThat(phase.y().name()).isEqualTo("beta1");
        assertThat(phase.optimizer().values()).containsOnlyKeys("lr", "eps");
    }

    @Test
    void whatIsLeftOutHasTheStandardValue() {
        Simulation run = (Simulation) ExperimentText.read(
                "short.yaml", "kind: simulation\noptimizer: adam\nobjective: x^2/2\nx0: 1\nsteps: 7\n");
        assertThat(run.optimizer().values()).containsEntry("beta2", 0.999);
        assertThat(run.init()).isEqualTo(ClosedMap.Start.ZERO);
        assertThat(run.arithmetic()).isEqualTo(Arithmetic.DOUBLE);
        assertThat(run.every()).isEqualTo(1);
    }

    @Test
    void aRuleFileNamedInAnExperimentIsFoundBesideIt(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.opt"), Experiments.OWN_RULE);
        Path file = folder.resolve("experiment.yaml");
        Files.writeString(
                file, "kind: simulation\noptimizer: {name: mine.opt, mu: 0.5}\nobjective: x^2/2\nx0: 1\nsteps: 7\n");
        Simulation run = (Simulation) ExperimentDraft.read(file).ofKind("simulation");
        assertThat(run.optimizer().rule().name()).isEqualTo("my-sign");
        assertThat(run.optimizer().values()).containsEntry("mu", 0.5);
    }

    @Test
    void heldOutSamplesOfEarlierVersionsAreValidation() {
        String text = "kind: train\noptimizer: adam\nsteps: 2\nmodel: {kind: fully-connected, hidden: [4]}\n"
                + "data: {source: fashion-mnist, first: 20}\n";
        String held = "{every: 7, data: {source: fashion-mnist, skip: 100, first: 40}}\n";
        assertThat(ExperimentText.read("test", text + "evaluate: " + held))
                .isEqualTo(ExperimentText.read("test", text + "validation: " + held));
    }
}
