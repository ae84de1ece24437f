package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A statement judged over several seeds: by where the mean of each measured number lies.
///
/// It agrees only where the whole interval (Student, 95 %) lies within each bound, and disagrees where one lies wholly
/// outside; where an interval holds a bound, the runs do not tell. What a run must have reached to decide anything,
/// each seed must have reached. One seed leaves open what the register says is to be judged over seeds.
final class OverSeeds {
    private OverSeeds() {}

    /// Where the mean of a number lies, against a bound.
    private enum MeanLies {
        WITHIN,
        OUTSIDE,
        OPEN
    }

    /// A number from each seed.
    private record EachSeed(double[] values) {
        double mean() {
            return Arrays.stream(values).average().orElseThrow();
        }

        private boolean equal() {
            return Arrays.stream(values).distinct().count() == 1;
        }

        private Interval interval() {
            return Interval.ofMean(values, 0.95);
        }

        /// A mean that is nearer than this to a bound is not told from it.
        double missed() {
            return equal()
                    ? 0
                    : Arrays.stream(values).allMatch(Double::isFinite)
                            ? interval().width() / 2
                            : Double.NaN;
        }

        private long absent() {
            return Arrays.stream(values).filter(Double::isNaN).count();
        }

        /// The mean and what would have been missed, for a reader.
        String words() {
            return absent() > 0
                    ? "not measured with " + absent() + " of the seeds"
                    : text("%.4g ± %.2g", mean(), missed());
        }

        /// Why it is not within a bound.
        String words(MeanLies lies) {
            return absent() > 0 ? words() : lies == MeanLies.OUTSIDE ? "outside" : "the interval is on both sides";
        }

        MeanLies against(Bound bound) {
            if (absent() > 0) {
                return MeanLies.OPEN;
            }
            if (equal()) {
                return bound.holds(values[0]) ? MeanLies.WITHIN : MeanLies.OUTSIDE;
            }
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
                return Arrays.stream(values).allMatch(bound::holds)
                        ? MeanLies.WITHIN
                        : Arrays.stream(values).noneMatch(bound::holds) ? MeanLies.OUTSIDE : MeanLies.OPEN;
            }
            Interval mean = interval();
            return bound.holds(mean.low()) && bound.holds(mean.high())
                    ? MeanLies.WITHIN
                    : mean.high() < bound.low() || mean.low() > bound.high() ? MeanLies.OUTSIDE : MeanLies.OPEN;
        }
    }

    /// One claim of those of the seeds, the first seed's first.
    static Claim claim(List<Claim> seeds) {
        Claim first = seeds.getFirst();
        if (seeds.size() == 1) {
            return ofOne(first);
        }
        ClaimCriterion criterion = Register.of(first.id()).entry().criterion();
        Map<String, EachSeed> numbers = criterion.names().stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> new EachSeed(seeds.stream()
                                .mapToDouble(claim -> claim.numbers().get(name))
                                .toArray())));
        String missed = missed(criterion, numbers);
        boolean own = !first.note().isEmpty() && !first.note().equals(criterion.missed(first.numbers()));
        return new Claim(
                first.id(),
                first.paper(),
                first.statement(),
                first.setup() + "; " + seeds.size() + " seeds",
                first.expected(),
                first.tolerance(),
                "first seed: " + first.measured() + ". Mean of " + seeds.size()
                        + " seeds ± what would have been missed (Student, 95 %): " + words(criterion, numbers),
                verdict(criterion, numbers),
                own ? (first.note() + " " + missed).strip() : missed,
                first.origin(),
                means(numbers));
    }

    private static Map<String, Double> means(Map<String, EachSeed> numbers) {
        return numbers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, number -> number.getValue().mean()));
    }

    /// Where the start decides the numbers, one start decides nothing.
    private static Claim ofOne(Claim one) {
        boolean decided =
                Register.entry(one.id()).orElseThrow().seeds().isEmpty() || one.verdict() == Verdict.INCONCLUSIVE;
        return decided
                ? one
                : new Claim(
                        one.id(),
                        one.paper(),
                        one.statement(),
                        one.setup() + "; one seed",
                        one.expected(),
                        one.tolerance(),
                        one.measured(),
                        Verdict.INCONCLUSIVE,
                        ("Inconclusive with one seed: this run by itself "
                                        + one.verdict().words()
                                        + ", how far another start moves its numbers is not known. " + one.note())
                                .strip(),
                        one.origin(),
                        one.numbers());
    }

    private static Verdict verdict(ClaimCriterion criterion, Map<String, EachSeed> numbers) {
        List<MeanLies> holds = lie(criterion.holds(), numbers);
        if (holds.contains(MeanLies.OUTSIDE)) {
            return Verdict.DISAGREES;
        }
        boolean enough = criterion.needs().entrySet().stream()
                .allMatch(need ->
                        Arrays.stream(numbers.get(need.getKey()).values()).allMatch(need.getValue()::holds));
        if (!enough || holds.contains(MeanLies.OPEN)) {
            return Verdict.INCONCLUSIVE;
        }
        return lie(criterion.beyond(), numbers).stream().allMatch(MeanLies.WITHIN::equals)
                ? Verdict.AGREES
                : Verdict.CONDITIONAL;
    }

    private static List<MeanLies> lie(Map<String, Bound> bounds, Map<String, EachSeed> numbers) {
        return bounds.entrySet().stream()
                .map(bound -> numbers.get(bound.getKey()).against(bound.getValue()))
                .toList();
    }

    private static String words(ClaimCriterion criterion, Map<String, EachSeed> numbers) {
        return criterion.names().stream()
                .map(name -> name + " " + numbers.get(name).words())
                .collect(Collectors.joining("; "));
    }

    /// Which bounds the mean does not meet, or may not; empty if it meets all.
    private static String missed(ClaimCriterion criterion, Map<String, EachSeed> numbers) {
        List<String> missed = new ArrayList<>();
        criterion.needs().forEach((name, bound) -> {
            long failing = Arrays.stream(numbers.get(name).values())
                    .filter(value -> !bound.holds(value))
                    .count();
            if (failing > 0) {
                missed.add(text("%s: not %s with %d of the seeds", name, bound.text(), failing));
            }
        });
        List.of(criterion.holds(), criterion.beyond())
                .forEach(bounds -> bounds.forEach((name, bound) -> {
                    MeanLies lies = numbers.get(name).against(bound);
                    if (lies != MeanLies.WITHIN) {
                        missed.add(text(
                                "%s: %s where %s was asked",
                                name, numbers.get(name).words(lies), bound.text()));
                    }
                }));
        return missed.isEmpty() ? "" : String.join("; ", missed) + ".";
    }
}
