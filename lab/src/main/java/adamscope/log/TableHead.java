package adamscope.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where in a text a table begins, and what parts its columns.
///
/// @param line      the first line of the table, from 0: names, or numbers where it has none
/// @param separator a comma, semicolon, tab, bar, or [#BLANKS], [#WIDE_BLANKS]
/// @param named     whether that line holds names
record TableHead(int line, char separator, boolean named) {
    /// One or more blanks part two columns.
    static final char BLANKS = ' ';

    /// Two or more blanks part two columns, so that names may hold one.
    static final char WIDE_BLANKS = '\u2003';

    private static final String SEPARATORS = ",;\t|" + WIDE_BLANKS + BLANKS;
    private static final int DEEPEST = 60;
    private static final Pattern ONE = Pattern.compile("[ \t]+");
    private static final Pattern TWO = Pattern.compile(" {2,}|\t+");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+");
    private static final Pattern NUMBERS = Pattern.compile("\\[[-+0-9.eE,\\s naif]*\\]");

    /// The first table in the beginning of a text.
    static Optional<TableHead> find(List<String> lines) {
        List<String> told = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < lines.size() && told.size() < DEEPEST + 4; i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#") && !ruling(lines.subList(i, i + 1))) {
                told.add(lines.get(i));
                places.add(i);
            }
        }
        for (int i = 0; i < Math.min(told.size(), DEEPEST); i++) {
            for (char separator : SEPARATORS.toCharArray()) {
                Optional<Boolean> named = begins(told, i, separator);
                if (named.isPresent()) {
                    return Optional.of(new TableHead(places.get(i), separator, named.get()));
                }
            }
            if (column(told, i)) {
                return Optional.of(new TableHead(places.get(i), ',', !numeric(told.get(i))));
            }
        }
        return Optional.empty();
    }

    /// A line that is drawn below names or between rows: `|---|:--:|`, `+----+`, `=====  ====`.
    static boolean ruling(List<String> fields) {
        boolean drawn = false;
        for (String field : fields) {
            if (field.chars().anyMatch(c -> "-=+|: \t".indexOf(c) < 0)) {
                return false;
            }
            drawn |= field.contains("--") || field.contains("==");
        }
        return drawn;
    }

    /// Whether from a line on there is one word or number a line.
    private static boolean column(List<String> lines, int at) {
        List<String> some = lines.subList(at, Math.min(at + 4, lines.size()));
        boolean bare = some.stream().allMatch(line -> ONE.split(line.strip()).length == 1);
        boolean numbers = some.size() > 1 && some.stream().skip(1).allMatch(TableHead::numeric);
        return bare && numbers && (numeric(some.getFirst()) ? at == 0 : known(bare(some.getFirst())));
    }

    /// Whether a table begins at a line, and with names.
    private static Optional<Boolean> begins(List<String> lines, int at, char separator) {
        String[] head = split(lines.get(at), separator);
        boolean words = Arrays.stream(head).noneMatch(TableHead::numeric)
                && Arrays.stream(head).filter(field -> !field.isBlank()).count() * 2 >= head.length;
        if (head.length < 2) {
            return Optional.empty();
        }
        if (words) {
            boolean known = Arrays.stream(head).map(TableHead::bare).anyMatch(TableHead::known);
            boolean first = at == 0 && separator != BLANKS && separator != WIDE_BLANKS;
            if (at + 1 == lines.size()) {
                return known && first ? Optional.of(true) : Optional.empty();
            }
            return (known || first) && row(lines.get(at + 1), separator, head.length)
                    ? Optional.of(true)
                    : Optional.empty();
        }
        boolean rows = at == 0 && (bareRow(head) || tagged(head, separator));
        for (int next = at + 1; rows && next < Math.min(lines.size(), at + 3); next++) {
            rows = split(lines.get(next), separator).length == head.length;
        }
        return rows ? Optional.of(false) : Optional.empty();
    }

    /// A line of as many fields, of which one is a number and half are numbers or empty.
    private static boolean row(String line, char separator, int fields) {
        String[] row = split(line, separator);
        long numbers = Arrays.stream(row).filter(TableHead::numeric).count();
        long blank = Arrays.stream(row).filter(String::isBlank).count();
        boolean alike = separator == BLANKS ? row.length == fields : row.length <= fields + 1;
        return alike && numbers > 0 && 2 * (numbers + blank + Math.max(0, fields - row.length)) >= fields;
    }

    private static boolean bareRow(String[] fields) {
        return Arrays.stream(fields).allMatch(field -> numeric(field) || field.isBlank()) && numeric(fields[0]);
    }

    /// `0 train 10.98`
    private static boolean tagged(String[] fields, char separator) {
        return separator == BLANKS
                && fields.length == 3
                && numeric(fields[0])
                && !numeric(fields[1])
                && numeric(fields[2])
                && fields[1].chars().allMatch(Character::isLetter);
    }

    private static boolean known(String name) {
        return StepNames.rank(name) >= 0 || Recognition.read(name).isPresent();
    }

    private static String bare(String field) {
        return field.strip().replaceAll("^\"|\"$", "");
    }

    private static boolean numeric(String field) {
        String bare = bare(field);
        return WrittenNumber.number(bare).isPresent()
                || WrittenNumber.number(bare, true).isPresent()
                || bare.startsWith("[") && NUMBERS.matcher(bare).matches();
    }

    /// The fields of a line.
    static String[] split(String line, char separator) {
        return switch (separator) {
            case BLANKS -> ONE.split(line.strip(), -1);
            case WIDE_BLANKS -> TWO.split(line.strip(), -1);
            default ->
                line.indexOf('"') < 0
                        ? line.split(Pattern.quote(String.valueOf(separator)), -1)
                        : quoted(line, separator);
        };
    }

    /// Fields between which separators inside of quotes do not part.
    private static String[] quoted(String line, char separator) {
        List<String> fields = new ArrayList<>();
        boolean inside = false;
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            inside ^= line.charAt(i) == '"';
            if (!inside && line.charAt(i) == separator) {
                fields.add(line.substring(from, i));
                from = i + 1;
            }
        }
        fields.add(line.substring(from));
        return fields.toArray(String[]::new);
    }

    /// Lines whose columns blanks part, with tabs instead.
    String tabbed(String lines) {
        if (separator != BLANKS && separator != WIDE_BLANKS) {
            return lines;
        }
        StringBuilder tabbed = new StringBuilder(lines.length());
        lines.lines()
                .forEach(line ->
                        tabbed.append(String.join("\t", split(line, separator))).append('\n'));
        return tabbed.toString();
    }

    /// The separator behind [#tabbed].
    char mark() {
        return separator == BLANKS || separator == WIDE_BLANKS ? '\t' : separator;
    }

    /// Whether commas stand before the fractions of numbers in these lines; where commas part columns too, in quotes.
    boolean decimalComma(List<String> lines) {
        boolean comma = false;
        for (String line : lines.subList(Math.min(line() + 1, lines.size()), lines.size())) {
            for (String field : split(line, separator)) {
                String bare = bare(field);
                if (bare.indexOf('.') >= 0
                        && WrittenNumber.number(bare).isPresent()
                        && !WrittenNumber.mayBeGrouped(bare)) {
                    return false;
                }
                comma |= bare.matches("[+-]?\\d+(\\.\\d{3})*,\\d+([eE][+-]?\\d+)?")
                        && !(mark() == ',' && THOUSANDS.matcher(bare).matches());
            }
        }
        return comma;
    }
}
