package adamscope.serve;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Work that takes the machine: so much at once, so much that waits, no more.
final class Turns {
    private static final long LOOK_MILLIS = 50;

    private final Semaphore atWork;
    private final Semaphore inLine;
    private final long patienceSeconds;

    Turns(int atOnce, int waiting, long patienceSeconds) {
        this.atWork = new Semaphore(atOnce, true);
        this.inLine = new Semaphore(atOnce + waiting);
        this.patienceSeconds = patienceSeconds;
    }

    /// Does it when it is its turn.
    ///
    /// @throws HttpProblem if too much waits already, or nothing has ended for long
    <T> T take(Supplier<T> work) {
        return take(() -> false, work);
    }

    /// The same unless it is not wanted any more.
    ///
    /// @throws CancellationException if so
    <T> T take(BooleanSupplier unwanted, Supplier<T> work) {
        if (!inLine.tryAcquire()) {
            throw busy();
        }
        try {
            await(unwanted);
            try {
                return done(work);
            } finally {
                atWork.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            inLine.release();
        }
    }

    /// By a thread of the system: connections have threads of which few run at a time.
    private static <T> T done(Supplier<T> work) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofPlatform().daemon().name("serve work").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void await(BooleanSupplier unwanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (!atWork.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (unwanted.getAsBoolean()) {
                throw new CancellationException();
            }
            if (System.nanoTime() > end) {
                throw busy();
            }
        }
    }

    private static HttpProblem busy() {
        return new HttpProblem(HttpProblem.BUSY, "too much is asked at once; ask again");
    }
}
