package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the JVM keeps for later starts is never needed: without it, or with a damaged one, the program gives the same
/// answer.
@Tag("slow")
class ClassCacheTest {
    private static final List<String> THEORY = Ran.words("theory --optimizer adam --degree 4 --json");
    private static final String WHOLE_OR_NOTHING = "-Xshare:on";

    @TempDir
    private static Path folder;

    private static Path home;
    private static Path kept;
    private static byte[] whole;
    private static String answer;

    private record Started(int code, String out, String err) {
        void answersAsWithout(String what) {
            assertThat(code).as("%s: %s", what, err).isEqualTo(ExitCode.DONE);
            assertThat(out).as(what).isEqualTo(answer);
            assertThat(err).as(what).isEmpty();
        }
    }

    @BeforeAll
    static void anInstalledProgramWithItsCache() throws Exception {
        home = folder.resolve("adamscope");
        kept = home.resolve("lib/adamscope.jsa");
        copy(Path.of("src/dist"), home);
        Files.createDirectories(home.resolve("lib/app"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry).toAbsolutePath().normalize();
            if (Files.isDirectory(place) && place.endsWith("classes")) {
                // the JVM keeps nothing for a class path with folders
                jar(
                        place,
                        home.resolve("lib/app/" + place.getParent().getParent().getFileName() + ".jar"));
            } else if (place.getFileName().toString().startsWith("duckdb")) {
                libraryApart(place);
            } else if (Files.isRegularFile(place)) {
                Files.createSymbolicLink(home.resolve("lib/" + place.getFileName()), place);
            }
        }
        keepClasses();
        assertThat(kept).isNotEmptyFile();
        whole = Files.readAllBytes(kept);
        Ran inProcess = Ran.of(THEORY);
        assertThat(inProcess.code()).isEqualTo(ExitCode.DONE);
        answer = inProcess.out();
    }

    /// DuckDB as a distribution has it: no library in the jar, that of this system beside it.
    private static void libraryApart(Path jar) throws IOException {
        String inJar =
                "libduckdb_java.so_linux_" + System.getProperty("os.arch").replace("aarch64", "arm64");
        try (JarFile all = new JarFile(jar.toFile());
                JarOutputStream out =
                        new JarOutputStream(Files.newOutputStream(home.resolve("lib/" + jar.getFileName())))) {
            for (JarEntry entry : Collections.list(all.entries())) {
                if (entry.getName().startsWith("libduckdb_java")) {
                    continue;
                }
                out.putNextEntry(new JarEntry(entry.getName()));
                all.getInputStream(entry).transferTo(out);
            }
            Files.copy(
                    all.getInputStream(all.getEntry(inJar)),
                    home.resolve("lib/" + System.mapLibraryName("duckdb_java")));
        }
    }

    @AfterAll
    static void linksGo() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isSymbolicLink)::iterator) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        assertThat(to.resolve("bin/adamscope").toFile().setExecutable(true)).isTrue();
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, (OutputStream) out);
            }
        }
    }

    private static void keepClasses() throws IOException, InterruptedException {
        Started run = start(List.of("bash", home.resolve("libexec/keep-classes").toString()), "");
        assertThat(run).isEqualTo(new Started(0, "", ""));
    }

    /// @param options of the JVM
    private static Started theory(String options) throws IOException, InterruptedException {
        return start(
                Stream.concat(Stream.of(home.resolve("bin/adamscope").toString()), THEORY.stream())
                        .toList(),
                options);
    }

    private static Started start(List<String> command, String options) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ADAMSCOPE_JAVA_OPTIONS", options);
        int code = builder.start().waitFor();
        return new Started(
                code,
                new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    }

    @Test
    void aWholeOneIsTaken() throws Exception {
        Files.write(kept, whole);
        theory("").answersAsWithout("whole");
        assertThat(theory(WHOLE_OR_NOTHING).code()).isZero();
    }

    @Test
    void aMissingOneIsNotMissed() throws Exception {
        Files.delete(kept);
        theory("").answersAsWithout("missing");
    }

    /// Java takes a class that it kept for one of the jar where it lay then.
    @Test
    void aProgramThatWasMovedOpensTables() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words("simulate --optimizer adam --objective x^4/4 --x0 1 --steps 5 --out " + run))
                        .code())
                .isEqualTo(ExitCode.DONE);
        Files.write(kept, whole);
        Path elsewhere = Files.move(home, folder.resolve("moved"));
        try {
            Started found = start(
                    List.of(
                            elsewhere.resolve("bin/adamscope").toString(),
                            "query",
                            run.toString(),
                            "select count(*) as steps from trajectory where step > 0"),
                    WHOLE_OR_NOTHING);
            assertThat(found).isEqualTo(new Started(ExitCode.DONE, "steps\n5\n", ""));
        } finally {
            Files.move(elsewhere, home);
        }
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws Exception {
        for (int i = 0; i < 16; i++) {
            int place = (int) ((whole.length - 1L) * i / 15);
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 << (i % 8));
            Files.write(kept, damaged);
            theory("").answersAsWithout("byte " + place);
        }
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 4;
        Files.write(kept, damaged);
        assertThat(theory(WHOLE_OR_NOTHING).code()).as("a damaged cache").isNotZero();
    }

    @Test
    void oneThatWasCutShortIsLeftAlone() throws Exception {
        for (int length : new int[] {0, 1, 100, 4096, whole.length / 2, whole.length - 1}) {
            Files.write(kept, Arrays.copyOf(whole, length));
            theory("").answersAsWithout("cut after " + length);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenKeepsNothing() throws Exception {
        Files.deleteIfExists(kept);
        File lib = home.resolve("lib").toFile();
        assertThat(lib.setWritable(false, false)).isTrue();
        try {
            // root writes all the same
            boolean bound = !Files.isWritable(lib.toPath());
            keepClasses();
            assertThat(Files.exists(kept)).isEqualTo(!bound);
            theory("").answersAsWithout("read-only");
        } finally {
            assertThat(lib.setWritable(true)).isTrue();
        }
    }
}
