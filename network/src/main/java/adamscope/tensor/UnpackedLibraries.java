package adamscope.tensor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder into which the native libraries of libtorch are unpacked once, one folder a jar; other programs that use
/// the same libraries share it.
///
/// @param folder where
/// @param inUse  names of the jars of this process
public record UnpackedLibraries(Path folder, Set<String> inUse) {
    /// The property that names another folder.
    public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final Pattern OURS = Pattern.compile("(javacpp|openblas|pytorch)-[0-9].*\\.jar");

    public UnpackedLibraries {
        inUse = Set.copyOf(inUse);
    }

    /// Those of this process.
    public static UnpackedLibraries here() {
        String named = System.getProperty(PROPERTY);
        Path folder = named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), ".javacpp", "cache");
        return new UnpackedLibraries(
                folder,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(jar -> Path.of(jar).getFileName())
                        .filter(name -> name != null)
                        .map(Path::toString)
                        .collect(Collectors.toSet()));
    }

    /// Size of all files; 0 where there is nothing yet.
    public long bytes() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        } catch (IOException | java.io.UncheckedIOException nothing) {
            return 0;
        }
    }

    /// Folders of the same libraries in versions that this process does not use, in order.
    public List<Path> ofOtherVersions() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return OURS.matcher(name).matches() && !inUse.contains(name);
                    })
                    .sorted()
                    .toList();
        } catch (IOException nothing) {
            return List.of();
        }
    }
}
