package adamscope.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checkpoints made to do harm: each ends in one message, soon and in little memory.
///
/// Pickles are written as the characters of their bytes; opcodes by CPython's `pickletools`.
class HostileCheckpointTest {
    private static final String STORAGE =
            "(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\u00000X\u0003\0\0\0cpu";
    private static final String REBUILD = "ctorch._utils\n_rebuild_tensor_v2\n";

    @TempDir
    private Path folder;

    /// Calls, by every opcode that names or makes something; also hidden behind allowed functions and in states.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(X\u0002\0\0\0idtR.",
                "cposix\nsystem\n(X\u0002\0\0\0idtR.",
                "cbuiltins\neval\n(X\u0001\0\0\u00001tR.",
                "c__builtin__\nexec\n(X\u0001\0\0\u00001tR.",
                "csubprocess\nPopen\n)R.",
                "ctorch\nload\n)R.",
                "ctorch.hub\nload\n)R.",
                "ctorch._utils\n_rebuild_something\n)R.",
                "cadamscope.cli\nMain\n)\u0081.",
                "\u008c\u0002os\u008c\u0006system\u0093.",
                "]cos\nsystem\na.",
                "ccollections\nOrderedDict\n)RX\u0001\0\0\u0000acos\nsystem\nsb.",
                "ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\n.",
                "cnumpy.testing\nassert_\n)R."
            })
    void aNameThatIsNotAllowedIsRefusedByNameBeforeItDoesAnything(String pickle) {
        assertThatThrownBy(() -> TensorFile.open(zip(pickle)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "(?s).*archive/data.pkl, byte \\d+: the pickle names [\\w.]+, which is not read here.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // INST, OBJ, EXT1, persistent id as text, protocol 0
                "(ios\nsystem\n.",
                "(cos\nsystem\no.",
                "\u0082\u0001.",
                "P0\n.",
                "I1\n.",
                "\u0080\u0009N.",
                // calls of what is no name, with what is no tuple
                "NN\u0085R.",
                "ctorch\nSize\nNR.",
                "N)\u0081.",
                // nothing there
                "R.",
                "t.",
                ".",
                "h\u0007.",
                "((((((.",
                "}NNs",
                "}(Nu.",
                "Na."
            })
    void otherOpcodesAndMissingValuesAreRefused(String pickle) {
        refused(pickle);
    }

    /// Lengths of gigabytes in files of bytes.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u003f.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
                "X\u00ff\u00ff\u00ff\u007f.",
                "B\u00ff\u00ff\u00ff\u00ff.",
                "\u008b\u00ff\u00ff\u00ff\u007f.",
                "\u0096\u00ff\u00ff\u00ff\u00ff\0\0\0\0."
            })
    void aLengthThatTheFileDoesNotHaveTakesNoMemory(String pickle) {
        refused(pickle);
    }

    @Test
    void aMemoryWithAPlaceOfTwoToThe31HasOnePlace() {
        try (TensorFile file = TensorFile.open(zip("]r\u00ff\u00ff\u00ff\u007f\u0080\u0002K\u0007a."))) {
            assertThat(file.plain().get("0")).isEqualTo(new Value.Number(7));
        }
    }

    @Test
    void valuesThatAreNestedDeeplyContainThemselvesOrMultiplyAreRefused() {
        refused("]".repeat(20_000) + "a".repeat(19_999) + ".");
        refused("N" + "\u0085".repeat(1000) + ".");
        refused("]q\0h\0a.");
        refused("}q\0X\u0001\0\0\u0000ah\0s.");
        // Forty lists, each twice in the next: 2⁴⁰ values, if they were counted out.
        StringBuilder laughs = new StringBuilder("]q\0");
        for (int i = 0; i < 40; i++) {
            laughs.append("](h")
                    .append((char) i)
                    .append('h')
                    .append((char) i)
                    .append("eq")
                    .append((char) (i + 1));
        }
        refused(laughs + ".");
        StringBuilder copies = new StringBuilder("ccollections\nOrderedDict\nq\0}q\u0001");
        for (int i = 0; i < 60; i++) {
            copies.append("h\0h\u0001\u0085Rq\u0001h\u0001h\u0001s");
        }
        refused(copies + ".");
    }

    @Test
    void millionsOfValuesAreRefused() {
        refused("N" + "\u0094".repeat(3_100_000) + ".");
        refused("(" + "]".repeat(3_100_000) + "l.");
    }

    /// Storages and views whose sizes overflow, or that reach beyond the 16 bytes that are there.
    @ParameterizedTest
    @ValueSource(
            strings = {
                // 2⁵² numbers, −1 numbers, 5 numbers
                "\u008a\u0007\0\0\0\0\0\0\u0010tQ.",
                "\u008a\u0001\u00fftQ.",
                "K\u0005tQ."
            })
    void storagesOfOtherSizesThanTheFileHasAreRefused(String rest) {
        refused(STORAGE + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // from, shape, strides
                "K\0K\u0005\u0085K\u0001\u0085",
                "K\u0001K\u0004\u0085K\u0001\u0085",
                "J\u00ff\u00ff\u00ff\u00ffK\u0002\u0085K\u0001\u0085",
                "K\u0003K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085",
                "K\0\u008a\u0006\0\0\0\0\0\u007f\u0085K\0\u0085",
                "K\0\u008a\u0007\0\0\0\0\0\0\u0010\u008a\u0007\0\0\0\0\0\0\u0010\u0086K\0K\0\u0086",
                "K\0K\u0002\u0085)",
                "K\0K\u0002K\u0001\u0085"
            })
    void viewsThatReachBeyondTheirStorageAreRefused(String view) {
        refused(REBUILD + "(" + STORAGE + "K\u0004tQ" + view + "\u0089)tR.");
    }

    @Test
    void aViewInsideItsStorageIsRead() {
        try (TensorFile file = TensorFile.open(zip("}X\u0001\0\0\u0000w" + REBUILD + "(" + STORAGE
                + "K\u0004tQK\u0001K\u0003\u0085K\u0001\u0085\u0089)tRs."))) {
            assertThat(file.tensors().get("w").doubles(0, 3)).containsExactly(1, 1, 1);
        }
    }

    @Test
    void aPackedArchiveIsRefusedHoweverSmallItIs() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[1 << 20]);
        }
        Path bomb = Files.write(folder.resolve("bomb.pt"), bytes.toByteArray());
        assertThatThrownBy(() -> TensorFile.open(bomb)).hasMessageContaining("packed");
    }

    @Test
    void aProgramOfTorchScriptIsNoCheckpoint() {
        assertThatThrownBy(() -> TensorFile.open(Path.of("../docs/examples/pytorch/model.pt")))
                .hasMessageContaining("TorchScript module, which is a program");
    }

    @Test
    void aDistributedCheckpointMayNotReachOutsideOfItsFolder() throws IOException {
        Path distributed = Files.createDirectory(folder.resolve("distributed"));
        byte[] metadata = Files.readAllBytes(Path.of("src/test/resources/adamscope/checkpoint/distributed/.metadata"));
        String text = new String(metadata, StandardCharsets.ISO_8859_1).replace("__0_0.distcp", "../../passwd");
        Files.write(distributed.resolve(".metadata"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TensorFile.open(distributed)).hasMessageContaining("outside of the folder");
    }

    private void refused(String pickle) {
        Path file = zip(pickle);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> TensorFile.open(file))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(file.toString()));
    }

    /// An archive with this pickle and four numbers 1 in the storage '0'.
    private Path zip(String pickle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "archive/data.pkl", ("\u0080\u0002" + pickle).getBytes(StandardCharsets.ISO_8859_1));
            byte[] one = {0, 0, (byte) 0x80, 0x3f};
            byte[] ones = new byte[16];
            for (int i = 0; i < 16; i++) {
                ones[i] = one[i % 4];
            }
            store(zip, "archive/data/0", ones);
            zip.finish();
            return Files.write(folder.resolve("hostile.pt"), bytes.toByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }
}
