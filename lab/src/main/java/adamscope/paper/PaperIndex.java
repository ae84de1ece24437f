package adamscope.paper;

import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.ReportHtml;
import adamscope.report.RunReport;
import adamscope.report.Section;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The page that leads to the pages of several figures.
public final class PaperIndex {
    private PaperIndex() {}

    /// A figure that was run.
    ///
    /// @param id      which; also the name of its folder beside the index
    /// @param claims  its claims
    /// @param failure what went wrong; empty: nothing
    public record Entry(String id, List<Claim> claims, String failure) {
        public Entry {
            claims = List.copyOf(claims);
        }
    }

    /// The page.
    public static String text(List<Entry> entries) {
        List<Claim> claims = entries.stream().flatMap(e -> e.claims().stream()).toList();
        return ReportHtml.text(new Report(
                "Figures and statements of the papers, computed anew",
                RunReport.lead(claims),
                List.of(
                        new Section.Links(
                                "Figures",
                                List.of("Figure", "Paper", "Shows", "Claims"),
                                entries.stream().map(PaperIndex::row).toList()),
                        new Section.Claims(
                                "Claims that do not simply agree",
                                claims.stream()
                                        .filter(c -> c.verdict() != Claim.Verdict.AGREES)
                                        .toList()))));
    }

    private static Section.Link row(Entry entry) {
        Caption caption = PaperFigures.find(entry.id()).caption();
        return new Section.Link(
                entry.id(),
                entry.failure().isEmpty() ? entry.id() + "/report.html" : "",
                List.of(
                        caption.source(),
                        caption.shows(),
                        entry.failure().isEmpty() ? verdicts(entry.claims()) : "failed: " + entry.failure()));
    }

    private static String verdicts(List<Claim> claims) {
        return Arrays.stream(Claim.Verdict.values())
                .filter(v -> claims.stream().anyMatch(c -> c.verdict() == v))
                .map(v -> claims.stream().filter(c -> c.verdict() == v).count() + " " + v.words())
                .collect(Collectors.joining(", "));
    }
}
