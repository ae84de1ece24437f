package adamscope.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Command lines as a person can paste them into a shell (POSIX; also bash and zsh).
public final class Shell {
    /// Words that every shell takes as they stand.
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+:,./^-][\\p{L}\\p{N}_@%+=:,./^-]*");

    private Shell() {}

    /// A word, in quotes where a shell would take it apart or change it.
    public static String word(Object word) {
        String text = word.toString();
        if (!text.codePoints().allMatch(Foreign::isVisible)) {
            return "$'" + text.codePoints().mapToObj(Shell::escaped).collect(Collectors.joining()) + "'";
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /// Messages are one line and show what they hold, so that a name with a line break in it is written as
    /// `$'a\nb'`, which bash, zsh and ksh read.
    private static String escaped(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\'', '\\' -> "\\" + (char) point;
            default ->
                Foreign.isVisible(point)
                        ? Character.toString(point)
                        : String.format(Locale.ROOT, point < 0x80 ? "\\%03o" : "\\U%08x", point);
        };
    }

    /// A call of the program.
    public static String call(List<String> arguments) {
        return "adamscope " + arguments.stream().map(Shell::word).collect(Collectors.joining(" "));
    }

    /// A call of the program.
    public static String call(Object... arguments) {
        return call(Arrays.stream(arguments).map(Object::toString).toList());
    }
}
