package adamscope.formula;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/// A statement that ends too soon: the grammar notices only in a later line, where nothing is wrong.
///
/// @param last    its last token
/// @param missing what the grammar takes next, empty where that is much
record CutStatement(Token last, String missing) {
    private static final List<String> GOES_ON = List.of("+", "-", "*", "/", "^", "(", "[", ",", "<-", "=");
    private static final List<String> BEGINS = List.of("optimizer", "hyper", "state", "precondition");
    private static final List<String> ASSIGNS = List.of("<-", "=");

    /// The statement before the token that does not fit, if it is cut.
    ///
    /// @param tokens up to the one that does not fit, it among them
    static Optional<CutStatement> before(List<Token> tokens, Parser parser) {
        int end = tokens.size() - 1;
        // x <- … in a new line: what does not fit is the arrow, what was cut ends before the name
        boolean assigned = end > 1
                && ASSIGNS.contains(tokens.get(end).getText())
                && tokens.get(end - 1).getType() == FormulaLexer.NAME;
        int next = assigned ? end - 1 : end;
        if (next < 1 || tokens.get(next - 1).getLine() == tokens.get(next).getLine()) {
            return Optional.empty();
        }
        Token last = tokens.get(next - 1);
        Token first = tokens.get(next);
        boolean cut = assigned || begins(first) && (goesOn(last) || !mayEnd(parser) || isAlone(tokens, next - 1));
        boolean one = !assigned && parser.getExpectedTokens().size() == 1;
        return cut ? Optional.of(new CutStatement(last, one ? SyntaxReport.expected(parser) : "")) : Optional.empty();
    }

    String problem() {
        return "the statement ends in '" + last.getText() + "'"
                + (missing.isEmpty() ? "; something has to follow in it" : " where " + missing + " is allowed");
    }

    private static boolean goesOn(Token token) {
        return GOES_ON.contains(token.getText());
    }

    private static boolean begins(Token token) {
        return token.getType() == IntStream.EOF
                || token.getType() == FormulaLexer.NAME
                || BEGINS.contains(token.getText());
    }

    /// Whether the grammar takes a new statement, or the end, where the error is.
    private static boolean mayEnd(Parser parser) {
        return parser.getExpectedTokens().toList().stream()
                .anyMatch(type -> type == IntStream.EOF
                        || parser.getVocabulary().getDisplayName(type).equals("'precondition'"));
    }

    /// Whether a name is all of its line, after a statement or a declaration.
    private static boolean isAlone(List<Token> tokens, int at) {
        return at > 0
                && tokens.get(at).getType() == FormulaLexer.NAME
                && tokens.get(at - 1).getLine() < tokens.get(at).getLine()
                && !goesOn(tokens.get(at - 1));
    }
}
