package adamscope.tensor;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

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

    /// Those of this process: where the loader finds that it may write, below the user's folder if it can.
    public static UnpackedLibraries here() {
        Path folder;
        try {
            folder = Loader.getCacheDir().toPath();
        } catch (IOException nowhere) {
            folder = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
        }
        return new UnpackedLibraries(
                folder,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(jar -> Path.of(jar).getFileName())
                        .filter(name -> name != null)
                        .map(Path::toString)
                        .collect(Collectors.toSet()));
    }

    /// Loads the libraries behind a class of libtorch.
    ///
    /// [Loader#load(Class)] unpacks and loads one after the other, and looks only at the one whose turn it is. The
    /// system's loader meanwhile takes those that it needs, whole or not: one that another process still unpacks, or
    /// whose process was killed over it, ends the JVM with SIGBUS. So all are made whole before the first is loaded.
    ///
    /// Where nobody asked for another kind of libtorch it is the one for processors: with no kind said, the loader
    /// looks for some twenty libraries of CUDA in every jar, which takes a second.
    ///
    /// @throws IOException          if they cannot be unpacked
    /// @throws UnsatisfiedLinkError if they cannot be loaded
    static void load(Class<?> type) throws IOException {
        Properties platform = Loader.loadProperties();
        platform.putIfAbsent("platform.extension", "");
        String place = Loader.getPlatform() + platform.getProperty("platform.extension");
        for (String library : List.of("javacpp", "openblas", "pytorch")) {
            URL jar = type.getResource("/org/bytedeco/" + library + "/" + place + "/");
            if (jar != null && jar.openConnection() instanceof JarURLConnection connection) {
                unpack(connection);
            }
        }
        Loader.load(type);
    }

    /// The libraries in a folder of a jar.
    private static void unpack(JarURLConnection folder) throws IOException {
        String begin = folder.getEntryName();
        for (String name : folder.getJarFile().stream().map(JarEntry::getName).toList()) {
            if (name.startsWith(begin) && name.indexOf('/', begin.length()) < 0 && name.contains(".so")) {
                // locks the folder; size and time say whether the file is whole
                Loader.cacheResource(URI.create("jar:" + folder.getJarFileURL() + "!/" + name)
                        .toURL());
            }
        }
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
