package adamscope.run;

import adamscope.store.JsonDocument;
import adamscope.sweep.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Of a shard of a sweep, which has no table.
///
/// @param points     of the shard
/// @param pointsKept from before
public record ShardFound(Shard shard, long tiles, long points, long pointsKept, int tilesRepaired, double seconds)
        implements Finding {
    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "shard",
                shard.number(),
                "shards",
                shard.of(),
                "tiles",
                tiles,
                "points",
                points,
                "pointsRun",
                points - pointsKept,
                "pointsKept",
                pointsKept,
                "tilesRepaired",
                tilesRepaired,
                "seconds",
                seconds,
                "folder",
                folder.toString());
    }

    @Override
    public List<String> lines() {
        return List.of(
                Finding.line(
                        "shard %s: %d points in %d tiles, %d points run, %d kept from before",
                        shard, points, tiles, points - pointsKept, pointsKept),
                (shard.of() == 1 ? "its table: " : "when all " + shard.of() + " are done: ")
                        + "adamscope sweep --merge DIR… --out OUT");
    }
}
