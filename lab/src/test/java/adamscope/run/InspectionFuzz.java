package adamscope.run;

import adamscope.inspection.PostMortem;
import adamscope.report.InspectionPage;
import adamscope.report.ReportHtml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The target of the fuzzer Jazzer for checkpoints: the first byte says of which kind the file is, the rest is the
/// file.
///
/// It ends in an inspection with its page, or in one message as an [IllegalArgumentException].
///
/// `mvn -Pfuzz -pl lab -am test -Dfuzz.target=adamscope.run.InspectionFuzz -Dfuzz.classes=adamscope.**`
public final class InspectionFuzz {
    private static final Path RECORDED = Path.of("src", "test", "resources", "adamscope", "inspected");

    /// Whole files to begin with, in the order of the first byte.
    static final List<Path> SEEDS = List.of(
            RECORDED.resolve("adam").resolve("60").resolve("state.safetensors"),
            RECORDED.resolve("adamw").resolve("60.pt"),
            RECORDED.resolve("amsgrad").resolve("60.ckpt"),
            RECORDED.resolve("sgd").resolve("60.pt"),
            RECORDED.resolve("distributed").resolve("60").resolve(".metadata"));

    private InspectionFuzz() {}

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        Path seed = SEEDS.get(Math.floorMod(input[0], SEEDS.size()));
        Path file = Files.createDirectories(Place.FOLDER.resolve(Integer.toString(SEEDS.indexOf(seed))))
                .resolve(seed.getFileName());
        Files.write(file, Arrays.copyOfRange(input, 1, input.length));
        boolean distributed = seed.endsWith(".metadata");
        if (distributed && !Files.exists(file.resolveSibling("__0_0.distcp"))) {
            Files.copy(seed.resolveSibling("__0_0.distcp"), file.resolveSibling("__0_0.distcp"));
        }
        try (InspectedFiles now = InspectedFiles.open(distributed ? file.getParent() : file);
                InspectedFiles before =
                        InspectedFiles.open(RECORDED.resolve("adamw").resolve("55.pt"))) {
            PostMortem found = PostMortem.of(now.state(), Optional.of(before.state()), Optional.empty(), _ -> {});
            ReportHtml.text(InspectionPage.of(found));
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null
                    || e.getMessage().isBlank()
                    || e.getMessage().contains("does not hold")) {
                throw new AssertionError("without a message for the reader", e);
            }
        }
    }

    /// Made when the first input comes.
    private static final class Place {
        private static final Path FOLDER = made();

        private static Path made() {
            try {
                return Files.createTempDirectory("inspection-fuzz");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Writes one input for each kind into a folder.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        Path corpus = Files.createDirectories(Path.of(arguments[0]));
        for (int kind = 0; kind < SEEDS.size(); kind++) {
            Files.write(corpus.resolve("seed" + kind), input(kind, Files.readAllBytes(SEEDS.get(kind))));
        }
    }

    static byte[] input(int kind, byte[] file) {
        byte[] input = new byte[file.length + 1];
        input[0] = (byte) kind;
        System.arraycopy(file, 0, input, 1, file.length);
        return input;
    }
}
