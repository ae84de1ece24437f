package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    private final List<String> heard = new ArrayList<>();
    private final MemoryWatch watch = new MemoryWatch(heard::add);

    @Test
    void aProgramThatOnlyCollectsGarbageIsToldOfOnce() {
        watch.look(95, 100);
        assertThat(heard).isEmpty();
        watch.look(81, 100);
        watch.look(99, 100);
        assertThat(heard).containsExactly("nearly all of the last 20 s went into collecting garbage");
    }

    @Test
    void oneThatGetsOnIsLeftAlone() {
        for (int look = 0; look < 10; look++) {
            watch.look(look % 2 == 0 ? 99 : 50, 100);
        }
        assertThat(heard).isEmpty();
    }
}
