package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNoFileIsNotReplacedByOne() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        for (Path place : new Path[] {pipe, link}) {
            assertThatThrownBy(() -> AtomicFile.write(place, new byte[1]))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(place + ": it is a device, not a file");
        }
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(Files.readSymbolicLink(link)).isEqualTo(pipe);
        assertThatThrownBy(() -> AtomicFile.write(folder, new byte[1])).hasMessage(folder + ": it is a folder");
        Path nowhere = folder.resolve("no").resolve("file");
        assertThatThrownBy(() -> AtomicFile.write(nowhere, new byte[1]))
                .hasMessage(nowhere + ": there is no folder " + nowhere.getParent());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(pipe, link);
        }
    }

    @Test
    void aLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, new byte[] {'n', 'e', 'w'});
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("new");
    }
}
