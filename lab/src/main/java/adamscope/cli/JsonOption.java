package adamscope.cli;

import picocli.CommandLine.Option;

/// `--json`: the result as one JSON document on standard output, and nothing else there.
final class JsonOption {
    @Option(
            names = "--json",
            description =
                    "Print one JSON document, numbers at full precision. JSON has no NaN and no infinity: they are"
                            + " null, as is the logarithm of zero.")
    boolean wanted;
}
