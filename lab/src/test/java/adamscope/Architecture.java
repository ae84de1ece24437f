package adamscope;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The one total order of packages and the homes of heavy libraries, checked on class files.
///
/// A constant that the compiler copied (`static final int`) leaves no trace of where it came from and is not seen.
final class Architecture {

    /// A package may use only packages before it. To change this list is a decision: say why in the commit.
    static final List<String> ORDER = List.of(
            // core
            "text",
            "formula",
            "linear",
            "table",
            "optimizer",
            // records as text, beside the records themselves and for every module: needs rules and domains, no more
            "shape",
            "objective",
            "kernel",
            "dynamics",
            "stability",
            // conditions of proofs held against measured runs: needs the bounds of stability, nothing later
            "statistics",
            "flow",
            "regime",
            "diagnosis",
            // numbers of a checkpoint against formats and inequalities of diagnosis and bounds of stability
            "inspection",
            "corpus",
            "sweep",
            // page: core in a browser
            "page",
            // spark
            "spark",
            // network
            "tensor",
            // checkpoints of other programs: numbers of files without libtorch; runs are made of them in exchange,
            // samples that Python saved in data
            "checkpoint",
            "data",
            "model",
            "curvature",
            // a rule on tensors; what is measured of a run; the loop that joins them
            "rule",
            "probe",
            "training",
            "exchange",
            // lab
            "experiment",
            "store",
            "log",
            "figure",
            "report",
            // executes experiments; papers draw and judge what it made, commands only parse and print
            "run",
            "paper",
            "web",
            // the program behind those pages
            "serve",
            "cli");

    /// Beginnings of names of packages (with slashes), and the packages of ours that may use them.
    static final Map<String, Set<String>> HOMES = Map.ofEntries(
            Map.entry("jdk/incubator/vector/", Set.of("kernel")),
            Map.entry("java/lang/classfile/", Set.of("kernel")),
            Map.entry(
                    "org/bytedeco/",
                    Set.of("tensor", "data", "model", "curvature", "rule", "probe", "training", "exchange")),
            Map.entry("java/sql/", Set.of("store")),
            Map.entry("com/sun/net/httpserver/", Set.of("serve")),
            Map.entry("org/duckdb/", Set.of("store")),
            Map.entry("com/google/protobuf/", Set.of("log")),
            Map.entry("de/siegmar/fastcsv/", Set.of("data", "log")),
            Map.entry("com/knuddels/jtokkit/", Set.of("data")),
            Map.entry("org/commonmark/", Set.of("web")),
            Map.entry("org/hipparchus/", Set.of("linear", "stability", "statistics", "flow", "sweep")),
            Map.entry("org/teavm/", Set.of("page")),
            Map.entry("org/apache/spark/", Set.of("spark")));

    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

    private Architecture() {}

    /// The class files below a folder.
    static List<ClassModel> classes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> paths = Files.walk(folder)) {
            var models = new ArrayList<ClassModel>();
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".class")).sorted().toList()) {
                models.add(ClassFile.of().parse(path));
            }
            return models;
        }
    }

    /// One sentence for each use that the order or the homes forbid; empty when all is well.
    static List<String> violations(ClassModel model) {
        String name = model.thisClass().asInternalName();
        Optional<String> home = ourPackage(name);
        if (home.isEmpty() || !ORDER.contains(home.get())) {
            return List.of(name + " stands outside the packages " + ORDER);
        }
        var found = new ArrayList<String>();
        for (String used : uses(model)) {
            Optional<String> other = ourPackage(used);
            if (other.isPresent() && ORDER.indexOf(other.get()) > ORDER.indexOf(home.get())) {
                found.add(String.format(
                        Locale.ROOT, "%s uses %s, but %s comes before %s", name, used, home.get(), other.get()));
            }
            HOMES.forEach((library, homes) -> {
                if (used.startsWith(library) && !homes.contains(home.get())) {
                    found.add(String.format(
                            Locale.ROOT, "%s uses %s, which is for %s only", name, used, new TreeSet<>(homes)));
                }
            });
        }
        return found;
    }

    /// `formula` of `adamscope/formula/Symbol` and of `adamscope/formula/inner/X`; empty for classes of others.
    private static Optional<String> ourPackage(String internalName) {
        String[] parts = internalName.split("/");
        return parts[0].equals("adamscope") ? Optional.of(parts.length > 2 ? parts[1] : "") : Optional.empty();
    }

    /// Every class named by the constant pool, by fields, methods, record components and their generic signatures.
    private static Set<String> uses(ClassModel model) {
        var descriptors = new ArrayList<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> descriptors.add(type.asSymbol().descriptorString());
                case NameAndTypeEntry member -> descriptors.add(member.type().stringValue());
                case MethodTypeEntry method ->
                    descriptors.add(method.descriptor().stringValue());
                default -> {}
            }
        }
        model.findAttribute(Attributes.signature()).map(Architecture::text).ifPresent(descriptors::add);
        for (var field : model.fields()) {
            descriptors.add(field.fieldType().stringValue());
            field.findAttribute(Attributes.signature()).map(Architecture::text).ifPresent(descriptors::add);
        }
        for (var method : model.methods()) {
            descriptors.add(method.methodType().stringValue());
            method.findAttribute(Attributes.signature()).map(Architecture::text).ifPresent(descriptors::add);
        }
        var names = new TreeSet<String>();
        for (String descriptor : descriptors) {
            TYPE_IN_DESCRIPTOR.matcher(descriptor).results().forEach(type -> names.add(type.group(1)));
        }
        return names;
    }

    private static String text(SignatureAttribute signature) {
        return signature.signature().stringValue();
    }
}
