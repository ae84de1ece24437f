package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Memory of a process of known needs: 40 MB of one array.
class ProcessMemoryTest {
    private static final long MIB = 1 << 20;
    private static final int ARRAY = 40 << 20;

    static final class Child {
        static void main(String[] none) {
            byte[] some = new byte[ARRAY];
            for (int i = 0; i < some.length; i += 4096) {
                some[i] = 1;
            }
            ProcessMemory memory = ProcessMemory.now();
            System.out.println(memory.taken() + " " + memory.beside() + " " + memory.heap() + " " + memory.bound() + " "
                    + some[0]);
        }
    }

    private static List<Long> numbers(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        return List.of(said.split(" ")).stream()
                .map(String::strip)
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void aLimitedHeapIsBoundedByItsLimit() throws Exception {
        List<Long> found = numbers("-Xmx192m");
        assertThat(found.get(2)).isEqualTo(192 * MIB);
        assertThat(found.get(1)).isBetween(MIB, found.get(0) - ARRAY);
        assertThat(found.get(3)).isEqualTo(192 * MIB + found.get(1) * 5 / 4);
    }

    @Test
    void oneThatNobodyLimitedIsTakenForTwiceWhatWasUsed() throws Exception {
        assertThat(numbers().get(2)).isBetween(2L * ARRAY, 4L * ARRAY);
    }
}
