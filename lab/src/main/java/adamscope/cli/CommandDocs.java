package adamscope.cli;

import adamscope.store.JsonDocument;
import adamscope.web.Handbook;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope docs`: the documents as one file.
@Command(
        name = "docs",
        description = {
            "Write the documents as one HTML file that reads without a network: tutorial, how-to, references, theory.",
            "Pictures and style are inside it; the browser's own search finds everything."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope docs --out adamscope.html")
final class CommandDocs implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", required = true, paramLabel = "FILE.html", description = "File to write.")
    private Path out;

    @Mixin
    private JsonOption json;

    CommandDocs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OutFile.write(out, Handbook.html());
        if (json.wanted) {
            console.json("docs", JsonDocument.object("file", out.toString()));
        } else {
            console.out().println("documents: " + out);
        }
        return ExitCode.DONE;
    }
}
