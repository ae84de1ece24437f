import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/// Compiles the engine of the explorer to JavaScript by TeaVM, unless it is there for these very classes.
///
/// Arguments: the file to write, the key of what it was made of. The class path is that of this program: the classes of
/// the page and of core, their libraries, and TeaVM.
public final class CompileEngine {
    private static final String MAIN = "adamscope.page.PageEngine";

    private CompileEngine() {}

    static void main(String[] arguments) throws IOException, TeaVMToolException, NoSuchAlgorithmException {
        Path engine = Path.of(arguments[0]);
        Path key = Path.of(arguments[1]);
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        String made = digest(classPath);
        if (Files.exists(engine) && Files.exists(key) && Files.readString(key).equals(made)) {
            return;
        }
        Files.deleteIfExists(key);
        compile(engine, classPath);
        Files.writeString(key, made);
    }

    private static void compile(Path engine, List<Path> classPath) throws IOException, TeaVMToolException {
        ConsoleTeaVMToolLog log = new ConsoleTeaVMToolLog(false);
        TeaVMTool tool = new TeaVMTool();
        tool.setClassPath(classPath.stream().map(Path::toFile).toList());
        tool.setClassLoader(CompileEngine.class.getClassLoader());
        tool.setMainClass(MAIN);
        tool.setTargetDirectory(engine.toAbsolutePath().getParent().toFile());
        tool.setTargetFileName(engine.getFileName().toString());
        tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
        // functions of the script, which a worker calls
        tool.setJsModuleType(JSModuleType.NONE);
        tool.setObfuscated(true);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.getTransformers().add("adamscope.page.Replacements");
        tool.generate();
        if (!tool.getProblemProvider().getSevereProblems().isEmpty()) {
            TeaVMProblemRenderer.describeProblems(
                    tool.getDependencyInfo().getCallGraph(), tool.getProblemProvider(), log);
            throw new IllegalStateException("the engine of the page cannot be compiled, see above");
        }
    }

    /// SHA-256 of what goes in: our classes by their bytes, libraries by their names, which hold their versions.
    private static String digest(List<Path> classPath) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Path> ours = new ArrayList<>();
        for (Path entry : classPath) {
            if (Files.isDirectory(entry)) {
                try (Stream<Path> files = Files.walk(entry)) {
                    files.filter(file -> file.toString().endsWith(".class")
                                    || file.toString().endsWith(".opt"))
                            .forEach(ours::add);
                }
            } else if (entry.getFileName().toString().startsWith("adamscope-")) {
                ours.add(entry);
            } else {
                digest.update(entry.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        for (Path file : ours.stream().sorted().toList()) {
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
