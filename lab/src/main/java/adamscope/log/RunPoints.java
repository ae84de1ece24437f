package adamscope.log;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the readers have found of one run so far: series by tag, hyper-parameters, and what was lost.
final class RunPoints {
    private static final int LONGEST_NAME = 1000;

    private final String name;
    private final CollectedRuns all;
    private final Map<String, Optional<Series>> series = new LinkedHashMap<>();
    private final Map<String, Double> hyper = new LinkedHashMap<>();
    private final Map<String, Long> losses = new LinkedHashMap<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private long namesLeftOut;

    RunPoints(String name, CollectedRuns all) {
        this.name = name;
        this.all = all;
    }

    String name() {
        return name;
    }

    NameMap names() {
        return all.names();
    }

    /// The series of a tag, or nothing if no quantity can be read from it.
    Optional<Series> series(String tag) {
        Optional<Series> known = series.get(tag);
        if (known != null) {
            return known;
        }
        if (tag.length() > LONGEST_NAME || !all.nameIsFree()) {
            namesLeftOut++;
            return Optional.empty();
        }
        Optional<Series> made = all.names().reads(tag) ? Optional.of(new Series()) : Optional.empty();
        series.put(tag, made);
        return made;
    }

    /// Adds a point to a series of this run.
    void add(Series to, long step, double value) {
        all.added(to.add(step, value));
    }

    /// Adds a point by the tag's name; nothing happens if no quantity can be read from it.
    void add(String tag, long step, double value) {
        Optional<Series> to = series(tag);
        if (to.isPresent()) {
            add(to.get(), step, value);
        }
    }

    /// Takes an entry of a configuration if it is a hyper-parameter; the last one under a name counts.
    void configure(String key, String value) {
        HyperName.hyper(key, value).forEach(hyper::put);
    }

    /// Counts something that could not be read; `what` goes on after the count: "lines are no JSON".
    void lost(String what, long count) {
        if (count > 0 && (losses.containsKey(what) || losses.size() < 100)) {
            losses.merge(what, count, Long::sum);
        }
    }

    void remark(String sentence) {
        if (remarks.size() < 100) {
            remarks.add(sentence);
        }
    }

    Map<String, Optional<Series>> series() {
        return series;
    }

    Map<String, Double> hyper() {
        return hyper;
    }

    Map<String, Long> losses() {
        return losses;
    }

    Set<String> remarks() {
        return remarks;
    }

    long namesLeftOut() {
        return namesLeftOut;
    }
}
