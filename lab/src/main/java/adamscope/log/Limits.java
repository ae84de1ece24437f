package adamscope.log;

/// What one read may hold at most.
///
/// @param points values of all series together; more are thinned
/// @param cells  rows times columns of one table; columns past it are left out
/// @param names  different tags of all runs of a source; further ones are not read
/// @param runs   runs of one file; further ones are not read
record Limits(long points, long cells, int names, int runs) {
    /// 16 bytes a point, 8 a cell: together about half a gigabyte.
    static final Limits DEFAULT = new Limits(1L << 24, 1L << 25, 20_000, 1_000);
}
