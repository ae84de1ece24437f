package adamscope.cli;

import adamscope.experiment.Reproduction;
import adamscope.experiment.Size;
import adamscope.paper.Effort;
import adamscope.paper.PaperPage;
import adamscope.report.Claim;
import adamscope.report.RunReport;
import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.run.Trainings;
import adamscope.store.ResultStore;
import adamscope.sweep.Engine;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/// A figure on its way: which it is stands before, what comes after it behind.
record ReproducedFigure(Host host, String task, String note) implements Host {
    @Override
    public Progress progress(String part, long total, String unit) {
        Progress progress = host.progress(part.isEmpty() ? task : task + ", " + part, total, unit);
        progress.note(() -> note);
        return progress;
    }

    @Override
    public void remark(String text) {
        host.remark(text);
    }

    @Override
    public BooleanSupplier stopping() {
        return host.stopping();
    }

    /// Runs it into its folder.
    ///
    /// @param shared trainings that other figures show too
    List<Claim> run(ResultStore store, Trainings shared) {
        Reproduction reproduction = (Reproduction) store.experiment();
        Engine engine = shared.engine(store.folder());
        if (reproduction.experiment().isPresent()) {
            return RunReport.claims(PaperPage.run(store, effort(reproduction, shared, engine, _ -> {}), this));
        }
        try (Progress progress = progress("", 100, "hundredths")) {
            DoubleAdder share = new DoubleAdder();
            DoubleAdder told = new DoubleAdder();
            Effort effort = effort(reproduction, shared, engine, more -> {
                share.add(more);
                synchronized (told) {
                    long whole = (long) (Math.min(100, 100 * share.sum()) - told.sum());
                    progress.advance(whole);
                    told.add(whole);
                }
            });
            return RunReport.claims(PaperPage.run(store, effort, this));
        }
    }

    private Effort effort(Reproduction reproduction, Trainings shared, Engine engine, DoubleConsumer finished) {
        return new Effort(reproduction.size() == Size.FULL, engine, finished, stopping(), shared);
    }
}
