package adamscope.cli;

import adamscope.experiment.Setting;
import adamscope.formula.Evaluation;
import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.ExplorerState;
import adamscope.store.JsonDocument;
import adamscope.web.ExplorerPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope explore`: a page that computes by itself.
@Command(
        name = "explore",
        description = {
            "Write one HTML file in which rules, values and starts are changed by hand and every curve and phase"
                    + " plane follows; it needs neither a network nor this program.",
            "What a page shows, with all that was typed, is in its address: the link is the experiment.",
            "With nothing but --out it begins with adam, eps = 0, lr = 0.01 and 1,000 steps, whose regimes theory"
                    + " knows."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope explore --optimizer adam --objective \"x^4/4\" --out page.html")
final class CommandExplore implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME|FILE",
            description =
                    "An optimizer of the catalogue or a rule file; up to 4, compared in one page (default: adam).")
    private List<String> optimizers = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of a hyper-parameter to begin with, for every optimizer that has it; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--objective", paramLabel = "FORMULA", description = "Loss to begin with (default: x^4/4).")
    private String objective = ExplorerPage.OBJECTIVE;

    @Option(
            names = "--x0",
            split = ",",
            paramLabel = "NUMBER",
            description = "Start, one number for each variable, with commas (default: 1 each).")
    private List<Double> x0 = new ArrayList<>();

    @Option(names = "--steps", paramLabel = "N", description = "Steps of each run (default: 4000).")
    private long steps = ExplorerPage.STEPS;

    @Option(names = "--out", required = true, paramLabel = "FILE.html", description = "File to write.")
    private Path out;

    @Mixin
    private JsonOption json;

    CommandExplore(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ExplorerPage page =
                asksNothing() ? ExplorerPage.first() : new ExplorerPage(rules(), objective, start(), checkedSteps());
        OutFile.write(out, page.html());
        if (json.wanted) {
            console.json("explore", JsonDocument.object("file", out.toString()));
        } else {
            console.out().println("explorer: " + out);
        }
        return ExitCode.DONE;
    }

    private boolean asksNothing() {
        return optimizers.isEmpty()
                && settings.isEmpty()
                && x0.isEmpty()
                && objective.equals(ExplorerPage.OBJECTIVE)
                && steps == ExplorerPage.STEPS;
    }

    private List<ExplorerPage.Tuned> rules() {
        List<String> names = optimizers.isEmpty() ? List.of("adam") : optimizers;
        if (names.size() > ExplorerPage.MOST_RULES) {
            throw new IllegalArgumentException("--optimizer is given " + names.size() + " times; a page compares up to "
                    + ExplorerPage.MOST_RULES);
        }
        List<OptimizerRule> rules = names.stream().map(Catalogue::find).toList();
        Map<String, Double> chosen = Setting.values(settings);
        TreeSet<String> known = new TreeSet<>();
        rules.forEach(rule -> known.addAll(rule.hyperNames()));
        chosen.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "--set " + name + ": no optimizer of the page has it; there are " + known);
                });
        return rules.stream().map(rule -> tuned(rule, chosen)).toList();
    }

    private static ExplorerPage.Tuned tuned(OptimizerRule rule, Map<String, Double> chosen) {
        Map<String, Double> own = new LinkedHashMap<>();
        chosen.forEach((name, value) -> {
            if (rule.hyperNames().contains(name)) {
                own.put(name, rule.checked(name, value));
            }
        });
        return new ExplorerPage.Tuned(rule, own);
    }

    private List<Double> start() {
        FormulaObjective formula = FormulaObjective.read(objective);
        int variables = formula.dimension();
        List<Double> start = x0.isEmpty() ? java.util.Collections.nCopies(variables, 1.0) : x0;
        if (start.size() != variables || !start.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("--x0 = " + start + " has to be " + variables
                    + (variables == 1 ? " finite number" : " finite numbers") + ", one for each of "
                    + formula.variables());
        }
        double loss = Evaluation.value(
                formula.loss(), name -> start.get(formula.variables().indexOf(name)));
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("--x0 = " + start + ": the loss " + objective + " is "
                    + new PlainText().number(loss) + " there; begin where it is a finite number");
        }
        return start;
    }

    private long checkedSteps() {
        if (steps < 1 || steps > ExplorerState.MOST_STEPS) {
            throw new IllegalArgumentException("--steps = " + steps + " is outside [1, " + ExplorerState.MOST_STEPS
                    + "]; simulate and phase take more");
        }
        return steps;
    }
}
