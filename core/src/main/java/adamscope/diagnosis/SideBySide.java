package adamscope.diagnosis;

import adamscope.formula.PlainText;
import adamscope.regime.Quantity;
import adamscope.statistics.RateCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs side by side on one axis: what was set differently, where they part, the spread over seeds, the loss over the
/// learning rate.
///
/// @param runs      at least one
/// @param by        the axis
/// @param tolerance by what part of the larger value two runs may differ without having parted
public record SideBySide(List<ComparedRun> runs, RunAxis by, double tolerance) {
    /// Runs that are compared at most.
    public static final int MOST = 200;

    private static final String SEED = "seed";
    private static final String OPTIMIZER = "optimizer";

    public SideBySide {
        runs = List.copyOf(runs);
        if (runs.isEmpty() || runs.size() > MOST) {
            throw new IllegalArgumentException(runs.size() + " runs cannot be compared; 1 to " + MOST + " can");
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "--tolerance = " + new PlainText().number(tolerance) + " is outside [0, 1)");
        }
    }

    /// Where a run leaves another.
    ///
    /// @param one    the run, the first of all being `other`
    /// @param steps  that both have
    /// @param from   the first of them
    /// @param bits   the first at which what both measured differs in any bit, with the quantity; empty: nowhere
    /// @param beyond the first at which the losses differ by more than the tolerance; empty: nowhere
    public record Leaving(
            String one, String other, int steps, long from, Optional<Parting> bits, Optional<Parting> beyond) {}

    /// Runs of which only the seed differs.
    ///
    /// @param runs     by their place
    /// @param shared   what they share of the settings that differ between all runs
    /// @param mean     of the losses that they reached, and its standard deviation
    public record Seeds(List<Integer> runs, Map<String, String> shared, double mean, double deviation) {}

    /// The losses reached over the learning rate, of runs that share the rest.
    ///
    /// @param label what tells it from the other curves, such as the optimizer
    public record Rates(String label, RateCurve curve) {}

    /// The settings that are not the same in all, each with its values in the order of the runs; empty where a run has
    /// none.
    public Map<String, List<String>> differences() {
        return RunComparison.differing(runs.stream().map(ComparedRun::settings).toList(), "");
    }

    /// Where the rows of a run lie on the axis.
    public double[] positions(ComparedRun run) {
        return by.positions(run.log());
    }

    /// The last place on the axis that every run reached that did not diverge.
    public double end() {
        return runs.stream()
                .filter(run -> !run.diverged())
                .map(this::positions)
                .filter(positions -> positions.length > 0)
                .mapToDouble(positions -> positions[positions.length - 1])
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /// The loss of each run: the mean over the last tenth up to [#end()]; NaN for those that diverged.
    public double[] reached() {
        double end = end();
        return runs.stream().mapToDouble(run -> run.late(positions(run), end)).toArray();
    }

    /// Quantities of the whole model that two or more runs measured, the usual ones first.
    public List<String> quantities() {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(
                        Stream.of(Quantity.LOSS, Quantity.VALIDATION_LOSS, ComparedRun.OVER_THRESHOLD),
                        Stream.of(Quantity.couplingRatio(50), Quantity.GRADIENT_NORM, Quantity.SHARPNESS),
                        runs.stream()
                                .flatMap(run ->
                                        run.log().table().columns().stream().map(c -> c.name())))
                .flatMap(all -> all)
                .filter(name -> !name.contains("/") && !name.equals(Quantity.STEP))
                .filter(name -> !Quantity.COUNTERS.contains(name))
                .forEach(names::add);
        int least = Math.min(2, runs.size());
        names.removeIf(name -> runs.stream().filter(run -> run.log().has(name)).count() < least);
        return List.copyOf(names);
    }

    /// Where each run leaves the first.
    public List<Leaving> leavings() {
        ComparedRun first = runs.getFirst();
        return runs.stream().skip(1).map(run -> leaving(run, first)).toList();
    }

    private Leaving leaving(ComparedRun one, ComparedRun other) {
        PairedLogs pair = PairedLogs.of(one.log(), other.log());
        Optional<Parting> bits = pair.quantities().stream()
                .flatMap(quantity -> Parting.first(pair, quantity, 0).stream())
                // Constant learning rates that differ are a setting.
                .filter(parting -> !parting.quantity().equals(Quantity.LR) || parting.step() > pair.step(0))
                .min(Comparator.comparingLong(Parting::step));
        String loss = pair.quantities().contains(Quantity.LOSS) ? Quantity.LOSS : Quantity.LOG10_LOSS;
        Optional<Parting> beyond =
                pair.quantities().contains(loss) ? Parting.first(pair, loss, tolerance) : Optional.empty();
        return new Leaving(one.name(), other.name(), pair.rows(), pair.rows() == 0 ? 0 : pair.step(0), bits, beyond);
    }

    /// Runs that share all settings but the seed, where there are two or more of them; of own runs with equal seeds,
    /// the first. Logs that tell no setting at all share none.
    public List<Seeds> seeds() {
        Map<String, List<String>> differences = differences();
        double[] reached = reached();
        Map<Map<String, String>, List<Integer>> groups = grouped(Set.of());
        groups.replaceAll((_, group) -> {
            Set<Map<String, String>> met = new HashSet<>();
            return group.stream()
                    .filter(i -> !runs.get(i).own() || met.add(runs.get(i).settings()))
                    .toList();
        });
        return groups.entrySet().stream()
                .filter(group -> group.getValue().size() > 1)
                .filter(group -> group.getValue().stream().map(runs::get).allMatch(ComparedRun::tells))
                .map(group -> {
                    double[] losses = group.getValue().stream()
                            .mapToDouble(i -> reached[i])
                            .toArray();
                    double mean = Arrays.stream(losses).average().orElseThrow();
                    double squares = Arrays.stream(losses)
                            .map(x -> (x - mean) * (x - mean))
                            .sum();
                    Map<String, String> shared = new LinkedHashMap<>(group.getKey());
                    shared.keySet().retainAll(differences.keySet());
                    return new Seeds(group.getValue(), shared, mean, Math.sqrt(squares / (losses.length - 1)));
                })
                .toList();
    }

    /// The loss over the learning rate, where runs differ in it.
    public List<Rates> rates() {
        double[] reached = reached();
        Map<Map<String, String>, List<Integer>> groups = grouped(Set.of(Quantity.LR));
        groups.values()
                .removeIf(group -> group.stream().map(this::rate).distinct().count() < 2
                        || group.stream().anyMatch(i -> Double.isNaN(rate(i))));
        List<Rates> curves = new ArrayList<>();
        groups.forEach((shared, group) -> curves.add(new Rates(
                label(shared, groups.keySet()),
                RateCurve.of(IntStream.range(0, group.size())
                        .mapToObj(i -> new RateCurve.Trial(rate(group.get(i)), seed(group, i), reached[group.get(i)]))
                        .toList()))));
        return curves;
    }

    /// The seed as a number; of runs that do not tell it, their number among those of the same learning rate.
    private double seed(List<Integer> group, int place) {
        String told = runs.get(group.get(place)).settings().get(SEED);
        return told == null
                ? group.subList(0, place).stream()
                        .filter(i -> rate(i) == rate(group.get(place)))
                        .count()
                : number(told);
    }

    /// The optimizer, and what else tells a curve from the others of the same optimizer.
    private static String label(Map<String, String> shared, Collection<Map<String, String>> all) {
        String optimizer = shared.getOrDefault(OPTIMIZER, "");
        List<Map<String, String>> alike = all.stream()
                .filter(other -> other.getOrDefault(OPTIMIZER, "").equals(optimizer))
                .toList();
        String words = RunComparison.differing(alike, "").keySet().stream()
                .map(key -> key + " = " + shared.getOrDefault(key, "none"))
                .collect(Collectors.joining(", "));
        String label =
                Stream.of(optimizer, words).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        return label.isEmpty() ? "loss reached" : label;
    }

    private double rate(int run) {
        return number(runs.get(run).settings().getOrDefault(Quantity.LR, ""));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    /// Places of runs by the settings that they share, without seeds and what else is left out.
    private Map<Map<String, String>, List<Integer>> grouped(Set<String> without) {
        Map<Map<String, String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, String> settings = new TreeMap<>(runs.get(i).settings());
            settings.keySet().removeIf(key -> isSeed(key) || without.contains(key));
            groups.computeIfAbsent(settings, _ -> new ArrayList<>()).add(i);
        }
        return groups;
    }

    private static boolean isSeed(String key) {
        return key.equals(SEED) || key.endsWith("." + SEED) || key.endsWith("_" + SEED);
    }
}
