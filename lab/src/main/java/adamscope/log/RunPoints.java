package adamscope.log;

import adamscope.regime.RowAxis;
import adamscope.regime.WordEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the readers have found of one run so far: series by tag, hyper-parameters, events in words, and what was lost.
///
/// A text may be read in several [Counting]s at once; in the end the best of them counts.
final class RunPoints {
    private static final int LONGEST_NAME = 1000;
    private static final int MOST_EVENTS = 2000;

    private final String name;
    private final CollectedRuns all;
    private final Map<Counting, Map<String, Optional<LoggedSeries>>> readings = new LinkedHashMap<>();
    private final HyperEntries hyper = new HyperEntries();
    private final Map<String, Long> losses = new LinkedHashMap<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private final List<WordEvent> events = new ArrayList<>();
    private final Set<String> meant = new LinkedHashSet<>();
    private RowAxis axis = RowAxis.STEPS;
    private boolean averages;
    private long namesLeftOut;

    RunPoints(String name, CollectedRuns all) {
        this.name = name;
        this.all = all;
    }

    /// How the rows of a text are numbered, the surest first.
    enum Counting {
        /// By a step that the line, or one before it, names.
        STEP,
        /// By the progress bar `N/M` in the line or before it.
        BAR,
        /// By the epoch.
        EPOCH,
        /// From 0.
        ROW
    }

    String name() {
        return name;
    }

    NameMap names() {
        return all.names();
    }

    Limits limits() {
        return all.limits();
    }

    /// The series of a tag, or nothing if no quantity can be read from it.
    Optional<LoggedSeries> series(String tag) {
        return series(Counting.STEP, tag);
    }

    /// The series of a tag among the rows that are counted so.
    Optional<LoggedSeries> series(Counting counting, String tag) {
        Map<String, Optional<LoggedSeries>> of = readings.computeIfAbsent(counting, _ -> new LinkedHashMap<>());
        Optional<LoggedSeries> known = of.get(tag);
        if (known != null) {
            return known;
        }
        if (tag.length() > LONGEST_NAME || !all.nameIsFree()) {
            namesLeftOut++;
            return Optional.empty();
        }
        Optional<LoggedSeries> made = all.names().reads(tag) ? Optional.of(new LoggedSeries()) : Optional.empty();
        of.put(tag, made);
        return made;
    }

    /// Adds a point to a series of this run.
    void add(LoggedSeries to, long step, double value) {
        all.added(to.add(step, value));
    }

    /// Adds a point by the tag's name; nothing happens if no quantity can be read from it.
    void add(String tag, long step, double value) {
        Optional<LoggedSeries> to = series(tag);
        if (to.isPresent()) {
            add(to.get(), step, value);
        }
    }

    /// Takes an entry of a configuration if it is a hyper-parameter.
    ///
    /// @param file where it stands, empty for the log itself
    void configure(String file, String key, String value) {
        hyper.take(file, key, value);
    }

    /// Takes an event told in words; past a bound they are counted only.
    void event(WordEvent event) {
        if (events.size() < MOST_EVENTS) {
            events.add(event);
        } else {
            lost("more events in words were not held", 1);
        }
    }

    /// Says that rows are averages over the steps since the row before.
    void averages() {
        averages = true;
    }

    boolean isAverage() {
        return averages;
    }

    /// Says that a name belongs to the log although no quantity is read from it, for a message.
    void seen(String tag) {
        if (meant.size() < 200) {
            meant.add(tag);
        }
    }

    /// Names that were met, read or not.
    Set<String> seen() {
        Set<String> names = new LinkedHashSet<>(meant);
        readings.values().forEach(reading -> names.addAll(reading.keySet()));
        return names;
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

    /// The counting that serves best: the surest that has nearly as many rows as any.
    Counting counting() {
        long most = 0;
        for (Counting counting : readings.keySet()) {
            most = Math.max(most, rows(counting));
        }
        long bars = Math.max(rows(Counting.BAR), rows(Counting.EPOCH));
        for (Counting counting : Counting.values()) {
            // Trainers print a loss twice a step; rows without a step are then twice as many.
            boolean named = counting == Counting.STEP && rows(counting) >= 0.3 * most && rows(counting) >= 0.8 * bars;
            if (readings.containsKey(counting) && (named || rows(counting) >= 0.8 * most)) {
                return counting;
            }
        }
        return Counting.STEP;
    }

    /// Drops the readings that lie behind a surer one, for the memory; whether a counting is still of use.
    boolean serves(Counting counting) {
        Counting best = counting();
        if (best.compareTo(counting) >= 0 || rows(best) < 1000) {
            return true;
        }
        readings.remove(counting);
        return false;
    }

    private long rows(Counting counting) {
        return readings.getOrDefault(counting, Map.of()).values().stream()
                .flatMap(Optional::stream)
                .mapToLong(LoggedSeries::seen)
                .max()
                .orElse(0);
    }

    Map<String, Optional<LoggedSeries>> series() {
        return readings.getOrDefault(counting(), Map.of());
    }

    /// Every series, of all readings.
    Stream<LoggedSeries> held() {
        return readings.values().stream()
                .flatMap(reading -> reading.values().stream())
                .flatMap(Optional::stream);
    }

    /// The step of the point that came last into the longest series; the least number if there is none.
    long lastStep() {
        return held().max(java.util.Comparator.comparingLong(LoggedSeries::seen))
                .map(LoggedSeries::lastStep)
                .orElse(Long.MIN_VALUE);
    }

    HyperEntries hyper() {
        return hyper;
    }

    List<WordEvent> events() {
        return events;
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

    /// Says that the rows of a file name no step and are numbered.
    void numbered() {
        axis = new RowAxis(RowAxis.Unit.ROW, "", false);
    }

    /// Says that the steps of a file are epochs.
    void epochs() {
        axis = new RowAxis(RowAxis.Unit.EPOCH, "epoch", true);
    }

    /// What the steps of the series count.
    RowAxis axis() {
        return switch (counting()) {
            case STEP -> axis;
            case BAR -> RowAxis.STEPS;
            case EPOCH -> new RowAxis(RowAxis.Unit.EPOCH, "epoch", true);
            case ROW -> new RowAxis(RowAxis.Unit.ROW, "", false);
        };
    }

    /// How the steps were found, where that needs saying.
    Optional<String> counts() {
        return switch (counting()) {
            case STEP -> Optional.empty();
            case BAR -> Optional.of("no row names its step; the progress bars before them do");
            case EPOCH, ROW -> Optional.empty();
        };
    }
}
