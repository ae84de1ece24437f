package adamscope.report;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Figures of a report by the words that a person has for them.
public final class FigureChoice {
    private FigureChoice() {}

    /// The figure of that name, or the panel whose title or vertical axis is called so, as a figure of its own.
    ///
    /// @param name null: every figure of the report
    /// @throws IllegalArgumentException if there is none or several; the message lists what there is
    public static List<Figure> of(Report report, String name) {
        if (name == null) {
            return report.figures();
        }
        for (Figure figure : report.figures()) {
            if (figure.id().equals(name)) {
                return List.of(figure);
            }
        }
        List<Figure> panels = new ArrayList<>();
        for (Figure figure : report.figures()) {
            for (int i = 0; i < figure.panels().size(); i++) {
                if (names(figure, i).stream().anyMatch(known -> plain(known).equals(plain(name)))) {
                    panels.add(single(figure, i));
                }
            }
        }
        if (panels.size() == 1) {
            return panels;
        }
        if (panels.size() > 1) {
            throw new IllegalArgumentException("--panel " + name + " is each of "
                    + panels.stream().map(Figure::id).toList() + "; name one of them");
        }
        List<String> all = all(report);
        throw new IllegalArgumentException(
                "--panel " + name + ": the report has " + String.join(", ", all) + Nearest.hint(name, all));
    }

    /// A figure with another title; of one panel, it is the panel's.
    public static Figure titled(Figure figure, String title) {
        if (figure.panels().size() == 1) {
            Panel panel = figure.panels().getFirst();
            return new Figure(
                    figure.id(),
                    "",
                    figure.description(),
                    1,
                    List.of(new Panel(title, panel.x(), panel.y(), panel.marks())));
        }
        return new Figure(figure.id(), title, figure.description(), figure.columns(), figure.panels());
    }

    private static List<String> all(Report report) {
        Set<String> all = new LinkedHashSet<>();
        for (Figure figure : report.figures()) {
            all.add(figure.id());
            for (int i = 0; i < figure.panels().size(); i++) {
                names(figure, i).stream().limit(1).forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /// The title, the vertical axis with and without what stands in brackets, and figure and number: `training-1`.
    private static List<String> names(Figure figure, int panel) {
        String axis = figure.panels().get(panel).y().label();
        return Stream.of(
                        figure.panels().get(panel).title(),
                        axis,
                        axis.replaceFirst(" \\([^()]*\\)$", ""),
                        id(figure, panel))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String id(Figure figure, int panel) {
        return figure.panels().size() == 1 ? figure.id() : figure.id() + "-" + (panel + 1);
    }

    private static Figure single(Figure figure, int panel) {
        return Figure.of(
                id(figure, panel), figure.description(), figure.panels().get(panel));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
