package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.kernel.VectorUnit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program as a process of its own, from the classes of the test, where what matters is its memory, its
/// descriptors, its environment or how it ends.
final class ProgramProcess {
    private static final int PATIENCE_MINUTES = 60;

    /// Options for what ends before the JVM's second compiler has paid: half the processor time.
    static final String[] BRIEF = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    private final Path folder;
    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String main = Main.class.getName();

    /// @param folder where its output is kept, and it is started
    ProgramProcess(Path folder) {
        this.folder = folder;
    }

    /// Starts it by another program: a shell with limits, `env`.
    ProgramProcess behind(String... words) {
        Collections.addAll(before, words);
        return this;
    }

    ProgramProcess option(String... words) {
        Collections.addAll(options, words);
        return this;
    }

    /// Sets a variable of the environment; null takes it away.
    ProgramProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Another class to start than that of the program.
    ProgramProcess main(Class<?> other) {
        main = other.getName();
        return this;
    }

    /// Puts a library of ours between the process and libc, made of `NAME.c` beside this class.
    ProgramProcess over(String name) throws Exception {
        return with("LD_PRELOAD", library(name).toString());
    }

    /// The library that [#over(String)] takes.
    Path library(String name) throws Exception {
        Path library = folder.resolve(name + ".so");
        if (!Files.exists(library)) {
            Path source = folder.resolve(name + ".c");
            try (InputStream in = ProgramProcess.class.getResourceAsStream(name + ".c")) {
                Files.write(source, in.readAllBytes());
            }
            String compiler = "/usr/bin/cc";
            assumeTrue(Files.isExecutable(Path.of(compiler)), "no C compiler " + compiler + " on this machine");
            Process made = new ProcessBuilder(
                            compiler, "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start();
            assertThat(made.waitFor()).isZero();
        }
        return library;
    }

    /// Starts it; what it says goes to `out.txt` and `err.txt` of the folder.
    Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                VectorUnit.LATE,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        environment.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    /// Runs it to its end.
    Ran run(List<String> arguments) throws Exception {
        Process process = start(arguments);
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("an end of " + arguments)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt")),
                Files.readString(folder.resolve("err.txt")));
    }
}
