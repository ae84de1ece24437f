package adamscope.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Memory of a process, in bytes.
///
/// @param taken  the most that the system gave it so far
/// @param beside what of that is not heap: code, classes, libraries, tensors
/// @param heap   how large its heap may become, whatever was used of it so far; where nobody has limited it, twice what
///               was used
public record ProcessMemory(long taken, long beside, long heap) {

    /// Of this process.
    static ProcessMemory now() {
        long taken = resident();
        long touched = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
        VMOption most = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxHeapSize");
        boolean isLimited = most.getOrigin() == VMOption.Origin.VM_CREATION;
        return new ProcessMemory(
                taken, Math.max(0, taken - touched), isLimited ? Long.parseLong(most.getValue()) : 2 * touched);
    }

    /// What another process of the same work with a heap of the same size stays below: a heap grows on a machine with
    /// more memory before garbage is collected, and for what is beside it a quarter more than was seen.
    long bound() {
        return heap + beside + beside / 4;
    }

    /// Where the system does not say, what Java took.
    private static long resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException _) {
            return Runtime.getRuntime().totalMemory();
        }
    }
}
