package adamscope.regime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a log tells of a run besides numbers by step.
///
/// @param axis    what the steps count, and whether a row stands for many of them
/// @param seams   places at which the run was resumed, by step
/// @param words   events told in words, by step; at most some thousands
/// @param sources of hyper-parameters, by name
/// @param summed  columns `loss/TERM` of which `loss` is the sum, if the log has no total
public record RunFacts(
        RowAxis axis, List<Seam> seams, List<WordEvent> words, Map<String, HyperSource> sources, List<String> summed) {
    /// One row a step, and nothing else is known.
    public static final RunFacts NONE = new RunFacts(RowAxis.STEPS, List.of(), List.of(), Map.of(), List.of());

    public RunFacts {
        seams = seams.stream().sorted(Comparator.comparingLong(Seam::step)).toList();
        words = words.stream().sorted(Comparator.comparingLong(WordEvent::step)).toList();
        sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
        summed = List.copyOf(summed);
    }

    /// The same with these sources.
    public RunFacts withSources(Map<String, HyperSource> other) {
        return new RunFacts(axis, seams, words, other, summed);
    }

    /// Seams after one step and up to another.
    public List<Seam> seamsWithin(long after, long to) {
        return seams.stream()
                .filter(seam -> seam.step() > after && seam.step() <= to)
                .toList();
    }

    /// Events of a kind from one step to another, both included.
    public List<WordEvent> words(WordEvent.Kind kind, long from, long to) {
        List<WordEvent> found = new ArrayList<>();
        for (WordEvent event : words) {
            if (event.kind() == kind && event.step() >= from && event.step() <= to) {
                found.add(event);
            }
        }
        return found;
    }
}
