package adamscope.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a run end cleanly when the process is asked to end (Ctrl-C, SIGTERM): the run sees the wish, and the process
/// waits until it has kept what it must keep. Its exit code is then [ExitCode#FAILED].
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch kept = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ending, "interruption");
    private volatile boolean wanted;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the run is to end.
    boolean wanted() {
        return wanted || Thread.currentThread().isInterrupted();
    }

    private void ending() {
        wanted = true;
        try {
            if (kept.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The run has kept everything and said so.
    @Override
    public void close() {
        if (wanted) {
            kept.countDown();
        } else {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process began to end between the last step and here.
                kept.countDown();
            }
        }
    }
}
