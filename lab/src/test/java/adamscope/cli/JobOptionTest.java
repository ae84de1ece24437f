package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Job files that cannot be made; what one says is held by `JobFileTest`, whether schedulers take it by
/// `JobSchedulersTest`.
class JobOptionTest {
    @TempDir
    private Path folder;

    private void isRefused(String message, String... words) throws IOException {
        Path file = Files.writeString(folder.resolve("e.yaml"), """
            kind: sweep
            base: {kind: simulation, optimizer: {name: adam}, objective: x^4/4, x0: [1], steps: 10}
            axes:
              beta1: [0.5, 0.9]
            """);
        List<String> all = new ArrayList<>(List.of("sweep", "-c", file.toString()));
        all.addAll(List.of(words));
        Ran ran = Ran.of(all);
        assertThat(ran.err().lines()).singleElement().asString().contains(message);
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void shardsOfNoJobFileAreRefused() throws IOException {
        isRefused("--shards 3 is of --emit; a shard is run by --shard I/N", "--shards", "3", "--out", "a");
        isRefused("--shards 0: from 1 to 1000000", "--emit", "slurm", "--shards", "0", "--out", "a");
    }

    @Test
    void aJobFileWithoutAFolderIsRefused() throws IOException {
        isRefused("--emit slurm: name the folder of all shards with --out DIR", "--emit", "slurm");
    }

    /// YAML folds the end of a line, and a terminal may read others as orders.
    @Test
    void aNameWithAControlCharacterIsInNoJobFile() throws IOException {
        isRefused("no job file can hold 'two", "--emit", "kubernetes", "--out", "two\nlines");
        isRefused("it has a control character", "--emit", "parallel", "--out", "a\u001b[2J");
    }
}
