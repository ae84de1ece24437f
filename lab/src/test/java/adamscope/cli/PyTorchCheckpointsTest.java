package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.Safetensors;
import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checkpoints as training scripts save them, by PyTorch 1.13.1 and tools/record_pytorch_checkpoints.py, and PyTorch's
/// own step 200.
class PyTorchCheckpointsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RECORDED = Path.of("src/test/resources/adamscope/cli/pytorch-groups");
    private static final String WARMUP =
            "{schedule: linear, value: 0.010526315789473684, end: 0, steps: 401, warmup: 20}";

    @TempDir
    private Path folder;

    /// Two groups and a warm-up whose function no file holds, in float64: roundings of 100 steps, amplified by the
    /// network.
    @ParameterizedTest
    @ValueSource(strings = {"checkpoint.pt", "exported/state.safetensors"})
    void aRunOfTwoGroupsGoesOnAsInPyTorch(String state) {
        String said = goesOn(RECORDED, state, 1e-10, "--lr", WARMUP);
        if (state.equals("checkpoint.pt")) {
            assertThat(said).contains("taken as AdamW").contains("--class Adam");
        }
    }

    @Test
    void aScheduleThatNoFileHoldsIsAskedFor() {
        Ran ran = imported(RECORDED, "checkpoint.pt");
        ran.isWrong("checkpoint.pt has a scheduler of the learning rate whose function is not in the file");
        assertThat(ran.err()).contains("--lr '{schedule").contains("--set lr=0.0078");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "adamw-cosine, checkpoint.pt",
        "adamw-cosine, legacy.pt",
        "adamw-cosine, trainer",
        "adamw-cosine, lightning.ckpt",
        "adamw-cosine, exported/state.safetensors",
        "adam-steps, exported/state.safetensors",
        "adam-maximize, exported/state.safetensors",
        "adamw-amsgrad, exported/state.safetensors",
        "adamw-amsgrad, checkpoint.pt",
        "rmsprop, checkpoint.pt",
        "rmsprop, exported/state.safetensors",
        "sgd, lightning.ckpt",
        "sgd, exported/state.safetensors",
        "frozen, checkpoint.pt",
        "frozen, exported/state.safetensors",
        "tied, checkpoint.pt",
        "tied, exported/state.safetensors"
    })
    void everyKindOfRunGoesOnAsInPyTorch(String kind, String state) throws Exception {
        goesOn(recorded(kind, "float64"), state, 1e-10);
    }

    /// 2⁻²⁴ in each of 100 steps, some hundred times as much by the network.
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"adamw-cosine, trainer", "adamw-cosine, exported/state.safetensors"})
    void singlePrecisionToo(String kind, String state) throws Exception {
        goesOn(recorded(kind, "float32"), state, 1e-5);
    }

    @Tag("slow")
    @Test
    void singlePrecisionWithAWarmup() throws Exception {
        goesOn(recorded("adamw-warmup", "float32"), "checkpoint.pt", 1e-5, "--lr", WARMUP);
    }

    private Path recorded(String kind, String precision) throws IOException, InterruptedException {
        Path recorded = folder.resolve("recorded");
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        ROOT.resolve("tools/record_pytorch_checkpoints.py").toString(),
                        recorded.toString(),
                        kind,
                        precision)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return recorded;
    }

    /// @return what the import said
    private String goesOn(Path recorded, String state, double tolerance, String... more) {
        Ran imported = imported(recorded, state, more);
        assertThat(imported.code()).as(imported.err()).isEqualTo(ExitCode.DONE);
        Ran trained = Ran.of("train", "--resume", folder.resolve("run").toString());
        assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("out");
        Ran exported = Ran.of("export", folder.resolve("run").toString(), "--out", out.toString());
        assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.DONE);
        try (PointerScope _ = new PointerScope()) {
            Safetensors theirs = Safetensors.read(recorded.resolve("step-200.safetensors"));
            Safetensors ours = Safetensors.read(out.resolve("state.safetensors"));
            assertThat(ours.metadata()).containsEntry("step", "200");
            assertThat(theirs.tensors().keySet()).containsAll(ours.tensors().keySet());
            for (String name : ours.tensors().keySet()) {
                double distance = norm(ours.tensor(name).sub(theirs.tensor(name)));
                assertThat(distance).as(name).isLessThanOrEqualTo(allowed(name, tolerance) * norm(theirs.tensor(name)));
            }
        }
        return imported.err();
    }

    /// In single precision averages of gradients are ten times less certain than parameters: each gradient is a sum
    /// whose terms nearly cancel.
    private static double allowed(String name, double tolerance) {
        return tolerance > 1e-6 && name.contains(".exp_avg") ? 10 * tolerance : tolerance;
    }

    private static double norm(Tensor tensor) {
        double squares = 0;
        for (double number : Place.numbers(tensor)) {
            squares += number * number;
        }
        return Math.sqrt(squares);
    }

    private Ran imported(Path recorded, String state, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "import",
                "--torchscript",
                recorded.resolve("exported/model.pt").toString(),
                "--state",
                recorded.resolve(state).toString(),
                "--data",
                recorded.resolve("exported/data.safetensors").toString(),
                "--set",
                "steps=200",
                "--out",
                folder.resolve("run").toString()));
        if (!Files.exists(recorded.resolve(state)) || !state.startsWith("exported")) {
            command.addAll(List.of("--loss", "cross-entropy"));
        }
        command.addAll(List.of(more));
        return Ran.of(command.toArray(String[]::new));
    }
}
