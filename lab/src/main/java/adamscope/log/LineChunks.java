package adamscope.log;

import java.io.IOException;
import java.nio.file.Path;

/// A text file in chunks of whole lines, for files larger than the memory and files that still grow.
final class LineChunks {
    private static final int CHUNK = 1 << 20;

    /// No row of a log comes near.
    private static final int LONGEST_LINE = 1 << 24;

    private LineChunks() {}

    /// Takes whole lines.
    interface Sink {
        /// @param last whether nothing follows; the last line may lack its end
        void accept(byte[] bytes, int from, int to, boolean last);
    }

    /// Reads from a place to the last line end, or to the end of the file.
    ///
    /// @param growing whether a line without an end may still be completed, so must wait
    /// @return the place behind what was read
    static long read(Path file, long from, boolean growing, RunPoints run, Sink sink) throws IOException {
        try (FileWindow window = FileWindow.open(file, from)) {
            int wanted = CHUNK;
            boolean dropping = false;
            while (true) {
                int there = window.fill(wanted);
                boolean atEnd = there < wanted;
                int lines = atEnd && !growing ? there : afterLastLineEnd(window, there);
                if (dropping && lines > 0) {
                    lines = afterFirstLineEnd(window, there);
                    dropping = false;
                } else if (lines > 0) {
                    sink.accept(window.bytes(), window.start(), window.start() + lines, atEnd);
                    wanted = CHUNK;
                } else if (!atEnd && (wanted >= LONGEST_LINE || dropping)) {
                    run.lost(
                            "lines of " + file.getFileName() + " are longer than 16 MiB and were left out",
                            dropping ? 0 : 1);
                    dropping = true;
                    lines = there;
                    wanted = CHUNK;
                } else if (!atEnd) {
                    wanted *= 4;
                }
                window.skip(lines);
                if (atEnd && (lines == 0 || window.held() == 0)) {
                    window.damage()
                            .ifPresent(why -> run.remark(file.getFileName()
                                    + " is damaged after " + window.position()
                                    + " unpacked bytes (" + why + "); what follows is lost"));
                    return window.position();
                }
            }
        }
    }

    private static int afterLastLineEnd(FileWindow window, int there) {
        for (int i = there; i > 0; i--) {
            if (window.bytes()[window.start() + i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private static int afterFirstLineEnd(FileWindow window, int there) {
        for (int i = 0; i < there; i++) {
            if (window.bytes()[window.start() + i] == '\n') {
                return i + 1;
            }
        }
        return there;
    }
}
