package adamscope.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What a diagnosis is worth on runs that somebody else made and labelled.
public record RealBenchmark(List<JudgedRun> runs) {

    public RealBenchmark {
        runs = List.copyOf(runs);
    }

    /// The figures as text: a line a run, then the sums.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width =
                runs.stream().mapToInt(run -> run.label().file().length()).max().orElse(0);
        String name = "%-" + Math.clamp(width, 3, 80) + "s";
        lines.add(String.format(
                Locale.ROOT,
                name + " %8s %6s %6s %8s %10s  %s",
                "run",
                "rises",
                "here",
                "6σ/128",
                "10×med",
                "unlabelled",
                "cause"));
        for (JudgedRun run : runs) {
            lines.add(String.format(
                    Locale.ROOT,
                    name + " %8s %6d %6d %8d %10s  %s",
                    run.label().file(),
                    run.label().quiet() ? "quiet" : run.label().rises().size(),
                    run.here().found(),
                    run.window().found(),
                    run.neighbour().found(),
                    run.here().beyond() + "/" + run.window().beyond() + "/"
                            + run.neighbour().beyond(),
                    verdict(run)));
        }
        int rises = sum(run -> run.label().rises().size());
        lines.add("");
        lines.add(String.format(Locale.ROOT, "labelled rises: %d", rises));
        lines.add(line("found here", rises, JudgedRun::here));
        lines.add(line("found by mean + 6 deviations of the last 128 losses", rises, JudgedRun::window));
        lines.add(line("found by 10 times the median of 24 neighbours", rises, JudgedRun::neighbour));
        lines.add(String.format(
                Locale.ROOT,
                "causes of labels A and B: %d right, %d wrong, %d withheld",
                known(JudgedRun::right),
                known(JudgedRun::wrong),
                known(JudgedRun::withheld)));
        return lines;
    }

    private static String verdict(JudgedRun run) {
        return run.label()
                .cause()
                .map(cause -> String.format(
                        Locale.ROOT,
                        "%s (%s): %d right, %d wrong, %d withheld",
                        cause.key(),
                        run.label().strength(),
                        run.right(),
                        run.wrong(),
                        run.withheld()))
                .orElse("");
    }

    private String line(String who, int rises, Function<JudgedRun, JudgedRun.Found> by) {
        return String.format(
                Locale.ROOT,
                "%s: %d, %.1f %%; in quiet runs flagged: %d; beside the labels in the others: %d",
                who,
                sum(run -> by.apply(run).found()),
                100.0 * sum(run -> by.apply(run).found()) / Math.max(1, rises),
                sum(run -> run.label().quiet() ? by.apply(run).beyond() : 0),
                sum(run -> run.label().quiet() ? 0 : by.apply(run).beyond()));
    }

    private int known(ToIntFunction<JudgedRun> count) {
        return sum(run -> run.label().strength().matches("[AB].*") ? count.applyAsInt(run) : 0);
    }

    private int sum(ToIntFunction<JudgedRun> count) {
        return runs.stream().mapToInt(count).sum();
    }
}
