package adamscope.run;

import adamscope.report.ClaimJudge;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Who lets something run: is shown how far it is, hears remarks, and may want it to end.
public interface Host {
    /// Shows nothing, hears nothing, lets everything come to its end.
    Host QUIET = new Host() {
        @Override
        public Progress progress(String task, long total, String unit) {
            return new Unseen();
        }

        @Override
        public void remark(String text) {}

        @Override
        public BooleanSupplier stopping() {
            return () -> false;
        }
    };

    /// Shows a task of `total` units, such as `"cells"`, that begins now; to be closed when it ends.
    Progress progress(String task, long total, String unit);

    /// Says something to the person who waits, outside the result.
    void remark(String text);

    /// How to go on with the work that begins now, in words, should it be interrupted wherever it then is.
    default void wayOn(String words) {}

    /// The sentence of an interruption, with the way on; takes the place of any other.
    default void interrupted(String sentence) {
        remark(sentence);
    }

    /// Who holds what was measured against what is claimed, on the page of the run.
    default ClaimJudge judge() {
        return ClaimJudge.NONE;
    }

    /// Whether what runs on the present thread is to end; may be asked from any thread.
    BooleanSupplier stopping();

    /// Shows nothing.
    record Unseen() implements Progress {
        @Override
        public void begin(long earlier) {}

        @Override
        public void advance(long more) {}

        @Override
        public void note(Supplier<String> text) {}

        @Override
        public void close() {}
    }
}
