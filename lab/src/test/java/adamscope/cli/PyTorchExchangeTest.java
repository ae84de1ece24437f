package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.Safetensors;
import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of PyTorch 1.13.1 in float64, exported at step 100 by `python/adamscope_export.py`, and PyTorch's own step 200.
class PyTorchExchangeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RECORDED = ROOT.resolve("docs/examples/pytorch");
    private static final Path STATES = ROOT.resolve("lab/src/test/resources/adamscope/pytorch");

    /// Running powers differ from β^t by t·2⁻⁵³, sums are in another order, and 100 steps of a contracting run do not
    /// enlarge either: some 1e-13. The promise is 1e-10.
    private static final double TOLERANCE = 1e-10;

    @TempDir
    private Path folder;

    @Test
    void aRunOfAdamGoesOnAsInPyTorch() {
        goesOnAsInPyTorch(RECORDED);
    }

    /// Recorded by `tools/record_pytorch_run.py OUT rmsprop` and `sgd-momentum`; model and data are those of the run of
    /// Adam.
    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "sgd-momentum"})
    void runsOfOtherOptimizersGoOnAsInPyTorch(String optimizer) {
        goesOnAsInPyTorch(STATES.resolve(optimizer));
    }

    @Test
    void aRunFolderThatWasMovedGoesOn() throws IOException {
        Path run = folder.resolve("run");
        assertThat(imported(RECORDED, run).code()).isEqualTo(ExitCode.DONE);
        Path moved = Files.move(run, folder.resolve("moved, and renamed"));
        assertThat(Files.readString(moved.resolve("experiment.yaml"))).doesNotContain(folder.toString());
        Ran trained = Ran.of("train", "--resume", moved.toString());
        assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optimizer | Adadelta | the optimizer Adadelta has no rule here; allowed are Adam",
                "maximize  | maybe    | metadata maximize = 'maybe', expected true or false",
                "lr        | -1       | lr = -1 is outside (0, inf)",
            })
    void metadataThatCannotBeAreNamedWithTheirFile(String key, String value, String message) throws IOException {
        refusesMetadata(key, value, message);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amsgrad   | 1        | metadata amsgrad = '1', expected true or false",
                "lr        | nan      | metadata lr = 'nan', expected a number",
                "beta2     | 1.5      | beta2 = 1.5 is outside [0, 1)",
                "step      | 100.5    | number of steps",
                "loss      | much     | metadata loss = 'much', expected a number",
            })
    void furtherMetadataThatCannotBeAreNamedWithTheirFile(String key, String value, String message) throws IOException {
        refusesMetadata(key, value, message);
    }

    private void refusesMetadata(String key, String value, String message) throws IOException {
        Path changed = folder.resolve("state.safetensors");
        try (PointerScope _ = new PointerScope()) {
            Safetensors state = Safetensors.read(RECORDED.resolve("state.safetensors"));
            Map<String, String> metadata = new LinkedHashMap<>(state.metadata());
            metadata.put(key, value);
            new Safetensors(state.tensors(), metadata).write(changed);
        }
        Ran ran = importing(RECORDED.resolve("model.pt"), changed, "cross-entropy", folder.resolve("run"));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains(changed + ": ").contains(message);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whatIsExportedAgainIsWhatWasImported() {
        Path run = folder.resolve("run");
        assertThat(imported(RECORDED, run).code()).isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("out");
        Ran exported = Ran.of("export", run.toString(), "--out", out.toString());
        assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.DONE);
        try (PointerScope _ = new PointerScope()) {
            Safetensors before = Safetensors.read(RECORDED.resolve("state.safetensors"));
            Safetensors after = Safetensors.read(out.resolve("state.safetensors"));
            assertThat(after.tensors().keySet()).isEqualTo(before.tensors().keySet());
            before.tensors()
                    .forEach((name, tensor) -> assertThat(Place.numbers(after.tensor(name)))
                            .as(name)
                            .containsExactly(Place.numbers(tensor)));
            for (String key : new String[] {"format", "optimizer", "step"}) {
                assertThat(after.metadata().get(key))
                        .isEqualTo(before.metadata().get(key));
            }
            for (String key : new String[] {"lr", "beta1", "beta2", "eps"}) {
                assertThat(Double.parseDouble(after.metadata().get(key)))
                        .isEqualTo(Double.parseDouble(before.metadata().get(key)));
            }
        }
        assertThat(out.resolve("model.pt")).hasSameBinaryContentAs(RECORDED.resolve("model.pt"));
        assertThat(out.resolve("adamscope_export.py"))
                .hasSameBinaryContentAs(ROOT.resolve("python/adamscope_export.py"));
    }

    /// The child is ended by the processor time it took, however slow the machine.
    @Test
    @Tag("slow")
    void aProgramThatNeverEndsIsRefusedAndLeavesNoFolder() throws IOException {
        Path endless = endless();
        Ran ran = importing(endless, RECORDED.resolve("state.safetensors"), "cross-entropy", folder.resolve("run"));
        ran.isWrong(endless + ": the program in this TorchScript file did not end within 10 seconds of processor time");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void whoIsEndedWhileAProgramIsTriedLeavesNothingOfIt() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Process process = new ProgramProcess(folder)
                .option("-Djava.io.tmpdir=" + temporary)
                .start(List.of(
                        "import",
                        "--torchscript=" + endless(),
                        "--state=" + RECORDED.resolve("state.safetensors"),
                        "--data=" + RECORDED.resolve("data.safetensors"),
                        "--loss=cross-entropy",
                        "--out=" + folder.resolve("run")));
        while (process.isAlive() && process.descendants().findAny().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        for (ProcessHandle child : children) {
            child.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private Path endless() throws IOException {
        Path endless = folder.resolve("endless.pt");
        try (ZipFile model = new ZipFile(RECORDED.resolve("model.pt").toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(endless))) {
            for (ZipEntry entry : Collections.list(model.entries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = model.getInputStream(entry).readAllBytes();
                String code = new String(content, StandardCharsets.ISO_8859_1)
                        .replace(
                                "    input0 = (_0).forward(input, )\n",
                                "    k = 0\n    _7 = True\n    while _7:\n      k = torch.add(k, 1)\n      _7 = True\n"
                                        + "    input0 = (_0).forward(input, )\n");
                zip.write(code.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return endless;
    }

    @Test
    void aCheckpointThatIsCutOffAndAModelThatIsNoneAreRefused() throws IOException {
        Path pickle = Files.write(folder.resolve("state.pt"), HexFormat.of().parseHex("504b030400000808000000000000"));
        Ran ran = importing(RECORDED.resolve("model.pt"), pickle, "cross-entropy", folder.resolve("run"));
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains(pickle + ": the zip archive is cut off");
        Ran model = importing(pickle, RECORDED.resolve("state.safetensors"), "cross-entropy", folder.resolve("run"));
        assertThat(model.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(model.err()).contains(pickle + " is no TorchScript archive");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void anythingButStateIsRefusedByItsNameWhereItIsImported() throws IOException {
        byte[] call = "\u0080\u0002cos\nsystem\nX\u0002\0\0\0id\u0085R.".getBytes(StandardCharsets.ISO_8859_1);
        Path pickle = folder.resolve("state.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(pickle))) {
            CRC32 crc = new CRC32();
            crc.update(call);
            ZipEntry entry = new ZipEntry("archive/data.pkl");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(call.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(call);
        }
        importing(RECORDED.resolve("model.pt"), pickle, "cross-entropy", folder.resolve("run"))
                .isWrong(pickle + ": archive/data.pkl, byte 12: the pickle names os.system");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aLossThatIsNotThatOfTheRunIsRefused() {
        Ran ran = importing(
                RECORDED.resolve("model.pt"),
                RECORDED.resolve("state.safetensors"),
                "mean-squared",
                folder.resolve("run"));
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains("but PyTorch had 0.4909").contains("--loss");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aTensorThatIsMissingOrOfAnotherShapeIsNamed() throws IOException {
        Path changed = folder.resolve("state.safetensors");
        try (PointerScope _ = new PointerScope()) {
            Safetensors state = Safetensors.read(RECORDED.resolve("state.safetensors"));
            Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
            tensors.remove("2.bias.exp_avg_sq");
            new Safetensors(tensors, state.metadata()).write(changed);
        }
        Ran ran = importing(RECORDED.resolve("model.pt"), changed, "cross-entropy", folder.resolve("run"));
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.err()).contains(changed + " has no tensor '2.bias.exp_avg_sq'");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"adam", "adam-decay", "amsgrad", "adamw", "rmsprop", "sgd", "sgd-momentum", "sgd-nesterov"})
    void everyOptimizerThatIsTakenOverGoesOnAsInPyTorch(String optimizer) throws Exception {
        Path exported = folder.resolve("exported");
        python(ROOT.resolve("tools/record_pytorch_run.py").toString(), exported.toString(), optimizer);
        goesOnAsInPyTorch(exported);
    }

    @Tag("slow")
    @Test
    void pyTorchTakesBackWhatWasExported() throws Exception {
        Path run = folder.resolve("run");
        assertThat(imported(RECORDED, run).code()).isEqualTo(ExitCode.DONE);
        assertThat(Ran.of("train", "--resume", run.toString()).code()).isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("out");
        assertThat(Ran.of("export", run.toString(), "--out", out.toString()).code())
                .isEqualTo(ExitCode.DONE);
        python(ROOT.resolve("tools/check_pytorch_export.py").toString(), out.toString(), RECORDED.toString());
    }

    private static void python(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/bin/python3";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private void goesOnAsInPyTorch(Path recorded) {
        Path run = folder.resolve("run");
        Ran imported = imported(recorded, run);
        assertThat(imported.code()).as(imported.err()).isEqualTo(ExitCode.DONE);
        Ran trained = Ran.of("train", "--resume", run.toString());
        assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("exported-again");
        Ran exported = Ran.of("export", run.toString(), "--out", out.toString());
        assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.DONE);
        try (PointerScope _ = new PointerScope()) {
            Safetensors theirs = Safetensors.read(recorded.resolve("step-200.safetensors"));
            Safetensors ours = Safetensors.read(out.resolve("state.safetensors"));
            assertThat(ours.metadata()).containsEntry("step", "200");
            assertThat(ours.tensors().keySet()).isEqualTo(theirs.tensors().keySet());
            theirs.tensors().forEach((name, tensor) -> {
                double distance = norm(ours.tensor(name).sub(tensor));
                assertThat(distance).as(name).isLessThanOrEqualTo(TOLERANCE * norm(tensor));
            });
            double loss = Double.parseDouble(theirs.metadata().get("loss"));
            assertThat(Math.abs(Double.parseDouble(ours.metadata().get("loss")) - loss))
                    .isLessThanOrEqualTo(TOLERANCE * loss);
        }
    }

    private static double norm(Tensor tensor) {
        double squares = 0;
        for (double number : Place.numbers(tensor)) {
            squares += number * number;
        }
        return Math.sqrt(squares);
    }

    @Test
    void anImportedRunIsMeasuredOnSamplesThatAreHeldOut() {
        for (String held : List.of(
                "{share: 0.25, every: 5}", RECORDED.resolve("data.safetensors").toString())) {
            Path run = folder.resolve("held" + held.length());
            Ran imported = Ran.of(
                    "import",
                    "--torchscript",
                    RECORDED.resolve("model.pt").toString(),
                    "--state",
                    RECORDED.resolve("state.safetensors").toString(),
                    "--data",
                    RECORDED.resolve("data.safetensors").toString(),
                    "--loss",
                    "cross-entropy",
                    "--validation",
                    held,
                    "--set",
                    "steps=110",
                    "--out",
                    run.toString());
            assertThat(imported.code()).as(imported.err()).isEqualTo(ExitCode.DONE);
            assertThat(Ran.of("train", "--resume", run.toString(), "--json")
                            .json()
                            .path("validation")
                            .path("finalLoss")
                            .asDouble())
                    .as(held)
                    .isPositive();
        }
    }

    private static Ran imported(Path recorded, Path run) {
        return importing(RECORDED.resolve("model.pt"), recorded.resolve("state.safetensors"), "cross-entropy", run);
    }

    private static Ran importing(Path model, Path state, String loss, Path run) {
        return Ran.of(
                "import",
                "--torchscript",
                model.toString(),
                "--state",
                state.toString(),
                "--data",
                RECORDED.resolve("data.safetensors").toString(),
                "--loss",
                loss,
                "--set",
                "steps=200",
                "--out",
                run.toString());
    }
}
