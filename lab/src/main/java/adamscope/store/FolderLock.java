package adamscope.store;

import adamscope.sweep.Shard;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// The right of one process to work in a folder. The system takes it back when the process ends, however it ends.
public final class FolderLock implements AutoCloseable {
    static final String FILE = ".lock";

    private static final Pattern LOCK = Pattern.compile("[.](shard-[0-9]+-of-[0-9]+[.])?lock");
    private static final int TRIES = 4;
    private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes the folder.
    ///
    /// @throws IllegalArgumentException if another process has it; the message names the process
    public static FolderLock take(Path folder) {
        return take(folder, FILE, "");
    }

    /// Takes a shard of a sweep in a folder that others may share.
    ///
    /// @throws IllegalArgumentException if another process has it; the message names the process
    static FolderLock take(Path folder, Shard shard) {
        return take(folder, file(shard), "shard " + shard + " ");
    }

    /// Takes the folder for a moment in which others may want it too, and waits for them.
    ///
    /// @throws IllegalArgumentException if another process keeps it
    static FolderLock await(Path folder) {
        for (long end = System.nanoTime() + PATIENCE_NANOS; true; ) {
            try {
                return take(folder);
            } catch (IllegalArgumentException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PATIENCE_NANOS / 1000);
            }
        }
    }

    private static String file(Shard shard) {
        return ".shard-" + shard.number() + "-of-" + shard.of() + ".lock";
    }

    /// @param part what of the folder, with a blank behind it; empty: all
    private static FolderLock take(Path folder, String name, String part) {
        Path file = folder.resolve(name);
        try {
            while (true) {
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                boolean mine = false;
                try {
                    mine = isMine(file, channel, part);
                    if (mine) {
                        return new FolderLock(file, channel);
                    }
                } finally {
                    if (!mine) {
                        channel.close();
                    }
                }
            }
        } catch (NoLocks e) {
            throw new UncheckedIOException(
                    "no locks work on the file system of " + folder + " (" + e.getMessage()
                            + "), and without them two processes could write into one run; run in a folder on a local"
                            + " disk, or have that one mounted with locks, see docs/scale.md",
                    e);
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// Whether the folder is taken by this channel; otherwise its file is gone, and another has to be made.
    private static boolean isMine(Path file, FileChannel channel, String part) throws IOException {
        if (!lockedSoon(channel)) {
            throw new IllegalArgumentException(
                    "another process" + holder(file) + " is at work " + (part.isEmpty() ? "" : "on " + part) + "in "
                            + file.getParent() + "; wait for it, or end it first");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner()));
        return isStill(file, channel);
    }

    /// `pid 4711 on node17`, and as many blanks as chance wants.
    private static byte[] owner() {
        String owner = "pid " + ProcessHandle.current().pid() + " on " + host()
                + " ".repeat(ThreadLocalRandom.current().nextInt(1 << 12));
        return owner.getBytes(StandardCharsets.UTF_8);
    }

    /// Asks the system first, as a network may take seconds to tell a machine its own name.
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException _) {
                return "a machine without a name";
            }
        }
    }

    /// Whoever had the lock may have taken the file away after it was opened here: then what was locked is nobody's,
    /// and another may have made a new one. The file must not be opened again to look, as closing it would give the
    /// lock back; its length tells.
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        try {
            return Files.size(file) == channel.size();
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        try {
            String words = Files.readString(file).strip();
            return words.isEmpty() ? "" : " (" + words + ")";
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /// Whether a process is at work in the folder, or on a shard in it.
    static boolean isTaken(Path folder) {
        return TileFile.list(folder).stream()
                .filter(file -> LOCK.matcher(file.getFileName().toString()).matches())
                .anyMatch(FolderLock::isHeld);
    }

    /// Whether a process is at work on a shard.
    static boolean isTaken(Path folder, Shard shard) {
        return isHeld(folder.resolve(file(shard)));
    }

    private static boolean isHeld(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return !locked(channel);
        } catch (NoLocks | NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// The same, tried again for a moment: who only looks whether somebody is at work has the lock that long.
    private static boolean lockedSoon(FileChannel channel) throws IOException {
        for (int again = 0; again < TRIES; again++) {
            if (locked(channel)) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
        return locked(channel);
    }

    /// Whether the lock is now ours; false: it is somebody's.
    static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        } catch (IOException e) {
            throw new NoLocks(e);
        }
    }

    /// The system has no lock to give, so nobody can hold one.
    static final class NoLocks extends IOException {
        private NoLocks(IOException refusal) {
            super(FileReason.of(refusal), refusal);
        }
    }

    /// Gives the folder back. A file that cannot be taken away holds nobody up: it is the lock on it that counts.
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            return;
        }
    }
}
