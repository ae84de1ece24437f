package adamscope.model;

import adamscope.data.ArraySource;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.tensor.TensorScope;
import adamscope.tensor.UnpackedLibraries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;

/// Foreign TorchScript, loaded and run on two samples in a process of its own before this one loads it: with a folder
/// of its own, 10 seconds of processor time and little memory. A program that never ends, that takes gigabytes or that
/// crashes libtorch ends there.
public final class TorchScriptTrial {
    private static final int PROCESSOR_SECONDS = 10;
    private static final int WALL_SECONDS = 300;
    /// What Java and libtorch reserve, used or not, with room for a model of a gigabyte.
    private static final long KIBIBYTES = 12L << 20;

    /// `ulimit` sets what the shell knows of; what it lacks is left to the clock.
    private static final String SHELL = "ulimit -v " + KIBIBYTES + " 2>/dev/null; ulimit -t " + PROCESSOR_SECONDS
            + " 2>/dev/null; ulimit -c 0 2>/dev/null; exec \"$@\"";

    private static final int ANSWERED = 3;
    private static final int NEVER_ENDED = -1;

    /// 128 + SIGHUP, SIGINT, SIGTERM: of the user, not of the model.
    private static final List<Integer> ENDED_BY_SIGNALS = List.of(129, 130, 143);

    private TorchScriptTrial() {}

    /// Refuses a module that does not run.
    ///
    /// @param inputs whose first samples it is given
    /// @throws IllegalArgumentException with what became of it
    public static void require(Path file, ArraySource.Stored inputs, Precision precision) {
        TorchScriptArchive.check(file);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                SHELL,
                "sh",
                java,
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + UnpackedLibraries.PROPERTY + "="
                        + UnpackedLibraries.here().folder().toAbsolutePath(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                TorchScriptTrial.class.getName(),
                file.toAbsolutePath().toString(),
                absolute(inputs).toString(),
                precision.name());
        Path folder = null;
        try {
            folder = Files.createTempDirectory("adamscope-trial");
            Path said = folder.resolve("said");
            Process child = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            Thread ending = atEnd(child, folder);
            try {
                judge(file, child, said);
            } finally {
                child.destroyForcibly().waitFor();
                forget(ending);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot try " + file + " in a process of its own: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            remove(folder);
        }
    }

    /// Nothing of the trial outlives a process that is ended meanwhile.
    private static Thread atEnd(Process child, Path folder) {
        Thread ending = new Thread(() -> {
            child.destroyForcibly();
            remove(folder);
        });
        Runtime.getRuntime().addShutdownHook(ending);
        return ending;
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException _) {
            return; // the process is ending, and the hook at work
        }
    }

    private static void judge(Path file, Process child, Path said) throws IOException, InterruptedException {
        boolean ended = child.waitFor(WALL_SECONDS, TimeUnit.SECONDS);
        judge(file, ended ? child.exitValue() : NEVER_ENDED, said);
    }

    /// What the exit code of the trial says of the file.
    ///
    /// @param said file with what it printed
    /// @throws IllegalArgumentException if the module does not run
    /// @throws CancellationException    if a signal ended the trial, as it does all processes at Ctrl-C
    static void judge(Path file, int code, Path said) throws IOException {
        if (code == 0) {
            return;
        }
        if (ENDED_BY_SIGNALS.contains(code)) {
            throw new CancellationException();
        }
        if (code == ANSWERED) {
            String text = Files.readString(said, StandardCharsets.UTF_8);
            throw new IllegalArgumentException(
                    text.substring(text.lastIndexOf('\u0001') + 1).strip());
        }
        String became = code == NEVER_ENDED || code == 128 + 24 || code == 128 + 9
                ? "did not end within " + PROCESSOR_SECONDS + " seconds of processor time"
                : code == 1 || code == 128 + 6
                        ? "took more memory than " + (KIBIBYTES >> 20) + " GiB, or ended the process"
                        : "crashed libtorch";
        throw new IllegalArgumentException(
                file + ": the program in this TorchScript file " + became + " on two samples (exit code " + code + ")");
    }

    private static ArraySource.Stored absolute(ArraySource.Stored inputs) {
        return new ArraySource.Stored(inputs.file().toAbsolutePath(), inputs.name());
    }

    private static String absolute(String classPath) {
        StringBuilder absolute = new StringBuilder();
        for (String entry : classPath.split(File.pathSeparator)) {
            absolute.append(absolute.isEmpty() ? "" : File.pathSeparator)
                    .append(Path.of(entry.replace("*", "")).toAbsolutePath())
                    .append(entry.endsWith("*") ? File.separator + "*" : "");
        }
        return absolute.toString();
    }

    private static void remove(Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    /// The child: loads the module and calls it once.
    ///
    /// @param arguments the module, the inputs, the precision
    static void main(String[] arguments) {
        int code = 0;
        try {
            LibTorch.require();
            LibTorch.useThreads(1);
            Place place = new Place("cpu", Precision.valueOf(arguments[2]));
            try (TensorScope _ = new TensorScope()) {
                TorchScriptNetwork network = TorchScriptNetwork.load(Path.of(arguments[0]));
                Tensor sample =
                        place.moved(ArraySource.Stored.read(arguments[1]).first());
                network.output(network.initial(0, place), sample);
            }
        } catch (IllegalArgumentException e) {
            System.out.print('\u0001' + e.getMessage());
            System.out.flush();
            code = ANSWERED;
        }
        Runtime.getRuntime().halt(code);
    }
}
