package adamscope.cli;

import adamscope.store.JsonDocument;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `adamscope doctor`: what this machine has, what is missing and what mends it.
@Command(
        name = "doctor",
        description = "Look whether this machine has what the program needs; say what is missing and what mends it."
                + " Exit code 0 if all that is needed is there, 1 otherwise.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope doctor")
final class CommandDoctor implements Callable<Integer> {
    private final Console console;

    @Mixin
    private JsonOption json;

    CommandDoctor(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Checkup> checkups = Checkup.all();
        boolean healthy = checkups.stream().allMatch(checkup -> checkup.ok() || !checkup.needed());
        if (json.wanted) {
            console.json(
                    "doctor",
                    JsonDocument.object(
                            "ok",
                            healthy,
                            "checks",
                            checkups.stream().map(CommandDoctor::document).toList()));
        } else {
            checkups.forEach(this::show);
            console.line(healthy ? "All that is needed is there." : "Something that is needed is missing.");
        }
        return healthy ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void show(Checkup checkup) {
        String verdict = checkup.ok() ? "ok" : checkup.needed() ? "missing" : "remark";
        console.line(String.format(Locale.ROOT, "%-8s %-22s %s", verdict, checkup.name(), checkup.found()));
        if (!checkup.ok()) {
            console.line(String.format(Locale.ROOT, "%-8s %-22s mend it: %s", "", "", checkup.mend()));
        }
    }

    private static Object document(Checkup checkup) {
        return JsonDocument.object(
                "name", checkup.name(),
                "ok", checkup.ok(),
                "needed", checkup.needed(),
                "found", checkup.found(),
                "mend", checkup.ok() ? null : checkup.mend());
    }
}
