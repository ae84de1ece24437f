package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @TempDir
    private Path folder;

    /// The numbers 1, −2 and so on in each format, as bytes by hand.
    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000f03f00000000000000c0",
        "F32, 0000803f000000c0",
        "F16, 003c00c0",
        "BF16, 803f00c0",
        "I64, 0100000000000000feffffffffffffff",
        "I32, 01000000feffffff",
        "I16, 0100feff",
        "I8, 01fe"
    })
    void everyFormatOfSignedNumbersIsRead(String format, String bytes) throws IOException {
        byte[] numbers = HexFormat.of().parseHex(bytes);
        Path file = file(
                String.format(
                        Locale.ROOT, "{'a':{'dtype':'%s','shape':[2],'data_offsets':[0,%d]}}", format, numbers.length),
                numbers);
        try (PointerScope _ = new PointerScope()) {
            assertThat(Place.numbers(Safetensors.read(file).tensor("a"))).containsExactly(1, -2);
        }
    }

    @Test
    void bytesAndTruthValuesAreReadUnsigned() throws IOException {
        Path file = file(
                "{'u':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'BOOL','shape':[1],'data_offsets':[2,3]}}",
                new byte[] {(byte) 200, 7, 1});
        try (PointerScope _ = new PointerScope()) {
            Safetensors read = Safetensors.read(file);
            assertThat(Place.numbers(read.tensor("u"))).containsExactly(200, 7);
            assertThat(Place.numbers(read.tensor("b"))).containsExactly(1);
        }
    }

    @Test
    void whatIsWrittenReadsBackWithEveryBitAndInOrder() throws IOException {
        Path file = folder.resolve("state.safetensors");
        try (PointerScope _ = new PointerScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("weight", Place.CPU_FLOAT64.tensor(new double[] {0.1, -0.0, Double.NaN, 1e-310, 3, 4}, 2, 3));
            tensors.put("transposed", tensors.get("weight").t());
            tensors.put("step", Place.CPU_FLOAT32.number(100));
            tensors.put("none", Place.CPU_FLOAT64.zeros(0, 5));
            tensors.put(
                    "tokens",
                    Place.CPU_FLOAT64.tensor(new double[] {1L << 40, -1}, 2).to(ScalarType.Long));
            new Safetensors(tensors, Map.of("format", "pt")).write(file);
            Safetensors read = Safetensors.read(file);
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
            assertThat(Arrays.stream(Place.numbers(read.tensor("weight"))).mapToLong(Double::doubleToRawLongBits))
                    .containsExactly(Arrays.stream(new double[] {0.1, -0.0, Double.NaN, 1e-310, 3, 4})
                            .mapToLong(Double::doubleToRawLongBits)
                            .boxed()
                            .toArray(Long[]::new));
            assertThat(Place.numbers(read.tensor("transposed"))).containsExactly(0.1, 1e-310, -0.0, 3, Double.NaN, 4);
            assertThat(read.tensor("transposed").size(0)).isEqualTo(3);
            assertThat(read.tensor("step").dim()).isZero();
            assertThat(read.tensor("none").size(1)).isEqualTo(5);
            assertThat(read.tensor("tokens").scalar_type().intern()).isEqualTo(ScalarType.Long);
        }
        // 8-byte alignment of the numbers, as the safetensors library writes.
        assertThat(ByteBuffer.wrap(Files.readAllBytes(file))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                        % 8)
                .isZero();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[5]));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileCutAtAnyByteIsRefusedWithFileAndOffset() throws IOException {
        byte[] whole = bytes("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", new byte[8]);
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s).*cut, byte " + length + ": .*expected.*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}"
                        + "| tensor 'a' has the data_offsets [0, 8], but F32 of shape [3] takes 12 bytes",
                "{'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}}| tensor 'a' has the type \"F31\", expected one"
                        + " of [F64,",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}| -2 in shape is no whole number from 0",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}| expected [from, to]",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}}| tensor 'a' has no list shape",
                "{'a':{'dtype':'I64','shape':[4611686018427387904,4],'data_offsets':[0,8]}}| is too large",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}| begins at offset 4, expected 0: no gaps, no"
                        + " overlaps",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|"
                    + " begins at offset 0, expected 4",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|"
                    + " the header is no proper JSON object: Duplicate field 'a'",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}| expected",
                "['a']| the header is no JSON object",
                "{'__metadata__':{'a':1}}| __metadata__ 'a' is no text"
            })
    void aHeaderThatDoesNotFitIsRefused(String header, String problem) throws IOException {
        Path file = file(header, new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", byte ")
                .hasMessageContaining(problem.strip());
    }

    @Test
    void pickledFilesAreRefusedWithTheAdviceToUseSafetensors() throws IOException {
        Path zip = Files.write(folder.resolve("model.pt"), HexFormat.of().parseHex("504b03040000080800000000"));
        Path pickle = Files.write(folder.resolve("old.pt"), HexFormat.of().parseHex("80028a0a6cfc9c46f920"));
        for (Path file : new Path[] {zip, pickle}) {
            assertThatThrownBy(() -> Safetensors.read(file))
                    .hasMessage(file + " is a pickle (torch.save), and reading a pickle runs the code in it;"
                            + " save safetensors instead: python/adamscope_export.py writes them from a PyTorch"
                            + " training loop");
        }
    }

    private Path file(String header, byte[] numbers) throws IOException {
        return Files.write(folder.resolve("file.safetensors"), bytes(header, numbers));
    }

    private static byte[] bytes(String header, byte[] numbers) {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(numbers)
                .array();
    }
}
