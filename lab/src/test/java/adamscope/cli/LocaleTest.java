package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file and every line is the same wherever the program runs: another decimal mark, other digits and other
/// small letters are those of the reader's machine, not of the results.
class LocaleTest {
    private static final Locale STARTED_IN = Locale.getDefault();
    private static final List<String> COMMANDS = List.of(
            "simulate --optimizer adam --objective x^4/4 --x0 1 --set lr=0.0125 --steps 1500 --out simulation",
            "phase --optimizer adam --objective x^4/4 --x0 1 --x beta1=0.1:0.9:4 --y beta2=0.1:0.9:4 --steps 50"
                    + " --out phase",
            "sweep -c sweep.yaml --tile 4 --out sweep",
            "train -c train.yaml --out train",
            "query sweep \"select beta1, avg(minLog10Loss) from sweep group by all order by all\"",
            "query train \"select max(step), max(loss) from losses\" --format csv",
            "threshold --optimizer adam --set beta1=0.9",
            "theory",
            "diagnose spike.csv",
            "diagnose spike.csv --json",
            "probe train --step 30");
    private static final String SWEEP = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 200
          init: gradient
          arithmetic: scaled
        axes:
          beta1: {from: 0.02, to: 0.98, points: 3}
          beta2: {from: 0.1, to: 0.99, points: 3, scale: one-minus-log}
        """;
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [4], activation: tanh}
        data: {source: sine-sum, samples: 40, dimension: 2}
        optimizer: {name: adam, lr: 1e-2}
        steps: 40
        probe: 20
        checkpoint: {steps: 20, keep: 3}
        """;

    /// Turkish, with Arabic digits.
    private static final Locale OTHER = Locale.forLanguageTag("tr-TR-u-nu-arab");

    private static Map<String, String> expected;

    @BeforeAll
    static void runInNoLocale(@TempDir Path folder) throws IOException {
        Locale.setDefault(Locale.ROOT);
        expected = results(folder);
    }

    @AfterEach
    void back() {
        Locale.setDefault(STARTED_IN);
    }

    @Test
    void everyLineAndEveryFileIsTheSame(@TempDir Path folder) throws IOException {
        Locale.setDefault(OTHER);
        assertThat(String.format(OTHER, "%.1f", 12.5))
                .as("what this locale would make of a number")
                .isEqualTo("١٢٫٥");
        assertThat("I".toLowerCase(OTHER)).isEqualTo("ı");
        Map<String, String> results = results(folder);
        assertThat(results.keySet()).isEqualTo(expected.keySet());
        results.forEach((name, content) -> assertThat(content).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void theComparisonSeesTablesCheckpointsFiguresAndReports() {
        assertThat(expected)
                .containsKeys(
                        "sweep/sweep.parquet",
                        "train/checkpoints/step-000000020.json",
                        "train/live.jsonl",
                        "phase/figures/phase.svg",
                        "simulation/report.html");
    }

    /// What the commands print and write, by command and by file; without times of day (of which
    /// TensorBoard's files are full), durations and folders.
    private static Map<String, String> results(Path folder) throws IOException {
        Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        Files.writeString(folder.resolve("train.yaml"), TRAINING);
        Files.copy(Path.of("../docs/examples/spike.csv"), folder.resolve("spike.csv"));
        Map<String, String> results = new TreeMap<>();
        for (String command : COMMANDS) {
            List<String> words = Ran.words(command).stream()
                    .map(word -> word.matches("simulation|phase|sweep|train|\\w+\\.(yaml|csv)")
                            ? folder.resolve(word).toString()
                            : word)
                    .toList();
            Ran ran = Ran.of(Stream.concat(
                            Ran.words(command).stream().limit(1), words.stream().skip(1))
                    .toList());
            assertThat(ran.err()).as(command).doesNotContain("defect");
            results.put(command, plain(ran.code() + ran.out(), folder));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getParent().endsWith("tensorboard"))
                    .toList()) {
                results.put(folder.relativize(file).toString(), content(file, folder));
            }
        }
        return results;
    }

    private static String content(Path file, Path folder) throws IOException {
        String name = file.getFileName().toString();
        if (name.matches("provenance.json|.lock")) {
            return "";
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return name.endsWith(".html") ? plain(text.replaceFirst("(?s)Provenance</h2>.*", ""), folder) : text;
    }

    private static String plain(String text, Path folder) {
        return text.replace(folder.toString(), "").replaceAll("[0-9.,]+ (ms|s|min|h)\\b", "TIME");
    }
}
