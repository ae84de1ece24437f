package adamscope.log;

import adamscope.regime.WordEvent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The runs that one source holds, filled by its reader, within [Limits].
final class CollectedRuns {
    private final String source;
    private final NameMap names;
    private final Limits limits;
    private final Map<String, RunPoints> runs = new LinkedHashMap<>();
    private long held;
    private long received;
    private long runsLeftOut;
    private int tags;

    CollectedRuns(String source, NameMap names, Limits limits) {
        this.source = source;
        this.names = names;
        this.limits = limits;
    }

    NameMap names() {
        return names;
    }

    Limits limits() {
        return limits;
    }

    /// The run of a source that holds one.
    RunPoints single() {
        return runs.computeIfAbsent("", _ -> new RunPoints(source, this));
    }

    /// A run of a source that tells several apart; empty past the limit.
    Optional<RunPoints> run(String name) {
        if (name.isEmpty()) {
            return Optional.of(single());
        }
        if (!runs.containsKey(name) && runs.size() >= limits.runs()) {
            runsLeftOut++;
            return Optional.empty();
        }
        return Optional.of(
                runs.computeIfAbsent(name, _ -> new RunPoints(source.isEmpty() ? name : source + ":" + name, this)));
    }

    /// Says that another file of the same run follows, which a program that was started again has begun.
    void goesOn(Path file) {
        for (RunPoints run : runs.values()) {
            long last = run.lastStep();
            if (last != Long.MIN_VALUE) {
                run.event(new WordEvent(
                        last, WordEvent.Kind.LOADED_CHECKPOINT, "another file begins: " + file.getFileName()));
            }
        }
    }

    /// Takes a place for one more tag; false if there is none left.
    boolean nameIsFree() {
        return ++tags <= limits.names();
    }

    Collection<RunPoints> runs() {
        return runs.values();
    }

    /// How many points came in.
    long received() {
        return received;
    }

    /// How often a row of a run past the limit was met.
    long runsLeftOut() {
        return runsLeftOut;
    }

    /// To be told after each point how many more are held: thins the longest series when there are too many.
    void added(int more) {
        received++;
        held += more;
        if (held > limits.points()) {
            all().max(Comparator.comparingInt(LoggedSeries::size)).orElseThrow().thin();
            held = all().mapToLong(LoggedSeries::size).sum();
        }
    }

    private Stream<LoggedSeries> all() {
        return runs.values().stream().flatMap(RunPoints::held);
    }
}
