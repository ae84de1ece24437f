package adamscope.report;

import adamscope.diagnosis.ComparedRun;
import adamscope.diagnosis.Parting;
import adamscope.diagnosis.SideBySide;
import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A comparison of runs in words and tables, for pages and the terminal.
public final class SideBySideWords {
    private static final int LONGEST_VALUE = 28;
    private static final int SHARED_VALUES = 6;
    private static final int TOLD = 4;
    private static final String PARTS = "parts at";
    private static final String NONE = "–";

    private SideBySideWords() {}

    /// The columns of the table of runs: the settings that differ stand between name and results.
    public static List<String> header(SideBySide compared) {
        List<String> header = new ArrayList<>(List.of("run"));
        header.addAll(compared.differences().keySet());
        header.addAll(List.of("outcome", "last step", "loss"));
        if (compared.runs().size() > 1) {
            header.add(PARTS);
        }
        return header;
    }

    /// A row for each run.
    public static List<List<String>> rows(SideBySide compared) {
        Map<String, List<String>> differences = compared.differences();
        double[] reached = compared.reached();
        List<SideBySide.Leaving> leavings = compared.leavings();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < compared.runs().size(); i++) {
            ComparedRun run = compared.runs().get(i);
            List<String> row = new ArrayList<>(List.of(run.name()));
            for (List<String> values : differences.values()) {
                row.add(shortened(values.get(i)));
            }
            long[] steps = run.log().steps();
            row.add(run.outcome().isEmpty() ? run.diverged() ? "diverged" : NONE : run.outcome());
            row.add(steps.length == 0 ? NONE : Long.toString(steps[steps.length - 1]));
            row.add(Double.isNaN(reached[i]) ? "diverged" : ShortNumber.of(reached[i], 5));
            if (i > 0) {
                row.add(parts(leavings.get(i - 1)));
            } else if (compared.runs().size() > 1) {
                row.add(NONE);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String parts(SideBySide.Leaving leaving) {
        return leaving.steps() == 0
                ? "no common step"
                : leaving.bits().map(bits -> Long.toString(bits.step())).orElse("nowhere");
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.isEmpty()
                ? NONE
                : line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE - 1) + "…" : line;
    }

    /// What the columns of losses and partings are.
    public static String lossMeaning(SideBySide compared) {
        String loss =
                "Loss: the mean over the last tenth up to " + compared.by().word() + " "
                        + ShortNumber.of(compared.end(), 6) + ", which every run reached that did not diverge.";
        return compared.runs().size() < 2
                ? loss
                : loss
                        + " Parts at: the first common step at which anything that both measured differs in any bit"
                        + " from "
                        + compared.runs().getFirst().name() + ".";
    }

    /// What it says, sentence by sentence.
    public static List<String> says(SideBySide compared) {
        List<String> says = new ArrayList<>();
        if (compared.runs().size() > 1 && compared.differences().isEmpty()) {
            says.add(
                    compared.runs().stream().noneMatch(ComparedRun::tells)
                            ? "The logs tell no settings, so each run stands for itself."
                            : "All settings that are known are the same in all.");
        }
        if (compared.runs().size() <= TOLD) {
            compared.leavings().forEach(leaving -> says.add(leaving(leaving, compared)));
        }
        for (SideBySide.Seeds seeds : compared.seeds()) {
            says.add(seeds(seeds, compared));
        }
        for (SideBySide.Rates rates : compared.rates()) {
            says.add(rates.label() + ": " + RateFigure.best(rates.curve()) + ".");
        }
        return says;
    }

    private static String leaving(SideBySide.Leaving leaving, SideBySide compared) {
        String both = leaving.one() + " and " + leaving.other();
        if (leaving.steps() == 0) {
            return both + " have no step in common.";
        }
        if (leaving.bits().isEmpty()) {
            return both + " are equal to the last bit in all that both measured, at " + leaving.steps() + " steps.";
        }
        Parting bits = leaving.bits().get();
        String there = String.format(
                Locale.ROOT,
                "%s is %s against %s",
                bits.quantity(),
                ShortNumber.of(bits.one(), 8),
                ShortNumber.of(bits.other(), 8));
        String begin = bits.step() == leaving.from()
                ? both + " differ from the first common step " + bits.step() + " on: " + there
                : both + " are equal to the last bit before step " + bits.step() + ", where they part: " + there;
        String by = " by more than " + ShortNumber.of(compared.tolerance(), 3) + " of the larger";
        String beyond = leaving.beyond()
                .map(parting -> parting.step() == bits.step()
                        ? ""
                        : "; their losses differ" + by + " from step " + parting.step() + " on")
                .orElse("; their losses never differ" + by);
        return begin + beyond + ".";
    }

    private static String seeds(SideBySide.Seeds seeds, SideBySide compared) {
        boolean own =
                seeds.runs().stream().allMatch(run -> compared.runs().get(run).own());
        String shared = Listing.of(
                seeds.shared().entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + shortened(entry.getValue()))
                        .toList(),
                SHARED_VALUES);
        double[] losses = seeds.runs().stream()
                .mapToDouble(run -> compared.reached()[run])
                .toArray();
        long diverged = Arrays.stream(losses).filter(Double::isNaN).count();
        return String.format(
                Locale.ROOT,
                "%d runs%s %s: loss %s.",
                seeds.runs().size(),
                shared.isEmpty() ? "" : " with " + shared,
                own ? "differ in the seed alone" : "have the same settings, as far as the logs tell",
                diverged > 0
                        ? "of " + diverged + " of them diverged"
                        : String.format(
                                Locale.ROOT,
                                "%s ± %s (mean and standard deviation)",
                                ShortNumber.of(seeds.mean(), 4),
                                ShortNumber.of(seeds.deviation(), 2)));
    }
}
