package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.sweep.Tile;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders may be called anything: no name is a pattern, a column or another place.
class LiteralPathsTest {

    @TempDir
    private static Path folder;

    private static final String EXPERIMENT = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: gd, lr: 0.1}
          objective: x^2/2
          x0: [1]
          steps: 10
        axes:
          x: {from: 1, to: 2, points: 6}
        keep: [outcome]
        """;

    /// What patterns would find beside the folder that is meant.
    @BeforeAll
    static void others() {
        for (String name : List.of("a", "ab", "axb")) {
            roundTrip(name, "diverged");
        }
    }

    private static Table rows(long from, String outcome) {
        return new Table(
                "sweep",
                List.of(
                        new Column.Numbers("x", "", new double[] {from, from + 1, from + 2}),
                        new Column.Words("outcome", List.of(outcome, "", outcome))));
    }

    /// A finished sweep of two tiles; its table, its tiles as long as they are there, and a question over both.
    private static void roundTrip(String name, String outcome) {
        Path place = folder.resolve(name);
        Sweep sweep = (Sweep) ExperimentText.read("e.yaml", EXPERIMENT);
        ResultStore run = ResultStore.create(place, sweep, List.of("sweep"));
        try (TileStore tiles = TileStore.open(run, 3)) {
            tiles.accept(new Tile.Consecutive(0, 3), rows(0, outcome));
            tiles.accept(new Tile.Consecutive(3, 3), rows(3, outcome));
        }
        try (TileStore tiles = TileStore.open(ResultStore.resume(place, List.of("sweep")), 3)) {
            assertThat(tiles.finished()).hasSize(2);
            SweepRows unfinished = SweepRows.of(place, sweep.space());
            assertThat(unfinished.picture().numbers(SweepRows.POINT)).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(unfinished.outcomes().words("outcome")).containsExactly("", outcome);
            assertThat(asked(place)).containsExactly(List.of(place.toString(), 6L, 15.0, outcome));
            tiles.merge(run, "sweep", Tile.all(6, 3));
        }
        assertThat(run.table("sweep").numbers("x")).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(run.table("sweep").words("outcome"))
                .isEqualTo(Arrays.asList(outcome, "", outcome, outcome, "", outcome));
        SweepRows whole = SweepRows.of(place, sweep.space());
        assertThat(whole.points()).isEqualTo(6);
        assertThat(whole.picture().numbers(SweepRows.POINT)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(asked(place)).containsExactly(List.of(place.toString(), 6L, 15.0, outcome));
        List<String> columns = ParquetRows.columns(place.resolve("sweep.parquet"));
        assertThat(columns).containsExactly("x");
        List<Double> read = new ArrayList<>();
        ParquetRows.read(place.resolve("sweep.parquet"), columns, (values, _) -> read.add(values[0]));
        assertThat(read).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    }

    private static List<List<Object>> asked(Path place) {
        List<List<Object>> answer = new ArrayList<>();
        try (RunQuery query = RunQuery.over(List.of(place))) {
            query.run("select run, count(*), sum(x), max(outcome) from sweep group by run", new RunQuery.Rows() {
                @Override
                public void columns(List<String> names) {
                    assertThat(names).hasSize(4);
                }

                @Override
                public void row(List<Object> values) {
                    answer.add(values);
                }
            });
        }
        return answer;
    }

    /// One of each kind: a pattern, a quote, what a table's folder, a URL, a shell and a file system read into a name.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*",
                "[!a]",
                "{a,b}",
                "a'b",
                "a\"b",
                "%41",
                "ünter 漢 🙂",
                "new\nline",
                "back\\slash",
                "x=0.5/outcome=a*",
                "s3:",
                "a.parquet"
            })
    void aFolderOfAnyNameHoldsWhatWasWrittenToIt(String name) {
        roundTrip(name, "converged");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "**",
                "a[b]",
                "[a-z]*",
                "]",
                "[",
                "a b",
                " ",
                "a;b",
                "$x",
                "#a",
                "--a",
                "~",
                "outcome=converged",
                "x=0.5",
                "run=1",
                "000000000007-3.a",
                "file:"
            })
    void aFolderOfFurtherNamesHoldsWhatWasWrittenToIt(String name) {
        roundTrip(name, "converged");
    }

    @Test
    void theOnlyNamesThatCannotBeReadAreRefusedBeforeAnyWork() {
        for (String name : List.of("back\\slash*", "[\\", "\\/?")) {
            assertThatThrownBy(() -> ResultStore.create(
                            folder.resolve(name), ExperimentText.read("e.yaml", EXPERIMENT), List.of("sweep")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rename the folder");
        }
        assertThat(folder.resolve("[\\")).doesNotExist();
    }
}
