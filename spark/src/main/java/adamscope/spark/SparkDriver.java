package adamscope.spark;

import adamscope.sweep.Tile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// The driver of a sweep on Spark, a process of its own: takes the work and its tiles from standard input, gives
/// [SparkMessage]s on standard output. `spark-submit` starts it, or plain `java` with Spark's jars on the class path.
///
/// It ends when standard input ends, so it does not outlive whoever started it.
public final class SparkDriver {
    private final ObjectOutputStream messages;

    private SparkDriver(ObjectOutputStream messages) {
        this.messages = messages;
    }

    /// Runs one sweep; `spark-submit` finds no other form of it.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Locale.setDefault(Locale.ROOT);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // What Spark prints must not stand between the messages.
        System.setOut(System.err);
        out.write((SparkMessage.GREETING + "\n").getBytes(StandardCharsets.UTF_8));
        InputStream in = new BufferedInputStream(System.in);
        ObjectInputStream given = new ObjectInputStream(in);
        CarriedWork work = (CarriedWork) given.readObject();
        Tile[] tiles = (Tile[]) given.readObject();
        Thread.ofPlatform().daemon().start(() -> endWith(in));
        SparkDriver driver = new SparkDriver(new ObjectOutputStream(new BufferedOutputStream(out, 1 << 16)));
        int code = driver.run(work, List.of(tiles));
        // Spark leaves threads behind that a lost master keeps alive.
        Runtime.getRuntime().halt(code);
    }

    private static void endWith(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input broke: " + e);
        }
        Runtime.getRuntime().halt(1);
    }

    private int run(CarriedWork work, List<Tile> tiles) {
        SparkConf configuration = new SparkConf()
                .setIfMissing("spark.app.name", "adamscope sweep")
                .set("spark.driver.maxResultSize", "0");
        try (JavaSparkContext context = new JavaSparkContext(configuration)) {
            awaitExecutors(context);
            tell(new SparkMessage.Ready());
            new SparkEngine(context)
                    .run(work, tiles.iterator(), rows -> tell(new SparkMessage.Finished(rows)), () -> false);
            tell(new SparkMessage.Ended(""));
            return 0;
        } catch (Exception e) {
            // Spark's own exception of a task that failed is a checked one that no signature names.
            tell(new SparkMessage.Ended(reason(e)));
            return 1;
        }
    }

    /// A driver counts as an executor of its own; whoever started this process knows how long to wait.
    private static void awaitExecutors(JavaSparkContext context) throws InterruptedException {
        while (!context.isLocal() && context.sc().statusTracker().getExecutorInfos().length < 2) {
            if (context.sc().isStopped()) {
                throw new IllegalStateException("Spark gave up");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    private synchronized void tell(SparkMessage message) {
        try {
            messages.writeObject(message);
            messages.flush();
            messages.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
