package adamscope.cli;

import adamscope.diagnosis.Cause;
import adamscope.diagnosis.Replay;
import adamscope.store.JsonDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Replays for the terminal and as JSON.
final class ReplayPrint {
    private ReplayPrint() {}

    /// The replays as lines for the terminal.
    static List<String> lines(List<Replay> replays) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(replays.isEmpty() ? "replay: no rise to replay" : "replay, one thing changed each time:");
        for (Replay replay : replays) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  rise at step %d, changed from step %d on",
                    replay.event().onset(),
                    replay.from()));
            for (Replay.Result result : replay.results()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "    %-36s rise of %.3g decades%s",
                        result.change().words(),
                        result.rise(),
                        result.removed() && replay.again() ? ": removes it" : ""));
            }
            lines.add("    " + replay.verdict());
        }
        return lines;
    }

    /// A replay for JSON.
    static Map<String, Object> json(Replay replay) {
        return JsonDocument.object(
                "onset",
                replay.event().onset(),
                "height",
                replay.event().height(),
                "from",
                replay.from(),
                "to",
                replay.to(),
                "again",
                replay.again(),
                "results",
                replay.results().stream()
                        .map(result -> JsonDocument.object(
                                "change", result.change().key(),
                                "words", result.change().words(),
                                "rise", result.rise(),
                                "removed", result.removed()))
                        .toList(),
                "cause",
                replay.cause().map(Cause::key).orElse(null),
                "verdict",
                replay.verdict());
    }
}
