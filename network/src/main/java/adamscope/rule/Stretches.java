package adamscope.rule;

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
                };
    }
}
