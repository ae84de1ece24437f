package adamscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// `--data`: other samples for what is trained.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "cifar=DIR|FILE.yaml",
            description =
                    "Other samples for what is trained: cifar=, mnist=, imagenet= or wmt=DIR, a folder as that set"
                            + " comes, text=FILE, or a file with the fields of the section data. May be repeated.")
    List<String> given = new ArrayList<>();

    /// Whether it was given.
    boolean isGiven() {
        return !given.isEmpty();
    }
}
