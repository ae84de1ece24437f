package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.store.JsonDocument;
import adamscope.store.RunQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes the rows of an answer as they come.
sealed interface Answer extends RunQuery.Rows {

    /// After the last row.
    void end();

    static Answer to(Console console, CommandQuery.AnswerFormat format) {
        return switch (format) {
            case table -> new Aligned(console);
            case csv -> new Separated(console);
            case json -> new Document(console, new ArrayList<>(), new ArrayList<>());
        };
    }

    /// Columns aligned by their first rows.
    final class Aligned implements Answer {
        private static final int HELD = 500;

        private final Console console;
        private final List<List<String>> held = new ArrayList<>();
        private int[] widths;

        Aligned(Console console) {
            this.console = console;
        }

        @Override
        public void columns(List<String> names) {
            held.add(names);
        }

        @Override
        public void row(List<Object> values) {
            held.add(values.stream()
                    .map(Answer::text)
                    .map(text -> text.strip().replaceAll("\\R", "; "))
                    .toList());
            if (widths != null || held.size() > HELD) {
                end();
            }
        }

        @Override
        public void end() {
            if (widths == null) {
                widths = new int[held.getFirst().size()];
                held.forEach(row -> {
                    for (int i = 0; i < widths.length; i++) {
                        widths[i] = Math.max(widths[i], row.get(i).length());
                    }
                });
            }
            held.forEach(this::write);
            held.clear();
        }

        private void write(List<String> row) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(row.get(i));
                line.repeat(
                        " ",
                        i == row.size() - 1
                                ? 0
                                : Math.max(0, widths[i] - row.get(i).length()));
            }
            console.line(line.toString());
        }
    }

    /// Comma-separated values, RFC 4180; what is missing is empty.
    record Separated(Console console) implements Answer {
        @Override
        public void columns(List<String> names) {
            console.line(names.stream().map(Separated::quoted).collect(Collectors.joining(",")));
        }

        @Override
        public void row(List<Object> values) {
            console.line(
                    values.stream().map(Answer::text).map(Separated::quoted).collect(Collectors.joining(",")));
        }

        private static String quoted(String text) {
            return text.matches("(?s).*[\",\\r\\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
        }

        @Override
        public void end() {}
    }

    /// One JSON document: `columns` and `rows`, each row an object.
    record Document(Console console, List<String> names, List<Map<String, Object>> rows) implements Answer {
        @Override
        public void columns(List<String> found) {
            names.addAll(found);
        }

        @Override
        public void row(List<Object> values) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(names.get(i), plain(values.get(i)));
            }
            rows.add(row);
        }

        @Override
        public void end() {
            console.json("query", JsonDocument.object("columns", names, "rows", rows));
        }

        /// Sums of integers come as large integers.
        private static Object plain(Object value) {
            return switch (value) {
                case BigInteger whole when whole.bitLength() < Long.SIZE -> whole.longValue();
                case BigDecimal number -> number.doubleValue();
                case Short number -> number.longValue();
                case Byte number -> number.longValue();
                case null, default -> value;
            };
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Double number
            when !Double.isNaN(number) -> (number < 0 ? "-" : "") + new PlainText().number(Math.abs(number));
            default -> value.toString();
        };
    }
}
