package adamscope.report;

import adamscope.diagnosis.SideBySide;
import adamscope.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The page of runs side by side.
public final class SideBySidePage {
    private SideBySidePage() {}

    /// The page.
    ///
    /// @param compared runs with steps; empty: there are curves only
    /// @param swept    learning-rate curves of sweeps beside those of the runs
    public static Report of(Optional<SideBySide> compared, List<SideBySide.Rates> swept) {
        List<Section> sections = new ArrayList<>();
        List<SideBySide.Rates> curves = new ArrayList<>(swept);
        compared.ifPresent(runs -> {
            curves.addAll(0, runs.rates());
            sections.add(new Section.TableSection(
                    "What differs",
                    SideBySideWords.lossMeaning(runs),
                    SideBySideWords.header(runs),
                    SideBySideWords.rows(runs)));
            List<String> says = SideBySideWords.says(runs);
            if (!says.isEmpty()) {
                sections.add(new Section.Prose("What was found", says));
            }
            SideBySideFigure.of(runs)
                    .ifPresent(figure -> sections.add(new Section.FigureSection(
                            "Side by side",
                            figure,
                            (runs.seeds().isEmpty()
                                            ? "Over " + runs.by().label() + "."
                                            : "Where runs share all that is known of their settings but the seed:"
                                                    + " line, their mean; band, from the smallest to the largest.")
                                    + SideBySideFigure.leftOut(runs))));
        });
        compared.flatMap(PathsOnLoss::of)
                .ifPresent(paths -> sections.add(new Section.FigureSection(
                        "Paths",
                        paths.figure(),
                        "Points: where each run starts and ends. Bands of equal colour: the loss above its least value."
                                + paths.leftOut())));
        sections.addAll(rates(curves, "loss reached"));
        String title = compared.map(runs -> runs.runs().size() + " runs side by side")
                .orElse("Learning rates of " + swept.size() + (swept.size() == 1 ? " sweep" : " sweeps"));
        return new Report(title, "", sections);
    }

    /// The loss over the learning rate, where there are curves; shared with the pages of sweeps.
    static List<Section> rates(List<SideBySide.Rates> curves, String reached) {
        if (curves.isEmpty()) {
            return List.of();
        }
        Figure figure =
                Figure.of("rates", "Loss reached over the learning rate", RateFigure.panel("", reached, curves));
        return List.of(
                new Section.FigureSection(
                        "Learning rates",
                        figure,
                        "Line: mean over seeds; band: from the smallest to the largest; learning rates at which a run"
                                + " diverged are left out."
                                + Shown.of("the first", RateFigure.MOST, curves.size(), "curves are shown")),
                new Section.Prose(
                        "",
                        curves.stream()
                                .limit(RateFigure.MOST)
                                .map(rates -> rates.label() + ": " + RateFigure.best(rates.curve()) + ".")
                                .toList()));
    }
}
