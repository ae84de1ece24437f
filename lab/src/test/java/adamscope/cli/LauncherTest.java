package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the launcher asks of Java, shown by a Java that prints its arguments.
class LauncherTest {
    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    @TempDir
    private static Path java;

    @BeforeAll
    static void aJavaThatPrintsItsArguments() throws IOException {
        Files.writeString(java.resolve("release"), """
            JAVA_VERSION="25.0.1"
            MODULES="java.base jdk.incubator.vector"
            """);
        Path program = Files.createDirectory(java.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"LC_ALL=$LC_ALL\" \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static List<String> argumentsFor(String words) throws IOException, InterruptedException {
        return argumentsFor(words, Map.of());
    }

    private static List<String> argumentsFor(String words, Map<String, String> locale)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "src/dist/bin/adamscope"));
        command.addAll(Ran.words(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().remove("ADAMSCOPE_JAVA_OPTIONS");
        builder.environment().remove("ADAMSCOPE_KEEP_CLASSES");
        builder.environment().keySet().removeAll(Set.of("LC_ALL", "LC_CTYPE", "LANG"));
        builder.environment().putAll(locale);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
        assertThat(lines).endsWith(Ran.words(words).toArray(String[]::new));
        return lines;
    }

    @Test
    void aFolderThatIsGoneIsNoPlaceToStartIn(@TempDir Path folder) throws IOException, InterruptedException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Path said = folder.resolve("said.txt");
        String launcher = Path.of("src/dist/bin/adamscope").toAbsolutePath().toString();
        Process process = new ProcessBuilder("sh", "-c", "rmdir \"$PWD\"; exec \"$@\"", "sh", "bash", launcher, "runs")
                .directory(gone.toFile())
                .redirectError(said.toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readAllLines(said))
                .filteredOn(line -> line.startsWith("adamscope: "))
                .containsExactly("adamscope: the current folder is gone; change to one that is there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "theory --degree 4",
                "--help",
                "phase --x beta1=0:0.9:10 --y beta2=0.1:0.99:10 --steps 1000",
                "phase --x=beta1=0:0.9:10 --y=beta2=0.1:0.99:10:one-minus-log --steps=1000",
                "basin --x x=0.05:1:20 --y v=1e-6:1:20:log --steps 2500",
                "simulate --x0 1 --steps 1000000",
            })
    void littleWorkIsLeftToTheFirstCompiler(String words) throws Exception {
        assertThat(argumentsFor(words)).contains(FIRST_COMPILER_ALONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phase --x beta1=0:0.9:100 --y beta2=0.1:0.99:100 --steps 1000",
                "phase --x beta1=0:0.9:10 --y beta2=0.1:0.99:10 --steps 99999999999999999999",
                "phase --x beta1=0:0.9:010 --y beta2=0.1:0.99:$(id) --steps 1000",
                "phase -c phase.yaml",
                "phase --x beta1 --steps 10",
                "phase --steps --x",
                "simulate --x0 1 --steps 1000001",
                "simulate --x0 1 --steps 2e9",
                "bifurcation --x lr=1:2:10 --steps 10",
                "stability-map --x beta1=0:0.9:10 --y beta2=0.1:0.99:10",
                "flow --time 2",
                "train -c train.yaml",
            })
    void whatMayBeMuchHasBoth(String words) throws Exception {
        assertThat(argumentsFor(words)).doesNotContain(FIRST_COMPILER_ALONE);
    }

    /// Without a character set a Java on Linux takes no path with an umlaut.
    @ParameterizedTest
    @CsvSource({
        "'', '', C.UTF-8",
        "LANG, C, C.UTF-8",
        "LC_ALL, POSIX, C.UTF-8",
        "LANG, de_DE.UTF-8, C.UTF-8",
        "LANG, de_DE.ISO-8859-1, ''",
        "LC_ALL, de_DE.ISO-8859-1, de_DE.ISO-8859-1"
    })
    @EnabledOnOs(OS.LINUX)
    void namesOfFilesAreUnicodeUnlessTheLocaleSaysOtherwise(String name, String value, String expected)
            throws Exception {
        assertThat(argumentsFor("runs", name.isEmpty() ? Map.of() : Map.of(name, value)))
                .contains("LC_ALL=" + expected);
    }
}
