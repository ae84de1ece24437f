package adamscope.paper;

import adamscope.experiment.Experiment;
import adamscope.experiment.Phase;
import adamscope.experiment.Simulation;
import adamscope.experiment.Train;
import adamscope.report.Claim;
import adamscope.report.ClaimJudge;
import adamscope.report.SimulationFigure;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.Threshold;
import adamscope.sweep.Agreement;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the papers state of a run of anybody's, judged as on the papers' own pages.
public final class RunClaims implements ClaimJudge {
    /// Steps of a simulation below which it decides nothing.
    private static final int FEWEST = 2000;

    @Override
    public List<Claim> claims(Experiment part, Function<String, Table> tables) {
        return switch (part) {
            case Phase phase -> phase(phase, tables.apply("phase"));
            case Simulation run -> simulation(run, tables.apply("trajectory"));
            case Train train when atEdge(train) -> training(train, tables.apply("probes"));
            default -> List.of();
        };
    }

    private static List<Claim> phase(Phase phase, Table table) {
        return Agreement.of(table).stream()
                .map(agreement -> {
                    String setup = agreement.all() + " cells, " + phase.steps() + " steps, " + phase.objective();
                    return phase.steps() >= StableRegion.STEPS || StableRegion.holds(agreement)
                            ? StableRegion.converges("P1-12", agreement, setup)
                            : StableRegion.tooShort("P1-12", agreement, setup);
                })
                .toList();
    }

    private static List<Claim> simulation(Simulation run, Table trajectory) {
        return SimulationFigure.theory(run).stream()
                .filter(_ -> run.steps() >= FEWEST && trajectory.rows() > run.steps() / run.every())
                .map(theory -> switch (theory.regime()) {
                    case I -> {
                        double[] steps = trajectory.numbers("step");
                        yield RegimeRuns.first(trajectory, theory, steps[steps.length - 2]);
                    }
                    case II -> RegimeRuns.second(trajectory, theory, signLevel(run, theory));
                    case III -> RegimeRuns.third(trajectory, "");
                })
                .toList();
    }

    /// log₁₀ L(η/2).
    private static double signLevel(Simulation run, PowerLawTheory theory) {
        double halfStep = run.optimizer().values().get("lr") / 2;
        return theory.degree() * Math.log10(halfStep) - Math.log10(theory.degree());
    }

    /// Full batch, constant hyper-parameters, nothing changed on the way, a rule that has a threshold.
    private static boolean atEdge(Train train) {
        TunedSchedule tuned = train.training().tuned();
        return train.probe().isPresent()
                && train.training().batching().size() == 0
                && train.training().changes().isEmpty()
                && tuned.schedules().values().stream().allMatch(Schedule.Constant.class::isInstance)
                && Threshold.curvature(tuned.rule(), tuned.at(1)).isPresent();
    }

    private static List<Claim> training(Train train, Table probes) {
        if (probes.rows() == 0) {
            return List.of();
        }
        String rule = train.training().tuned().rule().name();
        Map<String, EdgeCurve> run = Map.of(rule, EdgeCurve.preconditioned(probes));
        String data =
                train.task().data().map(source -> ", " + Train.words(source)).orElse("");
        return List.of(EdgeClaim.of(
                        Register.of("P3-06")
                                .ran(rule + data + ", "
                                        + train.training().ending().steps()
                                        + " steps; time average of λ₁(P⁻¹H) over the last third"),
                        run)
                .claim("the threshold of the frozen rule", EdgeClaim.measured(run)));
    }
}
