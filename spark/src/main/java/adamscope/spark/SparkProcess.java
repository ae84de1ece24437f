package adamscope.spark;

import adamscope.kernel.Arithmetic;
import adamscope.sweep.Engine;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Tiles over a Spark cluster whose driver is a process of its own, so that no class of Spark is needed here.
///
/// @param start  how the driver is started
/// @param limit  how long master and executors may take to answer
/// @param remark receives what the user should know, once
public record SparkProcess(SparkStart start, Duration limit, Consumer<String> remark) implements Engine {
    private static final int PATIENCE_MILLIS = 100;

    private static final String OLDER_JAVA =
            "Spark runs on an older Java there: the driver, which spark-submit starts, and"
                    + " the workers need 25; name it by JAVA_HOME";

    @Override
    public void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        boolean scaled = sweep.run().iteration().arithmetic() == Arithmetic.SCALED;
        run(new CarriedSweep(SweepText.of(sweep)), scaled, tiles, new Receiver(finished, stopped));
    }

    /// Runs tiles, each by a process of its own beside an executor.
    public void run(ChildWork work, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        run(work, false, tiles, new Receiver(finished, stopped));
    }

    /// Whoever waits for the rows.
    private record Receiver(TileSink finished, BooleanSupplier stopped) {}

    private void run(CarriedWork work, boolean scaled, Iterator<Tile> tiles, Receiver receiver) {
        List<Tile> all = new ArrayList<>();
        tiles.forEachRemaining(all::add);
        if (all.isEmpty()) {
            return;
        }
        Process driver = start.driver();
        AtomicBoolean ready = new AtomicBoolean();
        AtomicReference<RuntimeException> ending = new AtomicReference<>();
        Thread watch = Thread.ofPlatform().daemon().start(() -> watch(driver, ready, ending, receiver.stopped()));
        try {
            OutputStream orders = driver.getOutputStream();
            ObjectOutputStream given = new ObjectOutputStream(new BufferedOutputStream(orders));
            given.writeObject(work);
            given.writeObject(all.toArray(Tile[]::new));
            given.flush();
            take(driver.getInputStream(), ready, receiver.finished(), scaled);
        } catch (IOException | ClassNotFoundException e) {
            if (ending.get() == null) {
                throw new UncheckedIOException(
                        (saysOlderJava() ? OLDER_JAVA : "the driver on Spark ended early") + "; " + start.log(),
                        e instanceof IOException io ? io : new IOException(e));
            }
        } finally {
            watch.interrupt();
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
        }
        if (ending.get() != null) {
            throw ending.get();
        }
    }

    /// Whether a line is of a Java that cannot read our classes.
    private static boolean isOlderJava(String line) {
        return line.contains("compiled by a more recent version of the Java Runtime");
    }

    private boolean saysOlderJava() {
        try (Stream<String> lines = Files.lines(start.logFile(), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(SparkProcess::isOlderJava);
        } catch (IOException | UncheckedIOException _) {
            return false; // the log says no more than that the driver ended
        }
    }

    /// Ends the driver when the user wants it, or when nobody answers in time.
    private void watch(
            Process driver, AtomicBoolean ready, AtomicReference<RuntimeException> ending, BooleanSupplier stopped) {
        long begin = System.nanoTime();
        try {
            while (driver.isAlive()) {
                if (stopped.getAsBoolean()) {
                    ending.set(new CancellationException("stopped"));
                } else if (!ready.get() && System.nanoTime() - begin > limit.toNanos()) {
                    ending.set(new UncheckedIOException(
                            "no executor of the Spark master " + start.master() + " answered within "
                                    + limit.toSeconds() + " s; is it running, has it workers, can it be reached from"
                                    + " here? " + start.log(),
                            new IOException("timed out")));
                }
                if (ending.get() != null) {
                    driver.descendants().forEach(ProcessHandle::destroyForcibly);
                    driver.destroyForcibly();
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(InputStream from, AtomicBoolean ready, TileSink finished, boolean scaled)
            throws IOException, ClassNotFoundException {
        BufferedInputStream stream = new BufferedInputStream(from, 1 << 16);
        SparkMessage.awaitGreeting(stream);
        ObjectInputStream messages = new ObjectInputStream(stream);
        boolean slow = false;
        while (true) {
            switch ((SparkMessage) messages.readObject()) {
                case SparkMessage.Ready _ -> ready.set(true);
                case SparkMessage.Finished(TileRows rows) -> {
                    if (!rows.vectors() && !slow) {
                        slow = true;
                        remark.accept("executors run without the vector module, "
                                + (scaled
                                        ? "hundreds of times slower, and coupling ratios agree to 1e-9 decades only"
                                        : "several times slower, to the same bytes")
                                + "; give them spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector");
                    }
                    finished.accept(rows.tile(), rows.toTable());
                }
                case SparkMessage.Ended(String failure) -> {
                    if (!failure.isEmpty()) {
                        String reason = isOlderJava(failure) ? OLDER_JAVA : "Spark: " + failure;
                        throw new UncheckedIOException(reason + "; " + start.log(), new IOException(failure));
                    }
                    return;
                }
            }
        }
    }
}
