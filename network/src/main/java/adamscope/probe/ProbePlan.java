package adamscope.probe;

import adamscope.curvature.ProbeSchedule;
import adamscope.optimizer.Domain;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private static final String STEP_RATIO = "step-ratio";

    /// A plan as a mapping.
    public static final Shape<ProbePlan> SHAPE = Shape.of(keys -> {
        ProbeSchedule defaults = ProbeSchedule.DEFAULT;
        DirectionsProbe.Choice number = DirectionsProbe.Choice.DEFAULT;
        var every = keys.add(
                Key.of("every", Forms.count(1), "steps between two looks; the first step is looked at too")
                        .orElse(defaults.every()),
                plan -> plan.schedule().every());
        var what = keys.add(
                Key.of("what", Forms.list(Forms.word(words(), word -> word), "words"), "what is asked")
                        .orElse(List.of(CurvatureQuestion.SHARPNESS.word())),
                ProbePlan::asked);
        var tolerance = keys.add(
                Key.of(
                                "tolerance",
                                Forms.number(new Domain(0, false, 1, false)),
                                "largest relative error of an eigenvalue")
                        .orElse(defaults.tolerance()),
                plan -> plan.schedule().tolerance());
        var products = keys.add(
                Key.of("products", Forms.count(1), "Hessian-vector products that an eigenvalue may cost")
                        .orElse(defaults.maxProducts()),
                plan -> plan.schedule().maxProducts());
        var raw = keys.add(
                Key.of("raw", Forms.truth(), "whether the eigenvalues of H itself are followed too")
                        .orElse(true),
                plan -> plan.schedule().raw());
        var top = keys.add(
                Key.of("top", Forms.count(1, 1000), "eigenvalues").orElse(number.top()),
                plan -> plan.choice().top());
        var most = keys.add(
                Key.of(
                                "most",
                                Forms.count(1, 1000),
                                "at most so many, one more while the smallest one followed is within a tenth of the"
                                        + " threshold")
                        .orElse(in -> in.get(top), "top"),
                plan -> plan.choice().most());
        var batches = keys.add(
                Key.of("batches", Forms.count(1), "minibatches of batch sharpness, covariance, variance")
                        .orElse(number.batches()),
                plan -> plan.choice().batches());
        var size = keys.add(
                Key.of("batch_size", Forms.whole(1, Integer.MAX_VALUE), "samples of each")
                        .orElse(number.batchSize()),
                plan -> plan.choice().batchSize());
        var dense =
                keys.inline(ProbeSchedule.Dense.SHAPE, plan -> plan.schedule().dense());
        return in -> new ProbePlan(
                new ProbeSchedule(in.get(every), in.get(tolerance), in.get(products), in.get(raw), in.get(dense)),
                in.get(what).stream()
                        .flatMap(word -> CurvatureQuestion.find(word).stream())
                        .toList(),
                in.get(what).contains(STEP_RATIO),
                new DirectionsProbe.Choice(in.get(top), in.get(most), in.get(batches), in.get(size)));
    });

    /// Steps between two looks at the sharpness, 0 for none, or a mapping that says what is measured and when.
    public static final Form<Optional<ProbePlan>> FORM = Forms.either(
            Forms.count(0)
                    .map(
                            every -> every == 0 ? Optional.empty() : Optional.of(every(every)),
                            plan -> plan.map(ProbePlan::interval).orElse(0)),
            SHAPE.map(Optional::of, Optional::orElseThrow),
            plan -> plan.isEmpty() || plan.get().equals(every(plan.get().interval())));

    public ProbePlan {
        what = what.stream().distinct().sorted().toList();
    }

    /// Every word that can be asked.
    private static List<String> words() {
        List<String> words = new ArrayList<>(CurvatureQuestion.words());
        words.add(STEP_RATIO);
        return words;
    }

    private List<String> asked() {
        List<String> words =
                new ArrayList<>(what.stream().map(CurvatureQuestion::word).toList());
        if (stepRatio) {
            words.add(STEP_RATIO);
        }
        return words;
    }

    private int interval() {
        return schedule.every();
    }

    /// The sharpness alone, every so many steps.
    public static ProbePlan every(int steps) {
        ProbeSchedule defaults = ProbeSchedule.DEFAULT;
        return new ProbePlan(
                new ProbeSchedule(steps, defaults.tolerance(), defaults.maxProducts(), true),
                List.of(CurvatureQuestion.SHARPNESS),
                false,
                DirectionsProbe.Choice.DEFAULT);
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
