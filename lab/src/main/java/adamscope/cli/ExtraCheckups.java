package adamscope.cli;

import adamscope.tensor.UnpackedLibraries;
import adamscope.text.Foreign;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Looks at what the program can use and does not need.
final class ExtraCheckups {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final String GPU_LIBRARIES = "-gpu.jar";

    private ExtraCheckups() {}

    static List<Checkup> all() {
        return List.of(gpu(), python(), unpacked());
    }

    /// Libraries for GPUs and the driver of one; a training asks for both by `device: cuda`.
    private static Checkup gpu() {
        boolean libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(jar -> jar.endsWith(GPU_LIBRARIES));
        Optional<String> driver = driver();
        String found = (libraries ? "libraries, " : "no libraries, ")
                + driver.map(version -> "driver: " + version).orElse("no NVIDIA driver");
        // Neither is the usual case; one without the other is of no use.
        boolean ok = libraries == driver.isPresent();
        return new Checkup(
                "GPU",
                false,
                ok,
                found,
                libraries ? "install NVIDIA's driver" : "for device: cuda add the libraries, see docs/install.md");
    }

    private static Optional<String> driver() {
        try (var lines = Files.lines(DRIVER, StandardCharsets.UTF_8)) {
            return lines.findFirst().map(Foreign::line);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Checkup python() {
        Optional<Path> python = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .findFirst();
        return new Checkup(
                "Python",
                false,
                true,
                python.map(path -> version(path) + " in " + path)
                        .orElse("none; only files of python/, for trainings in PyTorch, want one"),
                "");
    }

    private static String version(Path python) {
        try {
            Process asked = new ProcessBuilder(python.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            asked.getOutputStream().close();
            if (!asked.waitFor(5, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return "of unknown version";
            }
            return Foreign.line(new String(asked.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return "of unknown version";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "of unknown version";
        }
    }

    private static Checkup unpacked() {
        UnpackedLibraries libraries = UnpackedLibraries.here();
        List<Path> old = libraries.ofOtherVersions();
        return new Checkup(
                "unpacked libraries",
                false,
                old.isEmpty(),
                String.format(Locale.ROOT, "%.1f GB in %s", libraries.bytes() * 1e-9, libraries.folder())
                        + (old.isEmpty() ? "" : ", some of other versions"),
                old.isEmpty() ? "" : "rm -r " + old.stream().map(Path::toString).collect(Collectors.joining(" ")));
    }
}
