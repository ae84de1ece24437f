package adamscope.serve;

import adamscope.experiment.Sweep;
import adamscope.run.Host;
import adamscope.run.Run;
import adamscope.store.FolderLock;
import adamscope.store.ResultStore;
import adamscope.store.RunList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Runs that pages began: each works in a process of its own, so many at once, the others wait in a line that ends. So
/// no run takes the server with it, and what it needed is given back when it ends.
final class Jobs implements AutoCloseable {
    private static final int MOST_LAST = 100;
    private static final long PATIENCE_SECONDS = 130;
    private static final long BEGIN_SECONDS = 10;
    private static final long LOOK_MILLIS = 20;
    private static final int WRONG_INPUT = 2;
    private static final String SPEAKER = "adamscope: ";

    private final OwnProgram program;
    private final Host host;
    private final int atOnce;
    private final int waiting;
    private final Map<Path, Job> jobs = new LinkedHashMap<>();
    private final Map<Path, String> last = new LinkedHashMap<>();
    private boolean closed;

    Jobs(OwnProgram program, Host host, int atOnce, int waiting) {
        this.program = program;
        this.host = host;
        this.atOnce = atOnce;
        this.waiting = waiting;
    }

    /// How far the work on a run is.
    enum Stage {
        WAITING,
        /// Its process is there, and has not taken the folder yet.
        STARTING,
        RUNNING,
        STOPPING
    }

    private static final class Job {
        private final ResultStore store;
        private Process process;
        private Stage stage = Stage.WAITING;

        private Job(ResultStore store) {
            this.store = store;
        }
    }

    /// Begins or goes on with a run, or lets it wait for its turn.
    ///
    /// @throws HttpProblem              if the line is full
    /// @throws IllegalArgumentException if it is at work already
    synchronized void enter(ResultStore store) {
        Path run = store.folder();
        Job there = jobs.get(run);
        if (there != null) {
            throw new IllegalArgumentException(
                    there.process == null
                            ? run + " waits for its turn already"
                            : "another process (pid " + there.process.pid() + ") is at work in " + run
                                    + "; wait for it, or end it first");
        }
        refuseFull();
        FolderLock.take(run).close();
        last.remove(run);
        jobs.put(run, new Job(store));
        next();
    }

    /// Waits for a moment until the process of a run has looked at all that it needs.
    ///
    /// @param begun whether it has
    /// @throws IllegalArgumentException if it found something wrong, so that nothing is left of the run
    synchronized void awaitBegin(Path run, BooleanSupplier begun) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BEGIN_SECONDS);
        Job job = jobs.get(run);
        while (job != null && job.process != null && !begun.getAsBoolean() && System.nanoTime() < end) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            job = jobs.get(run);
        }
        if (job == null && !Files.exists(run)) {
            throw new IllegalArgumentException(lastWords(run));
        }
    }

    /// Refuses more than may wait.
    ///
    /// @throws HttpProblem if the line is full
    synchronized void refuseFull() {
        if (closed || jobs.size() >= atOnce + waiting) {
            throw new HttpProblem(
                    HttpProblem.BUSY,
                    "too much waits: " + jobs.size() + " runs are at work or in line; stop one, or come back later");
        }
    }

    /// Whether a run is at work or waits.
    synchronized boolean has(Path run) {
        return jobs.containsKey(run);
    }

    /// How far the work on a run is; null: none of these.
    synchronized Stage stage(Path run) {
        Job job = jobs.get(run);
        if (job != null && job.stage == Stage.STARTING && RunList.state(run) != RunList.State.UNFINISHED) {
            job.stage = Stage.RUNNING;
        }
        return job == null ? null : job.stage;
    }

    /// What was said when work on a run ended early; empty: nothing.
    synchronized String lastWords(Path run) {
        return last.getOrDefault(run, "");
    }

    /// Ends the work on a run where it can go on.
    ///
    /// @throws IllegalArgumentException if no page began it
    synchronized void stop(Path run) {
        Job job = jobs.get(run);
        if (job == null) {
            throw new IllegalArgumentException("no work on " + run + " was begun here");
        }
        if (job.process == null) {
            jobs.remove(run);
            ended(run, "taken out of the line before its turn");
        } else {
            job.stage = Stage.STOPPING;
            hangUp(job.process);
        }
    }

    private static void hangUp(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended.
            return;
        }
    }

    private void next() {
        for (Map.Entry<Path, Job> entry : List.copyOf(jobs.entrySet())) {
            long atWork =
                    jobs.values().stream().filter(job -> job.process != null).count();
            Job job = entry.getValue();
            if (!closed && atWork < atOnce && job.process == null) {
                String command = job.store.experiment() instanceof Sweep ? "sweep" : "train";
                try {
                    job.process = program.start(
                            List.of(command, "--resume", entry.getKey().toString()));
                } catch (RuntimeException e) {
                    jobs.remove(entry.getKey());
                    ended(entry.getKey(), String.valueOf(e.getMessage()));
                    continue;
                }
                job.stage = Stage.STARTING;
                Thread.ofPlatform().daemon().name("serve run").start(() -> attend(job));
            }
        }
    }

    /// Hears a process out, and lets the next one begin when it has ended.
    private void attend(Job job) {
        String words = "";
        try (BufferedReader said = job.process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                words = line.startsWith(SPEAKER) ? line.substring(SPEAKER.length()) : words;
            }
        } catch (IOException _) {
            words = "what it said is lost";
        }
        int code = job.process.onExit().join().exitValue();
        synchronized (this) {
            if (code != 0) {
                ended(job.store.folder(), words.isEmpty() ? "the process ended with code " + code : words);
            }
            if (code == WRONG_INPUT) {
                withdraw(job.store);
            }
            jobs.remove(job.store.folder());
            if (closed && !words.isEmpty()) {
                host.remark(SPEAKER + words);
            }
            notifyAll();
            next();
        }
    }

    /// Gives back the folder of a run that was refused. What a disk that fails does not let go of is listed as what it
    /// is, and keeps nobody from hearing why the run was refused, nor the next one from its turn.
    static void withdraw(ResultStore store) {
        try {
            store.withdraw();
        } catch (UncheckedIOException _) {
            return;
        }
    }

    private void ended(Path run, String words) {
        last.put(run, words);
        if (last.size() > MOST_LAST) {
            last.remove(last.keySet().iterator().next());
        }
    }

    /// Ends what is at work where it can go on, and waits for it.
    @Override
    public synchronized void close() {
        closed = true;
        jobs.values().removeIf(job -> {
            if (job.process == null) {
                host.remark(SPEAKER + "interrupted before its turn; "
                        + Run.wayOn(job.store.folder(), job.store.experiment()));
            }
            return job.process == null;
        });
        new ArrayList<>(jobs.values()).forEach(job -> hangUp(job.process));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean interrupted = false;
        while (!jobs.isEmpty() && System.nanoTime() < end) {
            try {
                wait(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
