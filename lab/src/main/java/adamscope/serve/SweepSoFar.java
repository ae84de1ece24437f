package adamscope.serve;

import adamscope.experiment.Sweep;
import adamscope.figure.FigureSvg;
import adamscope.run.SweepProgress;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.RunQuery;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What a sweep has so far: drawn, or asked in SQL; nothing in its folder is touched.
final class SweepSoFar {
    private static final int MOST_ROWS = 1000;
    private static final int LONGEST = 10_000;
    private static final long MOST_SECONDS = 20;

    private SweepSoFar() {}

    /// A picture as SVG, one panel after the other; empty as long as no point is there.
    ///
    /// @throws IllegalArgumentException if the run is no sweep
    static HttpAnswer picture(Path run) {
        if (!(ResultStore.experiment(run) instanceof Sweep sweep)) {
            throw new IllegalArgumentException(run.getFileName() + " is no sweep");
        }
        String drawn = SweepProgress.counted(run, sweep).done() == 0
                ? ""
                : String.join("\n", FigureSvg.panels(SweepProgress.preview(run, sweep)));
        return new HttpAnswer.Whole(HttpAnswer.OK, "text/plain; charset=utf-8", HttpAnswer.Leave.FOREIGN, drawn);
    }

    /// The answer to one SELECT, of which no more rows than a page holds, and no later than somebody waits.
    ///
    /// @throws IllegalArgumentException if it is wrong, or takes too long
    static HttpAnswer answer(Path run, String select) {
        Held held = new Held();
        try (RunQuery query = RunQuery.over(List.of(run))) {
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    query::cancel, CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS));
            try {
                query.run(select, held);
            } catch (EnoughRows _) {
                held.more = true;
            } catch (IllegalArgumentException | UncheckedIOException wrong) {
                throw late.isDone()
                        ? new IllegalArgumentException(
                                "the query took more than " + MOST_SECONDS
                                        + " s and was ended; adamscope query has the time",
                                wrong)
                        : wrong;
            } finally {
                late.cancel(false);
            }
        }
        return HttpAnswer.Whole.json(JsonDocument.object("columns", held.names, "rows", held.rows, "more", held.more));
    }

    /// Ends an answer that is long enough.
    private static final class EnoughRows extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Held implements RunQuery.Rows {
        private List<String> names = List.of();
        private final List<List<String>> rows = new ArrayList<>();
        private boolean more;

        @Override
        public void columns(List<String> columns) {
            names = columns;
        }

        @Override
        public void row(List<Object> values) {
            if (rows.size() == MOST_ROWS) {
                throw new EnoughRows();
            }
            rows.add(values.stream().map(Held::written).toList());
        }

        /// No longer than somebody reads.
        private static String written(Object value) {
            String text = value == null ? "" : value.toString();
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        }
    }
}
