package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// `--optimizer NAME|FILE` and `--set key=value`.
final class RuleOptions {
    @Option(
            names = "--optimizer",
            required = true,
            paramLabel = "NAME|FILE",
            description = "An optimizer by name (see 'optimizers list'), or the path of your own rule (*.opt).")
    String optimizer;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Value of a hyper-parameter; repeat for more. 'inf' is a number.")
    Map<String, String> set = new LinkedHashMap<>();

    OptimizerRule rule() {
        return Catalogue.find(optimizer);
    }

    /// The chosen values only.
    Map<String, Double> chosen() {
        Map<String, Double> chosen = new LinkedHashMap<>();
        set.forEach((key, text) -> chosen.put(key, number(key, text)));
        return chosen;
    }

    static double number(String key, String text) {
        try {
            return Double.parseDouble(text.strip().replaceFirst("(?i)^([+-]?)inf$", "$1Infinity"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " = '" + text + "' is not a number such as 0.9, 1e-3 or inf", e);
        }
    }

    /// `lr = 0.001, beta1 = 0.9`.
    static String shown(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + new PlainText().number(e.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
