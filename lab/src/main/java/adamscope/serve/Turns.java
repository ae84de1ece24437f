package adamscope.serve;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Work that takes the machine: so much at once, so much that waits, no more.
final class Turns {
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
        if (!inLine.tryAcquire()) {
            throw busy();
        }
        try {
            if (!atWork.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
                throw busy();
            }
            try {
                return work.get();
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

    private static HttpProblem busy() {
        return new HttpProblem(HttpProblem.BUSY, "too much is asked at once; ask again");
    }
}
