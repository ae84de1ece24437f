package adamscope.run;

import adamscope.log.TensorBoardWriter;
import adamscope.probe.Measured;
import adamscope.store.RowFile;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.text.FileReason;
import adamscope.training.Companions;
import adamscope.training.TrainingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The files of a training in its run folder, written as it goes on: `live.jsonl` and `probes.jsonl` with every row,
/// and TensorBoard's event files in `tensorboard/`.
public final class TrainingFiles implements TrainingSink, Companions, AutoCloseable {
    private static final String LIVE = "live.jsonl";
    private static final String PROBES = "probes.jsonl";

    private final Path folder;
    private final long last;
    private RowFile live;
    private RowFile probes;
    private TensorBoardWriter events;
    private List<Measured> liveColumns = List.of();
    private List<Measured> probeColumns = List.of();
    private List<String> liveTags = List.of();
    private List<String> probeTags = List.of();

    /// No file is touched before the first row is due.
    ///
    /// @param last the step after which the run goes on; −1: it begins
    public TrainingFiles(Path folder, long last) {
        this.folder = folder;
        this.last = last;
    }

    /// The step after which the run goes on; −1: it begins.
    long last() {
        return last;
    }

    /// Makes the folder of a training.
    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + FileReason.of(e), e);
        }
    }

    @Override
    public void begin(List<Measured> liveNames, List<Measured> probeNames) {
        live = RowFile.open(folder.resolve(LIVE), last);
        probes = RowFile.open(folder.resolve(PROBES), last);
        events = TensorBoardWriter.create(folder.resolve("tensorboard"), Clock.systemUTC());
        liveColumns = liveNames;
        probeColumns = probeNames;
        liveTags = liveNames.stream().map(Measured::name).toList();
        probeTags = probeNames.stream().map(column -> "probe/" + column.name()).toList();
        live.begin(liveNames);
        probes.begin(probeNames);
    }

    @Override
    public void live(long step, double[] values) {
        live.append(step, values);
        events.scalars(step, liveTags, values);
    }

    @Override
    public void probed(long step, double[] values) {
        probes.append(step, values);
        events.scalars(step, probeTags, values);
    }

    /// Brings every row to the disk.
    private void force() {
        live.force();
        probes.force();
        events.flush();
    }

    @Override
    public Map<String, String> kept() {
        force();
        return Map.of(LIVE, live.fingerprint(), PROBES, probes.fingerprint());
    }

    @Override
    public boolean has(String name, String fingerprint) {
        return rows(folder).has(name, fingerprint);
    }

    /// The rows in a folder, which are not added to.
    static Companions rows(Path folder) {
        return new Companions() {
            @Override
            public Map<String, String> kept() {
                return Map.of();
            }

            @Override
            public boolean has(String name, String fingerprint) {
                return RowFile.begins(folder.resolve(name), fingerprint);
            }
        };
    }

    /// All rows of the run, also those before it was broken off: `measurements`, `losses` and `probes`.
    List<Table> tables() {
        force();
        List<Table> tables = new ArrayList<>();
        Table measurements = RowFile.table(folder.resolve(LIVE), "measurements", liveColumns);
        tables.add(measurements);
        List<Column> loss = measurements.columns().stream().limit(2).toList();
        tables.add(new Table("losses", loss));
        tables.add(RowFile.table(folder.resolve(PROBES), "probes", probeColumns));
        return tables;
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
            probes.close();
            events.close();
        }
    }
}
