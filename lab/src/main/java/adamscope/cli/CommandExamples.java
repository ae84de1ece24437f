package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.store.JsonDocument;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope examples`: the files that the examples of help and documents name.
@Command(
        name = "examples",
        description = "Write the files that the examples of help and documents name, so that the commands can be pasted"
                + " outside the sources too. A file that is there already stays as it is.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope examples")
final class CommandExamples implements Callable<Integer> {
    /// What ships; the build copies docs/examples beside the classes.
    static final List<String> FILES = List.of("""
        galerkin.yaml mean-absolute.opt pytorch/data.safetensors pytorch/model.pt pytorch/state.safetensors
        pytorch/step-200.safetensors pytorch/tour.ipynb schedule-free.opt spike.csv sweep-betas.yaml
        sweep-network.yaml sweep-rates.yaml sweep-training.yaml validation.yaml\
        """.split("\\s+"));

    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder that docs/examples is written into (default: the current one).")
    private Path out = Path.of("");

    @Mixin
    private JsonOption json;

    CommandExamples(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path folder = out.resolve("docs").resolve("examples");
        refuseFileInTheWay(folder);
        List<String> written = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (String name : FILES) {
            Path file = folder.resolve(name);
            (put(name, file) ? written : kept).add(file.toString());
        }
        if (json.wanted) {
            console.json("examples", JsonDocument.object("written", written, "kept", kept));
        } else {
            written.forEach(file -> console.line("wrote " + file));
            kept.forEach(file -> console.line("there already: " + file));
        }
        return ExitCode.DONE;
    }

    private static void refuseFileInTheWay(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IllegalArgumentException("cannot write " + folder + ": " + there + " is no folder");
        }
    }

    /// @throws IllegalArgumentException if something else is in its place
    private static boolean put(String name, Path file) {
        try (InputStream in = Objects.requireNonNull(
                CommandExamples.class.getResourceAsStream("/adamscope/examples/" + name), name)) {
            byte[] bytes = in.readAllBytes();
            if (Files.exists(file)) {
                if (Files.isRegularFile(file) && Arrays.equals(bytes, Files.readAllBytes(file))) {
                    return false;
                }
                throw new IllegalArgumentException(
                        file + " is there and is another; take it away or write elsewhere with --out DIR");
            }
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
        }
    }
}
