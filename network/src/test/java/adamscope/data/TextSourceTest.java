package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {

    @TempDir
    private Path folder;

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void targetsAreTheNextTokens() throws IOException {
        Path file = text("text", "abcdefgh");
        try (PointerScope _ = new PointerScope()) {
            DataSet read = new TextSource(Optional.of(file), Tokenizer.BYTES, 3, 0).read(Place.CPU_FLOAT32);
            assertThat(read.shape()).isEqualTo(new DataShape.Tokens(3, 256));
            assertThat(Place.numbers(read.samples().inputs())).containsExactly('a', 'b', 'c', 'd', 'e', 'f');
            assertThat(Place.numbers(read.samples().targets())).containsExactly('b', 'c', 'd', 'e', 'f', 'g');
            assertThat(read.samples().inputs().is_floating_point()).isFalse();
        }
    }

    /// GPT-2's tokens of "Hello world Hello" are 15496, 995 and 18435 (" Hello" is a token of its own; encoder.json of
    /// GPT-2); numbered anew in that order of numbers: 995, 15496, 18435.
    @Test
    void bytePairsThatOccurAreNumberedAnew() throws IOException {
        Path file = text("text", "Hello world Hello world");
        try (PointerScope _ = new PointerScope()) {
            DataSet read = new TextSource(Optional.of(file), Tokenizer.GPT2, 3, 0).read(Place.CPU_FLOAT32);
            assertThat(read.shape()).isEqualTo(new DataShape.Tokens(3, 3));
            assertThat(Place.numbers(read.samples().inputs())).containsExactly(1, 0, 2);
            assertThat(Place.numbers(read.samples().targets())).containsExactly(0, 2, 0);
        }
    }

    @Test
    void aTextThatIsTooShortOrNoUtf8IsRefused() throws IOException {
        Path file = text("text", "abc");
        assertThatThrownBy(() -> new TextSource(Optional.of(file), Tokenizer.BYTES, 3, 0).read(Place.CPU_FLOAT32))
                .hasMessage(file + " has 3 tokens, which give 0 samples of length 3; first = 1 are wanted");
        Path latin = Files.write(folder.resolve("latin"), "Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new TextSource(Optional.of(latin), Tokenizer.GPT2, 1, 0).read(Place.CPU_FLOAT32))
                .hasMessage(latin + ", byte 2: 0xfc, expected text in UTF-8");
    }

    @Test
    void translationsBeginAndEndTheirTargetsAndFillUpWithZeros() throws IOException {
        Path source = text("en", "ab\nlong\n\nc\n");
        Path target = text("de", "x\ny\nz\nuv");
        try (PointerScope _ = new PointerScope()) {
            DataSet read = new ParallelText(
                            Optional.of(new ParallelText.Aligned(source, target)), Tokenizer.BYTES, 3, 3, 0)
                    .read(Place.CPU_FLOAT32);
            assertThat(read.shape()).isEqualTo(new DataShape.Pairs(3, 3, 259));
            assertThat(Place.numbers(read.samples().inputs()))
                    .containsExactly('a' + 3, 'b' + 3, 0, 1, 'x' + 3, 0, 'c' + 3, 0, 0, 1, 'u' + 3, 'v' + 3);
            assertThat(Place.numbers(read.samples().targets())).containsExactly('x' + 3, 2, 0, 'u' + 3, 'v' + 3, 2);
        }
    }

    @Test
    void filesWithoutAsManyLinesAreRefused() throws IOException {
        Path source = text("en", "a\nb\n");
        Path target = text("de", "x\n");
        assertThatThrownBy(() -> new ParallelText(
                                Optional.of(new ParallelText.Aligned(source, target)), Tokenizer.BYTES, 3, 3, 0)
                        .read(Place.CPU_FLOAT32))
                .hasMessage(source + " has 2 lines, but " + target + " has 1: line 2 of one has no partner");
    }

    @Test
    void theShippedTextsAreThere() {
        try (PointerScope _ = new PointerScope()) {
            DataSet bible = new TextSource(Optional.empty(), Tokenizer.BYTES, 64, 0).read(Place.CPU_FLOAT32);
            assertThat(bible.samples().count()).isEqualTo((275_763 - 1) / 64);
            assertThat(new String(ShippedText.ENGLISH.bytes(), StandardCharsets.UTF_8))
                    .startsWith("In the beginning God created the heaven and the earth.\n");
            DataSet handbook = new ParallelText(Optional.empty(), Tokenizer.BYTES, 300, 400, 0).read(Place.CPU_FLOAT32);
            assertThat(handbook.samples().count()).isGreaterThan(1100);
        }
    }
}
