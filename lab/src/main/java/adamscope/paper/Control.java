package adamscope.paper;

import adamscope.table.Table;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A run in which statements are false, judged by the same code: a criterion that lets it pass proves nothing.
///
/// @param what      what was run instead, in a sentence
/// @param falsifies ids of the statements that are false there
/// @param measure   gives the tables that the figure's claims read
record Control(String what, Set<String> falsifies, Function<Effort, List<Table>> measure) {
    Control {
        falsifies = Set.copyOf(falsifies);
    }
}
