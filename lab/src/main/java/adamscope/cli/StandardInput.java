package adamscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Standard input as a file, so that it is read as any other log: of any kind, and anew where it grows. The file goes
/// when the program ends.
final class StandardInput {
    /// How standard input is named among the files of a command.
    static final String NAME = "-";

    private final Path file;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean over;

    private StandardInput(Path file) {
        this.file = file;
    }

    /// Copies standard input to its end.
    static StandardInput read(InputStream in) {
        StandardInput input = new StandardInput(place());
        try {
            Files.copy(in, input.file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input: " + e.getMessage(), e);
        }
        if (input.file.toFile().length() == 0) {
            throw new IllegalArgumentException("standard input is empty");
        }
        input.over = true;
        return input;
    }

    /// Copies standard input while it comes; returns when the first of it has come.
    static StandardInput follow(InputStream in) {
        StandardInput input = new StandardInput(place());
        Thread.ofPlatform().daemon().name("standard input").start(() -> input.copy(in));
        try {
            input.begun.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (input.over && input.file.toFile().length() == 0) {
            throw new IllegalArgumentException("standard input is empty");
        }
        return input;
    }

    private static Path place() {
        try {
            Path folder = Files.createTempDirectory("adamscope-");
            Path file = folder.resolve("standard input");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hold standard input: " + e.getMessage(), e);
        }
    }

    private void copy(InputStream in) {
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                begun.countDown();
            }
        } catch (IOException _) {
            // A pipe that breaks ends the input; what came before it is there.
        } finally {
            over = true;
            begun.countDown();
        }
    }

    Path file() {
        return file;
    }

    /// Whether nothing more will come.
    boolean over() {
        return over;
    }
}
