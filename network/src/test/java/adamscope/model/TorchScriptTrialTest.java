package adamscope.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptTrialTest {
    private static final Path MODEL = Path.of("model.pt");

    @TempDir
    private Path folder;

    /// A shell gives 128 + n for signal n: 6 abort, 9 kill, 11 segmentation, 24 the limit of processor time.
    @ParameterizedTest
    @CsvSource({
        "-1, did not end within",
        "152, did not end within",
        "137, did not end within",
        "1, took more memory",
        "134, took more memory",
        "139, crashed libtorch"
    })
    void aModelThatDoesNotRunIsNamedWithWhy(int code, String why) {
        assertThatThrownBy(() -> TorchScriptTrial.judge(MODEL, code, MODEL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model.pt: the program in this TorchScript file " + why);
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 130, 143})
    void aTrialThatTheUserEndedSaysNothingOfTheModel(int code) {
        assertThatThrownBy(() -> TorchScriptTrial.judge(MODEL, code, MODEL)).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatTheTrialSaysIsTheMessage() throws Exception {
        Path said = Files.writeString(folder.resolve("said"), "a warning\n\u0001model.pt: needs two inputs\n");
        assertThatThrownBy(() -> TorchScriptTrial.judge(MODEL, 3, said)).hasMessage("model.pt: needs two inputs");
        assertThatCode(() -> TorchScriptTrial.judge(MODEL, 0, said)).doesNotThrowAnyException();
    }
}
