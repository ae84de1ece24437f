package adamscope.cli;

import adamscope.tensor.ProcessEnd;
import adamscope.text.Foreign;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// How the process ends when it is asked to: what looks for the wish keeps what it must and says how to go on; what
/// does not look is ended where it is, as every state of a run folder can be gone on from. In either case one
/// sentence, and [ExitCode#INTERRUPTED] after Ctrl-C, [ExitCode#REQUEUE] where a scheduler asked (SIGTERM, SIGUSR1)
/// for the end of what can be gone on with, or time is up, [ExitCode#TERMINATED] after SIGTERM else.
final class Interruption {
    /// How long what looks for the wish may take to look, as between two steps.
    private static final long UNTIL_SEEN_SECONDS = 10;

    /// How long it may take to end after that, as for a checkpoint.
    private static final long UNTIL_ENDED_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean said = new AtomicBoolean();
    private final Thread hook;
    private volatile String wayOn = "nothing is kept; the same command begins anew";
    private volatile boolean wanted;
    private volatile boolean looked;
    private volatile boolean seen;
    private volatile boolean ending;
    private volatile int code = ExitCode.INTERRUPTED;

    /// What SIGTERM comes to where it is heard.
    private volatile int wish = ExitCode.REQUEUE;

    private final AtomicBoolean hearing = new AtomicBoolean();
    private final PrintStream err;
    private final boolean ofProcess;

    private Interruption(PrintStream err, boolean ofProcess) {
        this.err = err;
        this.ofProcess = ofProcess;
        hook = new Thread(this::atEnd, "interruption");
    }

    /// Hears nothing of the process; only of the thread.
    static Interruption ofThread() {
        return new Interruption(System.err, false);
    }

    /// Hears of the end of the process, until [#end(int)].
    static Interruption ofProcess(PrintStream err) {
        Interruption interruption = new Interruption(err, true);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Hears SIGTERM and SIGUSR1, by which schedulers ask; a command that looks for the wish, or goes on, listens.
    void hearScheduler() {
        if (ofProcess && hearing.compareAndSet(false, true)) {
            Signals.hear(List.of("TERM", "USR1"), this::asked);
        }
    }

    /// Asks for the end when nothing more can come by a stream, as of whoever began this process.
    void hearEndOf(InputStream in) {
        Thread.ofPlatform().daemon().name("end of input").start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) {
                // A stream that breaks has ended.
            }
            asked();
        });
    }

    /// Wants what runs to end where it can go on, and to be started again.
    void requeue() {
        code = wish;
        wanted = true;
    }

    /// Whoever asks for the end has what it wants once it has come, as of a server, which ends in no other way.
    void endIsWanted() {
        wish = ExitCode.DONE;
    }

    /// The exit code of what was ended before its end.
    int code() {
        return code;
    }

    /// Whether what runs on the present thread is to end; may be asked from any thread.
    BooleanSupplier stopping() {
        looked = true;
        hearScheduler();
        Thread self = Thread.currentThread();
        return () -> {
            if (wanted) {
                seen = true;
            }
            return wanted || self.isInterrupted();
        };
    }

    /// Whether the process is ending, which many things then refuse to go on with.
    boolean isProcessEnding() {
        if (ending) {
            return true;
        }
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    /// How to go on with what runs from now on: so a scheduler that wants it away is asked to start it again.
    void wayOn(String words) {
        wayOn = words;
        hearScheduler();
    }

    /// How to go on with what runs.
    String wayOn() {
        return wayOn;
    }

    /// What is said where nothing better is known.
    String sentence() {
        return "interrupted; " + wayOn;
    }

    /// What is said where memory has run out.
    String outOfMemory(String how) {
        return "out of memory (" + how
                + "); make the run smaller or give Java more, as ADAMSCOPE_JAVA_OPTIONS=-Xmx4g does; " + wayOn;
    }

    /// Ends the process where it is: there is hardly any memory left to work with.
    void endOutOfMemory(String how) {
        halt(ExitCode.FAILED, inWords(how));
    }

    private String inWords(String how) {
        try {
            return Foreign.line(outOfMemory(how));
        } catch (OutOfMemoryError _) {
            return "out of memory";
        }
    }

    /// True once: to whoever says the sentence.
    boolean says() {
        return said.compareAndSet(false, true);
    }

    /// The command has come to its end and said so; ends the process.
    void end(int code) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already, and the hook sees to it: `exit` would find Java's log gone, and say so.
            ended.countDown();
            return;
        }
        System.exit(code);
    }

    /// The process is ending: whatever comes of it, it ends here.
    private void atEnd() {
        ending = true;
        if (code == ExitCode.INTERRUPTED && isTerminated()) {
            code = ExitCode.TERMINATED;
        }
        isEnded();
        halt(code, Foreign.line(sentence()));
    }

    /// Whether a SIGTERM that was not heard ends the process: Java ends it in a thread that is called so.
    private static boolean isTerminated() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("SIGTERM handler"));
    }

    /// Gives the command time to end itself, and ends it if it does not.
    private void asked() {
        requeue();
        Thread.ofPlatform().daemon().name("asked to end").start(() -> {
            if (!isEnded()) {
                halt(code, Foreign.line(sentence()));
            }
        });
    }

    /// Waits for what runs as long as patience lasts.
    private boolean isEnded() {
        wanted = true;
        try {
            long begin = System.nanoTime();
            while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                long patience = !looked ? 0 : seen ? UNTIL_ENDED_SECONDS : UNTIL_SEEN_SECONDS;
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(patience)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void halt(int with, String message) {
        if (says()) {
            err.print("adamscope: ");
            err.println(message);
        }
        err.flush();
        ProcessEnd.halt(with);
    }
}
