package adamscope.sweep;

/// When a run of a sweep ends before its last step.
public enum Ending {
    /// Never: every step is computed, as long as double holds the state. After a state became subnormal or underflowed,
    /// in each of the endings, nothing is left to compute.
    FULL_LENGTH,
    /// When what follows is known without a theory: the state has come back to the last bit, so that the run repeats a
    /// cycle for ever and its results are those of the full length.
    KNOWN,
    /// Also when the loss has fallen for eight windows as the theory of the rule on a power law says, to a millionth of
    /// the rate: the rest is taken from the straight line, with an error below a millionth of its decades.
    DECIDED
}
