package adamscope.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checkpoints with bytes changed at random.
class HostileInspectionTest {
    private static final int TRIES = 60;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aCheckpointWithChangedBytesIsInspectedOrRefusedWithAMessage(int kind) throws IOException {
        byte[] whole = InspectionFuzz.input(kind, Files.readAllBytes(InspectionFuzz.SEEDS.get(kind)));
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            byte[] changed = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Half of them in the first bytes, where names and sizes are.
                int reach = random.nextBoolean() ? Math.min(2500, changed.length) : changed.length;
                changed[1 + random.nextInt(reach - 1)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] input = random.nextInt(8) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
            assertThatCode(() -> InspectionFuzz.fuzzerTestOneInput(input))
                    .as("kind %d, seed %d", kind, seed)
                    .doesNotThrowAnyException();
        }
    }
}
