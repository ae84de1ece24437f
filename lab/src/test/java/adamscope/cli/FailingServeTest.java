package adamscope.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server over a disk that goes wrong at the n-th call, for every n of everything that its pages ask: it answers, in
/// one sentence what it cannot, goes on serving, and shows no half of a run as a whole one.
@Tag("slow")
class FailingServeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"full", "eio", "eacces", "short", "dead", "absent"})
    void aServerGoesOn(String fault) throws Exception {
        new FailingDisk(folder).aServerGoesOn(fault);
    }
}
