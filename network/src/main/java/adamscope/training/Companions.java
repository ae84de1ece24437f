package adamscope.training;

import java.util.Map;

/// Files that a run appends to beside its checkpoints, and cuts off behind the one it goes on from.
public interface Companions {
    /// No file.
    Companions NONE = new Companions() {
        @Override
        public Map<String, String> kept() {
            return Map.of();
        }

        @Override
        public boolean has(String name, String fingerprint) {
            return true;
        }
    };

    /// Brings everything to the disk.
    ///
    /// @return a fingerprint of each file as it is now, by name
    Map<String, String> kept();

    /// Whether a file begins as it was when it had this fingerprint.
    boolean has(String name, String fingerprint);
}
