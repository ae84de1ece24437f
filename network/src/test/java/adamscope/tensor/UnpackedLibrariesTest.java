package adamscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibrariesTest {
    private static final String USED = "pytorch-2.10.0-1.5.13-linux-x86_64.jar";

    @TempDir
    private Path folder;

    private void unpacked(String jar, int bytes) throws IOException {
        Path below = Files.createDirectories(folder.resolve(jar).resolve("org/bytedeco"));
        Files.write(below.resolve("lib.so"), new byte[bytes]);
    }

    @Test
    void otherVersionsAreThoseOfTheSameLibrariesThatNoJarOfThisProcessNames() throws IOException {
        unpacked(USED, 100);
        unpacked("pytorch-2.7.1-1.5.12-linux-x86_64.jar", 30);
        unpacked("opencv-4.11.0-1.5.12-linux-x86_64.jar", 4); // of another program

        UnpackedLibraries libraries = new UnpackedLibraries(folder, Set.of(USED));
        assertThat(libraries.bytes()).isEqualTo(134);
        assertThat(libraries.ofOtherVersions())
                .containsExactly(folder.resolve("pytorch-2.7.1-1.5.12-linux-x86_64.jar"));
    }

    @Test
    void aFolderThatIsNotThereYetHoldsNothing() {
        UnpackedLibraries libraries = new UnpackedLibraries(folder.resolve("none"), Set.of(USED));
        assertThat(libraries.bytes()).isZero();
        assertThat(libraries.ofOtherVersions()).isEmpty();
    }
}
