package adamscope.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// The end of a process in which threads may still be inside libtorch.
///
/// Java ends a process by C's `exit`, which runs the destructors of all native libraries while threads in native code
/// go on: oneDNN's stream is freed under a convolution, which then crashes where the process should end with its exit
/// code. Here the last handler of `exit` is `_exit`, which runs first and leaves the destructors out. Where C's library
/// has no `on_exit` (macOS, musl) nothing is done.
public final class ProcessEnd {

    /// Added once, when this class is first used.
    private static final class Hook {
        private static final boolean ADDED = added();

        private static boolean added() {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(ProcessEnd::leaveDestructorsOut, "native end"));
                return true;
            } catch (IllegalStateException ending) {
                return false;
            }
        }
    }

    private ProcessEnd() {}

    /// From here on the process ends so, however it comes about.
    static void guard() {
        if (!Hook.ADDED) {
            leaveDestructorsOut();
        }
    }

    /// Ends the process at once; for shutdown hooks too, which other hooks do not wait for.
    public static void halt(int code) {
        try {
            leaveDestructorsOut();
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /// `on_exit(_exit, NULL)`. Handlers run from the last one registered, so this has to be as late as possible.
    @SuppressWarnings("restricted") // two functions of C, of which the linker knows no types
    private static void leaveDestructorsOut() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> register = linker.defaultLookup().find("on_exit");
        Optional<MemorySegment> exit = linker.defaultLookup().find("_exit");
        if (register.isEmpty() || exit.isEmpty()) {
            return;
        }
        try {
            var unused = (int) linker.downcallHandle(
                            register.get(),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                    .invokeExact(exit.get(), MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
