package adamscope.model;

import adamscope.formula.PlainText;
import adamscope.linear.CountedUniform;
import adamscope.shape.Alternatives;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Collections;
import java.util.List;

/// Where a differential equation holds, with its boundary. Every point is a function of the seed and its number.
public sealed interface Region {
    /// By the key that is given.
    Alternatives<Region> WORDS = Alternatives.byKey(List.of(
            Alternatives.Word.of("box", Box.class, Shape.of(keys -> {
                var box = keys.add(
                        Key.of(
                                "box",
                                Forms.list(Forms.list(Forms.number(), "numbers"), "ranges"),
                                "a range for each coordinate, as in [[0, 1], [0, 2]]"),
                        Box::ranges);
                return in -> new Box(in.get(box));
            })),
            Alternatives.Word.of("disk", Disk.class, Shape.of(keys -> {
                var radius = keys.add(Key.of("disk", Forms.number(Forms.POSITIVE), "the radius"), Disk::radius);
                var centre = keys.add(
                        Key.of("centre", Forms.list(Forms.number(), "numbers"), "its two coordinates")
                                .orElse(List.of(0.0, 0.0)),
                        Disk::centre);
                return in -> new Disk(in.get(radius), in.get(centre));
            }))));

    /// Random numbers that a point may use, at least.
    int NUMBERS = 8;

    /// Of the space.
    int dimension();

    /// A point inside, uniform.
    double[] inside(long seed, long point);

    /// A point of the boundary, uniform.
    Edge onBoundary(long seed, long point);

    /// A point of the boundary.
    ///
    /// @param normal outwards, of length 1
    record Edge(double[] point, double[] normal) {}

    /// All points with each coordinate in its range.
    record Box(List<List<Double>> ranges) implements Region {
        private static final int MOST = 100;

        /// (0, 1) in so many dimensions.
        static Box unit(int dimension) {
            return new Box(Collections.nCopies(dimension, List.of(0.0, 1.0)));
        }

        public Box {
            ranges = ranges.stream().map(List::copyOf).toList();
            if (ranges.isEmpty() || ranges.size() > MOST) {
                throw new IllegalArgumentException("a box has 1 to " + MOST + " coordinates, not " + ranges.size());
            }
            for (List<Double> range : ranges) {
                boolean whole = range.size() == 2 && Double.isFinite(range.get(1) - range.get(0));
                if (!whole || range.get(0) >= range.get(1)) {
                    throw new IllegalArgumentException(
                            "the range " + range + " of a box is no pair of a smaller and a larger number");
                }
            }
        }

        @Override
        public int dimension() {
            return ranges.size();
        }

        @Override
        public double[] inside(long seed, long point) {
            double[] x = new double[dimension()];
            for (int k = 0; k < x.length; k++) {
                x[k] = low(k) + length(k) * CountedUniform.number(seed, point * numbers() + k);
            }
            return x;
        }

        @Override
        public Edge onBoundary(long seed, long point) {
            double[] x = inside(seed, point);
            int face = face(CountedUniform.number(seed, point * numbers() + dimension()));
            int k = face / 2;
            x[k] = ranges.get(k).get(face % 2);
            double[] normal = new double[x.length];
            normal[k] = face % 2 == 0 ? -1 : 1;
            return new Edge(x, normal);
        }

        /// The face with this share of the boundary before it; faces across coordinate k are the larger the shorter
        /// it is.
        private int face(double share) {
            double all = 0;
            for (int k = 0; k < dimension(); k++) {
                all += 1 / length(k);
            }
            double left = share * all;
            for (int k = 0; k < dimension() - 1; k++) {
                if (left < 1 / length(k)) {
                    return 2 * k + (int) (2 * left * length(k));
                }
                left -= 1 / length(k);
            }
            int last = dimension() - 1;
            return 2 * last + Math.min(1, (int) (2 * left * length(last)));
        }

        private double low(int k) {
            return ranges.get(k).getFirst();
        }

        private double length(int k) {
            return ranges.get(k).get(1) - low(k);
        }

        private long numbers() {
            return Math.max(NUMBERS, dimension() + 1);
        }
    }

    /// A disk in the plane.
    ///
    /// @param centre its two coordinates
    record Disk(double radius, List<Double> centre) implements Region {
        /// Around 0 with radius 1.
        static final Disk UNIT = new Disk(1, List.of(0.0, 0.0));

        public Disk {
            centre = List.copyOf(centre);
            if (centre.size() != 2 || !(radius > 0) || !Double.isFinite(radius)) {
                throw new IllegalArgumentException("a disk has a centre of two coordinates and a finite radius above 0,"
                        + " not " + centre.stream().map(new PlainText()::number).toList() + " and "
                        + new PlainText().number(radius));
            }
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double[] inside(long seed, long point) {
            double[] direction = direction(seed, point);
            return at(radius * Math.sqrt(CountedUniform.number(seed, point * NUMBERS + 1)), direction);
        }

        @Override
        public Edge onBoundary(long seed, long point) {
            double[] direction = direction(seed, point);
            return new Edge(at(radius, direction), direction);
        }

        private double[] at(double distance, double... direction) {
            return new double[] {centre.get(0) + distance * direction[0], centre.get(1) + distance * direction[1]};
        }

        private static double[] direction(long seed, long point) {
            double angle = 2 * Math.PI * CountedUniform.number(seed, point * NUMBERS);
            return new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
        }
    }
}
