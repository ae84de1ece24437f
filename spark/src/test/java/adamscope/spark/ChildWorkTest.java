package adamscope.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.sweep.Tile;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildWorkTest {
    private static final Tile TILE = new Tile.Consecutive(7, 2);

    @TempDir
    private Path folder;

    /// A process that dies so many times before it answers, and counts in a file; a negative number: it refuses.
    static final class Child {
        static void main(String[] arguments) throws IOException, ClassNotFoundException {
            Tile tile = (Tile) new ObjectInputStream(System.in).readObject();
            Path starts = Path.of(arguments[0]);
            long before = Files.exists(starts) ? Files.size(starts) : 0;
            Files.write(starts, new byte[(int) before + 1]);
            System.out.println("a word of a library");
            if (before < Integer.parseInt(arguments[1])) {
                Runtime.getRuntime().halt(137);
            }
            System.out.println(ChildWork.GREETING);
            ObjectOutputStream answers = new ObjectOutputStream(System.out);
            Table rows = new Table("t", List.of(new Column.Integers("point", "", tile.points())));
            answers.writeObject(Integer.parseInt(arguments[1]) < 0 ? "no such point" : TileRows.of(tile, rows, true));
            answers.flush();
        }
    }

    private ChildWork dies(int times) {
        return new ChildWork(new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.resolve("starts").toString(),
                Integer.toString(times))));
    }

    private long starts() throws IOException {
        return Files.size(folder.resolve("starts"));
    }

    @Test
    void aProcessThatDiesIsStartedAgain() throws IOException {
        TileRows rows = dies(1).rows(TILE);
        assertThat(rows.tile()).isEqualTo(TILE);
        assertThat(rows.toTable().numbers("point")).containsExactly(7, 8);
        assertThat(starts()).isEqualTo(2);
    }

    @Test
    void oneThatDiesAgainAndAgainIsGivenUpByName() throws IOException {
        assertThatThrownBy(() -> dies(100).rows(TILE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("tile 000000000007-2: its process ended 4 times without an answer")
                .hasRootCauseMessage("tile 000000000007-2: its process ended 4 times without an answer");
        assertThat(starts()).isEqualTo(4);
    }

    @Test
    void aReasonIsAnAnswer() throws IOException {
        assertThatThrownBy(() -> dies(-1).rows(TILE)).hasMessage("no such point");
        assertThat(starts()).isEqualTo(1);
    }
}
