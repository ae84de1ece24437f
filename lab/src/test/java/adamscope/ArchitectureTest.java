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
import java.util.function.Consumer;
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

    /// Top-level types that share their simple name with another one, still; names leave this list, none joins it.
    private static final Set<String> SHARED = Set.of(
            "Attention",
            "Axis",
            "Bifurcation",
            "CouplingRatio",
            "Interval",
            "NumberFormat",
            "Scale",
            "Series",
            "Simulation",
            "Task");

    @Test
    void noFurtherTwoTypesHaveOneSimpleName() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        for (String module : List.of("core", "page", "spark", "network", "lab")) {
            try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                sources.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                        .forEach(name -> files.merge(name.replace(".java", ""), 1, Integer::sum));
            }
        }
        files.values().removeIf(count -> count == 1);
        assertThat(files.keySet()).isSubsetOf(SHARED);
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
    private static Path classesOf(String module) {
        return Path.of("..", module, "target", "classes");
    }
}
