package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandInspectTest {
    private static final Path PYTORCH = Path.of("..", "docs", "examples", "pytorch");
    private static final Path RECORDED = Path.of("src", "test", "resources", "adamscope", "inspected");

    @TempDir
    private Path folder;

    @Test
    void aHealthyCheckpointIsSaidToBeSoWithWhatWasLookedFor() {
        Ran ran = Ran.of("inspect", PYTORCH.resolve("state.safetensors").toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(flat(ran))
                .contains("nothing wrong found in 18 tensors", "looked for:", "not looked for:", "beta2 = 0.97");
    }

    @Test
    void linesFitIntoATerminal() throws IOException {
        Path broken = changed("0.weight.exp_avg_sq", -1);
        Ran ran = Ran.of("inspect", broken.toString());
        assertThat(ran.out().lines().filter(line -> !line.contains(folder.toString())))
                .isNotEmpty()
                .allMatch(line -> line.codePointCount(0, line.length()) <= Paragraph.COLUMNS);
    }

    @Test
    void jsonHoldsTheSidesOfTheInequalityAndItsVersion() throws IOException {
        JsonNode json = Ran.of("inspect", changed("2.weight.exp_avg_sq", -1).toString(), "--json")
                .json();
        assertThat(json.path("schema").asText()).isEqualTo("adamscope/inspection");
        assertThat(json.path("version").asInt()).isEqualTo(1);
        JsonNode finding = json.path("findings").get(0);
        assertThat(finding.path("kind").asText()).isEqualTo("negative-square");
        assertThat(finding.path("standing").asText()).isEqualTo("impossible");
        assertThat(finding.path("parameter").asText()).isEqualTo("2.weight");
        assertThat(finding.path("at").asInt()).isZero();
        assertThat(finding.path("coordinates").asInt()).isEqualTo(1);
        assertThat(finding.path("of").asInt()).isEqualTo(36);
        assertThat(finding.path("inequality").path("measured").asDouble()).isEqualTo(-1);
        assertThat(finding.path("inequality").path("bound").asDouble()).isZero();
        assertThat(json.path("layers")).hasSize(6);
    }

    @Test
    void outHoldsAPageAndTablesForQueries() throws IOException {
        Path out = folder.resolve("out");
        Ran ran = Ran.of("inspect", changed("2.weight.exp_avg_sq", Double.NaN).toString(), "--out", out.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "NaN or infinite", "2.weight");
        assertThat(out.resolve("inspection.json")).isNotEmptyFile();
        Ran query =
                Ran.of("query", out.toString(), "select kind, parameter, coordinates from findings", "--format", "csv");
        assertThat(query.out()).contains("not-finite,2.weight,1");
        assertThat(Ran.of("query", out.toString(), "select count(*) as n from layers", "--format", "csv")
                        .out())
                .contains("6");
        assertThat(Ran.of("inspect", PYTORCH.resolve("state.safetensors").toString(), "--out", out.toString())
                        .code())
                .isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void aRunOfThisProgramIsLookedAtByTheTensorsOfItsNetwork() throws IOException {
        Path run = trained("{name: adam, lr: 0.01}");
        Ran healthy = Ran.of("inspect", run.toString());
        assertThat(flat(healthy))
                .contains("4 parameters, 99 numbers in 12 tensors, step 50", "nothing wrong found")
                .contains("adam: beta1 = 0.9, beta2 = 0.999, eps = 1e-08, lr = 0.01", "|m|/√v against its bound");
        Path file = run.resolve("checkpoints").resolve("step-000000050.safetensors");
        Ran steps = Ran.of(
                "inspect",
                file.toString(),
                "--against",
                file.resolveSibling("step-000000045.safetensors").toString());
        assertThat(flat(steps)).contains("nothing wrong found", "v and m against what the steps");
        // 2-8-1: number 26 of the flat vector is number 2 of the second weights, after 16 + 8
        put(file, "state.v", 26, Double.NaN);
        Ran broken = Ran.of("inspect", file.toString());
        assertThat(flat(broken)).contains("v of weight 2 (1 of 8 numbers, one is number 2)", "CRC32C differs");
        Path away = Files.copy(file, folder.resolve("step-000000050.safetensors"));
        assertThat(flat(Ran.of("inspect", away.toString())))
                .contains("v of theta (1 of 33 numbers, one is number 26)", "assumed");
    }

    @Test
    void decaysThatChangedOnTheWayTakeTheBoundAway() throws IOException {
        Path run = trained("{name: adam, lr: 0.01, beta1: {schedule: rate, rate: 10}}");
        assertThat(flat(Ran.of("inspect", run.toString())))
                .contains("nothing wrong found", "not looked for: |m|/√v against its bound", "changed on the way");
    }

    /// A run of 50 steps with checkpoints of the last two multiples of five.
    private Path trained(String optimizer) throws IOException {
        Path experiment = Files.writeString(folder.resolve("experiment.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: sine-sum, samples: 64, dimension: 2}
            optimizer: %s
            steps: 50
            batch: 20
            checkpoint: {steps: 5, keep: 2}
            """.replace("%s", optimizer));
        Path run = folder.resolve("run");
        Ran ran = Ran.of("train", "-c", experiment.toString(), "--out", run.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return run;
    }

    @Test
    void againstAnEarlierCheckpointTheWrongWayRoundIsFound() {
        Ran ran = Ran.of(
                "inspect",
                RECORDED.resolve("adamw").resolve("55.pt").toString(),
                "--against",
                RECORDED.resolve("adamw").resolve("60.pt").toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(flat(ran)).contains("the step count went back", "named the wrong way round");
    }

    @Test
    void whatAShorterFormatWouldLoseIsTold() {
        Path state = RECORDED.resolve("adam").resolve("60").resolve("state.safetensors");
        Ran ran = Ran.of("inspect", state.toString(), "--dtype", "float8_e4m3");
        // v of these gradients is some 1e-5, the smallest float8_e4m3 is 2^-9
        assertThat(flat(ran)).contains("numbers left the range of their format", "0 in the chosen dtype");
        assertThat(flat(Ran.of("inspect", state.toString(), "--dtype", "bf16")))
                .contains("v cannot fall", "half the last bit of v in bfloat16");
    }

    /// 1.2 GB of parameters, m and v, a hole in the file; a heap of 48 MB could not hold one of the three.
    @Test
    @Tag("slow")
    void aFileMuchLargerThanTheHeapIsReadToItsEnd() throws Exception {
        Path file = folder.resolve("large.safetensors");
        long count = 100_000_000;
        StringBuilder header = new StringBuilder("{");
        for (String name : List.of("w", "w.exp_avg", "w.exp_avg_sq")) {
            long from = 4 * count * List.of("w", "w.exp_avg", "w.exp_avg_sq").indexOf(name);
            header.append(header.length() > 1 ? "," : "")
                    .append(String.format(
                            Locale.ROOT,
                            "\"%s\": {\"dtype\": \"F32\", \"shape\": [%d], \"data_offsets\": [%d, %d]}",
                            name,
                            count,
                            from,
                            from + 4 * count));
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            bytes.write(text);
            bytes.setLength(8 + text.length + 12 * count);
        }
        put(file, "w.exp_avg_sq", (int) count - 1, -1);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "adamscope.cli.Main",
                        "inspect",
                        file.toString(),
                        "--json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        assertThat(out).contains("negative-square", "\"at\": 99999999");
    }

    @Test
    void wrongInputIsOneMessage() throws IOException {
        assertThat(Ran.of("inspect", folder.resolve("none.pt").toString()).err())
                .contains("does not exist");
        assertThat(Ran.of("inspect", folder.toString()).err()).contains("holds no checkpoint", ".safetensors");
        Path text = Files.writeString(folder.resolve("text.pt"), "hello, world: no checkpoint at all");
        Ran wrong = Ran.of("inspect", text.toString());
        assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err())
                .contains(
                        "neither of torch.save",
                        "nor safetensors: it begins with 'hello, world: no checkpoint at all'");
        Path pointer = Files.writeString(folder.resolve("lfs.bin"), "version https://git-lfs.github.com/spec/v1\n");
        assertThat(Ran.of("inspect", pointer.toString()).err()).contains("a pointer of Git LFS; 'git lfs pull'");
        assertThat(Ran.of("inspect", Files.createFile(folder.resolve("no.pt")).toString())
                        .err())
                .contains("the file is empty");
        Path other = Files.write(folder.resolve("rar.ckpt"), new byte[] {'R', 'a', 'r', '!', 26, 7, 0});
        assertThat(Ran.of("inspect", other.toString()).err()).contains("it begins with 52 61 72 21 1a 07 00");
        Ran hyper = Ran.of("inspect", PYTORCH.resolve("state.safetensors").toString(), "--hyper", "beta3=1");
        assertThat(hyper.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(hyper.err()).contains("beta3", "beta2");
        Ran beyond = Ran.of("inspect", PYTORCH.resolve("state.safetensors").toString(), "--hyper", "beta2=1.5");
        assertThat(beyond.err()).contains("outside [0, 1)");
    }

    @Test
    void hyperParametersThatAreAssumedAreSaid() throws IOException {
        Path plain = folder.resolve("plain.safetensors");
        Files.write(plain, withoutMetadata(Files.readAllBytes(PYTORCH.resolve("state.safetensors"))));
        assertThat(flat(Ran.of("inspect", plain.toString())))
                .contains("the defaults are assumed", "beta1 = 0.9 (assumed)", "the learning rate is not known");
        assertThat(flat(Ran.of("inspect", plain.toString(), "--hyper", "lr=0.01,beta1=0.9,beta2=0.97,eps=1e-8")))
                .contains("beta2 = 0.97", "lr·√n")
                .doesNotContain("(assumed)");
    }

    @Test
    void hyperParametersThatNoRuleHasAreSaid() throws IOException {
        Path file = numbers(
                Map.of("optimizer", "Adam", "lr", "nan", "beta1", "0.9", "beta2", "1.0", "eps", "-1"),
                "a\nnothing wrong found",
                1,
                -1);
        Ran ran = Ran.of("inspect", file.toString());
        assertThat(flat(ran))
                .contains("lr = 'nan', expected a number in [0, inf)")
                .contains("beta2 = 1, expected a number in [0, 1)")
                .contains("eps = -1, expected a number in [0, inf)")
                .doesNotContain("beta1 = 0.9, expected");
        assertThat(ran.out().lines()).as("a name makes no lines").noneMatch(line -> line.startsWith("nothing wrong"));
    }

    /// v of the rule is an average of |g|, whatever the file calls it: |m| may be any multiple of √v.
    @Test
    void statesOfARuleOfOnesOwnAreHeldAgainstNoBoundOfAdam() throws IOException {
        Map<String, String> said = new HashMap<>(Map.of("optimizer", "MeanAbsolute", "step", "50"));
        said.putAll(Map.of("lr", "1e-3", "beta1", "0.9", "beta2", "0.999"));
        assertThat(Ran.of("inspect", numbers(said, "w", 100, 1).toString()).out())
                .as("without the rule")
                .contains("|m|/√v above its bound");
        said.put("rule_text", Files.readString(Path.of("../docs/examples/mean-absolute.opt")));
        assertThat(Ran.of("inspect", numbers(said, "w", 100, 1).toString()).out())
                .contains("mean-absolute: beta1 = 0.9, beta2 = 0.999", "nothing wrong found");
        // As torch.save has it: class and rule are nowhere, but groups of Adam have betas.
        Map<String, String> group =
                Map.of("groups", "[{\"parameters\": [\"w\"], \"lr\": 1e-3, \"beta1\": 0.9, \"beta2\": 0.999}]");
        assertThat(Ran.of("inspect", numbers(group, "w", 100, 1).toString()).out())
                .contains("nothing wrong found");
    }

    /// A parameter of one number with m and v.
    private Path numbers(Map<String, String> metadata, String name, float m, float v) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>(Map.of("__metadata__", metadata));
        String[] names = {name, name + ".exp_avg", name + ".exp_avg_sq"};
        for (int i = 0; i < names.length; i++) {
            header.put(
                    names[i], Map.of("dtype", "F32", "shape", List.of(1), "data_offsets", List.of(4 * i, 4 * i + 4)));
        }
        byte[] text = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsBytes(header);
        ByteBuffer whole = ByteBuffer.allocate(8 + text.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .putFloat(1)
                .putFloat(m)
                .putFloat(v);
        return Files.write(folder.resolve("numbers.safetensors"), whole.array());
    }

    /// What was printed, as if on one line.
    private static String flat(Ran ran) {
        return ran.out().replaceAll("\\s+", " ");
    }

    @Test
    void groupsOfAnExportedFileHaveTheirOwnHyperParametersAndTheStepOfAll() throws IOException {
        byte[] file = Files.readAllBytes(PYTORCH.resolve("state.safetensors"));
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(file, 8, length, StandardCharsets.UTF_8);
        String groups = "[{\\\"parameters\\\": [\\\"0.weight\\\", \\\"2.weight\\\"], \\\"lr\\\": \\\"0.5\\\"},"
                + " {\\\"parameters\\\": [\\\"0.bias\\\", \\\"2.bias\\\", \\\"4.weight\\\", \\\"4.bias\\\"],"
                + " \\\"lr\\\": \\\"0.25\\\"}]";
        byte[] changed = header.replace("\"step\": ", "\"groups\": \"" + groups + "\", \"step\": ")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(8 + changed.length + file.length - 8 - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(changed.length)
                .put(changed)
                .put(file, 8 + length, file.length - 8 - length);
        Path two = Files.write(folder.resolve("two.safetensors"), whole.array());
        assertThat(flat(Ran.of("inspect", two.toString())))
                .contains("lr = 0.5 (2 parameters)", "lr = 0.25 (4 parameters)", "step 100", "beta2 = 0.97");
    }

    /// The example with one number changed.
    private Path changed(String tensor, double value) throws IOException {
        Path copy = Files.copy(PYTORCH.resolve("state.safetensors"), folder.resolve("broken.safetensors"));
        put(copy, tensor, 0, value);
        return copy;
    }

    /// Writes one number into a tensor of a safetensors file.
    private static void put(Path file, String tensor, int place, double value) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] first = new byte[8];
            bytes.readFully(first);
            int length =
                    (int) ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] header = new byte[length];
            bytes.readFully(header);
            JsonNode entry = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(new String(header, StandardCharsets.UTF_8))
                    .path(tensor);
            boolean single = entry.path("dtype").asText().equals("F32");
            int width = single ? Float.BYTES : Double.BYTES;
            ByteBuffer number = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
            bytes.seek(8 + length + entry.path("data_offsets").get(0).asLong() + (long) width * place);
            bytes.write((single ? number.putFloat((float) value) : number.putDouble(value)).array());
        }
    }

    private static byte[] withoutMetadata(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("{\"__metadata__\"") + 1;
        int to = text.indexOf("}, ", from) + 3;
        return (text.substring(0, from)
                        + text.substring(to, text.indexOf("}}", to) + 2)
                        + " ".repeat(to - from)
                        + text.substring(text.indexOf("}}", to) + 2))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
