package adamscope.store;

import adamscope.probe.Measured;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// The rows of a [RowFile] on their way into columns.
final class RowColumns {
    private final LongStream.Builder steps = LongStream.builder();
    private final Map<String, DoubleStream.Builder> values = new LinkedHashMap<>();
    private final Map<String, Measured> declared = new LinkedHashMap<>();
    private int rows;

    /// @param columns in their order; empty: those that the file has
    RowColumns(List<Measured> columns) {
        columns.forEach(column -> {
            declared.put(column.name(), column);
            values.put(column.name(), DoubleStream.builder());
        });
    }

    /// Takes the rows of a file.
    ///
    /// @param whole whether a row that is cut off is damage; if not, the file is still written to
    void read(Path file, boolean whole) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                JsonParser json = new JsonMapper().createParser(in)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                row(json);
            }
        } catch (JsonParseException e) {
            if (whole || !(e instanceof JsonEOFException)) {
                throw unreadable(file, e);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UncheckedIOException unreadable(Path file, IOException e) {
        return new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
    }

    private void row(JsonParser json) throws IOException {
        long step = 0;
        Map<String, Double> row = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("step")) {
                step = json.getLongValue();
            } else {
                row.put(key, token == JsonToken.VALUE_NULL ? Double.NaN : json.getDoubleValue());
            }
        }
        steps.add(step);
        if (declared.isEmpty()) {
            row.keySet().stream().filter(key -> !values.containsKey(key)).forEach(key -> {
                DoubleStream.Builder column = DoubleStream.builder();
                for (int i = 0; i < rows; i++) {
                    column.add(Double.NaN);
                }
                values.put(key, column);
            });
        }
        values.forEach((name, column) -> column.add(row.getOrDefault(name, Double.NaN)));
        rows++;
    }

    /// The table of the rows so far.
    Table table(String name) {
        List<Column> all = new ArrayList<>();
        all.add(new Column.Integers("step", "steps", steps.build().toArray()));
        values.forEach((column, built) -> {
            double[] numbers = built.build().toArray();
            all.add(
                    declared.containsKey(column)
                            ? declared.get(column).column(numbers)
                            : new Column.Numbers(column, "", numbers));
        });
        return new Table(name, all);
    }
}
