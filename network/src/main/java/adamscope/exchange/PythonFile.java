package adamscope.exchange;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Rewriting;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import adamscope.text.Foreign;
import adamscope.text.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What the Python files of all libraries share: the rule on top, the signature, the checks of domains.
final class PythonFile {
    private static final String REDUCTIONS = " Means, sums and norms are those of each parameter tensor by itself; a"
            + " tensor of more than two dimensions counts as the matrix of its first dimension by all others.";

    private PythonFile() {}

    /// The comment of a module: what it is, where it is from, the call that writes it again, what it needs. `source` is
    /// the rule as the call names it, a name of the catalogue or a path.
    static String module(OptimizerRule rule, String source, String target, String needs) {
        String note = rule.note().isBlank() ? "The update rule " + rule.name() + "." : rule.note();
        String reductions = rule.statements().stream().anyMatch(PythonFile::reduces) ? REDUCTIONS : "";
        return "\"\"\"" + folded(quoted(note)) + "\n\n"
                + folded("Every line follows from RULE below: x is the parameter, g its gradient, t the step, counted"
                        + " from 1." + reductions)
                + "\n\nWritten by `" + quoted(Shell.call("optimizers", "export", source, "--to", target)) + "`; needs "
                + needs
                + ".\n\"\"\"\n";
    }

    /// The rule's text as the constant RULE.
    static String constant(OptimizerRule rule) {
        String text =
                rule.text().stripTrailing().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
        return "\nRULE = \"\"\"\\\n" + quoted(text) + "\n\"\"\"\n";
    }

    private static boolean reduces(Statement line) {
        boolean[] found = new boolean[1];
        Rewriting.rewrite(line.expression(), node -> {
            found[0] |= node instanceof Reduction;
            return null;
        });
        return found[0];
    }

    /// Text of others inside a docstring: it neither ends it nor moves the reader's cursor.
    static String quoted(String text) {
        return Foreign.visible(text).replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    }

    /// Lines of at most 110 characters.
    static String folded(String text) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > 110) {
                out.append('\n');
                column = 0;
            } else if (column > 0) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }

    /// The hyper-parameters for a docstring, one a line.
    static String hyperParameters(PythonRule rule, String indent) {
        List<HyperParameter> hypers = rule.rule().hyperParameters();
        int width = hypers.stream()
                .mapToInt(hyper -> name(rule, hyper).length())
                .max()
                .orElse(0);
        return hypers.stream()
                .map(hyper -> indent + name(rule, hyper)
                        + " ".repeat(width - name(rule, hyper).length() + 2)
                        + (hyper.meaning().isBlank() ? "" : quoted(hyper.meaning()) + ", ")
                        + "in " + hyper.domain() + "\n")
                .collect(Collectors.joining());
    }

    private static String name(PythonRule rule, HyperParameter hyper) {
        return rule.names().get(hyper.name());
    }

    /// The hyper-parameters with their defaults, as a signature has them.
    static String defaults(PythonRule rule, PythonFormula formula) {
        return rule.rule().hyperParameters().stream()
                .map(hyper -> name(rule, hyper) + "=" + literal(hyper.defaultValue(), formula))
                .collect(Collectors.joining(", "));
    }

    private static String literal(double value, PythonFormula formula) {
        return formula.write(new Expression.Constant(value));
    }

    /// Whether a number lies in its domain, as Python compares it.
    static String inside(HyperParameter hyper, String name, PythonFormula formula) {
        return literal(hyper.domain().low(), formula)
                + (hyper.domain().lowIncluded() ? " <= " : " < ")
                + name
                + (hyper.domain().highIncluded() ? " <= " : " < ")
                + literal(hyper.domain().high(), formula);
    }

    /// The name of a class for a rule: `adam-uncorrected` is `AdamUncorrected`.
    static String className(OptimizerRule rule) {
        String joined = Arrays.stream(rule.name().split("[^\\p{L}\\p{Nd}_]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
        return new PythonNames().of(joined);
    }

    /// Those of the functions in a resource that are called, each with two empty lines before it.
    static String functions(String resource, Set<String> called) {
        try (InputStream file = PythonFile.class.getResourceAsStream(resource)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n\n"))
                    .filter(function -> called.stream().anyMatch(name -> function.startsWith("def " + name + "(")))
                    .map(function -> "\n\n" + function.stripTrailing() + "\n")
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every line indented.
    static String indented(List<String> lines, String indent) {
        return lines.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
    }
}
