package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentDraftTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAPhaseDiagram() throws IOException {
        file = folder.resolve("experiment.yaml");
        Files.writeString(file, ExperimentText.write(Experiments.phase()));
    }

    @Test
    void aFileWithoutOptionsIsTheExperimentItself() {
        assertThat(ExperimentDraft.read(file)
                        .optimizer(null)
                        .set(List.of())
                        .axes(null, null)
                        .with("steps", null)
                        .experiment())
                .isEqualTo(Experiments.phase());
    }

    @Test
    void optionsOverrideTheFile() {
        Phase phase = (Phase) ExperimentDraft.read(file)
                .optimizer("adam")
                .set(List.of("lr=7"))
                .with("steps", 12)
                .ofKind("phase");
        assertThat(phase.optimizer().rule().name()).isEqualTo("adam");
        assertThat(phase.optimizer().values()).containsEntry("lr", 7.0);
        assertThat(phase.steps()).isEqualTo(12);
    }

    @Test
    void anAxisOptionReplacesTheAxisInItsPlace() {
        Phase phase =
                (Phase) ExperimentDraft.read(file).axes("lr=1e-3:1:5:log", null).ofKind("phase");
        assertThat(phase.x().name()).isEqualTo("lr");
        assertThat(phase.y()).isEqualTo(Experiments.phase().y());
        assertThat(phase.optimizer().values()).containsEntry("beta2", 0.999).doesNotContainKey("lr");
        Phase other =
                (Phase) ExperimentDraft.read(file).axes(null, "lr=1e-3:1:5:log").ofKind("phase");
        assertThat(other.x()).isEqualTo(Experiments.phase().x());
        assertThat(other.y().name()).isEqualTo("lr");
    }

    @Test
    void axesCanChangePlaces() {
        Phase phase = (Phase) ExperimentDraft.read(file)
                .axes("beta1=0:0.9:3", "beta2=0:0.5:4")
                .ofKind("phase");
        assertThat(phase.x().toString()).isEqualTo("beta1=0:0.9:3");
        assertThat(phase.y().toString()).isEqualTo("beta2=0:0.5:4");
    }

    @Test
    void aHyperParameterIsSetOnce() {
        assertThatThrownBy(() -> draft().set(List.of("lr=5", "lr=7")))
                .hasMessage("--set lr is given twice, as 5 and as 7");
    }

    @Test
    void severalSettingsMayStandBehindOneOption() {
        assertThat(((Simulation) draft().set(List.of("lr=5,beta1=0.5", "beta2=0.25"))
                                .ofKind("simulation"))
                        .optimizer()
                        .values())
                .containsEntry("lr", 5.0)
                .containsEntry("beta1", 0.5)
                .containsEntry("beta2", 0.25);
        assertThatThrownBy(() -> draft().set(List.of("lr=5,lr=7")))
                .hasMessage("--set lr is given twice, as 5 and as 7");
        assertThatThrownBy(() -> Setting.values("--hyper", List.of("beta1")))
                .hasMessage("--hyper beta1: write NAME=VALUE, such as --hyper beta2=0.99");
    }

    @Test
    void aNameOfRuleAndTrainingIsRefusedUnlessItSaysWhich() throws IOException {
        Path training = Files.writeString(
                folder.resolve("train.yaml"),
                String.join(
                        "\n",
                        "kind: train",
                        "model: {kind: fully-connected, hidden: [3]}",
                        "data: {source: sine-sum, samples: 10, dimension: 2}",
                        "optimizer: {name: adam}",
                        "steps: 5"));
        ExperimentDraft adam = ExperimentDraft.read(training);
        ExperimentDraft adafactor = adam.optimizer("adafactor");
        for (String name : List.of("decay", "clip")) {
            assertThatThrownBy(() -> adafactor.set(List.of(name + "=0.7")))
                    .hasMessageStartingWith("--set " + name
                            + ": the optimizer and the training both have it; write --set" + " optimizer." + name);
        }
        assertThat(((Train) adafactor.set(List.of("optimizer.decay=0.7")).experiment())
                        .training()
                        .tuned()
                        .schedules()
                        .get("decay")
                        .at(1, 1))
                .isEqualTo(0.7);
        assertThat(((Train) adam.set(List.of("decay=0.7", "optimizer.lr=0.5")).experiment())
                        .training()
                        .gradient()
                        .weightDecay())
                .isEqualTo(0.7);
        assertThat(adam.set(List.of("validation=0.25")).experiment())
                .isEqualTo(
                        ExperimentDraft.parse("written", Files.readString(training) + "\nvalidation: {share: 0.25}\n")
                                .experiment());
        assertThatThrownBy(() -> adam.set(List.of("validation=2")).experiment())
                .hasMessageEndingWith("--set validation = 2 is outside (0, 1)");
        assertThatThrownBy(() -> adam.set(List.of("model=linear")))
                .hasMessage("--set model: it has keys of its own and is set in the experiment file");
    }

    @Test
    void complaintsNameTheOption() {
        refused(draft().set(List.of("beta2=1.2")), "--set beta2 = 1.2 is outside [0, 1)");
        refused(draft().set(List.of("beta3=1")), "--set beta3: adam has no hyper-parameter 'beta3'; it has [lr,");
        refused(draft().set(List.of("lr=1e-400")), "--set lr = 1e-400 is smaller than a double can hold");
        refused(draft().set(List.of("beta2=x")), "--set beta2 = 'x' is no number");
        refused(draft().with("steps", 0), "--steps = 0 is no whole number from 1");
        refused(draft().with("objective", "x^"), "--objective:1:3: found the end of the text");
        refused(draft().with("x0", "1,2"), "--x0: x0 = [1, 2]: 2 given, but");
        refused(draft().with("steps", "1e12"), "steps = 1000000000000 is more than 1000000000");
        refused(draft().with("objective", "log(x - 1)"), "--x0: x0 = [1]: there the loss of log(x - 1) is no finite");
        refused(draft().with("objective", "sqrt(1 - x)"), "--x0: x0 = [1]: there the derivative by x of");
        refused(draft().with("objective", "m^2/2"), "'m' is a name of the optimizer adam");
        refused(draft().with("init", "warm"), "--init = warm is none of [zero, gradient]");
        refused(ExperimentDraft.of("simulation").optimizer("adam"), "--objective, --x0 and --steps are missing");
        refused(
                ExperimentDraft.of("simulation").set(List.of("lr=1")),
                "--optimizer, --objective, --x0 and --steps are missing");
        refused(
                draft().with("objective", null).with("steps", null).with("stepz", 3),
                "--stepz: no key 'stepz' is known");
    }

    @Test
    void aSettingWithoutNameOrValueIsRefusedWithTheFormThatIsExpected() {
        for (String text : List.of("beta2", "=1", "beta2=")) {
            assertThatThrownBy(() -> draft().set(List.of(text)))
                    .hasMessage("--set " + text + ": write NAME=VALUE, such as --set beta2=0.99");
        }
    }

    @Test
    void anAxisThatIsNoneIsRefusedByItsOption() {
        assertThatThrownBy(() -> ExperimentDraft.of("phase").axes("beta1", null))
                .hasMessageContaining("--x: 'beta1' is no axis");
        assertThatThrownBy(() -> ExperimentDraft.of("phase").axes("beta1=0:0.9:3", "beta1=0:0.5:3"))
                .hasMessageContaining("--y beta1: both axes have this name");
        assertThatThrownBy(() ->
                        ExperimentDraft.of("phase").set(List.of("beta1=0.5")).axes("beta1=0:0.9:3", null))
                .hasMessageContaining("--set beta1: the hyper-parameter beta1 has an axis too");
    }

    @Test
    void anAxisBeyondTheDomainIsRefusedByItsOption() {
        refused(
                ExperimentDraft.of("phase").optimizer("adam").axes("beta1=0:1:3", "beta2=0:0.5:3"),
                "--x beta1: to = 1 is outside [0, 1)");
        refused(
                ExperimentDraft.of("phase").optimizer("adam").axes("beta1=0:0.9:3", "beta7=0:0.5:3"),
                "--y beta7: adam has no hyper-parameter 'beta7'");
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> ExperimentDraft.read(file).ofKind("simulation"))
                .hasMessageContaining("experiment.yaml:1: kind = phase, but this command runs kind simulation");
    }

    private static ExperimentDraft draft() {
        return ExperimentDraft.of("simulation")
                .optimizer("adam")
                .with("objective", "x^4/4")
                .with("x0", 1)
                .with("steps", 5);
    }

    private static void refused(ExperimentDraft draft, String message) {
        assertThatThrownBy(draft::experiment)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
