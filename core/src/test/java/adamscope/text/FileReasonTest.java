package adamscope.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileReasonTest {
    @Test
    void saysWhyWithoutThePathThatTheMessageNamed() {
        assertThat(FileReason.of(new FileSystemException("/a/b", null, "Too many open files")))
                .isEqualTo("Too many open files");
        assertThat(FileReason.of(new AccessDeniedException("/a/b"))).isEqualTo("permission denied");
        assertThat(FileReason.of(new NoSuchFileException("/a/b"))).isEqualTo("the place does not exist");
        assertThat(FileReason.of(new FileAlreadyExistsException("/a/b")))
                .isEqualTo("a file of that name is in the way");
        assertThat(FileReason.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8 text");
        assertThat(FileReason.of(new DirectoryNotEmptyException("/a/b"))).isEqualTo("/a/b");
        assertThat(FileReason.of(new IOException("Not in GZIP format"))).isEqualTo("Not in GZIP format");
    }

    /// A stream over a folder throws with no words but the name of the class and those of its cause.
    @Test
    void aSentenceNamesTheFileAndNoClass() {
        FileSystemException cause = new FileSystemException("/a/b", null, "Input/output error");
        assertThat(FileReason.sentence(new UncheckedIOException(cause))).isEqualTo("/a/b: Input/output error");
        assertThat(FileReason.sentence(cause, cause.getMessage())).isEqualTo("/a/b: Input/output error");
        assertThat(FileReason.sentence(new UncheckedIOException("cannot list /a/b: Input/output error", cause)))
                .isEqualTo("cannot list /a/b: Input/output error");
    }
}
