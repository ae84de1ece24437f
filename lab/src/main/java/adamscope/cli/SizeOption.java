package adamscope.cli;

import adamscope.experiment.Size;
import picocli.CommandLine.Option;

/// `--size SIZE` and its short form `--full`.
final class SizeOption {
    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "default: minutes; medium: 5,000 images, hours; full: the paper's own numbers.")
    private String size;

    @Option(names = "--full", description = "The same as --size full.")
    private boolean full;

    /// Whether either was given.
    boolean isGiven() {
        return full || size != null;
    }

    /// The size that they choose.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    Size chosen() {
        return Size.of(size, full);
    }
}
