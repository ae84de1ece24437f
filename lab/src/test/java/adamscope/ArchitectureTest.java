package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    @Test
    void everyPackageUsesOnlyPackagesBeforeItAndLibrariesThatItMay() throws IOException {
        var violations = new ArrayList<String>();
        for (String module : List.of("core", "page", "spark", "network", "lab")) {
            for (ClassModel model : Architecture.classes(classesOf(module))) {
                violations.addAll(Architecture.violations(model));
            }
        }
        assertThat(violations).isEmpty();
    }

    /// A simple name means one type: of a file, or of an import. What stands behind its outer type, as the words of a
    /// sealed choice do (`Schedule.Constant`), may have a namesake behind another.
    @Test
    void aSimpleNameMeansOneType() throws IOException {
        Map<String, Set<String>> files = new TreeMap<>();
        Map<String, Set<String>> imported = new TreeMap<>();
        Map<String, Set<String>> nested = new TreeMap<>();
        for (Path source : mainSources()) {
            String text = Files.readString(source);
            String name = source.getFileName().toString().replace(".java", "");
            meanings(files, name, source.toString());
            NESTED_IMPORT.matcher(text).results().forEach(found -> meanings(imported, found.group(2), found.group(1)));
            NESTED.matcher(text).results().forEach(found -> meanings(nested, found.group(1), source.toString()));
        }
        assertThat(files).hasSizeGreaterThan(500);
        assertThat(imported).hasSizeGreaterThan(50);
        assertThat(nested.keySet()).contains("Spacing").doesNotContainAnyElementsOf(files.keySet());
        assertThat(Stream.of(files, imported).flatMap(names -> names.entrySet().stream()))
                .allSatisfy(
                        name -> assertThat(name.getValue()).as(name.getKey()).hasSize(1));
    }

    private static final Pattern NESTED_IMPORT =
            Pattern.compile("^import (adamscope\\.[a-z]+(?:\\.[A-Z]\\w*)+\\.([A-Z]\\w*));", Pattern.MULTILINE);

    private static final Pattern NESTED = Pattern.compile(
            "^ +(?:(?:public|private|static|final|sealed|non-sealed|abstract) )*(?:class|record|enum|interface) (\\w+)",
            Pattern.MULTILINE);

    private static void meanings(Map<String, Set<String>> names, String name, String meaning) {
        names.computeIfAbsent(name, any -> new TreeSet<>()).add(meaning);
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("core", "spark", "network", "lab", "page", "bench")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "lab"})
    void theClassesOfAModuleAreFound(String module) throws IOException {
        assertThat(Architecture.classes(classesOf(module))).isNotEmpty();
    }

    /// Its sources, since it is built after these tests.
    @Test
    void benchmarksUseNoCommand() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "bench", "src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readString(source)).as(source.toString()).doesNotContain("adamscope.cli");
            }
        }
    }

    @Test
    void aCallToALaterPackageIsReported() {
        ClassModel caller = inFormula(type -> type.withMethodBody(
                "call",
                MethodTypeDesc.of(ConstantDescs.CD_void),
                ClassFile.ACC_STATIC,
                code -> code.invokestatic(
                                ClassDesc.of("adamscope.kernel.Lanes"), "run", MethodTypeDesc.of(ConstantDescs.CD_void))
                        .return_()));
        assertThat(Architecture.violations(caller))
                .containsExactly("adamscope/formula/Made uses adamscope/kernel/Lanes, but formula comes before kernel");
    }

    @Test
    void aFieldOfALaterPackageIsReportedAlsoAsAnArray() {
        ClassModel holder = inFormula(
                type -> type.withField("all", ClassDesc.of("adamscope.cli.Main").arrayType(2), ClassFile.ACC_STATIC));
        assertThat(Architecture.violations(holder))
                .containsExactly("adamscope/formula/Made uses adamscope/cli/Main, but formula comes before cli");
    }

    @Test
    void aGenericArgumentOfALaterPackageIsReported() {
        ClassModel generic = inFormula(type -> type.withField(
                "tables",
                ClassDesc.of("java.util.List"),
                field -> field.with(
                        SignatureAttribute.of(Signature.parseFrom("Ljava/util/List<Ladamscope/table/Table;>;")))));
        assertThat(generic.fields().getFirst().findAttribute(Attributes.signature()))
                .isPresent();
        assertThat(Architecture.violations(generic))
                .containsExactly("adamscope/formula/Made uses adamscope/table/Table, but formula comes before table");
    }

    @Test
    void anEarlierPackageAndOneOfTheJdkAreAllowed() {
        ClassModel fine = made(
                "adamscope.sweep.Made",
                type -> type.withField("rule", ClassDesc.of("adamscope.optimizer.OptimizerRule"), ClassFile.ACC_STATIC)
                        .withField("names", ClassDesc.of("java.util.List"), ClassFile.ACC_STATIC));
        assertThat(Architecture.violations(fine)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdk.incubator.vector.DoubleVector",
                "java.lang.classfile.ClassFile",
                "org.bytedeco.pytorch.Tensor",
                "java.sql.Connection",
                "org.duckdb.DuckDBConnection",
                "org.hipparchus.complex.Complex"
            })
    void aHeavyLibraryOutsideItsHomeIsReported(String library) {
        ClassModel user = inFormula(type -> type.withField("heavy", ClassDesc.of(library), ClassFile.ACC_STATIC));
        assertThat(Architecture.violations(user))
                .singleElement()
                .asString()
                .startsWith("adamscope/formula/Made uses " + library.replace('.', '/') + ", which is for ");
    }

    @Test
    void aHeavyLibraryAtHomeIsAllowed() {
        ClassModel kernel = made(
                "adamscope.kernel.Made",
                type -> type.withField(
                        "lanes", ClassDesc.of("jdk.incubator.vector.DoubleVector"), ClassFile.ACC_STATIC));
        assertThat(Architecture.violations(kernel)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamscope.util.Made", "adamscope.Made", "elsewhere.Made"})
    void aClassInAPackageThatIsNotInTheOrderIsReported(String name) {
        assertThat(Architecture.violations(made(name, type -> {})))
                .singleElement()
                .asString()
                .contains("stands outside the packages");
    }

    private static ClassModel inFormula(Consumer<ClassBuilder> content) {
        return made("adamscope.formula.Made", content);
    }

    private static ClassModel made(String name, Consumer<ClassBuilder> content) {
        return ClassFile.of().parse(ClassFile.of().build(ClassDesc.of(name), content));
    }

    /// Surefire starts the tests in the folder of the module.
    static Path classesOf(String module) {
        return Path.of("..", module, "target", "classes");
    }
}
