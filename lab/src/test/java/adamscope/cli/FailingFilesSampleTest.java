package adamscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few of the faults that [FailingFilesTest] tries at every call.
class FailingFilesSampleTest {
    @TempDir
    private Path folder;

    @Test
    void aSweepKeepsItsTiles() throws Exception {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: gd, lr: 0.1}
              objective: x^2/2
              x0: [1]
              steps: 10
            axes:
              x: {from: 1, to: 2, points: 4}
            keep: [outcome]
            """);
        new FailingDisk(folder)
                .nothingIsWrong("dead,full,eio", 61, "sweep -c " + file + " --tile 2 --out @", "sweep --resume @");
    }
}
