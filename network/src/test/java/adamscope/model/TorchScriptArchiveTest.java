package adamscope.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptArchiveTest {
    private static final byte[] NOTHING = {(byte) 0x80, 2, 'N', '.'};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch.save(x, \"f\")",
                "ops.aten.save(x, \"f\")",
                "x.save(\"f\")",
                "t = torch\n    t.save(x, \"f\")",
                "getattr(torch, \"save\")(x, 'f')",
                "torch.from_file('f', True, 8)",
                "torch . from_file ('f')",
                "torch.load('f')",
                "ops.load_library('f')",
                "__torch__.torch.classes.dist.FileStore('f')",
                "getattr(torch, 'sa\\166e')(x, 'f')"
            })
    void operatorsThatReachFilesAreRefusedHoweverTheyAreCalled(String call) throws IOException {
        Path file = archive("def forward(self, x: Tensor) -> Tensor:\n    " + call + "\n    return x\n", NOTHING);
        assertThatThrownBy(() -> TorchScriptArchive.check(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", model/code/__torch__.py: line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = torch.add(x, self.saved)",
                "classes = self.classes",
                "y = torch.conv2d(x, getattr(self, \"0\").weight, None, [1, 1], [0, 0])",
                "ops.prim.RaiseException('cannot load \"save\" \\n it')"
            })
    void otherCodeIsAllowed(String line) throws IOException {
        Path file = archive("def forward(self, x: Tensor) -> Tensor:\n    " + line + "\n    return x\n", NOTHING);
        assertThatCode(() -> TorchScriptArchive.check(file)).doesNotThrowAnyException();
    }

    @Test
    void theExampleOfPyTorchIsAllowed() {
        assertThatCode(() -> TorchScriptArchive.check(Path.of("../docs/examples/pytorch/model.pt")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{", "-", "not ", "x + ", "x.y.", "x if y else ", "(\n"})
    void codeThatWouldOverflowTheReadersStackIsRefused(String opening) throws IOException {
        Path file = archive("    y = " + opening.repeat(500), NOTHING);
        assertThatThrownBy(() -> TorchScriptArchive.check(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(nested more than 100 deep|more than 200 operators in a row)");
    }

    @Test
    void blocksMayNotBeNestedDeeply() throws IOException {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            code.append(" ".repeat(i)).append("if y:\n");
        }
        Path file = archive(code.toString(), NOTHING);
        assertThatThrownBy(() -> TorchScriptArchive.check(file)).hasMessageContaining("nested more than 100 deep");
    }

    @Test
    void aPickleMayNotAskForMoreMemoryThanItHasBytes() throws IOException {
        byte[] pickle = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x80)
                .put((byte) 2)
                .put((byte) 'N')
                .put((byte) 'r')
                .putInt(0x7fffffff)
                .put((byte) '.')
                .array();
        Path file = archive("", pickle);
        assertThatThrownBy(() -> TorchScriptArchive.check(file))
                .hasMessageContaining("place 2147483647 of its memory, but it has 9 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X\u0000\u0000\u0000\u0070.", "cnothing.", "Ka\u0085", "N", "tN.", "a.", "\u0001."})
    void aDamagedPickleIsRefused(String pickle) throws IOException {
        Path file = archive("", pickle.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TorchScriptArchive.check(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the pickle ");
    }

    @Test
    void valuesOfAPickleMayNotBeNestedDeeply() throws IOException {
        for (String pickle : List.of(
                "N" + "\u0085".repeat(1000), "(".repeat(1000) + "t".repeat(1000), "]".repeat(1000) + "a".repeat(999))) {
            Path file = archive("", (pickle + ".").getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> TorchScriptArchive.check(file)).hasMessageContaining("nested more than 200 deep");
        }
    }

    /// The layouts of torch.export of PyTorch 2.1 and 2.9.
    @ParameterizedTest
    @ValueSource(strings = {"serialized_exported_program.json", "archive/models/model.json"})
    void anArchiveOfTorchExportIsRefusedWithTheWayOut(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("model.pt2"), bytes.toByteArray());
        assertThatThrownBy(() -> TorchScriptArchive.check(file))
                .hasMessageContaining("torch.export (.pt2)")
                .hasMessageContaining("torch.jit.trace");
    }

    private Path archive(String code, byte[] pickle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("model/code/__torch__.py"));
            zip.write(code.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model/data.pkl"));
            zip.write(pickle);
        }
        return Files.write(folder.resolve("model.pt"), bytes.toByteArray());
    }
}
