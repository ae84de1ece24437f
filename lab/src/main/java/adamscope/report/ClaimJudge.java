package adamscope.report;

import adamscope.experiment.Experiment;
import adamscope.table.Table;
import java.util.List;
import java.util.function.Function;

/// Holds what was measured of an experiment against what is claimed of such ones.
@FunctionalInterface
public interface ClaimJudge {
    /// Knows no claims.
    ClaimJudge NONE = (_, _) -> List.of();

    /// The claims that are about this experiment.
    ///
    /// @param part   no series
    /// @param tables its tables, by the names they have outside a series
    List<Claim> claims(Experiment part, Function<String, Table> tables);
}
