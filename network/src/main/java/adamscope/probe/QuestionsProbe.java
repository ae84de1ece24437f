package adamscope.probe;

import adamscope.curvature.ProbeSchedule;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The questions of [CurvatureAnswers] that have no warm start, asked along a training: density, degeneracy by layer,
/// Gauss–Newton, gradient covariance. A column is an answer's name behind the question's, as `densityTrace`.
final class QuestionsProbe implements Probe {
    private static final String STANDING = "Standing";

    private final ProbeSchedule schedule;
    private final CurvatureAnswers.Inquiry inquiry;
    private final OptimizerRule rule;
    private final List<String> names;

    private QuestionsProbe(
            ProbeSchedule schedule, CurvatureAnswers.Inquiry inquiry, OptimizerRule rule, List<String> names) {
        this.schedule = schedule;
        this.inquiry = inquiry;
        this.rule = rule;
        this.names = names;
    }

    static Probe.Source source(
            ProbeSchedule schedule, DirectionsProbe.Choice choice, List<CurvatureQuestion> questions) {
        CurvatureAnswers.Inquiry inquiry = new CurvatureAnswers.Inquiry(
                questions,
                choice.top(),
                schedule.tolerance(),
                schedule.maxProducts(),
                new CurvatureAnswers.Batches(choice.batches(), choice.batchSize()));
        return (loss, tuned) -> {
            List<String> names = new ArrayList<>();
            questions.forEach(question -> names.addAll(columns(question, loss.blocks())));
            return new QuestionsProbe(schedule, inquiry, tuned.rule(), names);
        };
    }

    private static List<String> columns(CurvatureQuestion question, List<Block> blocks) {
        return switch (question) {
            case DENSITY ->
                List.of(
                        "density.massNearZero",
                        "density.massBelowZero",
                        "density.mean",
                        "density.meanSquare",
                        "density.trace");
            case DEGENERACY ->
                blocks.stream()
                        .flatMap(block -> List.of("massNearZero", "localExponent").stream()
                                .map(number -> "degeneracy." + number + "/" + block.name()))
                        .toList();
            case GAUSS_NEWTON -> List.of("gaussNewton", "gaussNewton" + STANDING);
            case GRADIENT_COVARIANCE -> List.of("gradientCovariance", "gradientCovariance" + STANDING);
            case SHARPNESS, SPECTRUM, DIRECTIONS, BATCH_SHARPNESS, CRITICAL_STEP ->
                throw new IllegalArgumentException(question.word() + " has a probe of its own");
        };
    }

    @Override
    public List<Measured> measured() {
        return names.stream()
                .map(name -> name.endsWith(STANDING) ? Measured.count(name) : Measured.number(name))
                .toList();
    }

    @Override
    public boolean includes(long step) {
        return schedule.includes(step);
    }

    @Override
    public double[] measure(Stepped stepped) {
        CurvatureAnswers asked = new CurvatureAnswers(stepped.end().step(), inquiry, rule);
        asked.measure(stepped);
        Map<String, Double> flat = new LinkedHashMap<>();
        inquiry.questions()
                .forEach(question -> flatten(flat, question, asked.answers().get(question.word())));
        return names.stream()
                .mapToDouble(name -> flat.getOrDefault(name, name.endsWith(STANDING) ? 0 : Double.NaN))
                .toArray();
    }

    private static void flatten(Map<String, Double> flat, CurvatureQuestion question, Object answer) {
        switch (question) {
            case DENSITY ->
                map(answer).forEach((name, estimate) -> {
                    if (estimate instanceof Map<?, ?> inner) {
                        flat.put("density." + name, number(inner.get("value")));
                    }
                });
            case DEGENERACY ->
                map(answer)
                        .forEach((block, numbers) -> map(numbers)
                                .forEach((name, value) -> flat.put("degeneracy." + name + "/" + block, number(value))));
            case GAUSS_NEWTON -> eigenvalue(flat, "gaussNewton", answer);
            case GRADIENT_COVARIANCE -> eigenvalue(flat, "gradientCovariance", answer);
            case SHARPNESS, SPECTRUM, DIRECTIONS, BATCH_SHARPNESS, CRITICAL_STEP -> {}
        }
    }

    private static Map<?, ?> map(Object answer) {
        return answer instanceof Map<?, ?> map ? map : Map.of();
    }

    /// NaN for an answer in words: this loss has no such operator.
    private static void eigenvalue(Map<String, Double> flat, String name, Object answer) {
        flat.put(name, number(map(answer).get("value")));
        Object standing = map(answer).get("standing");
        for (Standing known : Standing.values()) {
            if (known.word().equals(standing)) {
                flat.put(name + STANDING, (double) known.ordinal());
            }
        }
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of();
    }
}
