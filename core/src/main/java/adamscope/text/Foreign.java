package adamscope.text;

import java.util.Locale;
import java.util.stream.Collectors;

/// Text of others as people may be shown it: nothing in it moves the cursor, turns the direction of writing or fills
/// the screen.
public final class Foreign {
    /// As many characters as a message may have: more than any message of ours, less than a screen.
    private static final int LONGEST = 2000;

    private Foreign() {}

    /// The text with every character that shows nothing or moves its neighbours written as its number, `[U+202E]`;
    /// line ends and tabs stay.
    public static String visible(String text) {
        if (text.codePoints().allMatch(point -> isVisible(point) || point == '\n' || point == '\t')) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isVisible(point) || point == '\n' || point == '\t') {
                shown.appendCodePoint(point);
            } else {
                shown.append('[').append(number(point)).append(']');
            }
        });
        return shown.toString();
    }

    /// One line of at most about 2,000 characters; of a longer text its two ends, as the end tells what to do.
    public static String line(String text) {
        String line = text.replaceAll("\\R", "\n")
                .lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        if (line.length() > LONGEST) {
            int head = whole(line, LONGEST * 3 / 5);
            int tail = whole(line, line.length() - LONGEST * 2 / 5);
            line = line.substring(0, head)
                    + String.format(Locale.ROOT, " [… %,d characters …] ", tail - head)
                    + line.substring(tail);
        }
        return visible(line);
    }

    /// Whether a reader sees that the character is there, and where.
    public static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// The character's number as Unicode writes it.
    public static String number(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }

    /// The place itself, or the one before it where it would part a pair of surrogates.
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1))
                ? at - 1
                : at;
    }
}
