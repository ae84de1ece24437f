package adamscope.cli;

import adamscope.experiment.Setting;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// `--optimizer NAME|FILE` and `--set name=value`.
final class RuleOptions {
    @Option(
            names = "--optimizer",
            paramLabel = "NAME|FILE",
            description = "An optimizer of the catalogue (adamscope optimizers list) or a rule file of your own.")
    String optimizer;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of a hyper-parameter, such as beta2=0.99, lr=1e-3 or clip=inf; may be repeated.")
    List<String> settings = new ArrayList<>();

    /// Whether either was given.
    boolean isGiven() {
        return optimizer != null || !settings.isEmpty();
    }

    /// The rule that `--optimizer` names.
    OptimizerRule rule() {
        if (optimizer == null) {
            throw new IllegalArgumentException(
                    "--optimizer is missing; give a name or a rule file (adamscope optimizers list shows the names)");
        }
        return Catalogue.find(optimizer);
    }

    /// Every hyper-parameter of the rule: what `--set` gives, the default otherwise.
    Map<String, Double> values(OptimizerRule rule) {
        return rule.values(Setting.values(settings));
    }
}
