package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.store.FolderLock;
import adamscope.store.ResultStore;
import adamscope.store.ShardFolders;
import java.util.concurrent.CancellationException;

/// Makes one run of the shards of a sweep, with the bytes of one that was never cut into any. The shards stay as they
/// are.
///
/// @param shards that were found to fit
public record SweepMerge(Host host, ShardFolders shards) {

    /// Merges into a run folder, and ends it.
    ///
    /// @throws CancellationException if the host ends it; the same merge goes on
    public SweepFound into(ResultStore run) {
        try (FolderLock _ = run.lock()) {
            SweepEnd end = SweepEnd.of(run);
            String sha256;
            try (Progress progress = host.progress("table", 1, "table")) {
                sha256 = shards.merge(run, "sweep");
                progress.advance(1);
            }
            SweepFound found =
                    end.found(sha256, ((Sweep) run.experiment()).space().points(), 0);
            end.complete(found, host.stopping());
            return found;
        } catch (CancellationException _) {
            throw new CancellationException("interrupted; the same command merges again in " + run.folder());
        }
    }
}
