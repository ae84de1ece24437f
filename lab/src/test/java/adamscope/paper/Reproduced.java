package adamscope.paper;

import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.run.Host;
import adamscope.run.Run;
import adamscope.run.Trainings;
import adamscope.store.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Figures that are experiments, run.
final class Reproduced {
    private Reproduced() {}

    /// The tables of a figure, with some of its settings changed, such as `steps=20`.
    static Tables tables(TrainedFigure figure, List<String> settings) {
        String id = figure.caption().id();
        Series series = (Series) Shipped.draft(id).full(false).set(settings).trainings();
        try {
            Path folder = Files.createTempDirectory("adamscope-" + id).resolve("run");
            ResultStore store =
                    ResultStore.create(folder, new Reproduction(id, false, Optional.of(series)), List.of("test"));
            Run.tables(store, series, Host.QUIET, new Trainings());
            figure.derived(series, new Tables(store::table)).forEach(store::write);
            return new Tables(store::table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
