package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What container and JBang are told, held against the build: neither need be there to run it.
class InstallFilesTest {
    private static final Path ROOT = Path.of("..");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /// What a pattern's group says, everywhere.
    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String one(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    @Test
    void theContainerTakesWhatIsThereAndWhatTheBuildMakes() throws IOException {
        String docker = read("Dockerfile").replaceAll("\\\\\\R\\s*", "");
        assertThat(all("^FROM (\\S+)", docker))
                .hasSize(2)
                .as("public names without a host")
                .allSatisfy(image -> assertThat(image).matches("[a-z-]+:[\\w.-]+"));
        List<String> sources = all("^COPY (?!--from)(\\S+) ", docker);
        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());
        // the stage before moves what lab's assembly is called to where the copy takes it from
        String moved = one("mv lab/target/(\\w+) \\S+", docker);
        String to = one("mv lab/target/\\w+ (\\S+)", docker);
        assertThat(read("lab/pom.xml")).contains("<finalName>" + moved + "</finalName>");
        assertThat(all("^COPY --from=build (\\S+) ", docker)).containsExactly(to);
        assertThat(one("AS (\\w+)", docker)).isEqualTo("build");
        String program = one("ENTRYPOINT \\[\"(\\w+)\"\\]", docker);
        assertThat(ROOT.resolve("lab/src/dist/bin").resolve(program)).isExecutable();
        assertThat(one("PATH=\"([^:\"]+)", docker)).isEqualTo(to + "/bin");
        assertThat(one("FROM eclipse-temurin:(\\d+)", docker)).isEqualTo(release());
        assertThat(all("-pl (\\w+)", docker)).containsExactly("lab");
    }

    @Test
    void theLinkedRuntimeReadsWhatIsPacked(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("logs.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/log.csv"));
            zip.write("step,loss\n1,2.5\n2,2\n3,1.5\n".getBytes(StandardCharsets.UTF_8));
        }
        String modules = String.join(
                ",",
                all(
                        "\"(\\w+(?:\\.\\w+)+)\"",
                        one("(?s)MODULES = List.of\\((.+?)\\);", read("build/LinkRuntime.java"))));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        modules,
                        "--add-modules=jdk.incubator.vector",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "adamscope.cli.Main",
                        "diagnose",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("a/log.csv: 3 losses");
    }

    @Test
    void theCatalogueNamesTheArtifactTheMainClassAndTheLaunchersOptions()
            throws IOException, ReflectiveOperationException {
        JsonNode program =
                new ObjectMapper().readTree(read("jbang-catalog.json")).at("/aliases/adamscope");
        String pom = read("pom.xml");
        assertThat(program.get("script-ref").asText())
                .isEqualTo(one("<groupId>(.+)</groupId>", pom) + ":"
                        + one("</parent>\\s*<artifactId>(.+)</artifactId>", read("lab/pom.xml")) + ":"
                        + one("<version>(.+?)(-SNAPSHOT)?</version>", pom));
        assertThat(program.get("java").asText()).isEqualTo(release());
        Class<?> main = Class.forName(program.get("main").asText());
        assertThat(Modifier.isStatic(
                        main.getDeclaredMethod("main", String[].class).getModifiers()))
                .isTrue();
        List<String> options = new ArrayList<>();
        program.get("runtime-options").forEach(option -> options.add(option.asText()));
        String launcher =
                read("lab/src/dist/bin/adamscope").lines().map(String::strip).collect(Collectors.joining(" "));
        assertThat(options)
                .isNotEmpty()
                .allSatisfy(option -> assertThat(launcher).contains(option));
    }

    private static String release() throws IOException {
        return one("<maven.compiler.release>(\\d+)<", read("pom.xml"));
    }
}
