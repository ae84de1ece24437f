package adamscope.regime;

import java.util.List;

/// Where the value of a hyper-parameter was found.
///
/// @param place  file and key: "config.yaml: optimizer.betas"
/// @param others values under other keys that were not taken: "0.02 (config.yaml: sched.lr)"
public record HyperSource(String place, List<String> others) {
    public HyperSource {
        others = List.copyOf(others);
    }
}
