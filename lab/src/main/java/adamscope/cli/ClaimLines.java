package adamscope.cli;

import adamscope.report.Claim;
import adamscope.store.JsonDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Claims on the terminal and as JSON.
final class ClaimLines {
    private ClaimLines() {}

    /// Three lines for each claim.
    static List<String> of(List<Claim> claims) {
        return claims.stream()
                .flatMap(c -> List.of(
                        String.format(
                                Locale.ROOT,
                                "%s %-6s %s (%s)",
                                c.verdict().sign(),
                                c.id(),
                                c.statement(),
                                c.verdict().words()),
                        String.format(Locale.ROOT, "         %s", c.setup()),
                        String.format(Locale.ROOT, "         expected %s; measured %s", c.expected(), c.measured()))
                        .stream())
                .toList();
    }

    static List<Map<String, Object>> documents(List<Claim> claims) {
        return claims.stream()
                .map(c -> JsonDocument.object(
                        "id", c.id(),
                        "statement", c.statement(),
                        "expected", c.expected(),
                        "measured", c.measured(),
                        "verdict", c.verdict().words()))
                .toList();
    }
}
