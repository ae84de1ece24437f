package adamscope.formula;

import adamscope.text.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/// Turns what the parser cannot take into a [FormulaException]: the place where a person went wrong, which may be
/// before the one where the grammar noticed, what stands there and what is allowed.
final class SyntaxReport extends BaseErrorListener {
    /// Tokens that are looked at for a slip: 2m and g**2 are noticed up to so many later.
    private static final int MOST = 4;

    private final String source;

    SyntaxReport(String source) {
        this.source = source;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object offending,
            int line,
            int column,
            String message,
            RecognitionException cause) {
        if (recognizer instanceof Lexer lexer) {
            throw new FormulaException(source, line, column + 1, sign(lexer));
        }
        if (recognizer instanceof Parser parser && offending instanceof Token token) {
            List<Token> tokens = upTo(parser, token);
            slip(tokens)
                    .or(() -> CutStatement.before(tokens, parser).map(cut -> new Slip(cut.last(), cut.problem())))
                    .ifPresent(slip -> {
                        throw FormulaReader.fault(source, slip.at(), slip.problem());
                    });
            throw new FormulaException(
                    source, line, column + 1, "found " + shown(token) + " where " + expected(parser) + " is allowed");
        }
        throw new FormulaException(source, line, column + 1, message);
    }

    private static String sign(Lexer lexer) {
        int at = lexer._tokenStartCharIndex;
        String found = lexer._input.getText(Interval.of(at, at));
        return "'" + visible(found) + "' has no meaning in a formula" + meant(found);
    }

    /// A character that shows nothing, or moves others about, by its number.
    private static String visible(String found) {
        int point = found.codePointAt(0);
        return Foreign.isVisible(point) ? found : Foreign.number(point);
    }

    /// What to write instead of signs that look like mathematics.
    private static String meant(String found) {
        return switch (found) {
            case "\u2212", "\u2013" -> "; write a minus as -";
            case "×", "·", "⋅" -> "; write a product as *";
            case "÷", "⁄" -> "; write a quotient as /";
            case "←" -> "; write <-";
            case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" -> "; write a power as x^2";
            case ">", "<", "?", "≥", "≤" -> "; a condition is a factor, such as max(sign(a), 0) for a > 0";
            case "|", "∣", "‖" -> "; write a magnitude as abs(x)";
            case "√" -> "; write a root as sqrt(x)";
            case "π" -> "; write 3.141592653589793";
            case ";" -> "; each statement has a line of its own";
            case "." -> "; functions are written as sqrt(x)";
            default -> "";
        };
    }

    private static String shown(Token token) {
        return token.getType() == IntStream.EOF ? "the end of the text" : "'" + token.getText() + "'";
    }

    /// A common slip, at the token where it was made.
    private record Slip(Token at, String problem) {}

    /// The tokens up to the one that does not fit, it among them; comments left out.
    private static List<Token> upTo(Parser parser, Token offending) {
        List<Token> all = new ArrayList<>();
        for (int i = 0; i <= offending.getTokenIndex(); i++) {
            Token token = parser.getTokenStream().get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                all.add(token);
            }
        }
        return all;
    }

    private static Optional<Slip> slip(List<Token> tokens) {
        int end = tokens.size() - 1;
        for (int i = end; i > Math.max(0, end - MOST); i--) {
            Token before = tokens.get(i - 1);
            Token after = tokens.get(i);
            if (before.getLine() != after.getLine()) {
                continue;
            }
            if (before.getText().equals("*") && after.getText().equals("*")) {
                return Optional.of(new Slip(before, "found '**'; write a power as x^2"));
            }
            if (endsFactor(before) && beginsFactor(after, before) && !declares(tokens, after.getLine())) {
                return Optional.of(new Slip(
                        after,
                        "found '" + after.getText() + "' right after '" + before.getText()
                                + "'; write a product with *, as in 2*x"));
            }
        }
        boolean noStart = end > 1
                && List.of("state", ",").contains(tokens.get(end - 2).getText())
                && tokens.get(end - 1).getType() == FormulaLexer.NAME
                && declares(tokens, tokens.get(end - 2).getLine())
                && !tokens.get(end).getText().equals("=");
        String name = tokens.get(Math.max(0, end - 1)).getText();
        return noStart
                ? Optional.of(
                        new Slip(tokens.get(end - 1), "the state '" + name + "' has no start; write " + name + " = 0"))
                : Optional.empty();
    }

    /// Whether a line holds no formula, or few.
    private static boolean declares(List<Token> tokens, int line) {
        return tokens.stream()
                .anyMatch(token -> token.getLine() == line
                        && List.of("optimizer", "hyper", "state").contains(token.getText()));
    }

    private static boolean endsFactor(Token token) {
        return List.of(FormulaLexer.NUMBER, FormulaLexer.NAME).contains(token.getType())
                || token.getText().equals(")");
    }

    private static boolean beginsFactor(Token token, Token before) {
        return token.getType() == FormulaLexer.NAME
                || token.getText().equals("(") && before.getType() != FormulaLexer.NAME
                || token.getType() == FormulaLexer.NUMBER && before.getText().equals(")");
    }

    static String expected(Parser parser) {
        List<String> allowed = parser.getExpectedTokens().toList().stream()
                .map(type -> type == IntStream.EOF
                        ? "the end"
                        : parser.getVocabulary().getDisplayName(type))
                .map(shown -> switch (shown) {
                    case "NAME" -> "a name";
                    case "NUMBER" -> "a number";
                    case "STRING" -> "a text in quotes";
                    default -> shown;
                })
                .toList();
        return allowed.size() == 1 ? allowed.getFirst() : "one of " + allowed;
    }
}
