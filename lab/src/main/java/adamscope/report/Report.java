package adamscope.report;

import adamscope.figure.Figure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was run and what came out, for a reader; [ReportHtml] turns it into a page.
///
/// @param title the page's title
/// @param lead one or two sentences on what was run and found
/// @param sections in reading order
public record Report(String title, String lead, List<Section> sections) {
    public Report {
        sections = List.copyOf(sections);
        Set<String> figures = new HashSet<>();
        for (Section section : sections) {
            if (section instanceof Section.FigureSection shown
                    && !figures.add(shown.figure().id())) {
                throw new IllegalArgumentException("two figures of the report have the id '"
                        + shown.figure().id() + "'");
            }
        }
    }

    /// Its figures, in reading order.
    public List<Figure> figures() {
        return sections.stream()
                .filter(Section.FigureSection.class::isInstance)
                .map(section -> ((Section.FigureSection) section).figure())
                .toList();
    }
}
