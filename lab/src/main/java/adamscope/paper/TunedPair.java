package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.SpectrumProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Two contests of gradient descent and Adam side by side, and the Hessians of their networks: paper 1, Fig. 15.
///
/// @param degenerate the one that the paper calls more degenerate
/// @param other      the one that it is compared with
record TunedPair(String degenerate, String other, Tables tables) {
    private static final SpectrumProbe.Resolution RESOLUTION = new SpectrumProbe.Resolution(2, 30, 7);
    private static final double NEAR_ZERO = 1e-3;
    private static final String START = "-start";
    private static final String END = "-end";

    /// Runs both, then Adam at its best rates once more, looking at the spectrum.
    static List<Table> measure(List<TunedContest> contests, Effort effort) {
        Map<String, Table> trained = new LinkedHashMap<>();
        effort.trained(TunedContest.trainings(contests))
                .forEach((name, run) -> trained.put(name, LossShape.table(name, run)));
        Tables byName = new Tables(trained::get);
        List<Table> tables = new ArrayList<>();
        Map<String, MeasuredTraining> looked = new LinkedHashMap<>();
        for (TunedContest contest : contests) {
            List<Table> own = contest.tables(byName);
            tables.addAll(own);
            own.forEach(table -> trained.put(table.name(), table));
            looked.put(
                    contest.name(),
                    contest.bestAdam(byName, new Inspection.Spectrum(List.of(1L, contest.steps()), RESOLUTION)));
        }
        effort.trained(looked).forEach((name, run) -> {
            tables.add(HessianSpectrum.table(name + START, run.probes(), 0));
            tables.add(
                    HessianSpectrum.table(name + END, run.probes(), run.probes().rows() - 1));
        });
        return tables;
    }

    /// Both losses, and the densities at the start and at the end.
    static Figure figure(String id, String description, List<String> names, Tables tables) {
        List<Panel> panels = new ArrayList<>();
        names.forEach(name -> panels.add(TunedContest.panel(tables, name)));
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
                    Axis.linear("eigenvalue λ"),
                    Axis.log10("density"),
                    densities));
        }
        return new Figure(id, "", description, 2, panels);
    }

    /// Whether Adam's lead is larger on the degenerate one.
    Claim advantage(Statement statement) {
        TunedContest.Result here = TunedContest.result(tables, degenerate);
        TunedContest.Result there = TunedContest.result(tables, other);
        boolean tuned = here.inside() && there.inside();
        boolean agrees = here.advantage() > there.advantage();
        return statement.open(
                "Adam reaches the last loss of gradient descent in a smaller part of the steps with the first",
                "ordering",
                degenerate + ": " + here.words() + "; " + other + ": " + there.words(),
                !tuned ? Verdict.INCONCLUSIVE : agrees ? Verdict.AGREES : Verdict.DISAGREES,
                !tuned
                        ? "A best learning rate lies at the end of its range."
                        : agrees ? "" : "The lead is not larger in these runs.");
    }

    /// Whether more eigenvalues of the degenerate one lie near 0.
    Claim concentration(Statement statement) {
        int absolute = 0;
        int relative = 0;
        List<String> words = new ArrayList<>();
        for (String when : List.of(START, END)) {
            HessianSpectrum here = HessianSpectrum.of(tables, degenerate + when);
            HessianSpectrum there = HessianSpectrum.of(tables, other + when);
            double limit = NEAR_ZERO * there.radius();
            double ownHere = here.within(NEAR_ZERO * here.radius());
            double ownThere = there.within(limit);
            absolute += here.within(limit) > there.within(limit) ? 1 : 0;
            relative += ownHere > ownThere ? 1 : 0;
            words.add(Statement.format(
                    "%s: %.4f against %.4f of all within ±%.2g; within a thousandth of the largest, which is %.3g"
                            + " against %.3g, %.4f against %.4f",
                    when.substring(1),
                    here.within(limit),
                    there.within(limit),
                    limit,
                    here.radius(),
                    there.radius(),
                    ownHere,
                    ownThere));
        }
        int of = words.size();
        return statement.open(
                "a larger part near 0, at the start and at the end, within the same bounds and within a thousandth of"
                        + " the largest",
                "ordering",
                String.join("; ", words),
                absolute == of && relative == of
                        ? Verdict.AGREES
                        : absolute == of || relative == of ? Verdict.CONDITIONAL : Verdict.DISAGREES,
                absolute == of && relative == of
                        ? ""
                        : absolute == of
                                ? "It is so for eigenvalues as they are; relative to the largest of each, not at both"
                                        + " moments."
                                : relative == of
                                        ? "It is so relative to the largest eigenvalue of each; of eigenvalues as they"
                                                + " are, not at both moments."
                                        : "Neither as they are nor relative to the largest of each is it so at both"
                                                + " moments.");
    }
}
