package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Two contests of gradient descent and Adam side by side, and the Hessians of their networks: paper 1, Fig. 15.
///
/// @param degenerate the one that the paper calls more degenerate
/// @param other      the one that it is compared with
record TunedPair(String degenerate, String other, Tables tables) {
    private static final double NEAR_ZERO = 1e-3;
    private static final String START = "-start";
    private static final String END = "-end";

    /// How well each training did, and the spectra of those along which they were looked at.
    static List<Table> derived(TrainedFigure figure, Series series, Tables tables) {
        List<Table> derived =
                new ArrayList<>(List.of(TrainedRuns.index(figure, series), TunedContest.late(series, tables)));
        series.parts().forEach((name, part) -> {
            if (((Train) part).watch().spectrum().isPresent()) {
                String contest = name.substring(0, name.indexOf('-'));
                Table probes = tables.table(name + "-probes");
                derived.add(HessianSpectrum.table(contest + START, probes, 0));
                derived.add(HessianSpectrum.table(contest + END, probes, probes.rows() - 1));
            }
        });
        return derived;
    }

    /// The second in the place of both: there is no difference to be seen.
    static Control alike(TrainedFigure figure, List<String> claims, String one, String other) {
        return new Control(
                other + " in the place of both, a quarter of the steps",
                Set.copyOf(claims),
                effort -> ControlRuns.alike(figure, effort, one, other));
    }

    /// Both losses, and the densities at the start and at the end.
    static Figure figure(String id, String description, List<String> names, Tables tables) {
        List<Panel> panels = new ArrayList<>();
        names.forEach(name -> panels.add(new TunedContest(name, tables).panel()));
        names.forEach(name -> panels.add(new TunedContest(name, tables).tuning()));
        for (String when : List.of(START, END)) {
            double limit = names.stream()
                    .mapToDouble(name -> HessianSpectrum.of(tables, name + when).radius())
                    .min()
                    .orElseThrow();
            List<Mark> densities = new ArrayList<>();
            names.forEach(name ->
                    densities.add(HessianSpectrum.of(tables, name + when).density(name, limit)));
            panels.add(new Panel(
                    "spectrum of H," + (when.equals(START) ? " after the first step" : " after the last step"),
                    PanelAxis.linear("eigenvalue λ"),
                    PanelAxis.log10("density"),
                    densities));
        }
        return new Figure(id, "", description, 2, panels);
    }

    /// Whether Adam's lead is larger on the degenerate one.
    Claim advantage(String id) {
        TunedContest.Result here = new TunedContest(degenerate, tables).result();
        TunedContest.Result there = new TunedContest(other, tables).result();
        return Register.of(id)
                .ran("best of several η each")
                .got("best rates have worse ones on both sides", here.inside() && there.inside())
                .gotIf(
                        here.inside() && there.inside(),
                        "lead of Adam with the first over that with the second",
                        here.advantage() / there.advantage())
                .claim(
                        "Adam reaches the last loss of gradient descent in a smaller part of the steps with the first",
                        degenerate + ": " + here.words() + "; " + other + ": " + there.words());
    }

    /// Whether more eigenvalues of the degenerate one lie near 0.
    Claim concentration(String id) {
        Measurement measured = Register.of(id)
                .ran("part of the eigenvalues within a thousandth of the largest of the other, and of the own largest");
        List<String> words = new ArrayList<>();
        for (String when : List.of(START, END)) {
            HessianSpectrum here = HessianSpectrum.of(tables, degenerate + when);
            HessianSpectrum there = HessianSpectrum.of(tables, other + when);
            double limit = NEAR_ZERO * there.radius();
            double ownHere = here.within(NEAR_ZERO * here.radius());
            double ownThere = there.within(limit);
            String at = " at the " + when.substring(1);
            measured = measured.got("share near 0 more than the other's" + at, here.within(limit) - there.within(limit))
                    .got("of the own largest, share more than the other's" + at, ownHere - ownThere);
            words.add(text(
                    "%s: %.4f against %.4f of all within ±%.2g; within a thousandth of the largest, which is %.3g"
                            + " against %.3g, %.4f against %.4f",
                    when.substring(1),
                    here.within(limit),
                    ownThere,
                    limit,
                    here.radius(),
                    there.radius(),
                    ownHere,
                    ownThere));
        }
        return measured.claim(
                "a larger part near 0, at the start and at the end",
                String.join("; ", words),
                "The paper names no step. Where a network has its samples by heart in the end, all of its curvature is"
                        + " near 0, whatever its kind: the comparison at the end is one of losses too ("
                        + text(
                                "%.2g for %s, %.2g for %s",
                                new TunedContest(degenerate, tables).adamLoss(),
                                degenerate,
                                new TunedContest(other, tables).adamLoss(),
                                other)
                        + "), and moves with how many learning rates the best is chosen from.");
    }
}
