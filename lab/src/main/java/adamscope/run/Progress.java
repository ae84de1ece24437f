package adamscope.run;

import java.util.function.Supplier;

/// How far a task has come; work may be reported from any thread.
///
/// ```java
/// try (Progress progress = host.progress("phase diagram", cells, "cells")) {
///     sweep.run(progress::advance);
/// }
/// ```
public interface Progress extends AutoCloseable {
    /// Says how many of the units an earlier run did; they count as done, but not for the rate.
    void begin(long earlier);

    /// Reports that so many more units are done.
    void advance(long more);

    /// What is shown behind the count, such as `loss 0.31`; asked for whenever it is shown.
    void note(Supplier<String> text);

    /// The task is at its end.
    @Override
    void close();
}
