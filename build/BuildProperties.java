import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes which version and which commit this is, for the provenance of results.
///
/// Arguments: the file to write, the version. The commit ends in `-dirty` when the sources differ from it and is
/// `unknown` outside a git checkout.
public final class BuildProperties {

    private BuildProperties() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        var file = Path.of(arguments[0]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "version=" + arguments[1] + "\ncommit=" + commit() + "\n");
    }

    private static String commit() throws InterruptedException {
        try {
            var git = new ProcessBuilder("git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !said.isEmpty() ? said : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}
