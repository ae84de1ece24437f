package adamscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Tag;
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

    /// A process that was killed while it unpacked leaves such a folder.
    static final class Child {
        static void main(String[] none) {
            LibTorch.require();
        }
    }

    /// libtorch.so, which comes first, asks the system's loader for libtorch_cpu.so.
    @Test
    @Tag("slow")
    void aLibraryThatIsThereByHalfIsMadeWholeBeforeAnotherAsksForIt() throws Exception {
        String name = "org/bytedeco/pytorch/" + Loader.getPlatform() + "/libtorch_cpu.so";
        URL whole = UnpackedLibraries.class.getClassLoader().getResource(name);
        assumeTrue(whole != null && whole.getProtocol().equals("jar"), "no libtorch for this platform in a jar");
        JarURLConnection jar = (JarURLConnection) whole.openConnection();
        Path library = folder.resolve(Path.of(jar.getJarFileURL().toURI()).getFileName())
                .resolve(name);
        long size = jar.getContentLengthLong();
        Files.createDirectories(library.getParent());
        try (InputStream in = jar.getInputStream();
                OutputStream out = Files.newOutputStream(library)) {
            byte[] bytes = new byte[1 << 20];
            for (long left = size / 2; left > 0; left -= bytes.length) {
                out.write(bytes, 0, in.readNBytes(bytes, 0, bytes.length));
            }
        }
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + UnpackedLibraries.PROPERTY + "=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(library).hasSize(size);
    }

    @Test
    void aFolderThatIsNotThereYetHoldsNothing() {
        UnpackedLibraries libraries = new UnpackedLibraries(folder.resolve("none"), Set.of(USED));
        assertThat(libraries.bytes()).isZero();
        assertThat(libraries.ofOtherVersions()).isEmpty();
    }
}
