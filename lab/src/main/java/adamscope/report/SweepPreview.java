package adamscope.report;

import adamscope.experiment.Sweep;
import adamscope.figure.FigurePng;
import adamscope.table.Table;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The picture of a sweep that is not finished.
public final class SweepPreview {
    private SweepPreview() {}

    /// Draws the rows that are there, as `preview.png` in the folder.
    ///
    /// @param picture the thinned rows
    public static Path write(Path folder, Sweep sweep, Table picture) {
        Path file = folder.resolve("preview.png");
        Path part = folder.resolve(".preview.part");
        try {
            Files.write(part, FigurePng.bytes(SweepFigure.of("preview", sweep, picture)));
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
        }
    }
}
