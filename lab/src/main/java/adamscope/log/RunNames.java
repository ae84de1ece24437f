package adamscope.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Columns and keys that say to which run a row belongs, and whether it is about held-out data.
final class RunNames {
    private static final Set<String> RUNS = Set.of("""
        run run_id run_name run_uuid runid experiment experiment_id experiment_name exp exp_name trial
        trial_id\
        """.split("\\s+"));

    /// Their values are numbers that say nothing without the name.
    private static final Set<String> NUMBERED =
            Set.of("seed", "rank", "local_rank", "global_rank", "fold", "replica", "worker", "process_index");

    private static final Set<String> HELD_OUT =
            Set.of("val", "valid", "validation", "eval", "evaluation", "test", "dev");

    private RunNames() {}

    static boolean is(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RUNS.contains(lower) || NUMBERED.contains(lower);
    }

    /// The places of such columns.
    static List<Integer> columns(List<String> names) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (is(names.get(i))) {
                found.add(i);
            }
        }
        return found;
    }

    /// The name of a run by such columns: `baseline`, `seed 3`, `baseline, rank 0`.
    static String of(List<Integer> columns, List<String> names, List<String> row) {
        String name = "";
        for (int column : columns) {
            if (column < row.size() && !row.get(column).isBlank()) {
                name += (name.isEmpty() ? "" : ", ")
                        + of(names.get(column), row.get(column).strip());
            }
        }
        return name;
    }

    /// The name of a run by one such column.
    static String of(String column, String value) {
        return NUMBERED.contains(column.toLowerCase(Locale.ROOT)) ? column + " " + value : value;
    }

    /// What goes before the tags of rows of such a mode: `val/` of held-out data, else nothing.
    static String mode(String word) {
        return HELD_OUT.contains(word.strip().toLowerCase(Locale.ROOT)) ? "val/" : "";
    }
}
