package adamscope.diagnosis;

import adamscope.regime.SpikeEvent;
import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// One diagnosed rise in sentences, the same at the terminal, in reports and in the explorer.
public final class RiseWords {
    private static final int EXPLAINED = 3;

    private RiseWords() {}

    /// `The loss rose ×40 over its level before, at step 812 (peak at step 820), …`
    public static String sentence(EventDiagnosis diagnosed) {
        SpikeEvent event = diagnosed.event();
        String rose = event.broken()
                ? String.format(Locale.ROOT, "At step %d the loss was no number", event.onset())
                : String.format(
                        Locale.ROOT,
                        "The loss rose %s over its level before, at step %d%s%s",
                        event.factor(),
                        event.onset(),
                        event.peak() > event.onset() ? " (peak at step " + event.peak() + ")" : "",
                        event.recovery().isPresent()
                                ? ", back at step " + event.recovery().getAsLong()
                                : event.peak() == diagnosed.until()
                                        ? ", where the log ends"
                                        : ", and was not back by step " + diagnosed.until());
        if (diagnosed.endOf().isPresent()) {
            return rose
                    + String.format(
                            Locale.ROOT,
                            ". It is the end of the rise that began at step %d.",
                            diagnosed.endOf().getAsLong());
        }
        Suspect first = diagnosed.first();
        if (first.weight() < EventDiagnosis.NAMED) {
            return rose + ". The log points to no cause: "
                    + (first.missing().isEmpty()
                            ? "nothing that it holds moved before."
                            : "it lacks what would tell, see below.");
        }
        String why = first.evidence().isEmpty()
                ? first.cause().meaning()
                : first.evidence().getFirst();
        if (first.cause() == Cause.OTHER) {
            return rose + ". It looks like none of the causes known here: " + why + ".";
        }
        return rose + ". First suspect: " + first.cause().words() + "; " + why + ".";
    }

    /// A rise as a colleague would explain it: what moved first, the suspects with their inequalities and reasons, what
    /// to do.
    ///
    /// @param told reasons and advice of the rises before, which are not repeated; those of this one are added
    public static List<String> lines(EventDiagnosis event, Set<String> told) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence(event));
        if (event.endOf().isPresent()) {
            return lines;
        }
        if (!event.moved().isEmpty()) {
            lines.add("  moved first: " + moved(event.moved()));
        }
        event.aftermath().ifPresent(after -> lines.add("  after it: " + after.sentence()));
        List<Suspect> likely =
                event.suspects().stream().filter(s -> s.weight() > 0.2).toList();
        for (Suspect suspect : likely.stream().limit(EXPLAINED).toList()) {
            List<String> reasons = reasons(suspect);
            String head = String.format(
                    Locale.ROOT,
                    "  %s (%.2f)%s",
                    suspect.cause().words(),
                    suspect.weight(),
                    suspect.inequality().map(i -> ": " + i.text()).orElse(""));
            boolean known = !told.add(suspect.cause() + String.join("", reasons));
            lines.add(known ? head + "; reasons as above" : head);
            if (!known) {
                lines.addAll(reasons);
            }
        }
        if (likely.size() > EXPLAINED) {
            lines.add("  also "
                    + likely.stream()
                            .skip(EXPLAINED)
                            .map(s -> String.format(
                                    Locale.ROOT, "%s (%.2f)", s.cause().words(), s.weight()))
                            .collect(Collectors.joining(", ")));
        }
        List<String> advice = event.advice().stream().filter(told::add).toList();
        lines.add(advice.isEmpty() ? "  what to do: as above" : "  what to do:");
        advice.forEach(sentence -> lines.add("    " + sentence(sentence)));
        return lines;
    }

    private static List<String> reasons(Suspect suspect) {
        List<String> lines = new ArrayList<>();
        suspect.evidence().forEach(sentence -> lines.add("    + " + sentence));
        suspect.against().forEach(sentence -> lines.add("    - " + sentence));
        suspect.missing().forEach(sentence -> lines.add("    ? not logged: " + sentence));
        lines.add("    decided by: " + suspect.deciding());
        return lines;
    }

    /// What left its level before the loss or with it, the earliest first.
    public static String moved(List<FirstMove> moves) {
        return Listing.of(moves.stream().map(FirstMove::sentence).toList(), 5, "; ");
    }

    /// A sentence with a capital and a full stop.
    public static String sentence(String text) {
        return capital(text) + (text.endsWith(".") ? "" : ".");
    }

    /// With a capital letter.
    public static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
