package adamscope.cli;

import adamscope.run.Host;
import adamscope.run.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Lets a run end cleanly when the process is asked to end (Ctrl-C, SIGTERM): the run sees the wish, and the process
/// waits until it has kept what it must keep. Its exit code is then [ExitCode#FAILED].
final class Interruption implements Host, AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch kept = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ending, "interruption");
    private final Console console;
    private volatile boolean wanted;

    Interruption(Console console) {
        this.console = console;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return console.progress(task, total, unit);
    }

    @Override
    public void remark(String text) {
        console.remark(text);
    }

    @Override
    public BooleanSupplier stopping() {
        Thread self = Thread.currentThread();
        return () -> wanted || self.isInterrupted();
    }

    private void ending() {
        wanted = true;
        try {
            if (kept.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
            console.remark("adamscope: the run did not stop in time; what it has not kept yet is lost");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The run has kept everything; what it said comes to where it goes.
    @Override
    public void close() {
        console.flush();
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
