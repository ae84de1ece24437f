package adamscope.figure;

import java.util.List;

/// One pair of axes with its marks; later marks lie above earlier ones.
///
/// @param title one line above the panel; may be empty
public record Panel(String title, PanelAxis x, PanelAxis y, List<Mark> marks) {
    public Panel {
        marks = List.copyOf(marks);
    }

    /// A panel with the marks in drawing order.
    public static Panel of(String title, PanelAxis x, PanelAxis y, Mark... marks) {
        return new Panel(title, x, y, List.of(marks));
    }
}
