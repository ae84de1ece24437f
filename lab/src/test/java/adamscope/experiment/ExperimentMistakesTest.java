package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentMistakesTest {
    private static final String GOOD = """
        kind: simulation
        optimizer:
          name: adam
          lr: 1e-3
          beta2: 0.9
        objective: x^4/4
        x0: [1]
        steps: 100
        """;

    @Test
    void aTextOfMegabytesIsRefusedBeforeItIsParsed() {
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: \"" + "x".repeat(10_000_000) + "\"\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("e.yaml has 10000009 characters, allowed are 1000000");
    }

    @Test
    void aValueOutsideItsDomainIsNamedWithFileLineAndDomain() {
        refused("beta2: 0.9", "beta2: 1.2", "e.yaml:5: optimizer.beta2 = 1.2 is outside [0, 1)");
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndTheKeysThereAre() {
        refused(
                "steps:",
                "stepz: 5\nsteps:",
                "e.yaml:8: stepz: no key 'stepz' is known here; there are [kind, optimizer,");
    }

    @Test
    void anUnknownKeyIsNamedBeforeWhatIsMissingForIt() {
        refused("steps: 100", "stepz: 200", "e.yaml:8: stepz: no key 'stepz' is known here;");
        refused("steps: 100", "stepz: 200", "; did you mean 'steps'?");
        refused("kind: simulation", "knid: simulation", "e.yaml:1: knid: no key 'knid' is known here;");
    }

    @Test
    void allThatIsMissingIsNamedTogether() {
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: phase\noptimizer: adam\n"))
                .hasMessage("e.yaml: 'objective', 'x0' and 'steps' are missing");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: train\nseed: 5\n"))
                .hasMessage("e.yaml: 'model', 'optimizer' and 'steps' are missing");
    }

    @Test
    void aValueThatIsWrongIsNamedBeforeWhatIsMissing() {
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: simulation\nsteps: 0\n"))
                .hasMessageContaining("e.yaml:2: steps = 0 is no whole number from 1");
    }

    @Test
    void aFileUnderRuleAndATextUnderNameAreUnderstood(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("my.opt"), Experiments.OWN_RULE);
        Files.writeString(folder.resolve("mine.txt"), Experiments.OWN_RULE);
        for (String optimizer : List.of(
                "{rule: my.opt}",
                "{name: my.opt}",
                "{rule: mine.txt}",
                "my.opt",
                "mine.txt",
                "\n  name: |\n" + Experiments.OWN_RULE.indent(4).stripTrailing())) {
            String text = "kind: simulation\nobjective: x^2/2\nx0: 1\nsteps: 3\noptimizer: " + optimizer + "\n";
            assertThat(ExperimentText.read("e.yaml", text, folder)).isInstanceOf(Simulation.class);
        }
        refused("name: adam", "rule: nowhere.opt", "e.yaml:3: optimizer.rule: no rule file");
        refused("name: adam", "rule: adam m", "e.yaml:3: optimizer.rule:1:1: found 'adam'");
    }

    @Test
    void anUnknownHyperParameterIsNamedWithItsLineAndThoseOfTheRule() {
        refused(
                "beta2: 0.9",
                "beta3: 0.9",
                "e.yaml:5: optimizer.beta3: adam has no hyper-parameter 'beta3'; it has [lr, beta1, beta2, eps]");
    }

    @Test
    void anUnknownOptimizerIsNamedWithItsLine() {
        refused("name: adam", "name: adamm", "e.yaml:3: optimizer.name: no optimizer 'adamm'; there are gd,");
    }

    @Test
    void aKindThatIsUnknownOrMissingIsRefused() {
        refused("kind: simulation", "kind: simulatoin", "e.yaml:1: kind = simulatoin is none of [simulation, phase,");
        refused("kind: simulation\n", "", "e.yaml: 'kind' is missing");
    }

    @Test
    void whatIsMissingIsNamed() {
        refused("steps: 100\n", "", "e.yaml: 'steps' is missing");
        refused("  name: adam\n", "", "e.yaml:2: optimizer: 'name' is missing");
    }

    @Test
    void stepsAreWholeAndPositive() {
        refused("steps: 100", "steps: 0", "e.yaml:8: steps = 0 is no whole number from 1");
        refused("steps: 100", "steps: -3", "e.yaml:8: steps = -3 is no whole number from 1");
        refused("steps: 100", "steps: 2.5", "e.yaml:8: steps = 2.5 is no whole number");
        refused("steps: 100", "steps: many", "e.yaml:8: steps = 'many' is no number");
    }

    @Test
    void theStartIsAFinitePointOfTheObjectivesSpace() {
        refused(
                "x0: [1]",
                "x0: [1, 2]",
                "e.yaml:7: x0: x0 = [1, 2]: 2 given, but x^4/4 takes one number for each of its variables [x]");
        refused("x0: [1]", "x0: [NaN]", "e.yaml:7: x0[0] = 'NaN' is no number");
        refused("x0: [1]", "x0: [inf]", "must be finite");
        refused("x0: [1]", "x0: {a: 1}", "e.yaml:7: x0 must be a list of numbers");
    }

    @Test
    void anObjectiveThatDoesNotParseIsNamedWithItsPlace() {
        refused("objective: x^4/4", "objective: x^^4", "e.yaml:6: objective:1:3: found '^'");
    }

    @Test
    void aNumberBeyondDoubleIsRefused() {
        refused("lr: 1e-3", "lr: 1e400", "e.yaml:4: optimizer.lr = 1e400 is larger than a double can hold");
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() {
        refused("x0: [1]", "x0: [1", "e.yaml:8: not YAML");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "")).hasMessageContaining("e.yaml: an experiment is");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "- 1")).hasMessageContaining("e.yaml: an experiment is");
    }

    @Test
    void aKeyGivenTwiceASecondExperimentAndAnAliasAreRefused() {
        refused("steps: 100", "steps: 100\nsteps: 200", "e.yaml:9");
        refused("steps: 100", "steps: 100\n---\nkind: phase", "one file holds one experiment");
        refused("lr: 1e-3", "lr: &a 1e-3\n  eps: *a", "e.yaml:5: optimizer.eps is an alias");
    }

    @Test
    void anAxisWhereASingleValueBelongsIsRefused() {
        refused("lr: 1e-3", "lr: {from: 1, to: 2, points: 3}", "hyper-parameter lr has an axis");
    }

    @Test
    void aPhaseDiagramHasTwoAxesWithinTheirDomains() {
        String one = GOOD.replace("kind: simulation", "kind: phase")
                .replace("lr: 1e-3", "beta1: {from: 0, to: 0.9, points: 3}");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", one)).hasMessageContaining("two axes are needed, not 1");
        String outside = one.replace("beta2: 0.9", "beta2: {from: 0.5, to: 1, points: 3}");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", outside))
                .hasMessage("e.yaml:5: optimizer.beta2.to = 1 is outside [0, 1)");
        String huge = one.replace("beta2: 0.9", "beta2: {from: 0.5, to: 0.9, points: 1000000000}");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", huge))
                .hasMessageContaining("e.yaml: a grid of 3 x 1000000000 has 3.00e+09 cells")
                .hasMessageContaining("GB on disk");
        String single = one.replace("beta2: 0.9", "beta2: {from: 0.5, to: 0.9, points: 1}");
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", single))
                .hasMessageContaining("e.yaml:5: optimizer.beta2.points = 1 is no whole number from 2");
    }

    @Test
    void aFaultInARuleOfOnesOwnIsNamedWithFileAndPlaceInTheRule() {
        refused(
                "name: adam",
                "rule: |\n    optimizer mine\n    x <- x - lr*g",
                "e.yaml:3: optimizer.rule:2:10: 'lr' is not defined");
    }

    @Test
    void partsOfASeriesStayInTheFolderAndAreNoSeries() {
        String part = GOOD.indent(4);
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: series\nparts:\n  ../up:\n" + part))
                .hasMessageStartingWith("e.yaml: the part '../up' needs a name of letters");
        String inner = "kind: series\nparts:\n  a:\n" + part;
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", "kind: series\nparts:\n  b:\n" + inner.indent(4)))
                .hasMessageContaining("the part 'b' is a series; a series holds no other");
    }

    @Test
    void aComplaintAboutAPartNamesTheFileOnce() {
        String bad = "kind: series\nparts:\n  a:\n"
                + GOOD.replace("steps: 100", "steps: 0").indent(4);
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", bad))
                .hasMessageStartingWith("e.yaml:11: parts.a.steps = 0 is no whole number");
    }

    @Test
    void aNetworkHasDataThatShipAndLayersThatFit() {
        String network = "kind: network\noptimizer: adam\nsteps: 5\n";
        for (var mistake : java.util.Map.of(
                        "data: cifar", "data = cifar is none of [fashion-mnist]",
                        "images: 5001", "images = 5001 is more than 5000",
                        "hidden: [3000000]", "hidden = 3000000 is more than 10000",
                        "device: tpu", "device 'tpu' is not known")
                .entrySet()) {
            assertThatThrownBy(() -> ExperimentText.read("e.yaml", network + mistake.getKey() + "\n"))
                    .hasMessageContaining(mistake.getValue());
        }
    }

    private static void refused(String part, String replacement, String message) {
        String text = GOOD.replace(part, replacement);
        assertThatThrownBy(() -> ExperimentText.read("e.yaml", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
