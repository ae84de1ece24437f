package adamscope.serve;

import adamscope.diagnosis.RunComparison;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import adamscope.report.DiagnosedRun;
import adamscope.report.DiagnosisPage;
import adamscope.report.ReportHtml;
import adamscope.run.LogDiagnosis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A log that somebody dropped onto a page: held in a file of its own while it is read, and then gone.
///
/// @param name as the browser calls it; its ending may tell its kind
record DroppedLog(String name) {
    static final long MOST_BYTES = 1L << 28;

    private static final int LONGEST_NAME = 100;
    private static final int AT_ONCE = 1 << 16;

    /// The page of its diagnosis.
    ///
    /// @param turns for the diagnosis once all of it is here
    /// @throws IllegalArgumentException if it is no log
    String page(InputStream body, Turns turns) {
        try {
            Path folder = Files.createTempDirectory("adamscope-log");
            Path file = folder.resolve(fileName());
            try {
                copy(body, file);
                return turns.take(() -> page(file));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(withoutFolder(wrong.getMessage(), folder), wrong);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(Path file) {
        LogDiagnosis unknown = LogDiagnosis.ofUnknown();
        List<DiagnosedRun> runs = LogReader.read(file, NameMap.byDefault()).stream()
                .map(log -> renamed(log, file.getParent()))
                .map(log -> new DiagnosedRun(unknown.of(log), List.of()))
                .toList();
        Optional<RunComparison> across = runs.size() > 1 && runs.size() <= RunComparison.MOST
                ? Optional.of(RunComparison.of(
                        runs.stream().map(DiagnosedRun::diagnosis).toList()))
                : Optional.empty();
        return ReportHtml.text(DiagnosisPage.of(runs, across));
    }

    private static RunLog renamed(RunLog log, Path folder) {
        return new RunLog(
                withoutFolder(log.name(), folder),
                log.table(),
                log.hyper(),
                log.remarks().stream()
                        .map(remark -> withoutFolder(remark, folder))
                        .toList(),
                log.facts());
    }

    private static String withoutFolder(String text, Path folder) {
        return text.replace(folder + folder.getFileSystem().getSeparator(), "");
    }

    /// Its last part, without what would make it another file.
    String fileName() {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}:*?\"|]", "_")
                .replaceFirst("^\\.+", "");
        return last.isBlank() ? "log" : last.substring(Math.max(0, last.length() - LONGEST_NAME));
    }

    private static void copy(InputStream body, Path file) throws IOException {
        byte[] part = new byte[AT_ONCE];
        long all = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = Asked.read(body, part); read >= 0; read = Asked.read(body, part)) {
                all += read;
                if (all > MOST_BYTES) {
                    throw Asked.tooLarge(body, MOST_BYTES);
                }
                out.write(part, 0, read);
            }
        }
    }
}
