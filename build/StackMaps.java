import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `java build/StackMaps.java FROM.jar TO.jar`: the same classes in a class-file version that has stack maps.
///
/// Classes from before Java 6 have none; the JVM then infers all types at every start and cannot keep such classes in a
/// cache. Everything else in the jar stays as it is, to the byte.
final class StackMaps {
    private static final int STACK_MAPS_SINCE = ClassFile.JAVA_6_VERSION;
    private static final int WRITTEN = ClassFile.JAVA_17_VERSION;

    private StackMaps() {}

    static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        try (URLClassLoader jar = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarFile in = new JarFile(from.toFile());
                OutputStream file = Files.newOutputStream(Path.of(arguments[1]));
                ZipOutputStream out = new ZipOutputStream(file)) {
            ClassFile classes = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(jar)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : Collections.list(in.entries())) {
                ZipEntry written = new ZipEntry(entry.getName());
                written.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(written);
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                out.write(entry.getName().endsWith(".class") ? withStackMaps(classes, bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    private static byte[] withStackMaps(ClassFile classes, byte[] bytes) {
        var model = classes.parse(bytes);
        if (model.majorVersion() >= STACK_MAPS_SINCE) {
            return bytes;
        }
        ClassTransform methods = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        return classes.transformClass(model, methods.andThen((written, element) -> {
            if (element instanceof ClassFileVersion) {
                written.withVersion(WRITTEN, 0);
            } else {
                written.with(element);
            }
        }));
    }
}
