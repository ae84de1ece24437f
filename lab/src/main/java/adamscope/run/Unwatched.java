package adamscope.run;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The host of one training among many: ends when it is asked to, and shows no progress.
///
/// @param said hears remarks
record Unwatched(BooleanSupplier stopping, Consumer<String> said) implements Host {
    @Override
    public Progress progress(String task, long total, String unit) {
        return new Unseen();
    }

    @Override
    public void remark(String text) {
        said.accept(text);
    }
}
