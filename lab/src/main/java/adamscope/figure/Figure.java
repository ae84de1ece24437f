package adamscope.figure;

import java.util.List;

/// A figure as data: panels in a grid, drawn row by row. [FigureSvg] and [FigurePng] turn it into files.
///
/// @param id names the files and prefixes every identifier inside the SVG; letters, digits, `-`, `_`
/// @param title one line above the panels; may be empty
/// @param description what the figure shows, for readers who cannot see it
/// @param columns panels per row, at least 1
/// @param panels in reading order
public record Figure(String id, String title, String description, int columns, List<Panel> panels) {
    public Figure {
        if (!id.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "figure id '" + id + "': a letter, then letters, digits, '-' or '_' are allowed");
        }
        if (columns < 1) {
            throw new IllegalArgumentException("figure " + id + ": columns = " + columns + ", at least 1 is allowed");
        }
        panels = List.copyOf(panels);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("figure " + id + " has no panel");
        }
    }

    /// A figure of one panel.
    public static Figure of(String id, String description, Panel panel) {
        return new Figure(id, "", description, 1, List.of(panel));
    }

    /// Rows of the grid that the panels fill.
    public int rows() {
        return (panels.size() + columns - 1) / columns;
    }
}
