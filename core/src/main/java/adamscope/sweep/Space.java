package adamscope.sweep;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hipparchus.random.SobolSequenceGenerator;

/// The points of a sweep in one fixed order: every combination of the values of the axes, the first axis varying
/// fastest, and for each point of a Sobol sequence over the sampled coordinates all of them again.
///
/// Where a point lies depends on its number alone, so that any part of a sweep can be run anywhere, at any time.
/// A longer sequence begins with the shorter one. [Joe & Kuo 2008, direction numbers; Hipparchus]
///
/// @param coordinates in the order of the columns
/// @param samples     points of the sequence; 0 without a sampled coordinate
public record Space(List<Coordinate> coordinates, int samples) {
    /// The most points of one sweep.
    public static final long MOST_POINTS = 10_000_000_000L;

    public Space {
        coordinates = List.copyOf(coordinates);
        if (coordinates.isEmpty()) {
            throw new IllegalArgumentException("a sweep varies at least one quantity; it has no axis");
        }
        Set<String> names = new HashSet<>();
        for (Coordinate coordinate : coordinates) {
            if (!names.add(coordinate.name())) {
                throw new IllegalArgumentException(
                        "two axes are called " + coordinate.name() + "; each needs its own name");
            }
        }
        boolean sampled = coordinates.stream().anyMatch(Sampled.class::isInstance);
        if (sampled && samples < 2) {
            throw new IllegalArgumentException("samples = " + samples
                    + ": axes without points are sampled together, at 2 or more points of a sequence");
        }
        if (!sampled && samples != 0) {
            throw new IllegalArgumentException(
                    "samples = " + samples + ", but every axis has points or values of its own");
        }
        double points = coordinates.stream().mapToDouble(Space::count).reduce(sampled ? samples : 1, (a, b) -> a * b);
        if (points > MOST_POINTS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "the sweep has %.3g points, the most is %.0e", points, (double) MOST_POINTS));
        }
    }

    /// The number of points.
    public long points() {
        return coordinates.stream().mapToLong(Space::count).reduce(Math.max(1, samples), (a, b) -> a * b);
    }

    /// The coordinates of some points by name: one number for each of them.
    public Map<String, double[]> at(long[] points) {
        Map<String, double[]> at = new LinkedHashMap<>();
        coordinates.forEach(coordinate -> at.put(coordinate.name(), new double[points.length]));
        int dimensions =
                (int) coordinates.stream().filter(Sampled.class::isInstance).count();
        SobolSequenceGenerator sequence = dimensions == 0 ? null : new SobolSequenceGenerator(dimensions);
        for (int i = 0; i < points.length; i++) {
            long rest = points[i];
            for (Coordinate coordinate : coordinates) {
                long count = count(coordinate);
                int position = (int) (rest % count);
                rest /= count;
                switch (coordinate) {
                    case Axis axis -> at.get(axis.name())[i] = axis.value(position);
                    case Listed list -> at.get(list.name())[i] = list.values().get(position);
                    case Sampled _ -> {}
                }
            }
            if (sequence != null) {
                sample(sequence.skipTo((int) rest), at, i);
            }
        }
        return at;
    }

    private void sample(double[] s, Map<String, double[]> at, int i) {
        int dimension = 0;
        for (Coordinate coordinate : coordinates) {
            if (coordinate instanceof Sampled sampled) {
                at.get(sampled.name())[i] = sampled.at(s[dimension++]);
            }
        }
    }

    private static long count(Coordinate coordinate) {
        return switch (coordinate) {
            case Axis axis -> axis.points();
            case Listed list -> list.values().size();
            case Sampled _ -> 1;
        };
    }
}
