package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Numbers have one way to be written (`PlainText`): `1e-8`, not Java's `1.0E-8`.
class WrittenNumbersTest {
    /// What a program reads again, and the ways themselves; in `paper` names of tables and columns, which folders made
    /// earlier hold too.
    private static final List<String> OTHER = List.of(
            "adamscope/formula/PlainText.number,",
            "adamscope/report/ShortNumber.written,",
            "adamscope/exchange/PythonFormula.number,",
            "adamscope/exchange/PyTorchOptimizer.lambda$metadata$",
            "adamscope/exchange/PyTorchState.of,",
            "adamscope/log/HparamsPlugin.value,",
            "adamscope/log/JsonRow.configure,",
            "adamscope/store/RowFile.append,",
            "adamscope/paper/");

    @Test
    void noDoubleIsWrittenAsJavaWritesIt() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("core", "network", "spark", "lab")) {
            for (ClassModel model : Architecture.classes(ArchitectureTest.classesOf(module))) {
                found.addAll(WrittenNumbers.in(model));
            }
        }
        assertThat(OTHER).allMatch(place -> found.stream().anyMatch(site -> site.startsWith(place)));
        assertThat(found)
                .filteredOn(site -> OTHER.stream().noneMatch(site::startsWith))
                .isEmpty();
    }

    private static String byPlus(double value) {
        return "lr = " + value;
    }

    private static String byFormat(double value) {
        return String.format(java.util.Locale.ROOT, "%d of %s", 3, value);
    }

    private static String asItShould(double value) {
        return String.format(java.util.Locale.ROOT, "%s has %.3g", "lr", value);
    }

    @Test
    void bothWaysAreSeen() throws IOException {
        assertThat(byPlus(1e-8)).isEqualTo("lr = 1.0E-8");
        assertThat(byFormat(1e-8)).isEqualTo("3 of 1.0E-8");
        assertThat(asItShould(1e-8)).isEqualTo("lr has 1.00e-08");
        ClassModel own = java.lang.classfile.ClassFile.of()
                .parse(WrittenNumbersTest.class
                        .getResourceAsStream("WrittenNumbersTest.class")
                        .readAllBytes());
        assertThat(WrittenNumbers.in(own))
                .hasSize(2)
                .anyMatch(site -> site.contains(".byPlus, line ") && site.endsWith(", by +"))
                .anyMatch(site -> site.contains(".byFormat, line ") && site.endsWith(", by %s"));
    }
}
