package adamscope.probe;

import adamscope.curvature.BatchSharpness;
import adamscope.curvature.BlockDegeneracy;
import adamscope.curvature.CriticalStep;
import adamscope.curvature.CurvaturePoint;
import adamscope.curvature.Directions;
import adamscope.curvature.GaussNewton;
import adamscope.curvature.GradientCovariance;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ModelCheck;
import adamscope.linear.Degeneracy;
import adamscope.linear.Eigenpair;
import adamscope.linear.Eigenpairs;
import adamscope.linear.LinearOperator;
import adamscope.linear.RestartedLanczos;
import adamscope.linear.SpectralDensity;
import adamscope.linear.TraceEstimate;
import adamscope.model.Batch;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Threshold;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Answers questions about the curvature at one step of a training; a probe that looks once.
///
/// Each answer is a map of numbers by name; eigenvalues come with residual, error, what stands behind them, products
/// and whether they converged.
public final class CurvatureAnswers implements Probe {
    private static final int DENSITY_VECTORS = 4;
    private static final int DENSITY_STEPS = 40;
    private static final int TRACE_PRODUCTS = 30;
    private static final double NEAR_ZERO = 1e-3;

    /// What is asked, and how well it is to be answered.
    ///
    /// @param questions   in this order
    /// @param top         eigenvalues and eigenvectors
    /// @param tolerance   largest residual of a search, and largest error under the certificate, relative
    /// @param maxProducts that one search may cost, and a certificate
    /// @param batches     minibatches, and the samples of each
    public record Inquiry(
            List<CurvatureQuestion> questions, int top, double tolerance, int maxProducts, Batches batches) {
        public Inquiry {
            questions = List.copyOf(questions);
        }
    }

    /// @param count how many
    /// @param size  samples of each
    public record Batches(int count, long size) {}

    private final long step;
    private final Inquiry inquiry;
    private final OptimizerRule rule;
    private final Map<String, Object> answers = new LinkedHashMap<>();

    /// @param step at which it looks
    public CurvatureAnswers(long step, Inquiry inquiry, OptimizerRule rule) {
        this.step = step;
        this.inquiry = inquiry;
        this.rule = rule;
    }

    /// What it found, by the word of the question; empty before the step.
    public Map<String, Object> answers() {
        return answers;
    }

    @Override
    public List<Measured> measured() {
        return List.of();
    }

    @Override
    public boolean includes(long at) {
        return at == step;
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of();
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = stepped.end().surface();
            ModelCheck check = ModelCheck.of(surface, stepped.theta());
            check.refuseRandom();
            CurvaturePoint point = new CurvaturePoint(
                    surface,
                    stepped.theta(),
                    stepped.curvature(),
                    stepped.preconditioner(),
                    stepped.end().update());
            answers.put("step", step);
            answers.put("loss", point.curvature().loss());
            if (!check.remark().isEmpty()) {
                answers.put("remark", check.remark());
            }
            for (CurvatureQuestion question : inquiry.questions()) {
                answers.put(question.word(), answer(question, point, stepped));
            }
            return new double[0];
        }
    }

    private Object answer(CurvatureQuestion question, CurvaturePoint point, Stepped stepped) {
        return switch (question) {
            case SHARPNESS -> sharpness(point, stepped.end().hyper());
            case SPECTRUM -> spectrum(point);
            case DENSITY -> density(point);
            case DEGENERACY -> degeneracy(point);
            case DIRECTIONS -> directions(point);
            case BATCH_SHARPNESS -> estimate(BatchSharpness.of(point.surface(), batches(point), point.theta()));
            case CRITICAL_STEP -> criticalStep(point, stepped.end().next());
            case GAUSS_NEWTON -> gaussNewton(point);
            case GRADIENT_COVARIANCE -> covariance(point);
        };
    }

    private Map<String, Object> sharpness(CurvaturePoint point, Map<String, Double> hyper) {
        Map<String, Object> found = new LinkedHashMap<>();
        CertifiedEigenvalues top = largest(point.preconditioned(), 1);
        found.put("preconditioned", top.answer(0));
        found.put("excludedCoordinates", point.preconditioned().excludedCoordinates());
        found.put("raw", largest(point.curvature(), 1).answer(0));
        OptionalDouble threshold;
        try {
            threshold = Threshold.curvature(rule, hyper);
        } catch (IllegalArgumentException e) {
            found.put("remark", e.getMessage());
            return found;
        }
        if (threshold.isPresent()) {
            double times = top.value(0) / threshold.getAsDouble();
            found.put("threshold", threshold.getAsDouble());
            found.put("timesThreshold", times);
            if (times >= 1) {
                Threshold.growth(rule, hyper, times).ifPresent(g -> found.put("growthPerStep", g.factor()));
            }
        }
        return found;
    }

    private Map<String, Object> spectrum(CurvaturePoint point) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("preconditioned", ends(point.preconditioned()));
        found.put("raw", ends(point.curvature()));
        return found;
    }

    private Map<String, Object> ends(LinearOperator<Tensor> operator) {
        RestartedLanczos.Budget budget = new RestartedLanczos.Budget(inquiry.maxProducts(), 2 * inquiry.top() + 30);
        Eigenpairs<Tensor> pairs =
                new RestartedLanczos(inquiry.top(), 1, inquiry.tolerance(), budget, 0, 0).pairs(operator);
        CertifiedEigenvalues largest = CertifiedEigenvalues.largest(operator, pairs, inquiry);
        CertifiedEigenvalues smallest = CertifiedEigenvalues.smallest(operator, pairs, inquiry);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("largest", largest.answers());
        found.put("smallest", smallest.answers());
        found.put("othersBelow", largest.others());
        found.put("products", pairs.products() + largest.certificate() + smallest.certificate());
        return found;
    }

    private CertifiedEigenvalues largest(LinearOperator<Tensor> operator, int count) {
        return CertifiedEigenvalues.largest(operator, top(operator, count), inquiry);
    }

    private Eigenpairs<Tensor> top(LinearOperator<Tensor> operator, int count) {
        RestartedLanczos.Budget budget = new RestartedLanczos.Budget(inquiry.maxProducts(), 2 * count + 20);
        return new RestartedLanczos(count, 0, inquiry.tolerance(), budget, 0, 0).pairs(operator);
    }

    private Map<String, Object> density(CurvaturePoint point) {
        LinearOperator<Tensor> operator = point.preconditioned();
        SpectralDensity density = SpectralDensity.of(operator, DENSITY_VECTORS, DENSITY_STEPS, 0);
        double limit = NEAR_ZERO * Math.max(Math.abs(density.largest()), Math.abs(density.smallest()));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("smallestNode", density.smallest());
        found.put("largestNode", density.largest());
        found.put("massNearZero", estimate(density.mass(-limit, limit)));
        found.put("massBelowZero", estimate(density.mass(Double.NEGATIVE_INFINITY, -limit)));
        TraceEstimate trace = TraceEstimate.of(operator, TRACE_PRODUCTS, 1);
        double n = operator.space().dimension();
        // the trace is far better known than the mean of a few quadratures: its first products find what is large
        found.put("mean", estimate(new SpectralDensity.Estimate(trace.value() / n, trace.standardError() / n)));
        found.put("meanSquare", estimate(density.moment(2)));
        found.put("trace", estimate(new SpectralDensity.Estimate(trace.value(), trace.standardError())));
        found.put("products", density.products() + trace.products());
        return found;
    }

    private static Map<String, Object> estimate(SpectralDensity.Estimate estimate) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("value", estimate.value());
        found.put("standardError", estimate.standardError());
        return found;
    }

    private Map<String, Object> degeneracy(CurvaturePoint point) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Block block : point.surface().loss().blocks()) {
            Degeneracy degeneracy = BlockDegeneracy.of(point, block, BlockDegeneracy.Quadrature.DEFAULT);
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("massNearZero", degeneracy.massNearZero());
            part.put("localExponent", degeneracy.localExponent());
            found.put(block.name(), part);
        }
        return found;
    }

    private Map<String, Object> directions(CurvaturePoint point) {
        List<Tensor> raw = vectors(top(point.curvature(), inquiry.top()));
        List<Tensor> preconditioned = vectors(top(point.preconditioned(), inquiry.top()));
        Directions directions = Directions.of(point, raw, preconditioned);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("eigenvectors", inquiry.top());
        found.put("gradientOnTop", directions.gradientOnTop());
        found.put("semiGradientOnTop", directions.semiGradientOnTop());
        found.put("updateOnTop", directions.updateOnTop());
        found.put("curvatureAlongGradient", directions.alongGradient());
        found.put("curvatureAlongSemiGradient", directions.alongSemiGradient());
        found.put("curvatureAlongUpdate", directions.alongUpdate());
        return found;
    }

    private static List<Tensor> vectors(Eigenpairs<Tensor> pairs) {
        List<Tensor> vectors = new ArrayList<>();
        pairs.top().stream()
                .map(Eigenpair::vector)
                .filter(java.util.Objects::nonNull)
                .forEach(vectors::add);
        return vectors;
    }

    private Map<String, Object> criticalStep(CurvaturePoint point, Tensor next) {
        CriticalStep critical = CriticalStep.of(point.surface(), point.theta(), next, 0.02);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("multipleOfUpdate", critical.multiple());
        found.put("forwardPasses", critical.passes());
        return found;
    }

    private Object gaussNewton(CurvaturePoint point) {
        if (!(point.surface().loss() instanceof NetworkLoss loss)) {
            return "this loss has no outputs and criterion of its own: no Gauss-Newton operator";
        }
        GaussNewton operator = GaussNewton.of(loss, Batch.all(loss), point.theta());
        return largest(operator, 1).answer(0);
    }

    private Map<String, Object> covariance(CurvaturePoint point) {
        GradientCovariance operator = GradientCovariance.of(point.surface(), batches(point), point.theta());
        Map<String, Object> found = new LinkedHashMap<>(largest(operator, 1).answer(0));
        found.put("batches", batches(point).size());
        return found;
    }

    private List<Batch> batches(CurvaturePoint point) {
        long samples = point.surface().loss().samples();
        long size = Math.min(inquiry.batches().size(), samples);
        long count = Math.min(inquiry.batches().count(), samples / size);
        return LongStream.range(0, count)
                .mapToObj(i -> (Batch) new Batch.Consecutive(i * size, (i + 1) * size))
                .toList();
    }
}
