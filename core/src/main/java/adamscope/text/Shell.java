package adamscope.text;

import java.util.Arrays;
import java.util.List;
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
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
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
