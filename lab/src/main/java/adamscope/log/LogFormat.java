package adamscope.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// How the logs of a kind are known, and what reads them.
///
/// @param words    for a message that lists what can be read
/// @param endings  of file names that promise one
/// @param begins   whether the first bytes of a file are those of one; texts are told by their shape
/// @param folder   whether a folder is one
/// @param inFolder what becomes of a file of this kind that is met in a folder
record LogFormat(
        String words,
        SourceReader reader,
        List<String> endings,
        Predicate<byte[]> begins,
        Predicate<Path> folder,
        InFolder inFolder) {

    /// What becomes of a file whose name promises a log, where a folder is read.
    enum InFolder {
        /// It is a log.
        LOG,
        /// It is one where it turns out to be; no loss if it does not.
        MAYBE,
        /// It is one under a name that promises a history.
        HISTORY,
        /// Its content tells which.
        BY_CONTENT,
        /// The same, and it is no loss if it is none.
        MAYBE_BY_CONTENT,
        /// All of one folder are one log.
        TOGETHER
    }

    /// Read in one piece.
    static LogFormat whole(String words, SourceReader.Whole reader) {
        return of(words, reader);
    }

    /// Read piece by piece, also while it is written.
    static LogFormat growing(String words, SourceReader.Growing reader) {
        return of(words, reader);
    }

    private static LogFormat of(String words, SourceReader reader) {
        return new LogFormat(words, reader, List.of(), head -> false, folder -> false, InFolder.LOG);
    }

    LogFormat named(String... known) {
        return new LogFormat(words, reader, List.of(known), begins, folder, inFolder);
    }

    LogFormat beginning(String text) {
        byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
        return beginning(head -> head.length >= start.length
                && new String(head, 0, start.length, StandardCharsets.ISO_8859_1).equals(text));
    }

    LogFormat beginning(Predicate<byte[]> known) {
        return new LogFormat(words, reader, endings, known, folder, inFolder);
    }

    LogFormat inFolder(InFolder part) {
        return new LogFormat(words, reader, endings, begins, folder, part);
    }

    LogFormat ofFolders(Predicate<Path> known) {
        return new LogFormat(words, reader, endings, begins, known, inFolder);
    }
}
