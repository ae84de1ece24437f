package adamscope.data;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import adamscope.text.FileReason;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of numbers in a CSV file, with the names of its columns in the first line: regression.
///
/// @param targets     columns to predict; the other ones are the inputs
/// @param standardise whether each input column becomes (x − μ)/σ with its mean and (population) deviation over the
/// rows
///                    that are read, zeros where σ = 0; targets stay as they are
/// @param first       the first so many rows; 0: all
public record TableSource(Path file, List<String> targets, boolean standardise, int first) implements DataSource {
    static final Shape<TableSource> SHAPE = Shape.of(keys -> {
        var file = keys.add(Key.of("file", Forms.path(), "CSV with the names of its columns"), TableSource::file);
        var targets = keys.add(
                Key.of("targets", Forms.list(Forms.text(), "words"), "columns to predict"), TableSource::targets);
        var standardise = keys.add(
                Key.of("standardise", Forms.truth(), "whether inputs get mean 0 and deviation 1")
                        .orElse(true)
                        .writing(String::valueOf),
                TableSource::standardise);
        var first = keys.add(DataSource.first(), TableSource::first);
        return in -> new TableSource(in.get(file), in.get(targets), in.get(standardise), in.get(first));
    });

    public TableSource {
        targets = List.copyOf(targets);
        if (targets.isEmpty() || first < 0) {
            throw new IllegalArgumentException(
                    "targets = " + targets + ", first = " + first + ": one target or more, first at least 0 (all)");
        }
    }

    @Override
    public DataSet read(Place place) {
        DataFiles.refuseMissing(file);
        List<double[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : csv) {
                if (names.isEmpty()) {
                    names.addAll(columns(row.getHeader()));
                }
                if (first > 0 && rows.size() == first) {
                    break;
                }
                rows.add(names.stream().mapToDouble(name -> number(row, name)).toArray());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        } catch (UncheckedIOException | CsvParseException e) {
            throw new IllegalArgumentException(
                    file + ": " + e.getMessage() + ": "
                            + (e.getCause() == null ? "" : e.getCause().getMessage()),
                    e);
        }
        if (rows.size() < Math.max(1, first)) {
            throw new IllegalArgumentException(
                    file + " has " + rows.size() + " rows below the names; " + Math.max(1, first) + " are wanted");
        }
        return samples(rows, names.size() - targets.size(), place);
    }

    /// The columns, inputs first.
    private List<String> columns(List<String> header) {
        for (String target : targets) {
            if (!header.contains(target)) {
                throw new IllegalArgumentException(
                        file + ", line 1: there is no column '" + target + "'; there are " + header);
            }
        }
        List<String> names = new ArrayList<>(
                header.stream().filter(name -> !targets.contains(name)).toList());
        if (names.isEmpty()) {
            throw new IllegalArgumentException(file + ": all columns are targets; at least one must be an input");
        }
        names.addAll(targets);
        return names;
    }

    private double number(NamedCsvRecord row, String name) {
        String text = row.findField(name)
                .orElseThrow(() -> new IllegalArgumentException(file + ", line " + row.getStartingLineNumber()
                        + ": the row ends before column '" + name + "'"));
        try {
            double number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with where it stands.
        }
        throw new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s, line %d: '%s' in column '%s', expected a finite number",
                file,
                row.getStartingLineNumber(),
                text,
                name));
    }

    private DataSet samples(List<double[]> rows, int width, Place place) {
        if (standardise) {
            for (int column = 0; column < width; column++) {
                standardise(rows, column);
            }
        }
        double[] inputs = rows.stream()
                .flatMapToDouble(row -> java.util.Arrays.stream(row, 0, width))
                .toArray();
        double[] outputs = rows.stream()
                .flatMapToDouble(row -> java.util.Arrays.stream(row, width, row.length))
                .toArray();
        return new DataSet(
                new Samples(
                        place.tensor(inputs, rows.size(), width),
                        place.tensor(outputs, rows.size(), targets.size()),
                        place),
                new DataShape.Vectors(width, targets.size()));
    }

    private static void standardise(List<double[]> rows, int column) {
        double mean = rows.stream().mapToDouble(row -> row[column]).average().orElseThrow();
        double variance = rows.stream()
                .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(variance);
        rows.forEach(row -> row[column] = deviation == 0 ? 0 : (row[column] - mean) / deviation);
    }
}
