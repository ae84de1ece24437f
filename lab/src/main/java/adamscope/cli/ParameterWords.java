package adamscope.cli;

import adamscope.shape.Decimal;
import adamscope.shape.Shape;
import adamscope.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in the words of this program in place of picocli's.
final class ParameterWords {
    private static final long LARGEST_INT = Integer.MAX_VALUE;

    private ParameterWords() {}

    /// Numbers are read as everywhere else: `2e4` is a whole number.
    static void readNumbers(CommandLine line) {
        line.registerConverter(int.class, text -> (int) whole(text, LARGEST_INT));
        line.registerConverter(Integer.class, text -> (int) whole(text, LARGEST_INT));
        line.registerConverter(long.class, text -> whole(text, Long.MAX_VALUE));
        line.registerConverter(Long.class, text -> whole(text, Long.MAX_VALUE));
        line.registerConverter(double.class, ParameterWords::number);
        line.registerConverter(Double.class, ParameterWords::number);
    }

    private static long whole(String text, long most) {
        try {
            return Decimal.whole("", text, 0, most);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static double number(String text) {
        try {
            return Decimal.read("", text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /// The message, with where to read on.
    static String of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        return message(e, command) + " (see " + command.qualifiedName() + " --help)";
    }

    private static String message(ParameterException e, CommandSpec command) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched.getUnmatched(), command);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice ->
                twice.getOverwritten() == null ? e.getMessage() : name(twice.getOverwritten()) + " is given twice";
            default -> e.getArgSpec() == null || e.getValue() == null ? e.getMessage() : unreadable(e);
        };
    }

    private static String unknown(List<String> words, CommandSpec command) {
        Optional<String> option =
                words.stream().filter(word -> word.startsWith("-")).findFirst();
        if (option.isPresent()) {
            String name = option.get().replaceFirst("=.*", "");
            return "no option '" + name + "'"
                    + Nearest.hint(
                            name,
                            command.options().stream()
                                    .flatMap(known -> Arrays.stream(known.names()))
                                    .toList());
        }
        String word = words.getFirst();
        if (!command.subcommands().isEmpty()) {
            return "no command '" + word + "'"
                    + Nearest.hint(word, command.subcommands().keySet());
        }
        List<String> takes =
                command.positionalParameters().stream().map(ArgSpec::paramLabel).toList();
        return "'" + word + "' is one word too many; "
                + (takes.isEmpty()
                        ? command.qualifiedName() + " takes options only"
                        : "there is " + String.join(" ", takes) + " and no more");
    }

    private static String missing(MissingParameterException e) {
        if (e.getMissing().size() == 1
                && e.getMissing().getFirst() instanceof OptionSpec option
                && e.getMessage().startsWith("Missing required parameter for option")) {
            return option.longestName() + " is without its value, " + option.paramLabel();
        }
        return Shape.missing(e.getMissing().stream().map(ParameterWords::name).toList());
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    /// A value of the wrong kind: the reader of numbers says what is wrong with it, of words there is a list.
    private static String unreadable(ParameterException e) {
        ArgSpec arg = e.getArgSpec();
        Class<?> type = arg.type();
        if (type.isEnum()) {
            List<String> words =
                    Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
            return name(arg) + " = " + e.getValue() + " is none of " + words + Nearest.hint(e.getValue(), words);
        }
        String picocli = "Invalid value for [^:]*?'" + java.util.regex.Pattern.quote(name(arg)) + "'[^:]*: ";
        String said = e.getMessage().replaceFirst(picocli, "").strip();
        return name(arg) + (said.startsWith("=") ? " " + said : ": " + said);
    }
}
