package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersInFilesTest {

    @TempDir
    private Path folder;

    @Test
    void columnsThatAreNoTargetsAreInputs() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,y,\"b c\"\n1,10,-1\n3,20,5e0\n");
        try (PointerScope _ = new PointerScope()) {
            DataSet read = new TableSource(file, List.of("y"), false, 0).read(Place.CPU_FLOAT64);
            assertThat(read.shape()).isEqualTo(new DataShape.Vectors(2, 1));
            assertThat(Place.numbers(read.samples().inputs())).containsExactly(1, -1, 3, 5);
            assertThat(Place.numbers(read.samples().targets())).containsExactly(10, 20);
            DataSet scaled = new TableSource(file, List.of("y"), true, 0).read(Place.CPU_FLOAT64);
            assertThat(Place.numbers(scaled.samples().inputs())).containsExactly(-1, -1, 1, 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,y;1,2;x,3| , line 3: 'x' in column 'a', expected a finite number",
                "a,y;1,2;1,NaN| , line 3: 'NaN' in column 'y', expected a finite number",
                "a,y;1| the row ends before column 'y'",
                "a,b;1,2| , line 1: there is no column 'y'; there are [a, b]",
                "a,a,y;1,2,3| Header contains duplicate fields: [a]",
                "a,y| has 0 rows below the names; 1 are wanted",
                "y;1| all columns are targets"
            })
    void aTableThatDoesNotFitIsRefusedWithItsLine(String text, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), text.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> new TableSource(file, List.of("y"), false, 0).read(Place.CPU_FLOAT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    /// [[1, 2, 3], [4, 5, 6]] in the ways that NumPy 1.24 stores it.
    @ParameterizedTest
    @CsvSource({
        "<i2, False, 010002000300040005000600",
        ">i2, False, 000100020003000400050006",
        "<i2, True, 010004000200050003000600",
        "|u1, False, 010203040506",
        ">f4, True, 3f8000004080000040000000 40a00000 4040000040c00000"
    })
    void arraysOfNumPyAreReadInEitherByteOrderAndByRowsOrColumns(String type, String columns, String hex)
            throws IOException {
        Path file = npy(
                String.format(Locale.ROOT, "{'descr': '%s', 'fortran_order': %s, 'shape': (2, 3), }", type, columns),
                HexFormat.of().parseHex(hex.replace(" ", "")));
        try (PointerScope _ = new PointerScope()) {
            Tensor read = NpyFile.read(file);
            assertThat(read.size(0)).isEqualTo(2);
            assertThat(Place.numbers(read)).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void anArrayThatIsCutWrongOrPickledIsRefusedWithTheOffset() throws IOException {
        String header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }";
        Path file = npy(header, new byte[4]);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NpyFile.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + ", byte " + length + ": ")
                    .hasMessageContaining("expected");
        }
        assertThatThrownBy(() -> NpyFile.read(npy(header.replace("<i2", "|O"), new byte[4])))
                .hasMessageContaining(
                        "'|O', expected one of [b1, f2, f4, f8, i1, i2, i4, i8, u1]; objects are pickles");
        assertThatThrownBy(() -> NpyFile.read(Files.writeString(file, "no array here")))
                .hasMessage(file + ", byte 0: 0x6e, expected 0x93 of the magic number \\x93NUMPY");
    }

    @Test
    void classesBecomeOneHotRowsAndTokensStayWhole() throws IOException {
        Path file = folder.resolve("data.safetensors");
        try (PointerScope _ = new PointerScope()) {
            new Safetensors(
                            Map.of(
                                    "x", Place.CPU_FLOAT64.tensor(new double[] {1, 2, 3}, 3, 1),
                                    "labels", Place.CPU_FLOAT64.integers(new long[] {2, 0, 1}, 3),
                                    "y", Place.CPU_FLOAT64.tensor(new double[] {4, 5, 6}, 3),
                                    "tokens", Place.CPU_FLOAT64.integers(new long[] {0, 1, 1, 2, 2, 4}, 3, 2)),
                            Map.of())
                    .write(file);
            DataSet classes = arrays(file + "#x", file + "#labels", 0, 2);
            assertThat(Place.numbers(classes.samples().targets())).containsExactly(0, 0, 1, 1, 0, 0);
            assertThat(classes.shape()).isEqualTo(new DataShape.Vectors(1, 3));
            DataSet regression = arrays(file + "#x", file + "#y", 0, 0);
            assertThat(regression.samples().targets().size(1)).isEqualTo(1);
            DataSet tokens = arrays(file + "#tokens", file + "#tokens", 0, 0);
            assertThat(tokens.shape()).isEqualTo(new DataShape.Tokens(2, 5));
            for (String targets : List.of("labels", "y")) {
                assertThatThrownBy(() -> arrays(file + "#tokens", file + "#" + targets, 0, 0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(file + "#tokens are whole numbers, so tokens, of the shape [3, 2], and "
                                + file + "#" + targets + " has [3]: ");
            }
            assertThatThrownBy(() -> arrays(file + "#labels", file + "#tokens", 0, 0))
                    .hasMessageContaining("of the shape [3], and");
            assertThatThrownBy(() -> arrays(file + "#x", file + "#labels", 2, 0))
                    .hasMessage(file + "#labels has classes from 0 to 2, expected 0 to 1");
            assertThatThrownBy(() -> arrays(file + "#z", file + "#y", 0, 0))
                    .hasMessageStartingWith(file + " has no tensor 'z'; it has [");
            assertThatThrownBy(() -> arrays("x.pt", file + "#y", 0, 0)).hasMessageContaining("pickles");
        }
    }

    @Test
    void labelsAndTokensThatNoDataSetHasAreRefusedBeforeMemoryIsAsked() throws IOException {
        Path file = folder.resolve("data.safetensors");
        try (PointerScope _ = new PointerScope()) {
            new Safetensors(
                            Map.of(
                                    "x", Place.CPU_FLOAT64.tensor(new double[] {1, 2}, 2, 1),
                                    "billion", Place.CPU_FLOAT64.integers(new long[] {0, 1_000_000_000}, 2),
                                    "huge", Place.CPU_FLOAT64.integers(new long[] {0, 1L << 40}, 2),
                                    "tokens", Place.CPU_FLOAT64.integers(new long[] {0, 1}, 2, 1),
                                    "negative", Place.CPU_FLOAT64.integers(new long[] {0, -1}, 2, 1),
                                    "beyond", Place.CPU_FLOAT64.integers(new long[] {0, 1L << 31}, 2, 1),
                                    "empty", Place.CPU_FLOAT64.zeros(2, 0)),
                            Map.of())
                    .write(file);
            for (String[] wrong : new String[][] {
                {"x", "billion", "#billion has classes from 0 to 1000000000, expected 0 to 1048575"},
                {"x", "huge", "#huge has classes from 0 to 1099511627776, expected 0 to 1048575"},
                {"negative", "tokens", "#negative has classes from -1 to 0, expected 0 to 1048575"},
                {"tokens", "negative", "#negative has classes from -1 to 0, expected 0 to 1048575"},
                {"beyond", "tokens", "#beyond has classes from 0 to 2147483648, expected 0 to 1048575"},
                {"tokens", "beyond", "#beyond has classes from 0 to 2147483648, expected 0 to 1048575"},
            }) {
                assertThatThrownBy(() -> arrays(file + "#" + wrong[0], file + "#" + wrong[1], 0, 0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(file + wrong[2]);
            }
            assertThatThrownBy(() -> arrays(file + "#tokens", file + "#tokens", 1, 0))
                    .hasMessage(file + "#tokens has classes from 0 to 1, expected 0 to 0");
            assertThatThrownBy(() -> arrays(file + "#empty", file + "#tokens", 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("samples of 0 numbers");
        }
        assertThatThrownBy(() -> arrays("x.npy", "y.npy", 1 << 30, 0)).hasMessageContaining("classes = 1073741824");
    }

    @Test
    void aHeaderTakesNoLongerThanItsLengthWhateverStandsInIt() throws IOException {
        String blanks = " ".repeat(60_000);
        for (String header : new String[] {
            "{" + blanks,
            "{'descr': '<f8'," + blanks + "'shape': (" + blanks,
            "{" + "'descr':".repeat(7000),
            "{'shape': (" + "1,".repeat(30_000) + "), 'descr': '<f8', 'fortran_order': False}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), } x",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }",
            "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
        }) {
            Path file = npy(header, new byte[16]);
            long start =
                    java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThatThrownBy(() -> NpyFile.read(file)).isInstanceOf(IllegalArgumentException.class);
            assertThat(java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                    .isLessThan(1_000_000_000L); // was 13 s of 60 kB; now milliseconds
        }
    }

    private static DataSet arrays(String inputs, String targets, int classes, int first) {
        return new ArraySource(ArraySource.Stored.read(inputs), ArraySource.Stored.read(targets), classes, first)
                .read(Place.CPU_FLOAT64);
    }

    @Test
    void theSumOfSinesIsWhatItsNameSays() {
        try (PointerScope _ = new PointerScope()) {
            DataSet read = new SineSum(3, 5, 7).read(Place.CPU_FLOAT64);
            double[] x = Place.numbers(read.samples().inputs());
            double[] y = Place.numbers(read.samples().targets());
            for (int sample = 0; sample < 3; sample++) {
                double sum = 0;
                for (int k = 0; k < 5; k++) {
                    assertThat(x[5 * sample + k]).isBetween(0.0, 1.0);
                    sum += Math.sin(2 * Math.PI * x[5 * sample + k]);
                }
                assertThat(y[sample]).isEqualTo(sum);
            }
        }
    }

    private Path npy(String header, byte[] numbers) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return Files.write(
                folder.resolve("a.npy"),
                ByteBuffer.allocate(10 + text.length + numbers.length)
                        .put(new byte[] {
                            (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)
                        })
                        .put(text)
                        .put(numbers)
                        .array());
    }
}
