package adamscope.probe;

import adamscope.linear.EigenTracker;
import adamscope.linear.Eigenpair;
import adamscope.linear.Eigenpairs;
import adamscope.linear.LinearOperator;
import adamscope.linear.TrackedSpectrum;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.linear.TrackedSpectrum.Tracked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/// What a search found at one end of a spectrum, under the certificate of an [EigenTracker].
///
/// @param sign        −1 where the operator was turned round, for its smallest eigenvalues
/// @param pairs       of the search
/// @param found       with the certificate; null where the search met a number that is not finite
/// @param others      a bound on every other eigenvalue, from the other side for the smallest
record CertifiedEigenvalues(int sign, List<Eigenpair<Tensor>> pairs, TrackedSpectrum<Tensor> found, double others) {

    static CertifiedEigenvalues largest(
            LinearOperator<Tensor> operator, Eigenpairs<Tensor> pairs, CurvatureAnswers.Inquiry inquiry) {
        return of(operator, 1, pairs.top(), inquiry);
    }

    static CertifiedEigenvalues smallest(
            LinearOperator<Tensor> operator, Eigenpairs<Tensor> pairs, CurvatureAnswers.Inquiry inquiry) {
        return of(operator.times(-1), -1, pairs.bottom(), inquiry);
    }

    private static CertifiedEigenvalues of(
            LinearOperator<Tensor> operator,
            int sign,
            List<Eigenpair<Tensor>> pairs,
            CurvatureAnswers.Inquiry inquiry) {
        List<Tensor> vectors =
                pairs.stream().map(Eigenpair::vector).filter(Objects::nonNull).toList();
        if (pairs.isEmpty() || vectors.size() < pairs.size()) {
            return new CertifiedEigenvalues(sign, pairs, null, Double.NaN);
        }
        double[] values =
                pairs.stream().mapToDouble(pair -> sign * pair.value()).toArray();
        EigenTracker.Step<Tensor> step = new EigenTracker<Tensor>(
                        EigenTracker.Tracking.of(pairs.size(), inquiry.tolerance(), inquiry.maxProducts(), 0))
                .certify(operator, vectors, values);
        return new CertifiedEigenvalues(
                sign, pairs, step.found(), sign * step.state().outlook().bound());
    }

    /// Products of the certificate.
    int certificate() {
        return found == null ? 0 : found.products();
    }

    double value(int i) {
        return found == null
                ? pairs.get(i).value()
                : sign * found.values().get(i).value();
    }

    /// One as an answer.
    Map<String, Object> answer(int i) {
        Eigenpair<Tensor> pair = pairs.get(i);
        Tracked<Tensor> tracked = found == null ? null : found.values().get(i);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("value", value(i));
        answer.put("residual", tracked == null ? pair.residual() : tracked.residual());
        answer.put("error", tracked == null ? Double.NaN : tracked.error());
        answer.put("standing", (tracked == null ? Standing.OPEN : tracked.standing()).word());
        answer.put("products", pair.products() + certificate());
        answer.put("converged", tracked != null && tracked.converged());
        return answer;
    }

    /// All of them.
    List<Map<String, Object>> answers() {
        return IntStream.range(0, pairs.size()).mapToObj(this::answer).toList();
    }
}
