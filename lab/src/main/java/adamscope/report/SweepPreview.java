package adamscope.report;

import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
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

    /// Draws the rows that are there.
    ///
    /// @param picture the thinned rows
    public static Figure of(Sweep sweep, Table picture) {
        return SweepFigure.of("preview", sweep, picture);
    }

    /// Writes a picture as `preview.png` in the folder.
    public static Path write(Path folder, Figure preview) {
        Path file = folder.resolve("preview.png");
        Path part = folder.resolve(".preview.part");
        try {
            Files.write(part, FigurePng.bytes(preview));
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
        }
    }
}
