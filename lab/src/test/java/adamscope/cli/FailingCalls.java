package adamscope.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Says which call below a folder goes wrong, to the `failing_files.c` that this process was started over.
@SuppressWarnings("restricted")
final class FailingCalls {
    private static final int LONGEST_NAME = 160;

    private final MethodHandle arm;
    private final MethodHandle calls;
    private final MethodHandle name;
    private final Path folder;

    /// @param library the one that was loaded before libc
    FailingCalls(Path library, Path folder) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        arm = linker.downcallHandle(
                symbols.findOrThrow("fail_arm"),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        calls = linker.downcallHandle(symbols.findOrThrow("fail_calls"), FunctionDescriptor.of(ValueLayout.JAVA_LONG));
        name = linker.downcallHandle(
                symbols.findOrThrow("fail_call"), FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        this.folder = folder;
    }

    /// From now on calls are counted anew, and the n-th goes wrong.
    void fail(long n, String fault) {
        try (Arena arena = Arena.ofConfined()) {
            arm.invokeExact(arena.allocateFrom(folder.toString()), n, arena.allocateFrom(fault));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on calls are counted anew, and none goes wrong.
    void failNoMore() {
        fail(0, "");
    }

    /// The calls since then: what is called, and on which file below the folder.
    List<String> made() {
        try {
            long count = (long) calls.invokeExact();
            List<String> names = new ArrayList<>();
            for (long n = 1; n <= count; n++) {
                names.add(((MemorySegment) name.invokeExact(n))
                        .reinterpret(LONGEST_NAME)
                        .getString(0));
            }
            return names;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
