package adamscope.optimizer;

import adamscope.text.FileReason;
import adamscope.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The optimizers that ship with the program, each one text file on the class path, and the way to a user's own.
public final class Catalogue {
    /// Every shipped optimizer: its name is its file's.
    public static final List<String> NAMES = List.of(
            "gd",
            "gd-exponential",
            "heavy-ball",
            "heavy-ball-ema",
            "nesterov",
            "nesterov-ema",
            "frozen-adam",
            "signgd",
            "signum",
            "rmsprop",
            "adam",
            "adam-uncorrected",
            "adamw",
            "nadam",
            "amsgrad",
            "padam",
            "adagrad",
            "adafactor",
            "adamax",
            "lion",
            "adabelief",
            "adopt",
            "stable-adamw");

    /// Names that others use.
    private static final Map<String, String> ELSEWHERE = Map.of(
            "sgd", "gd, with momentum heavy-ball, with Nesterov's nesterov",
            "momentum", "heavy-ball, or heavy-ball-ema with an average of the gradient",
            "nag", "nesterov",
            "signsgd", "signgd, with momentum signum");

    private Catalogue() {}

    /// The rule of a shipped optimizer.
    ///
    /// @throws IllegalArgumentException if there is none of that name; the message lists the names
    public static OptimizerRule shipped(String name) {
        if (!NAMES.contains(name)) {
            String meant = ELSEWHERE.containsKey(name.toLowerCase(Locale.ROOT))
                    ? "; what is meant is " + ELSEWHERE.get(name.toLowerCase(Locale.ROOT))
                    : Nearest.hint(name.toLowerCase(Locale.ROOT), NAMES);
            throw new IllegalArgumentException("no optimizer '" + name + "'; there are " + String.join(", ", NAMES)
                    + ", or give the path of a rule file" + meant);
        }
        try (InputStream file = Catalogue.class.getResourceAsStream(name + ".opt")) {
            return RuleReader.read(name + ".opt", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether this very rule ships, so that its name says everything.
    public static boolean holds(OptimizerRule rule) {
        return NAMES.contains(rule.name()) && shipped(rule.name()).text().equals(rule.text());
    }

    /// The rule of a shipped optimizer, or of a user's file; a name of the catalogue comes first.
    ///
    /// @throws IllegalArgumentException                if it is neither, or the file cannot be read
    /// @throws adamscope.formula.FormulaException if the file holds no rule
    public static OptimizerRule find(String nameOrFile) {
        if (NAMES.contains(nameOrFile)) {
            return shipped(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        boolean looksLikeFile = nameOrFile.endsWith(".opt") || nameOrFile.contains("/") || nameOrFile.contains("\\");
        if (!looksLikeFile && !Files.isRegularFile(file)) {
            return shipped(nameOrFile);
        }
        String text = text(file);
        refuseOther(file, text);
        return RuleReader.read(nameOrFile, text);
    }

    /// A text that does not even begin as a rule: a script, an experiment, a page.
    private static void refuseOther(Path file, String text) {
        String first = text.lines()
                .map(line -> line.strip().replaceFirst("^\uFEFF", ""))
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        if (!file.toString().endsWith(".opt") && !first.startsWith("opt")) {
            String hint = first.startsWith("kind:") ? "; an experiment is given with -c" : "";
            throw new IllegalArgumentException(file + " is no rule file: it begins with '"
                    + first.substring(0, Math.min(40, first.length()))
                    + "', a rule with a line 'optimizer NAME' (adamscope optimizers show adam prints one)" + hint);
        }
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    Files.isDirectory(file) ? file + " is a folder, not a rule file" : "no rule file " + file);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }
}
