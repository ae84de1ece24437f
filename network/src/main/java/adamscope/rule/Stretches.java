package adamscope.rule;

import java.util.List;

/// Sees θ and the states of a rule during one step: each stretch of coordinates just before and just after it takes its
/// new values, while it is in the cache of the processor.
public interface Stretches {
    /// Nobody looks.
    Stretches UNSEEN = new Stretches() {
        @Override
        public void before(int from, int to) {}

        @Override
        public void after(int from, int to) {}
    };

    /// The coordinates `from` to `to` − 1 are still those of the step before.
    void before(int from, int to);

    /// They have their new values, and so have the states there.
    void after(int from, int to);

    /// Sums that a loop over the rule may make itself, in place of [#before] and [#after]; none where it shall not.
    default List<Total> totals() {
        return List.of();
    }

    /// Where the sums end to which a coordinate belongs.
    default int end(int from) {
        return Integer.MAX_VALUE;
    }

    /// The sums over a stretch that ends no later than [#end] of its beginning, in the order of [#totals].
    default void added(int from, int to, double[] sums) {}

    /// A sum over coordinates of a state of the rule, after the step.
    ///
    /// @param name of the state, or [adamscope.optimizer.OptimizerRule#PARAMETER]
    record Total(String name, Term term) {}

    /// What is added up.
    enum Term {
        NUMBER,
        SQUARE,
        SQUARED_CHANGE
    }

    /// The same for one who counts from a coordinate on.
    default Stretches from(int first) {
        Stretches whole = this;
        return this == UNSEEN
                ? this
                : new Stretches() {
                    @Override
                    public void before(int from, int to) {
                        whole.before(first + from, first + to);
                    }

                    @Override
                    public void after(int from, int to) {
                        whole.after(first + from, first + to);
                    }

                    @Override
                    public List<Total> totals() {
                        return whole.totals();
                    }

                    @Override
                    public int end(int from) {
                        return whole.end(first + from) - first;
                    }

                    @Override
                    public void added(int from, int to, double[] sums) {
                        whole.added(first + from, first + to, sums);
                    }
                };
    }
}
