package adamscope.log;

import adamscope.regime.Seam;
import adamscope.regime.WordEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The seams of a run, by its steps and by its words.
final class Seams {
    private Seams() {}

    /// @param rewound seams at which steps go back
    /// @param events  told in words
    /// @param steps   of the loss
    static List<Seam> all(List<Seam> rewound, List<WordEvent> events, long[] steps) {
        List<Seam> seams = new ArrayList<>(rewound);
        for (WordEvent event : events) {
            if (event.kind() != WordEvent.Kind.LOADED_CHECKPOINT || steps.length == 0) {
                continue;
            }
            int found = Arrays.binarySearch(steps, event.step());
            int next = found < 0 ? -found - 1 : found + 1;
            // Before the first row there is nothing to join; what is read at a place where steps go back is known.
            boolean known = seams.stream()
                    .anyMatch(seam -> next >= 1
                            && next < steps.length
                            && (seam.step() == steps[next]
                                    || seam.step() == steps[next - 1]
                                    || seam.left() == event.step()));
            if (next > 0 && next < steps.length && !known) {
                seams.add(new Seam(steps[next], steps[next - 1], event.line()));
            }
        }
        return seams;
    }
}
