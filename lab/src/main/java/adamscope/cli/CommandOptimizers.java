package adamscope.cli;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope optimizers [list|show NAME|check FILE]`: the catalogue and a user's own rules.
@Command(
        name = "optimizers",
        description = "List the optimizers, show one, or check a file of your own. Without a word it lists.",
        synopsisSubcommandLabel = "[list|show|check]",
        footerHeading = "%nExample:%n",
        footer = "  adamscope optimizers show adam --latex")
final class CommandOptimizers implements Callable<Integer> {
    private final Console console;

    CommandOptimizers(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return list(new JsonOption());
    }

    @Command(
            name = "list",
            description = "List every optimizer that ships with the program.",
            footerHeading = "%nExample:%n",
            footer = "  adamscope optimizers list")
    int list(@Mixin JsonOption json) {
        RulePrint print = new RulePrint(console);
        if (json.wanted) {
            print.listJson();
        } else {
            print.list();
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show the rule of an optimizer: as written, as LaTeX or as JSON.",
            footerHeading = "%nExample:%n",
            footer = "  adamscope optimizers show adam --latex")
    int show(
            @Parameters(paramLabel = "NAME|FILE", description = "Name of an optimizer or path of a rule file.")
                    String optimizer,
            @Option(names = "--latex", description = "Print the update equations as LaTeX.") boolean latex,
            @Mixin JsonOption json) {
        RulePrint print = new RulePrint(console);
        OptimizerRule rule = Catalogue.find(optimizer);
        if (latex && json.wanted) {
            throw new IllegalArgumentException("choose one of --latex and --json");
        }
        if (latex) {
            print.latex(rule);
        } else if (json.wanted) {
            console.json(RulePrint.document(rule));
        } else {
            print.text(rule);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "check",
            description = "Read a rule file; say what was understood and derived, or where it is wrong.",
            footerHeading = "%nExample:%n",
            footer = "  adamscope optimizers check adam")
    int check(
            @Parameters(paramLabel = "FILE", description = "Path of a rule file, or name of an optimizer.") String file,
            @Mixin JsonOption json) {
        RuleCheck check = RuleCheck.of(file);
        if (json.wanted) {
            console.json(check.document());
        } else {
            check.lines().forEach(console::line);
        }
        return ExitCode.DONE;
    }
}
