package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Python reader of run folders and the notebook, where there is `/usr/bin/python3`; the program they call is this
/// one.
class PythonResultsTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SCRIPTS = ROOT.resolve("lab/src/test/resources/adamscope/pytorch");

    @TempDir
    private Path folder;

    @Test
    void runFoldersAreReadWithAndWithoutFrames() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Ran phase = Ran.of(Ran.words("phase --optimizer adam-uncorrected --set eps=0 --objective x^4/4 --x0 1"
                + " --x beta1=0.3:0.9:3 --y beta2=0.3:0.9:2 --steps 50 --out " + runs.resolve("phase")));
        assertThat(phase.code()).as(phase.err()).isEqualTo(ExitCode.DONE);
        Path cut = Files.createDirectories(runs.resolve("deeper/train"));
        Files.writeString(cut.resolve("experiment.yaml"), "kind: train\n");
        StringBuilder lines = new StringBuilder("{\"step\":0,\"loss\":1.0}\n");
        for (int step = 1; step < 12; step++) {
            lines.append("{\"step\":" + step + ",\"loss\":0.5,\"stepNorm\":0.25}\n");
        }
        Files.writeString(cut.resolve("live.jsonl"), lines + "{\"step\":12,\"lo");
        python(
                folder,
                SCRIPTS.resolve("check_results.py").toString(),
                ROOT.resolve("python").toString(),
                runs.toString());
    }

    @Tag("slow")
    @Test
    void theNotebookRuns() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        Path home = Files.createDirectory(folder.resolve("home"));
        String printed = python(
                home,
                SCRIPTS.resolve("run_notebook.py").toString(),
                ROOT.resolve("docs/examples/pytorch/tour.ipynb").toString(),
                ROOT.resolve("python").toString());
        assertThat(printed).contains("back at step 200").contains("6 cells executed");
    }

    /// What it printed, run in `home` with this program as ADAMSCOPE.
    private String python(Path home, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ADAMSCOPE", program().toString());
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private Path program() throws IOException {
        List<String> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            places.add(Path.of(place).toAbsolutePath().toString());
        }
        Path script = Files.writeString(
                folder.resolve("adamscope"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --add-modules=jdk.incubator.vector"
                        + " --enable-native-access=ALL-UNNAMED -cp '"
                        + String.join(java.io.File.pathSeparator, places) + "' adamscope.cli.Main \"$@\"\n",
                StandardOpenOption.CREATE);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
