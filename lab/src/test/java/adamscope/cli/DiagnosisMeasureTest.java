package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisMeasureTest {
    private static final int ROWS = 1200;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoRunsWithNoiseOfAHundredth() throws IOException {
        // single rows: ×1.3 and ×1.5 as bad batches are, and a jump of ×30 that falls off over 200 rows
        write("batches.csv", i -> (2 + 0.02 * noise(1, i)) * (i == 400 ? 1.3 : i == 700 ? 1.5 : 1));
        write("restart.csv", i -> 0.1 + 2.9 * Math.exp(-(i % 600) / 60.0) + 0.001 * noise(2, i));
        write("calm.csv", i -> 0.5 + 2 * Math.exp(-i / 200.0) + 0.005 * noise(3, i));
    }

    @Test
    void risesAndCausesAreCountedAgainstTheLabelsBesideTwoRules() throws IOException {
        labels("""
            runs:
              - {file: batches.csv, rises: [400, 700], cause: bad-batch, strength: A}
              - {file: restart.csv, rises: [600], cause: restart, strength: B}
              - {file: calm.csv, quiet: true}
            """);
        Ran ran = Ran.of(List.of("diagnose", "--benchmark", folder.toString()));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out())
                .contains(
                        "labelled rises: 3",
                        "found here: 3, 100.0 %; in quiet runs flagged: 0; beside the labels in the others: 0",
                        // ×1.3 and ×1.5 are 30 and 50 deviations of a hundredth
                        "found by mean + 6 deviations of the last 128 losses: 3, 100.0 %",
                        // the twelve rows after a restart lie as high as it does
                        "found by 10 times the median of 24 neighbours: 0, 0.0 %",
                        "causes of labels A and B: 3 right, 0 wrong, 0 withheld");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "runs: [{file: none.csv, quiet: true}]; none.csv is no file or folder",
                "runs: [{file: calm.csv}]; needs either rises, a list of steps, or quiet: true",
                "runs: [{file: calm.csv, quiet: true, rises: [3]}]; needs either rises",
                "runs: [{file: calm.csv, rises: [x]}]; x is no whole number",
                "runs: [{file: calm.csv, rises: [3], cause: gremlins}]; is none of preconditioner-lag",
                "runs: [{file: calm.csv, rises: [3], strength: Z}]; is none of [A, B, C, Q]",
                "runs: [{file: calm.csv, rise: 3}]; is no key of a run",
                "run: 3; has one key, runs",
                "runs: [{file: ../x, quiet: true}]; is no file or folder",
            })
    void aLabelThatCannotBeReadSaysWhatAndWhere(String text, String says) throws IOException {
        labels(text + "\n");
        Ran ran = Ran.of(List.of("diagnose", "--benchmark", folder.toString()));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("labels.yaml", says);
    }

    @Test
    void aFolderWithoutLabelsSaysWhatIsMissing() {
        Ran ran = Ran.of(List.of("diagnose", "--benchmark", folder.toString()));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("holds no labels.yaml");
    }

    private void labels(String text) throws IOException {
        Files.writeString(folder.resolve("labels.yaml"), text);
    }

    private void write(String name, IntToDoubleFunction loss) throws IOException {
        Files.writeString(
                folder.resolve(name),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> String.format(Locale.ROOT, "%d,%.6f", i, loss.applyAsDouble(i)))
                        .collect(Collectors.joining("\n", "step,loss\n", "\n")));
    }

    private static double noise(int seed, int i) {
        return CountedNormal.number(seed, i);
    }
}
