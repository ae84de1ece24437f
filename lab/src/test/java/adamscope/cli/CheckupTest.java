package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {
    @Test
    void aFolderThatIsMissingIsToBeMadeAndNotToBeFreed(@TempDir Path folder) {
        Path missing = folder.resolve("none");
        Checkup checkup = Checkup.disk("disk", missing);
        assertThat(checkup.ok()).isFalse();
        assertThat(checkup.found()).isEqualTo(missing + ": the place does not exist");
        assertThat(checkup.mend()).startsWith("make the folder, or work elsewhere");
        assertThat(Checkup.disk("disk", folder).found()).endsWith(" free in " + folder);
    }
}
