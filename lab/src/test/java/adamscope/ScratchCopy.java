package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A few changed files of the program: they are compiled against the others, and the program runs with them.
///
/// @param folder an empty one
record ScratchCopy(Path folder) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// Takes a file of the sources with a text before a place in it.
    ///
    /// @param file such as `lab/src/main/java/adamscope/cli/Main.java`
    void insert(String file, String before, String text) throws IOException {
        Path changed = folder.resolve(name(file));
        String source = Files.readString(Files.exists(changed) ? changed : ROOT.resolve(file));
        assertThat(source).as(file).contains(before);
        int place = source.indexOf(before);
        add(name(file), source.substring(0, place) + text + source.substring(place));
    }

    /// Takes a file as it is.
    void take(String file) throws IOException {
        add(name(file), Files.readString(ROOT.resolve(file)));
    }

    /// Adds a file.
    ///
    /// @param name such as `adamscope/cli/CommandGreet.java`
    void add(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String name(String file) {
        return file.substring(file.indexOf("adamscope/"));
    }

    /// Compiles what was taken and added.
    ///
    /// @return what is wrong
    List<Diagnostic<? extends JavaFileObject>> compiled() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                var all = Files.walk(folder)) {
            List<Path> sources =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-XDshould-stop.ifError=FLOW",
                    "--add-modules=jdk.incubator.vector",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    /// The program with the changed files in place of its own.
    URLClassLoader program() throws IOException {
        List<URL> places = new ArrayList<>(List.of(folder.toUri().toURL()));
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            places.add(Path.of(place).toUri().toURL());
        }
        return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
