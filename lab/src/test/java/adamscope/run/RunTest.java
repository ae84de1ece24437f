package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.experiment.ExperimentText;
import adamscope.store.ResultStore;
import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final String SERIES = """
        kind: series
        parts:
          formula:
            kind: simulation
            optimizer: {name: adam}
            objective: x^4/4
            x0: [1]
            steps: 10
          first:
            kind: train
            model: {kind: fully-connected, hidden: [4]}
            data: {source: sine-sum, samples: 8}
            optimizer: {name: adam, lr: 1e-3}
            steps: 12
            probe: 4
          second:
            kind: train
            model: {kind: fully-connected, hidden: [4]}
            data: {source: sine-sum, samples: 8}
            optimizer: {name: adam, lr: 1e-2}
            steps: 12
            probe: 4
        """;

    @TempDir
    Path folder;

    private ResultStore store(String name, String text) {
        return ResultStore.create(folder.resolve(name), ExperimentText.read("test", text), List.of("test"));
    }

    @Test
    void aSeriesOfTrainingsThatWasInterruptedGoesOnToTheSameBytes() throws IOException {
        Finding whole = Run.begin(store("whole", SERIES), Host.QUIET);
        Finding cut = Run.begin(store("cut", SERIES), new StopsAfter(20));
        assertThat(cut.interrupted()).isTrue();
        assertThat(folder.resolve("cut/provenance.json")).doesNotExist();

        SeriesFound again = (SeriesFound) Run.resume(ResultStore.resume(folder.resolve("cut"), List.of()), Host.QUIET);
        assertThat(again.interrupted()).isFalse();
        assertThat(again.parts()).hasSameSizeAs(((SeriesFound) whole).parts());
        for (String table : List.of("formula-trajectory", "first-losses", "first-probes", "second-measurements")) {
            assertThat(Files.mismatch(
                            folder.resolve("whole/" + table + ".parquet"), folder.resolve("cut/" + table + ".parquet")))
                    .as(table)
                    .isEqualTo(-1);
        }
    }

    /// As on a file system without locks, where two processes work in one folder.
    @Test
    void aSweepThatAnotherProcessHasCompletedMeanwhileSaysSo() {
        ResultStore sweep = store(
                "sweep",
                "kind: sweep\nbase: {kind: simulation, optimizer: gd, objective: x^2/2, x0: [1], steps: 10}\n"
                        + "axes: {lr: [0.1, 0.2]}\n");
        assertThatThrownBy(() -> Run.resume(sweep, new Overtaken(folder.resolve("sweep"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("another process has completed " + folder.resolve("sweep") + " meanwhile");
    }

    /// Completes the run, as another process may, when the table is made.
    private record Overtaken(Path run) implements Host {
        @Override
        public Progress progress(String task, long total, String unit) {
            if (task.equals("table")) {
                complete();
            }
            return Host.QUIET.progress(task, total, unit);
        }

        private void complete() {
            try (Stream<Path> tiles = Files.list(run.resolve("tiles"))) {
                for (Path tile : tiles.toList()) {
                    Files.delete(tile);
                }
                Files.writeString(run.resolve("provenance.json"), "{}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void remark(String text) {}

        @Override
        public BooleanSupplier stopping() {
            return () -> false;
        }
    }

    @Test
    void whatCameOutIsTypedAndItsDocumentNamesTheFolder() {
        ResultStore store = store(
                "one",
                "kind: basin\noptimizer: {name: rmsprop, eps: 0}\nobjective: x^4/4\nsteps: 20\n"
                        + "x: x=0.1:1:3\ny: v=0.1:1:2\n");
        Finding found = Run.begin(store, Host.QUIET);
        assertThat(found)
                .isInstanceOfSatisfying(
                        BasinFound.class, basin -> assertThat(basin.starts()).isEqualTo(6));
        assertThat(found.document(store.folder()))
                .containsKeys("starts", "outcomes")
                .containsEntry("folder", store.folder().toString());
    }

    private static final String VALIDATED = """
        kind: train
        model: {kind: fully-connected, hidden: [3]}
        data: {source: fashion-mnist, first: 20}
        validation: {share: 0.25, every: 3, ema: 0.5}
        optimizer: {name: adam, lr: 1e-2}
        steps: 7
        probe: 5
        """;

    @Test
    void aSweepKeepsWhatEachTrainingSaysOfItsValidation() {
        String sweep = "kind: sweep\nbase:\n" + VALIDATED.indent(2)
                + "axes: {lr: [1e-2, 1e-1]}\nkeep: [finalValidationLoss, bestValidationLoss, bestValidationStep,"
                + " finalValidationAccuracy, bestValidationAccuracy, finalValidationLossAveraged, finalSharpness]\n";
        ResultStore swept = store("swept", sweep);
        SweepRun.open(swept, Host.QUIET, SweepRun.Means.DEFAULT).complete();
        Table rows = swept.table("sweep");
        TrainingFound one = (TrainingFound) Run.begin(store("single", VALIDATED), Host.QUIET);
        ValidationFound validation = one.validation().orElseThrow();
        assertThat(rows.numbers("finalValidationLoss")[0]).isEqualTo(validation.finalLoss());
        assertThat(rows.numbers("bestValidationLoss")[0]).isEqualTo(validation.bestLoss());
        assertThat(rows.numbers("bestValidationStep")[0]).isEqualTo(validation.bestStep());
        assertThat(rows.numbers("finalValidationAccuracy")[0]).isEqualTo(validation.finalAccuracy());
        // of five images
        assertThat(5 * validation.finalAccuracy()).isBetween(0.0, 5.0);
        assertThat(rows.numbers("finalValidationLossAveraged")[0])
                .isEqualTo(one.averaged().orElseThrow().finalLoss());
        // the sharpness was looked at after steps 1 and 5, validation after 1, 3, 6 and 7
        assertThat(rows.numbers("finalSharpness")[0]).isPositive();
        assertThat(one.document(folder)).containsKeys("validation", "averagedValidation");
    }

    @Test
    void aSweepKeepsTheErrorOfASolutionAndRefusesSpectra() {
        String base =
                "kind: sweep\nbase:\n  kind: train\n  model: {kind: deep-galerkin, problem: disk, hidden: [3], samples:"
                        + " 5}\n  optimizer: adam\n  steps: 4\n  evaluate: {every: 2, points: 10}\n";
        ResultStore swept = store("solved", base + "axes: {lr: [1e-2, 1e-1]}\n");
        SweepRun.open(swept, Host.QUIET, SweepRun.Means.DEFAULT).complete();
        assertThat(swept.table("sweep").numbers("finalSolutionError"))
                .hasSize(2)
                .doesNotContain(Double.NaN);
        assertThatThrownBy(() -> store("spectra", base + "  spectrum: {at: [1]}\naxes: {lr: [1e-2, 1e-1]}\n"))
                .hasMessageContaining("spectrum: a sweep keeps one row a training");
        assertThatThrownBy(() -> store("unknown", base + "axes: {lr: [1e-2, 1e-1]}\nkeep: [bestValidationLoss]\n"))
                .hasMessageContaining("where base has validation");
    }

    @Test
    void aFolderWhoseExperimentCannotRunHereIsGivenBack() {
        ResultStore store = store(
                "refused",
                "kind: train\noptimizer: adam\nsteps: 2\ndevice: cuda:97\n"
                        + "model: {kind: fully-connected, hidden: [4]}\ndata: sine-sum\n");
        assertThatThrownBy(() -> Run.begin(store, Host.QUIET)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.folder()).doesNotExist();
    }

    /// Wants the end after so many steps.
    private record StopsAfter(AtomicInteger left) implements Host {
        StopsAfter(int steps) {
            this(new AtomicInteger(steps));
        }

        @Override
        public Progress progress(String task, long total, String unit) {
            return Host.QUIET.progress(task, total, unit);
        }

        @Override
        public void remark(String text) {}

        @Override
        public BooleanSupplier stopping() {
            return () -> left.decrementAndGet() < 0;
        }
    }
}
