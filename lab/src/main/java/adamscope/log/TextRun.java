package adamscope.log;

import adamscope.log.RunPoints.Counting;
import adamscope.regime.WordEvent;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of one run in a text: from the pairs of a line to rows, in each [Counting] that the lines allow.
final class TextRun {
    private static final int LONGEST_TOLD = 2000;
    private static final int LONGEST_EVENT = 200;
    private static final int MOST_SETTINGS = 20_000;
    private static final int ROWS_BETWEEN = 4096;

    private static final Pattern SETTING = Pattern.compile(
            "([A-Za-z_][\\w./-]*)[\"']?\\s*(?:[:=]|\\.{3,})\\s*(\\([^)]{0,80}\\)|\\[[^\\]]{0,80}\\]|[^\\s,;|)\\]}]+)");

    private final String file;
    private final RunPoints run;
    private final KeyTable<TextKey> keys;
    private final EpochClock steps = new EpochClock();
    private final EpochClock barSteps = new EpochClock();
    private final Set<Counting> open = EnumSet.allOf(Counting.class);
    private TextKey[] found = new TextKey[64];
    private long step = -1;
    private long barAt = -1;
    private long barOf = -1;
    private long epoch = -1;
    private long total = -1;
    private long row = -1;
    private long trainingOf = -1;
    private long usedBar = -1;
    private long lastBarRow = -1;
    private boolean staleBar;
    private boolean known;
    private boolean partial;
    private long rows;
    private int settings;

    TextRun(String file, RunPoints run) {
        this.file = file;
        this.run = run;
        keys = new KeyTable<>(this::meaning, TextKey.none());
    }

    private TextKey meaning(String key, int place) {
        TextKey meaning = TextKey.of(key, place, run.names());
        run.seen(meaning.tag());
        return meaning;
    }

    /// Of how many steps a line says that its run has, if it is another run than that of the lines before: another
    /// number at a step that lies not behind; else -1.
    long otherRun(LineScan scan) {
        if (total < 0) {
            return -1;
        }
        for (int pair = 0; pair < scan.pairs(); pair++) {
            boolean other = scan.of(pair) > 0 && scan.of(pair) != total && scan.value(pair) <= step;
            if (other && scan.keyFrom(pair) < scan.keyTo(pair)) {
                int rank = keys.of(scan, pair).stepRank();
                if (rank >= 0 && rank < 1000 && epoch < 0) {
                    return scan.of(pair);
                }
            }
        }
        return -1;
    }

    /// Takes a line that was scanned.
    void line(LineScan scan, int from, int to) {
        int pairs = scan.pairs();
        if (found.length < pairs) {
            found = new TextKey[2 * pairs];
        }
        boolean stepped = false;
        int rank = Integer.MAX_VALUE;
        int stepPair = -1;
        boolean barred = false;
        boolean series = false;
        boolean loss = false;
        for (int pair = 0; pair < pairs; pair++) {
            if (scan.keyFrom(pair) == scan.keyTo(pair)) {
                found[pair] = null;
                barred |= !barred && bar(scan.value(pair), scan.of(pair));
                continue;
            }
            TextKey key = keys.of(scan, pair);
            found[pair] = key;
            double value = scan.value(pair);
            if (key.stepRank() >= 0 && key.stepRank() < rank && whole(value)) {
                rank = key.stepRank();
                stepPair = pair;
            } else if (key.isEpoch() && whole(value)) {
                epoch = (long) value;
            } else if (key.isSeries()) {
                series = true;
                loss |= key.isLoss();
            }
        }
        if (stepPair >= 0 && !(rank >= 1000 && stepPair > 0)) {
            stepped = true;
            step = steps.step(epoch, (long) scan.value(stepPair), scan.of(stepPair));
            total = scan.of(stepPair) > 0 ? scan.of(stepPair) : total;
        }
        if (!series || !stepped && (!loss || broken(scan, pairs))) {
            told(scan, from, to);
        }
        counts(scan, pairs);
        if (series && (loss || stepped || rows > 0 || step >= 0)) {
            if (loss && barred) {
                trainingOf = barOf;
            }
            if (loss && !known) {
                known = true;
                if (TextStyles.average(scan)) {
                    run.averages();
                }
            }
            row(scan, pairs, stepped, barred);
        }
    }

    /// Takes a bar `N/M`; one of another length than the training's, as evaluations show, only in a row of its own.
    private boolean bar(double at, long of) {
        if (of <= 0 || !whole(at) || at > of) {
            return false;
        }
        barAt = (long) at;
        barOf = of;
        return true;
    }

    private boolean broken(LineScan scan, int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            if (found[pair] != null && found[pair].isLoss() && !Double.isFinite(scan.value(pair))) {
                return true;
            }
        }
        return false;
    }

    private static boolean whole(double value) {
        return value == Math.rint(value) && value >= 0 && value < 0x1p53;
    }

    private void row(LineScan scan, int pairs, boolean stepped, boolean barred) {
        boolean unfinished = scan.barOfKeras() && (!barred || barAt != barOf);
        if (stepped || step >= 0) {
            add(scan, pairs, Counting.STEP, step, stepped);
        }
        // Bars at their end alone are epochs.
        partial |= barred && barAt < barOf;
        boolean bars = partial || !barred || epoch < 0;
        if (open.contains(Counting.BAR) && barOf > 0 && bars && !scan.barOfKeras()) {
            long at = barred ? barSteps.step(epoch, barAt, barOf) : behindBar();
            if (at >= 0) {
                add(scan, pairs, Counting.BAR, at, barred);
            }
        }
        if (open.contains(Counting.EPOCH) && epoch >= 0 && !unfinished) {
            add(scan, pairs, Counting.EPOCH, epoch, false);
        }
        if (open.contains(Counting.ROW) && !unfinished) {
            if (row < 0 || hasSome(scan, pairs)) {
                row++;
            }
            add(scan, pairs, Counting.ROW, row, true);
        }
        if (++rows % ROWS_BETWEEN == 0) {
            open.removeIf(counting -> !run.serves(counting));
        }
    }

    /// The number of a row behind a bar; a second row behind the same, which was not drawn anew in time, has the next,
    /// a third none.
    private long behindBar() {
        if (trainingOf < 0) {
            trainingOf = barOf;
        }
        if (barAt == usedBar || barOf != trainingOf) {
            boolean once = !staleBar;
            staleBar = true;
            return once && lastBarRow >= 0 ? lastBarRow + 1 : -1;
        }
        staleBar = false;
        usedBar = barAt;
        lastBarRow = Math.max(barSteps.step(-1, barAt, barOf), lastBarRow + 1);
        return lastBarRow;
    }

    private boolean hasSome(LineScan scan, int pairs) {
        boolean out = false;
        int own = -1;
        for (int pair = 0; pair < pairs; pair++) {
            TextKey key = found[pair];
            if (key != null) {
                out |= tellsHeldOut(scan, pair, key, own);
                own = ownHeldOut(scan, pair, own);
                if (key.isSeries() && key.held(Counting.ROW, out, run).has(row)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Adds the numbers of a line; those of a line without its own step only where the row has none yet.
    private void add(LineScan scan, int pairs, Counting counting, long at, boolean own) {
        boolean out = false;
        int consumed = -1;
        for (int pair = 0; pair < pairs; pair++) {
            TextKey key = found[pair];
            if (key == null) {
                continue;
            }
            out |= tellsHeldOut(scan, pair, key, consumed);
            consumed = ownHeldOut(scan, pair, consumed);
            if (!key.isSeries()) {
                continue;
            }
            TextKey.Held held = key.held(counting, out, run);
            if (held.series().isPresent() && (own || !held.has(at))) {
                run.add(held.series().get(), at, scan.value(pair));
                held.now(at);
            }
        }
    }

    /// Whether words before a pair, or the words of a step, say that what follows is about held-out data.
    private static boolean tellsHeldOut(LineScan scan, int pair, TextKey key, int consumed) {
        int word = scan.heldOut(pair);
        boolean within = word >= scan.keyFrom(pair) && word < scan.keyTo(pair);
        return word >= 0 && word != consumed && (!within || key.stepRank() >= 0);
    }

    private static int ownHeldOut(LineScan scan, int pair, int consumed) {
        int word = scan.heldOut(pair);
        return word >= scan.keyFrom(pair) && word < scan.keyTo(pair) ? word : consumed;
    }

    /// Counts of steps left out, which some write into each row.
    private void counts(LineScan scan, int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            TextKey key = found[pair];
            if (key != null && key.grows(scan.value(pair))) {
                run.event(new WordEvent(
                        step,
                        key.countsNans() ? WordEvent.Kind.NOT_A_NUMBER : WordEvent.Kind.SKIPPED_STEP,
                        key.tag() + ": " + WrittenNumber.brief(scan.value(pair))));
            }
        }
    }

    /// What a line that is no row says: an event, or before the first row settings.
    private void told(LineScan scan, int from, int to) {
        if (to - from > LONGEST_TOLD || to - from < 3) {
            return;
        }
        String line = new String(scan.bytes(), from, to - from, StandardCharsets.UTF_8);
        Optional<WordEvent.Kind> event = TextWords.event(line);
        event.ifPresent(
                kind -> run.event(new WordEvent(step, kind, WrittenNumber.shortened(line.strip(), LONGEST_EVENT))));
        if (event.isEmpty() && rows == 0 && settings < MOST_SETTINGS) {
            settings++;
            Matcher setting = SETTING.matcher(line);
            while (setting.find()) {
                run.configure(file, setting.group(1), setting.group(2));
            }
        }
    }
}
