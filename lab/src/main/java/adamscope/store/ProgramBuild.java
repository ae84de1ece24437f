package adamscope.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build of the program this is.
///
/// @param version version of the release
/// @param commit  git commit of the sources, `-dirty` appended when they differed from it; `unknown` outside git
public record ProgramBuild(String version, String commit) {

    /// The build that is running, as recorded when it was made.
    public static ProgramBuild current() {
        Properties properties = new Properties();
        try (InputStream file = ProgramBuild.class.getResourceAsStream("/adamscope/build.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProgramBuild(
                properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown"));
    }
}
