package adamscope.training;

import adamscope.curvature.ProbeSchedule;
import java.util.ArrayList;
import java.util.List;

/// What is measured of the curvature along a training, when, and how well.
///
/// Loss, norms, both sharpnesses, the threshold, the growth beyond it and the coupling of v and g² always are; the rest
/// by [CurvatureQuestion], as the command `probe` asks it.
///
/// @param schedule  when and how well
/// @param what      asked beside the sharpness
/// @param stepRatio whether |m|/√v by layer, and what the sign-like proof supposes, is measured too
/// @param choice    how many eigenvalues and minibatches
public record ProbePlan(
        ProbeSchedule schedule, List<CurvatureQuestion> what, boolean stepRatio, DirectionsProbe.Choice choice) {

    public ProbePlan {
        what = what.stream().distinct().sorted().toList();
    }

    /// The sharpness alone, every so many steps.
    public static ProbePlan every(int steps) {
        ProbeSchedule standard = ProbeSchedule.STANDARD;
        return new ProbePlan(
                new ProbeSchedule(steps, standard.tolerance(), standard.maxProducts(), true),
                List.of(CurvatureQuestion.SHARPNESS),
                false,
                DirectionsProbe.Choice.STANDARD);
    }

    /// The probes, which all look at the same steps; their searches begin from `seed`.
    public Probe.Source source(long seed) {
        List<Probe.Source> sources = new ArrayList<>();
        sources.add(SharpnessProbe.source(schedule, seed));
        if (what.stream().anyMatch(DirectionsProbe.ANSWERED::contains)) {
            sources.add(DirectionsProbe.source(schedule, choice, DirectionsProbe.answered(what), seed));
        }
        List<CurvatureQuestion> others = new ArrayList<>(what);
        others.removeAll(DirectionsProbe.ANSWERED);
        others.remove(CurvatureQuestion.SHARPNESS);
        if (!others.isEmpty()) {
            sources.add(QuestionsProbe.source(schedule, choice, others));
        }
        if (stepRatio) {
            sources.add(StepRatioProbe.source(schedule.every(), Math.toIntExact(choice.batchSize())));
        }
        return (loss, tuned) -> new JoinedProbe(
                sources.stream().map(source -> source.of(loss, tuned)).toList());
    }
}
