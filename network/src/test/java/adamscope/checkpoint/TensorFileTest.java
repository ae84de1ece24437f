package adamscope.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.NumberFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of tools/record_checkpoints.py; their numbers are powers of two, counts and arithmetic sequences.
class TensorFileTest {
    private static final Path FILES = Path.of("src/test/resources/adamscope/checkpoint");
    private static final double[] WEIGHT = {0, 0.25, 0.5, 0.75, 1, 1.25};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void viewsAreToldRowByRow(String name) {
        try (TensorFile file = TensorFile.open(FILES.resolve(name))) {
            assertThat(numbers(file, "model.weight")).containsExactly(WEIGHT);
            assertThat(numbers(file, "model.parameter")).containsExactly(WEIGHT);
            assertThat(numbers(file, "model.transposed")).containsExactly(0, 0.75, 0.25, 1, 0.5, 1.25);
            assertThat(numbers(file, "model.row"))
                    .containsExactly(IntStream.range(12, 24).asDoubleStream().toArray());
            assertThat(numbers(file, "model.inner")).containsExactly(4, 6, 8, 10, 16, 18, 20, 22);
            assertThat(numbers(file, "model.turned"))
                    .containsExactly(turned().mapToDouble(Integer::doubleValue).toArray());
            assertThat(numbers(file, "model.expanded")).containsExactly(2.5, 2.5, 2.5, 2.5, 2.5, 2.5);
            assertThat(numbers(file, "model.scalar")).containsExactly(7);
            assertThat(numbers(file, "model.empty")).isEmpty();
            assertThat(file.tensors().get("model.turned").shape()).containsExactly(4L, 2L, 3L);
            assertThat(file.tensors().get("model.empty").shape()).containsExactly(0L, 5L);
        }
    }

    /// 0 to 23 as 2×3×4, its last dimension brought to the front.
    private static Stream<Integer> turned() {
        return IntStream.range(0, 4).boxed().flatMap(k -> IntStream.range(0, 6).mapToObj(row -> 4 * row + k));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void everyTypeOfNumbersIsRead(String name) {
        try (TensorFile file = TensorFile.open(FILES.resolve(name))) {
            assertThat(numbers(file, "model.f16")).containsExactly(1, -2, 0x1p-24, 65504);
            assertThat(numbers(file, "model.bf16")).containsExactly(1, -2, 0x1p-133, 1.0078125);
            assertThat(numbers(file, "model.i64")).containsExactly(-1, 0x1p40);
            assertThat(numbers(file, "model.i32")).containsExactly(-1, 0x1p30);
            assertThat(numbers(file, "model.i16")).containsExactly(-1, 0x1p14);
            assertThat(numbers(file, "model.i8")).containsExactly(-1, 100);
            assertThat(numbers(file, "model.u8")).containsExactly(255, 1);
            assertThat(numbers(file, "model.bool")).containsExactly(1, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void plainValuesStandWhereTheyWereSaved(String name) {
        try (TensorFile file = TensorFile.open(FILES.resolve(name))) {
            assertThat(numbers(file, "optimizer.state.0.step")).containsExactly(100);
            Map<String, Value.Leaf> plain = file.plain();
            assertThat(plain.get("optimizer.param_groups.0.lr")).isEqualTo(new Value.Number(0.01));
            assertThat(plain.get("optimizer.param_groups.0.betas.1")).isEqualTo(new Value.Number(0.999));
            assertThat(plain.get("optimizer.param_groups.0.amsgrad")).isEqualTo(new Value.Truth(false));
            assertThat(plain.get("optimizer.param_groups.0.params.0")).isEqualTo(new Value.Number(0));
            assertThat(plain.get("epoch")).isEqualTo(new Value.Number(3));
            assertThat(plain.get("best")).isEqualTo(new Value.Nothing());
            assertThat(plain.get("name")).isEqualTo(new Value.Text("Größe"));
            assertThat(plain.get("large")).isEqualTo(new Value.Number(0x1p70));
            assertThat(plain.get("scalar")).isEqualTo(new Value.Number(0.125));
            assertThat(plain.get("args.lr")).isEqualTo(new Value.Number(0.5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void tiedWeightsAreTheSameNumbers(String name) {
        try (TensorFile file = TensorFile.open(FILES.resolve(name))) {
            StoredTensor weight = file.tensors().get("model.weight");
            assertThat(weight.sameNumbers(file.tensors().get("model.tied"))).isTrue();
            assertThat(weight.sameNumbers(file.tensors().get("model.transposed")))
                    .isFalse();
            assertThat(weight.sameNumbers(file.tensors().get("optimizer.state.0.exp_avg")))
                    .isFalse();
        }
    }

    @Test
    void numbersOfEightBitsAreReadInBothKinds() {
        try (TensorFile file = TensorFile.open(FILES.resolve("eight-bits.pt"))) {
            assertThat(file.tensors().get("e4m3").format()).isEqualTo(NumberFormat.F8_E4M3);
            assertThat(numbers(file, "e4m3")).containsExactly(1, -2, 448, 0x1p-9, Double.NaN);
            assertThat(numbers(file, "e5m2")).containsExactly(1, -2, 57344, 0x1p-16, Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void aDistributedCheckpointIsPutTogetherFromItsBoxes() {
        try (TensorFile file = TensorFile.open(FILES.resolve("distributed"))) {
            double[] twenty = IntStream.range(0, 20).asDoubleStream().toArray();
            assertThat(numbers(file, "model.rows")).containsExactly(twenty);
            assertThat(numbers(file, "model.columns")).containsExactly(twenty);
            assertThat(numbers(file, "optimizer.state.rows.exp_avg"))
                    .containsExactly(
                            IntStream.range(0, 20).mapToDouble(i -> i / 8.0).toArray());
            assertThat(file.plain().get("optimizer.param_groups.0.lr")).isEqualTo(new Value.Number(0.01));
            assertThat(file.plain().get("optimizer.param_groups.0.params.0")).isEqualTo(new Value.Text("rows"));
            assertThat(file.plain().get("epoch")).isEqualTo(new Value.Number(3));
        }
    }

    @Test
    void safetensorsAreReadTheSameWay() {
        try (TensorFile file = TensorFile.open(Path.of("../docs/examples/pytorch/state.safetensors"))) {
            assertThat(file.plain().get("__metadata__.optimizer")).isEqualTo(new Value.Text("Adam"));
            assertThat(file.tensors()).containsKeys("0.weight", "0.weight.exp_avg");
            assertThat(file.tensors().get("0.weight").shape()).containsExactly(6L, 4L);
            assertThat(Double.isFinite(numbers(file, "4.bias.exp_avg_sq")[2])).isTrue();
        }
    }

    /// Any part of any view, against the whole.
    @ParameterizedTest
    @CsvSource({"zip.pt, model.turned", "zip.pt, model.inner", "zip.pt, model.weight", "distributed, model.columns"})
    void partsAreThoseOfTheWhole(String name, String tensor) {
        try (TensorFile file = TensorFile.open(FILES.resolve(name))) {
            StoredTensor stored = file.tensors().get(tensor);
            double[] whole = stored.doubles(0, (int) stored.size());
            for (int from = 0; from < whole.length; from++) {
                for (int to = from; to <= whole.length; to++) {
                    assertThat(stored.doubles(from, to - from))
                            .containsExactly(java.util.Arrays.copyOfRange(whole, from, to));
                }
            }
            ByteBuffer bytes = ByteBuffer.allocate(3 * stored.format().bytes());
            stored.read(1, bytes);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void aFileCutOffAnywhereIsRefusedWithOneMessage() throws IOException {
        for (String name : List.of("zip.pt", "legacy.pt", "eight-bits.pt")) {
            byte[] whole = Files.readAllBytes(FILES.resolve(name));
            for (int length = 0; length < whole.length; length += 17) {
                Path cut = Files.write(folder.resolve("cut.pt"), java.util.Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> TensorFile.open(cut))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(cut.toString());
            }
        }
    }

    /// A byte that is not what it was gives other numbers or one message, never another error.
    @Test
    void aFileWithAnyByteChangedIsReadOrRefused() throws IOException {
        for (String name : List.of("zip.pt", "legacy.pt", "distributed/.metadata")) {
            byte[] whole = Files.readAllBytes(FILES.resolve(name));
            Path changed = copied(name);
            for (int at = 0; at < whole.length; at += 3) {
                byte[] content = whole.clone();
                content[at] ^= (byte) (1 + at % 255);
                Files.write(changed, content);
                readOrRefused(changed.endsWith(".metadata") ? changed.getParent() : changed);
            }
        }
    }

    private Path copied(String name) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        if (name.endsWith(".metadata")) {
            for (String part : List.of("__0_0.distcp", "__1_0.distcp")) {
                Files.copy(FILES.resolve("distributed").resolve(part), target.resolveSibling(part));
            }
        }
        return target;
    }

    private static void readOrRefused(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            file.tensors().values().forEach(tensor -> tensor.doubles(0, (int) Math.min(1000, tensor.size())));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(path.toString());
        }
    }

    private static double[] numbers(TensorFile file, String name) {
        StoredTensor tensor = file.tensors().get(name);
        return tensor.doubles(0, (int) tensor.size());
    }
}
