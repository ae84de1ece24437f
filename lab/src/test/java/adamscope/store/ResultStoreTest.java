package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Experiments;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    private static final List<String> COMMAND = List.of("simulate", "--steps", "3000");

    @TempDir
    Path folder;

    @Test
    void aTableReadsBackWithEveryBit() {
        double[] numbers = {
            0.1,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE
        };
        long[] integers = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, 7};
        List<String> words = List.of("", "converged", "o'clock", "\"quoted\"", "β₁ \n new line", "NULL", "a,b");
        Table table = new Table(
                "cells",
                List.of(
                        new Column.Numbers("v[x]", "loss/x²", numbers),
                        new Column.Integers("step", "steps", integers),
                        new Column.Words("outcome", words),
                        new Column.Numbers("M", "", numbers),
                        new Column.Numbers("m", "it's", numbers)));
        ResultStore store = create();
        store.write(table);
        Table again = store.table("cells");
        assertThat(again.columns().stream().map(Column::name)).containsExactly("v[x]", "step", "outcome", "M", "m");
        assertThat(again.columns().stream().map(Column::unit)).containsExactly("loss/x²", "steps", "", "", "it's");
        for (String name : List.of("v[x]", "M", "m")) {
            // Bits, so that NaN equals NaN and -0.0 differs from 0.
            assertThat(bits(again.numbers(name))).containsExactly(bits(numbers));
        }
        assertThat(((Column.Integers) again.column("step")).values()).containsExactly(integers);
        assertThat(again.words("outcome")).isEqualTo(words);
    }

    @Test
    void aNumberThatIsNotThereIsNullForWhateverReadsTheFile() {
        ResultStore store = create();
        store.write(new Table("some", List.of(new Column.Numbers("loss", "", new double[] {1, Double.NaN, 3}))));
        Table averages = Parquet.query("SELECT avg(loss) AS mean, count(loss)::DOUBLE AS n FROM "
                + SqlText.rows(List.of(store.folder().resolve("some.parquet"))));
        assertThat(averages.numbers("mean")).containsExactly(2);
        assertThat(averages.numbers("n")).containsExactly(2);
    }

    @Test
    void rowsKeepTheirOrderInALongTable() {
        double[] numbers = new double[300_000];
        Arrays.setAll(numbers, row -> Math.sin(row));
        ResultStore store = create();
        store.write(new Table("long", List.of(new Column.Numbers("loss", "", numbers))));
        assertThat(store.table("long").numbers("loss")).isEqualTo(numbers);
    }

    @Test
    void aTableWithoutRowsReadsBack() {
        ResultStore store = create();
        store.write(new Table("none", List.of(new Column.Numbers("loss", "", new double[0]))));
        assertThat(store.table("none").rows()).isZero();
    }

    @Test
    void theExperimentInTheFolderIsTheOneThatWasRun() throws IOException {
        create();
        assertThat(ExperimentText.read("e", Files.readString(folder.resolve("run/experiment.yaml"))))
                .isEqualTo(Experiments.simulation());
    }

    @Test
    void aFinishedRunOpensWithItsProvenance() {
        ResultStore store = create();
        store.finish(
                Map.of("weights", 17L),
                JsonDocument.object("outcome", "converged", "share", 0.1, "cells", 5L, "list", List.of(1L, 2L)));
        ResultStore opened = ResultStore.open(store.folder());
        assertThat(opened.experiment()).isEqualTo(Experiments.simulation());
        assertThat(opened.provenance()).isEqualTo(store.provenance());
        assertThat(opened.provenance().complete()).isTrue();
        assertThat(opened.provenance().commandLine()).isEqualTo(COMMAND);
        assertThat(opened.provenance().seeds()).containsEntry("weights", 17L);
        assertThat(opened.provenance().jdk()).contains(Runtime.version().toString());
    }

    @Test
    void aRunThatDidNotFinishDoesNotOpen() {
        ResultStore store = create();
        assertThatThrownBy(() -> ResultStore.open(store.folder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unfinished run");
        assertThatThrownBy(() -> ResultStore.open(folder)).hasMessageContaining("is no run folder");
    }

    @Test
    void aFolderThatHoldsAnythingIsRefusedAndLeftAsItIs() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("run"));
        Files.writeString(taken.resolve("notes.txt"), "mine");
        assertThatThrownBy(this::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--out " + taken + " is not empty")
                .hasMessageContaining("choose another");
        assertThat(files(taken)).containsExactly("notes.txt");
    }

    @Test
    void anEmptyFolderIsAccepted() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        assertThat(create().folder()).isEqualTo(folder.resolve("run"));
    }

    @Test
    void aPlaceThatCannotBeAFolderIsReported() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ResultStore.create(file, Experiments.simulation(), COMMAND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a file; choose a folder");
        assertThatThrownBy(() -> ResultStore.create(file.resolve("run"), Experiments.simulation(), COMMAND))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write " + file.resolve("run"));
    }

    @Test
    void aFileThatCouldNotBeWrittenLeavesNothingBehind() throws IOException {
        ResultStore store = create();
        Files.createDirectories(store.folder().resolve("cells.parquet/inside"));
        Table table = new Table("cells", List.of(new Column.Numbers("loss", "", new double[] {1})));
        assertThatThrownBy(() -> store.write(table))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write");
        assertThat(files(store.folder())).containsExactlyInAnyOrder("cells.parquet", "experiment.yaml");
    }

    @Test
    void onlyTheFilesOfTheRunAreInTheFolder() throws IOException {
        ResultStore store = create();
        store.write(new Table("cells", List.of(new Column.Numbers("loss", "", new double[] {1}))));
        store.write("figures/phase.svg", "<svg/>");
        store.write("report.html", "<html>");
        store.finish(Map.of(), Map.of());
        assertThat(files(store.folder()))
                .containsExactlyInAnyOrder(
                        "experiment.yaml", "cells.parquet", "figures", "report.html", "provenance.json");
        assertThat(store.tables()).containsExactly("cells");
        assertThatThrownBy(() -> store.table("cell")).hasMessageContaining("no table 'cell'; it has [cells]");
    }

    @Test
    void freshFoldersOfOneExperimentDifferInTheNumberOnly() throws IOException {
        Path first = fresh("simulate", Experiments.simulation());
        assertThat(fresh("simulate", Experiments.simulation()))
                .as("one that was cut off is taken up")
                .isEqualTo(first);
        Files.writeString(first.resolve("provenance.json"), "{}");
        Path second = fresh("simulate", Experiments.simulation());
        assertThat(first.getFileName().toString()).matches("simulate-adam-[0-9a-f]{6}-1");
        assertThat(second.toString()).isEqualTo(first.toString().replaceFirst("1$", "2"));
        assertThat(fresh("phase", Experiments.phase()).toString()).contains("phase-adam-uncorrected-");
    }

    private Path fresh(String command, Experiment experiment) {
        return RunFolders.fresh(RunFolders.name(folder, command, experiment), FolderLock::isTaken, Function.identity());
    }

    /// A folder that could not be filled, as on a full disk, is no run and takes no number.
    @Test
    void aFolderInWhichNothingCouldBeWrittenIsTakenAway() {
        assertThatThrownBy(() -> RunFolders.fresh(folder.resolve("a"), _ -> false, made -> {
                    try {
                        Files.writeString(made.resolve(".lock"), "pid");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    throw new UncheckedIOException("cannot write", new IOException("No space left on device"));
                }))
                .hasMessage("cannot write");
        assertThat(folder.resolve("a-1")).doesNotExist();
    }

    @Test
    void theSameExperimentGoesOnWhereItWasCutOffAndNoOther() throws IOException {
        Path run = create().folder();
        Files.writeString(run.resolve(".report.html.part"), "cut off");
        Files.writeString(run.resolve(".lock"), "pid 1");
        ResultStore again = create();
        assertThat(again.begun()).isTrue();
        again.withdraw();
        assertThat(run.resolve("experiment.yaml"))
                .as("what was there before stays")
                .exists();
        assertThatThrownBy(() -> ResultStore.create(run, Experiments.phase(), COMMAND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds an unfinished run of another experiment")
                .hasMessageContaining("kind = simulation there, phase here");
        try (FolderLock _ = again.lock()) {
            assertThatThrownBy(this::create)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is at work in " + run);
        }
        assertThat(files(run)).containsExactly("experiment.yaml");
        again.finish(Map.of(), Map.of());
        assertThatThrownBy(this::create)
                .hasMessage("--out " + run + " holds this very run, and it is complete; there is nothing to continue");
        assertThatThrownBy(() -> ResultStore.create(run, Experiments.phase(), COMMAND))
                .hasMessageContaining("holds a complete run of another experiment")
                .hasMessageContaining("kind = simulation there, phase here");
        assertThatThrownBy(() -> RunFolders.refuseTaken(run))
                .hasMessageContaining("holds a run that is complete, and nothing is ever written over");
        assertThatThrownBy(again::lock).hasMessageContaining("is complete; there is nothing to continue");
    }

    @Test
    void whatAProcessLeavesThatWasKilledBeforeItsFirstFileIsAnEmptyFolder() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve(".lock"), "pid 1");
        Files.writeString(run.resolve(".experiment.yaml.part"), "kind:");
        assertThat(create().begun()).isFalse();
    }

    @Test
    void onlyAFolderWithoutWorkInItIsWithdrawn() {
        ResultStore wrong = create();
        wrong.withdraw();
        assertThat(wrong.folder()).doesNotExist();
        ResultStore worked = create();
        worked.write("live.jsonl", "");
        worked.withdraw();
        assertThat(worked.folder().resolve("experiment.yaml")).exists();
    }

    /// As by whoever gave the same `--out` a moment later, and was the first to begin.
    @Test
    void aFolderInWhichAnotherHasBegunToWorkIsNotWithdrawn() {
        ResultStore first = create();
        try (FolderLock _ = create().lock()) {
            assertThatThrownBy(first::lock).hasMessageContaining("is at work in");
            first.withdraw();
            assertThat(first.folder().resolve("experiment.yaml")).exists();
        }
    }

    @Test
    void anImportThatWasCutOffIsNoRunAndGoesOn() {
        Path run = folder.resolve("run");
        Map<String, Object> facts = Map.of("step", 100);
        assertThatThrownBy(() -> ResultStore.fill(run, Experiments.simulation(), COMMAND, facts, () -> {
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");
        assertThatThrownBy(() -> ResultStore.resume(run, COMMAND)).hasMessageContaining("is no run folder");
        assertThatThrownBy(this::create).hasMessageContaining("is not empty");
        ResultStore.fill(run, Experiments.simulation(), COMMAND, facts, () -> {});
        assertThat(ResultStore.isImported(run)).isTrue();
        assertThat(ResultStore.resume(run, COMMAND).experiment()).isEqualTo(Experiments.simulation());
        assertThatThrownBy(() -> ResultStore.fill(run, Experiments.simulation(), COMMAND, facts, () -> {}))
                .hasMessageContaining("holds an unfinished run");
    }

    /// Half a text may be the whole of another experiment, as one that ends with a line is.
    @Test
    void anExperimentThatIsCutAnywhereIsNotGoneOnWith() throws IOException {
        Path file = create().folder().resolve("experiment.yaml");
        String text = Files.readString(file);
        // the last byte is the end of the last line: without it nothing is missing but that
        for (int length = 0; length < text.length() - 1; length++) {
            Files.writeString(file, text.substring(0, length));
            assertThatThrownBy(() -> ResultStore.resume(file.getParent(), COMMAND))
                    .as("%s characters", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file + " is cut short");
            assertThat(RunList.entry(file.getParent()).state()).isEqualTo(RunList.State.DAMAGED);
        }
    }

    @Test
    void aCommentAfterTheLastLineIsNoCut() throws IOException {
        Path file = create().folder().resolve("experiment.yaml");
        Files.writeString(file, Files.readString(file) + "\n# vim: set ft=yaml:\n");
        assertThat(ResultStore.resume(file.getParent(), COMMAND).experiment()).isEqualTo(Experiments.simulation());
    }

    /// Runs of versions before have no lines that say where the text begins and ends.
    @Test
    void anExperimentWithoutAMarkOfItsEndIsGoneOnWithAsBefore() throws IOException {
        Path file = create().folder().resolve("experiment.yaml");
        String text = ExperimentText.write(Experiments.simulation(), file.getParent());
        Files.writeString(file, text);
        assertThat(ResultStore.resume(file.getParent(), COMMAND).experiment()).isEqualTo(Experiments.simulation());
        Files.writeString(file, text.substring(0, text.length() / 2).stripTrailing());
        assertThatThrownBy(() -> ResultStore.resume(file.getParent(), COMMAND))
                .hasMessageContaining(file + " is cut short");
    }

    private ResultStore create() {
        return ResultStore.create(folder.resolve("run"), Experiments.simulation(), COMMAND);
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
