package adamscope.diagnosis;

import adamscope.diagnosis.RunPair.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Several runs held against each other, or against one that was calm.
///
/// @param names       of the runs, each once, the calm one last
/// @param pairs       each run with another one; the calm run with none
/// @param differences hyper-parameters that are not the same in all, each with its values in the order of the names,
/// NaN
///                    where a log does not tell it
public record RunComparison(List<String> names, List<RunPair> pairs, Map<String, List<Double>> differences) {
    /// Runs that are held against each other at most.
    public static final int MOST = 32;

    public RunComparison {
        names = List.copyOf(names);
        pairs = List.copyOf(pairs);
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }

    /// Each run against the first, the first against the second.
    ///
    /// @throws IllegalArgumentException for fewer than two runs or more than [#MOST]
    public static RunComparison of(List<Diagnosis> runs) {
        if (runs.size() < 2 || runs.size() > MOST) {
            throw new IllegalArgumentException(
                    runs.size() + " runs cannot be held against each other; 2 to " + MOST + " can");
        }
        List<Named> named = named(runs);
        List<RunPair> pairs = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            pairs.add(RunPair.of(named.get(i), named.get(i == 0 ? 1 : 0)));
        }
        return new RunComparison(names(named), pairs, differences(runs));
    }

    /// Each run against a calm one.
    public static RunComparison against(List<Diagnosis> runs, Diagnosis calm) {
        List<Diagnosis> all = new ArrayList<>(runs);
        all.add(calm);
        List<Named> named = named(all);
        return new RunComparison(
                names(named),
                named.stream()
                        .limit(runs.size())
                        .map(run -> RunPair.of(run, named.getLast()))
                        .toList(),
                differences(all));
    }

    private static List<Named> named(List<Diagnosis> runs) {
        Set<String> taken = new HashSet<>();
        List<Named> named = new ArrayList<>();
        for (Diagnosis run : runs) {
            String name = run.log().name();
            for (int i = 2; !taken.add(name); i++) {
                name = run.log().name() + " (" + i + ")";
            }
            named.add(new Named(name, run));
        }
        return named;
    }

    private static List<String> names(List<Named> named) {
        return named.stream().map(Named::name).toList();
    }

    private static Map<String, List<Double>> differences(List<Diagnosis> runs) {
        return differing(runs.stream().map(run -> run.log().hyper()).toList(), Double.NaN);
    }

    /// The entries that are not the same in all, each with its values in the order of the maps.
    ///
    /// @param absent stands for one that a map does not have
    static <T> Map<String, List<T>> differing(List<? extends Map<String, T>> maps, T absent) {
        Set<String> all = new LinkedHashSet<>();
        maps.forEach(map -> all.addAll(map.keySet()));
        Map<String, List<T>> differing = new LinkedHashMap<>();
        for (String name : all) {
            List<T> values = maps.stream()
                    .map(map -> map.containsKey(name) ? map.get(name) : absent)
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differing.put(name, values);
            }
        }
        return differing;
    }

    /// The diagnoses with what the other runs say of their batches, in the order of [#pairs()].
    public List<Diagnosis> applied(List<Diagnosis> runs) {
        List<Diagnosis> applied = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunPair pair = pairs.get(i);
            applied.add(
                    switch (pair.verdict()) {
                        case EQUAL_STEPS, DIFFERENT_STEPS -> runs.get(i).heldAgainst(pair);
                        case NO_RISES, NOT_COMPARABLE -> runs.get(i);
                    });
        }
        return applied;
    }

    /// What it says, sentence by sentence.
    public List<String> says() {
        List<String> says = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            RunPair pair = pairs.get(i);
            boolean brief = pairs.subList(0, i).stream().anyMatch(pair::mirrors);
            pair.says(brief)
                    .forEach(sentence -> says.add("between " + pair.one() + " and " + pair.other() + ", " + sentence));
        }
        String unequal = differences.entrySet().stream()
                .map(entry -> entry.getKey() + " = "
                        + entry.getValue().stream().map(RunComparison::value).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining("; "));

        says.add(
                unequal.isEmpty()
                        ? "no hyper-parameter that the logs tell differs"
                        : "not the same in all, in the order of the runs: " + unequal);
        return says;
    }

    private static String value(double value) {
        return Double.isNaN(value) ? "not told" : Inequality.number(value);
    }
}
