package adamscope.paper;

import adamscope.experiment.Experiment;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.run.Host;
import adamscope.run.Run;
import adamscope.run.Trainings;
import adamscope.store.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Figures that are experiments, run.
final class Reproduced {
    private Reproduced() {}

    /// The tables of a figure, with each of its trainings changed, from the seed of its file.
    ///
    /// @param below where its run is kept, as long as the tables are asked
    static Tables tables(Path below, TrainedFigure figure, UnaryOperator<Train> change) {
        return tables(below, figure, change, new SeedAxis(1));
    }

    /// The tables of a figure, with each of its trainings changed, from several seeds.
    static Tables tables(Path below, TrainedFigure figure, UnaryOperator<Train> change, SeedAxis seeds) {
        String id = figure.caption().id();
        Map<String, Experiment> parts = new LinkedHashMap<>();
        ((Series) Shipped.draft(id).size(Size.DEFAULT).trainings())
                .parts()
                .forEach((name, part) -> parts.put(name, change.apply((Train) part)));
        Series series = (Series) seeds.seeded(new Series(parts));
        try {
            Path folder = Files.createTempDirectory(below, id).resolve("run");
            ResultStore store = ResultStore.create(
                    folder, new Reproduction(id, Size.DEFAULT, Optional.of(series)), List.of("test"));
            Run.tables(store, series, Host.QUIET, new Trainings());
            SeedAxis.of(series).derived(figure, series, new Tables(store::table), store::write);
            return new Tables(store::table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
