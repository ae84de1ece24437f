package adamscope.serve;

import java.util.function.Supplier;

/// What takes a while and many may ask for at once, such as a list of a thousand runs: whoever comes while it is made
/// waits for the next one, which is made once for all of them, so each sees everything that was there when they came.
final class Shared<T> {
    private final Supplier<T> made;
    private T last;
    private long begun;

    Shared(Supplier<T> made) {
        this.made = made;
    }

    /// What there is now.
    T now() {
        long came = System.nanoTime();
        synchronized (this) {
            if (last == null || begun - came < 0) {
                long begins = System.nanoTime();
                last = made.get();
                begun = begins;
            }
            return last;
        }
    }
}
