package adamscope.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program in another language that does the work of [PhaseWork], of `bench/peers`: it prints nanoseconds of
/// processor time a point and asked step.
///
/// @param command that starts it; the size of the work follows
record Peer(String name, List<String> command) {

    /// Runs it.
    double nanoseconds(PhaseWork work) {
        return Double.parseDouble(firstLine(arguments(work)).split(" ")[0]);
    }

    /// What it found: for each point x at the end, least |x|, √v and |g| where v/g² was greatest.
    DoubleBuffer results(PhaseWork work) {
        try {
            Path file = Files.createTempFile("adamscope-peer", ".bin");
            try {
                List<String> arguments = arguments(work);
                arguments.add(file.toString());
                firstLine(arguments);
                return ByteBuffer.wrap(Files.readAllBytes(file))
                        .order(ByteOrder.nativeOrder())
                        .asDoubleBuffer();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments(PhaseWork work) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("" + work.side(), "" + work.steps(), "" + PhaseWork.LR));
        return arguments;
    }

    private String firstLine(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                if (process.waitFor() != 0 || line == null) {
                    throw new IllegalStateException(name + " ended with code " + process.exitValue());
                }
                return line;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
