package adamscope.model;

import java.util.Set;

/// The text of a TorchScript module, word by word.
final class TorchScriptCode {
    /// Names of the operators that reach files, libraries or objects of C++. Also as names of attributes, because
    /// `x.save("f")` is `torch.save(x, "f")`, and as texts, because `getattr(torch, "save")` is.
    private static final Set<String> FORBIDDEN = Set.of("save", "load", "from_file", "load_library", "load_inline");

    /// Deeper than PyTorch writes; the stack of libtorch's reader ends at some hundreds.
    private static final int DEEPEST = 100;

    /// Signs and operators in a row, which a reader nests too.
    private static final int LONGEST_CHAIN = 200;

    private final String text;
    private int at;
    private int line = 1;
    private int depth;
    private int chain;

    private TorchScriptCode(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException at the first word that may not be there
    static void check(String text) {
        new TorchScriptCode(text).check();
    }

    private void check() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isLetter(c) || c == '_') {
                word();
            } else if (c == '"' || c == '\'') {
                literal(c);
            } else {
                sign(c);
                at++;
            }
        }
    }

    private void word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String word = text.substring(start, at);
        refuse(word);
        if (word.equals("classes") && text.substring(0, start).endsWith("torch.")) {
            throw fault("'torch.classes' makes objects of C++, which a model that is imported may not");
        }
        if (word.matches("not|and|or|if|else|is|in")) {
            link();
        }
    }

    /// A text, or a doc comment in three quotes.
    private void literal(char quote) {
        String end = text.startsWith(String.valueOf(quote).repeat(3), at)
                ? String.valueOf(quote).repeat(3)
                : String.valueOf(quote);
        int start = at + end.length();
        at = start;
        boolean escaped = false;
        while (at < text.length() && !text.startsWith(end, at)) {
            escaped |= text.charAt(at) == '\\';
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        String content = text.substring(Math.min(start, text.length()), Math.min(at, text.length()));
        refuse(content);
        if (escaped && text.substring(Math.max(0, start - 200), start).contains("getattr")) {
            throw fault("a name is written with escapes");
        }
        at = Math.min(text.length(), at + end.length());
    }

    private void sign(char c) {
        switch (c) {
            case '(', '[', '{' -> {
                if (++depth > DEEPEST) {
                    throw fault("nested more than " + DEEPEST + " deep");
                }
            }
            case ')', ']', '}' -> depth--;
            case '\n' -> {
                line++;
                if (depth <= 0) {
                    chain = 0;
                    indentation();
                }
            }
            case ',', ';' -> chain = 0;
            case '+', '-', '*', '/', '%', '@', '&', '|', '^', '~', '<', '>', '=', '.', '!' -> link();
            default -> {}
        }
    }

    private void indentation() {
        int blank = at + 1;
        while (blank < text.length() && text.charAt(blank) == ' ') {
            blank++;
        }
        if (blank - at > 2 * DEEPEST) {
            throw fault("nested more than " + DEEPEST + " deep");
        }
    }

    private void link() {
        if (++chain > LONGEST_CHAIN) {
            throw fault("more than " + LONGEST_CHAIN + " operators in a row");
        }
    }

    private void refuse(String word) {
        if (FORBIDDEN.contains(word)) {
            throw fault(
                    "'" + word + "' reads or writes files or reaches code outside; a model that is imported may not;"
                            + " take the name out of it");
        }
    }

    private IllegalArgumentException fault(String problem) {
        return new IllegalArgumentException("line " + line + ": " + problem);
    }
}
