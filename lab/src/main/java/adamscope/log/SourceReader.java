package adamscope.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/// What reads the logs of one kind.
sealed interface SourceReader {

    /// Reads a file, or a folder, in one piece.
    non-sealed interface Whole extends SourceReader {
        void read(Path file, CollectedRuns runs) throws IOException;
    }

    /// Begins with a file, which may be written on while it is read.
    non-sealed interface Growing extends SourceReader {
        Pieces of(Path file, CollectedRuns runs);
    }

    /// Reads on from a place in a file, and returns where the next piece begins.
    interface Pieces {
        /// @param following whether what is not yet whole waits; else it is the end of the file
        long read(long from, boolean following) throws IOException;
    }

    /// Of texts.
    ///
    /// @param rows what takes the lines of a file of that name
    static Growing lines(BiFunction<String, CollectedRuns, LineChunks.Sink> rows) {
        return (file, runs) -> {
            LineChunks.Sink sink = rows.apply(file.getFileName().toString(), runs);
            return (from, following) -> LineChunks.read(file, from, following, runs.single(), sink);
        };
    }

    /// Reads all of a source.
    static void read(LogSource source, CollectedRuns runs) throws IOException {
        boolean first = true;
        for (Path file : source.files()) {
            if (!first) {
                runs.goesOn(file);
            }
            first = false;
            switch (source.kind().format().reader()) {
                case Whole whole -> whole.read(file, runs);
                case Growing growing -> growing.of(file, runs).read(0, false);
            }
        }
        for (Path configuration : LogFolder.configurations(source.files().getFirst())) {
            for (RunPoints run : runs.runs()) {
                ConfigurationFile.read(configuration, run);
            }
        }
    }
}
