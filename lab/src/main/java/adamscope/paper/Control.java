package adamscope.paper;

import adamscope.table.Table;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A run in which statements are false, judged by the same code: a criterion that lets it pass proves nothing.
///
/// @param what      what was run instead, in a sentence
/// @param falsifies ids of the statements that are false there
/// @param source    gives the tables that the figure's claims read
record Control(String what, Set<String> falsifies, RunsOf source) {
    Control {
        falsifies = Set.copyOf(falsifies);
    }

    /// That is run for it.
    Control(String what, Set<String> falsifies, Function<Effort, List<Table>> measure) {
        this(what, falsifies, new OwnRuns(measure));
    }

    /// The figure's own numbers in places where they make the statements false: nothing is run for it.
    static Control turned(String what, Set<String> falsifies, UnaryOperator<Tables> turn) {
        return new Control(what, falsifies, new Turned(turn));
    }

    /// Where its numbers come from.
    sealed interface RunsOf {}

    /// Runs of its own.
    record OwnRuns(Function<Effort, List<Table>> measure) implements RunsOf {}

    /// The figure's own runs, such as in each other's place.
    record Turned(UnaryOperator<Tables> turn) implements RunsOf {}
}
