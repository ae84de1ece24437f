package adamscope.bench;

import adamscope.kernel.Arithmetic;
import adamscope.sweep.Ending;
import adamscope.sweep.TileWork;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Work that vectors do not do as such, beside like work that they do.
///
/// @param weight operations of the hard work over those of the like one, where they differ
record Fallback(String name, PhaseWork.Case hard, String like, PhaseWork.Case easy, Arithmetic arithmetic, int weight) {
    private static final PhaseWork WORK = new PhaseWork(32, 10_000);
    private static final List<Double> ONE = List.of(1.0);
    private static final PhaseWork.Case SQUARE = adam("x^2/2", ONE);

    static final List<Fallback> ALL = List.of(
            of("padam", padam(1e-8), "adam on x^2", SQUARE, Arithmetic.DOUBLE),
            of("exp", adam("exp(x^2/2)", ONE), "adam on x^4", adam("x^4/4", ONE), Arithmetic.DOUBLE),
            of("log", adam("log(1 + x^2)", ONE), "adam on x^4", adam("x^4/4", ONE), Arithmetic.DOUBLE),
            of("padam, log-scaled", padam(0), "adam on x^2, log-scaled", SQUARE, Arithmetic.SCALED),
            of("log, log-scaled", adam("log(1 + x^2)", ONE), "adam on x^2, log-scaled", SQUARE, Arithmetic.SCALED),
            of(
                    "a component 0, log-scaled",
                    adam("x^2/2 + y^2/2", List.of(1.0, 0.0)),
                    "both moving, log-scaled",
                    adam("x^2/2 + y^2/2", List.of(1.0, 1.0)),
                    Arithmetic.SCALED),
            new Fallback(
                    "120 terms",
                    adam(terms(120), ONE),
                    "10 terms, times 12",
                    adam(terms(10), ONE),
                    Arithmetic.DOUBLE,
                    12));

    private static Fallback of(
            String name, PhaseWork.Case hard, String like, PhaseWork.Case easy, Arithmetic arithmetic) {
        return new Fallback(name, hard, like, easy, arithmetic, 1);
    }

    private static PhaseWork.Case padam(double eps) {
        return new PhaseWork.Case("padam", Map.of("eps", eps, "power", 0.25), "x^2/2", ONE);
    }

    private static PhaseWork.Case adam(String objective, List<Double> start) {
        return new PhaseWork.Case("adam-uncorrected", Map.of("eps", 0.0), objective, start);
    }

    /// Σ (x − k/100)⁴
    private static String terms(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(k -> "(x - " + k + "/100)^4")
                .collect(Collectors.joining(" + "));
    }

    void addTo(Map<String, DoubleSupplier> measures) {
        TileWork with = WORK.prepared(hard, arithmetic, Ending.FULL_LENGTH);
        TileWork without = WORK.prepared(easy, arithmetic, Ending.FULL_LENGTH);
        measures.put(name, () -> WORK.processor(with));
        measures.putIfAbsent(like, () -> weight * WORK.processor(without));
    }
}
