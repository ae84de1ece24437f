package adamscope.table;

/// Results do not have what was asked of them: a table, a column of it, or one of the single numbers in it. A folder
/// made by an earlier version may lack what that version did not measure.
public final class Absent extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final String table;
    private final String part;

    /// @param table   the table that is not there, or that lacks the part
    /// @param part    the column or number; empty: the whole table
    /// @param message what is missing, where, and what there is
    public Absent(String table, String part, String message) {
        super(message);
        this.table = table;
        this.part = part;
    }

    /// The table that is not there, or that lacks [#part()].
    public String table() {
        return table;
    }

    /// The column or number that is missing; empty: the whole table.
    public String part() {
        return part;
    }

    /// What is missing, in a few words.
    public String words() {
        return part.isEmpty() ? "table '" + table + "'" : "'" + part + "' in table '" + table + "'";
    }
}
