package adamscope.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// How long the server waits for whoever is at the other end of a connection: so long, and then the thread that waits
/// is interrupted, which closes the connection. Whoever works is never interrupted.
final class Patience implements AutoCloseable {
    private static final ScopedValue<Wait> HEAD = ScopedValue.newInstance();
    private static final long TICK_MILLIS = 200;
    private static final int PIECE = 1 << 14;
    private static final long MOST_SKIPPED = 1 << 20;

    /// Slower than any way on which somebody sends a log.
    private static final long LEAST_BYTES_A_MILLI = 16;

    private final long headMillis;
    private final long bodyMillis;
    private final long writeMillis;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final Thread clock =
            Thread.ofPlatform().daemon().name("serve clock").start(this::watch);

    /// @param headMillis  for the head of a request, all of it
    /// @param bodyMillis  for its body, beside the time that it takes at the least pace
    /// @param writeMillis for a piece of the answer to be taken
    Patience(long headMillis, long bodyMillis, long writeMillis) {
        this.headMillis = headMillis;
        this.bodyMillis = bodyMillis;
        this.writeMillis = writeMillis;
    }

    /// Something that waits for the other end.
    private interface Talk {
        int now() throws IOException;
    }

    /// A thread that waits.
    private static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final long until;
        private boolean over;
        private boolean cut;

        private Wait(long millis) {
            until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }

        private synchronized void cutIfLate(long now) {
            if (!over && !cut && now - until > 0) {
                cut = true;
                thread.interrupt();
            }
        }

        private synchronized void end() {
            over = true;
            if (cut) {
                // it was meant for what has ended
                Thread.interrupted();
            }
        }
    }

    /// Lets tasks of the server run, each of which begins with reading the head of a request.
    Executor forHeads(Executor threads) {
        return task -> threads.execute(() -> {
            Wait head = new Wait(headMillis);
            waits.add(head);
            try {
                ScopedValue.where(HEAD, head).run(task);
            } finally {
                ended(head);
            }
        });
    }

    /// The head of the request that this thread is about has been read.
    void headIsRead() {
        ended(HEAD.get());
    }

    private void ended(Wait wait) {
        waits.remove(wait);
        wait.end();
    }

    private int within(long millis, Talk talk) throws IOException {
        Wait wait = new Wait(millis);
        waits.add(wait);
        try {
            return talk.now();
        } finally {
            ended(wait);
        }
    }

    /// Ends an exchange: what is left of its body is looked at for a moment.
    void close(HttpExchange exchange) throws IOException {
        within(headMillis, () -> {
            exchange.close();
            return 0;
        });
    }

    /// The body of a request.
    InputStream reading(InputStream body) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(bodyMillis);
        return new FilterInputStream(body) {
            private long all;

            private int counted(Talk reading) throws IOException {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + all / LEAST_BYTES_A_MILLI;
                int read = within(left, reading);
                all += Math.max(0, read);
                return read;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return counted(() -> in.read(into, from, length));
            }

            @Override
            public long skip(long bytes) throws IOException {
                return counted(() -> (int) in.skip(Math.min(MOST_SKIPPED, bytes)));
            }
        };
    }

    /// An answer.
    OutputStream writing(OutputStream answer) {
        return new FilterOutputStream(answer) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                for (int done = 0; done < length; done += PIECE) {
                    int start = from + done;
                    int piece = Math.min(PIECE, length - done);
                    within(writeMillis, () -> {
                        out.write(bytes, start, piece);
                        return piece;
                    });
                }
            }

            @Override
            public void flush() throws IOException {
                within(writeMillis, () -> {
                    out.flush();
                    return 0;
                });
            }

            @Override
            public void close() throws IOException {
                within(writeMillis, () -> {
                    out.close();
                    return 0;
                });
            }
        };
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                long now = System.nanoTime();
                waits.forEach(wait -> wait.cutIfLate(now));
            }
        } catch (InterruptedException _) {
            // The server ends.
            return;
        }
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
