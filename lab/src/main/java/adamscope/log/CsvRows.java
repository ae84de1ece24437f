package adamscope.log;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Rows of a table, chunk by chunk; separator `,`, `;`, tab, `|` or blanks, with or without lines before it and a line
/// of names.
final class CsvRows {
    private static final String SEPARATORS = ",;\t|";
    private static final int MOST_FIELDS = 16_384;

    private final String file;
    private final CollectedRuns runs;
    private Optional<TableHead> head = Optional.empty();
    private boolean decimalComma;
    private Optional<CsvColumns> columns = Optional.empty();

    CsvRows(String file, CollectedRuns runs) {
        this.file = file;
        this.runs = runs;
    }

    /// Takes whole lines, see [LineChunks.Sink].
    void accept(byte[] bytes, int from, int to, boolean last) {
        int begin = from;
        if (columns.isEmpty() && startsWith(bytes, from, to, 0xEF, 0xBB, 0xBF)) {
            begin += 3;
        }
        accept(new String(bytes, begin, to - begin, StandardCharsets.UTF_8));
    }

    private static boolean startsWith(byte[] bytes, int from, int to, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (from + i >= to || (bytes[from + i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private void accept(String given) {
        String lines = given;
        if (head.isEmpty()) {
            List<String> first = lines.lines().limit(400).toList();
            TableHead found = TableHead.find(first).orElseGet(() -> new TableHead(0, separator(given), true));
            head = Optional.of(found);
            decimalComma = found.decimalComma(first);
            if (found.line() > 0) {
                lines = behind(lines, found.line());
                runs.single()
                        .remark(file + " begins with " + found.line()
                                + (found.line() == 1
                                        ? " line before its table; it was"
                                        : " lines before its table; they were")
                                + " passed over");
            }
        }
        lines = head.get().tabbed(lines);
        int failed = rows(lines);
        if (failed < 0) {
            return;
        }
        // From the line that could not be read on, each line by itself: an open quote costs no more than its line.
        int from = 0;
        for (int line = 1; from < lines.length(); line++) {
            int feed = lines.indexOf('\n', from);
            int end = feed < 0 ? lines.length() : feed + 1;
            if (line >= failed && rows(lines.substring(from, end)) >= 0) {
                runs.single().lost("lines of " + file + " are no CSV and were left out", 1);
            }
            from = end;
        }
    }

    private static String behind(String lines, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            from = lines.indexOf('\n', from) + 1;
        }
        return lines.substring(from);
    }

    /// Reads rows; the number of the line, from 1, that cannot be read, or -1.
    private int rows(String lines) {
        int line = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(head.orElseThrow().mark())
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(lines)) {
            Iterator<CsvRecord> rows = reader.iterator();
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                line = (int) row.getStartingLineNumber();
                for (int i = 0; i < row.getFieldCount(); i++) {
                    if (row.getField(i).indexOf('\n') >= 0) {
                        return line;
                    }
                }
                if (row.getFieldCount() > MOST_FIELDS) {
                    return line;
                }
                row(row);
                line++;
            }
            return -1;
        } catch (CsvParseException | UncheckedIOException | NoSuchElementException _) {
            return line;
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void row(CsvRecord row) {
        if (row.getFieldCount() == 1 && row.getField(0).isBlank()
                || row.getField(0).startsWith("#")
                || TableHead.ruling(row.getFields())) {
            return;
        }
        if (columns.isPresent()) {
            columns.get().row(row);
        } else {
            columns = Optional.of(CsvColumns.of(file, row, decimalComma, runs));
        }
    }

    /// The separator that the first line holds most of; a blank if it holds none.
    private static char separator(String lines) {
        String first = lines.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        char best = ' ';
        long most = 0;
        for (char candidate : SEPARATORS.toCharArray()) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best == ' ' && !first.strip().contains(" ") ? ',' : best;
    }
}
