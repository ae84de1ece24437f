package adamscope.serve;

import adamscope.experiment.ExperimentSettings;
import adamscope.regime.Quantity;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.store.RowTail;
import adamscope.store.RunList;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a line of a list says of a run, as far as its folder knows: of a training that goes on, by its last row.
///
/// @param lr      as set; empty where there is no single one
/// @param outcome in a word
/// @param loss    the last
record FoundInShort(String lr, String outcome, String loss) {
    private static final int NEAR_END = 1 << 16;

    static FoundInShort of(RunList.Entry run) {
        if (!run.isRead()) {
            return new FoundInShort("", "", "");
        }
        try {
            Object lr =
                    ExperimentSettings.of(ResultStore.experiment(run.folder())).get("lr");
            return Provenance.results(run.folder()).get("") instanceof Map<?, ?> found
                    ? new FoundInShort(words(lr), words(found.get("outcome")), number(found.get("finalLoss")))
                    : new FoundInShort(words(lr), "", number(lastLoss(run)));
        } catch (IllegalArgumentException | UncheckedIOException _) {
            return new FoundInShort("", "", "");
        }
    }

    private static Double lastLoss(RunList.Entry run) {
        Optional<double[]> row = RowTail.last(run.folder().resolve("live.jsonl"), List.of(Quantity.LOSS), NEAR_END);
        return row.map(values -> values[0]).orElse(null);
    }

    private static String words(Object value) {
        return value == null || value instanceof Map<?, ?> ? "" : value.toString();
    }

    private static String number(Object value) {
        return value instanceof Number number ? String.format(Locale.ROOT, "%.4g", number.doubleValue()) : "";
    }
}
