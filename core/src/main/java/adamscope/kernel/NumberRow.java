package adamscope.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A row of numbers in memory, and sums over stretches of it: Σx, Σx² and Σ(x − y)².
///
/// A stretch is cut into chunks of 2,048. Number i of a chunk is added to partial sum i mod 4w in the precision of the
/// row, w = 16 in single and 8 in double precision; the partial sums i, i + w, i + 2w, i + 3w become sum i of w, as
/// (a + b) + (c + d); halves of the sums are added to each other until one is left; the chunks are added in double. So
/// the bits are the same with and without vectors, whatever their width, and in an [UpdateKernel] that adds up itself.
/// A sum of terms of one sign errs by at most 76 roundings of its precision.
///
/// @param memory of the numbers, one behind the other
/// @param wide   whether they are in double precision, not in single
public record NumberRow(MemorySegment memory, boolean wide) {
    /// Numbers that are added up in the precision of a row.
    public static final int CHUNK = 2048;

    /// Bytes of the partial sums of a chunk, in either precision.
    static final int PARTS = 256;

    private static final int SINGLES = PARTS / 4 / Float.BYTES;
    private static final int DOUBLES = PARTS / 4 / Double.BYTES;
    private static final boolean VECTORS = VectorUnit.doubles().isPresent();

    /// What is added up.
    private enum Term {
        NUMBER,
        SQUARE,
        DISTANCE
    }

    /// The number at a place.
    public double at(long place) {
        return wide
                ? memory.getAtIndex(ValueLayout.JAVA_DOUBLE, place)
                : memory.getAtIndex(ValueLayout.JAVA_FLOAT, place);
    }

    /// Copies `count` numbers from the place `from` on to the place `target` of another row of the same precision.
    public void copy(long from, long count, NumberRow other, long target) {
        long bytes = bytes();
        MemorySegment.copy(memory, from * bytes, other.memory, target * bytes, count * bytes);
    }

    /// Σx over `count` numbers from the place `from` on.
    public double sum(long from, long count) {
        return sum(Term.NUMBER, from, this, from, count);
    }

    /// Σx² over `count` numbers from the place `from` on.
    public double squares(long from, long count) {
        return sum(Term.SQUARE, from, this, from, count);
    }

    /// Σ(x − y)² over `count` numbers x from the place `from` and y of a row of the same precision from `start` on.
    public double squaredDistance(long from, long count, NumberRow other, long start) {
        return sum(Term.DISTANCE, from, other, start, count);
    }

    private double sum(Term term, long from, NumberRow other, long start, long count) {
        double total = 0;
        for (long at = 0; at < count; at += CHUNK) {
            int length = (int) Math.min(CHUNK, count - at);
            NumberRow x = part(from + at, length);
            NumberRow y = term == Term.DISTANCE ? other.part(start + at, length) : x;
            total += wide ? x.doubles(term, y, length) : x.singles(term, y, length);
        }
        return total;
    }

    private double singles(Term term, NumberRow other, int count) {
        float[] parts = new float[4 * SINGLES];
        int whole = VECTORS ? count - count % parts.length : 0;
        if (whole > 0) {
            Vectors.singles(term, memory, other.memory, whole, parts);
        }
        for (int i = whole; i < count; i++) {
            parts[i % parts.length] += singleTerm(term, other, i);
        }
        return folded(parts);
    }

    private static float folded(float[] parts) {
        for (int i = 0; i < SINGLES; i++) {
            parts[i] = (parts[i] + parts[i + SINGLES]) + (parts[i + 2 * SINGLES] + parts[i + 3 * SINGLES]);
        }
        return halved(parts);
    }

    private static float halved(float[] parts) {
        for (int half = SINGLES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                parts[i] += parts[i + half];
            }
        }
        return parts[0];
    }

    private float singleTerm(Term term, NumberRow other, int place) {
        float x = memory.getAtIndex(ValueLayout.JAVA_FLOAT, place);
        float y = term == Term.DISTANCE ? x - other.memory.getAtIndex(ValueLayout.JAVA_FLOAT, place) : x;
        return term == Term.NUMBER ? x : y * y;
    }

    private double doubles(Term term, NumberRow other, int count) {
        double[] parts = new double[4 * DOUBLES];
        int whole = VECTORS ? count - count % parts.length : 0;
        if (whole > 0) {
            Vectors.doubles(term, memory, other.memory, whole, parts);
        }
        for (int i = whole; i < count; i++) {
            parts[i % parts.length] += doubleTerm(term, other, i);
        }
        return folded(parts);
    }

    private static double folded(double[] parts) {
        for (int i = 0; i < DOUBLES; i++) {
            parts[i] = (parts[i] + parts[i + DOUBLES]) + (parts[i + 2 * DOUBLES] + parts[i + 3 * DOUBLES]);
        }
        return halved(parts);
    }

    private static double halved(double[] parts) {
        for (int half = DOUBLES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                parts[i] += parts[i + half];
            }
        }
        return parts[0];
    }

    /// The sum of a chunk whose partial sums lie in the memory of this row from a place on.
    double folded(int place) {
        return wide
                ? Vectors.foldedDoubles(memory, place * Double.BYTES)
                : Vectors.foldedSingles(memory, place * Float.BYTES);
    }

    private double doubleTerm(Term term, NumberRow other, int place) {
        double x = memory.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
        double y = term == Term.DISTANCE ? x - other.memory.getAtIndex(ValueLayout.JAVA_DOUBLE, place) : x;
        return term == Term.NUMBER ? x : y * y;
    }

    private NumberRow part(long from, long count) {
        return new NumberRow(memory.asSlice(from * bytes(), count * bytes()), wide);
    }

    private long bytes() {
        return wide ? Double.BYTES : Float.BYTES;
    }

    /// Whole groups, loaded only where Java has vectors: four of them, w apart, go through the chunk as often as their
    /// width needs. Indices are ints: HotSpot makes such loops ten times as fast as those over longs.
    private static final class Vectors {
        private static final ByteOrder ORDER = ByteOrder.nativeOrder();

        private Vectors() {}

        static void singles(Term term, MemorySegment x, MemorySegment y, int count, float[] parts) {
            VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
            int apart = SINGLES * Float.BYTES;
            for (int sum = 0; sum < SINGLES; sum += species.length()) {
                FloatVector a = FloatVector.zero(species);
                FloatVector b = a;
                FloatVector c = a;
                FloatVector d = a;
                for (int i = sum * Float.BYTES; i < count * Float.BYTES; i += 4 * apart) {
                    a = a.add(single(term, x, y, i));
                    b = b.add(single(term, x, y, i + apart));
                    c = c.add(single(term, x, y, i + 2 * apart));
                    d = d.add(single(term, x, y, i + 3 * apart));
                }
                a.intoArray(parts, sum);
                b.intoArray(parts, sum + SINGLES);
                c.intoArray(parts, sum + 2 * SINGLES);
                d.intoArray(parts, sum + 3 * SINGLES);
            }
        }

        static float foldedSingles(MemorySegment parts, int at) {
            float[] sums = new float[SINGLES];
            for (int i = 0; i < SINGLES; i += FloatVector.SPECIES_PREFERRED.length()) {
                int from = at + i * Float.BYTES;
                FloatVector first = single(Term.NUMBER, parts, parts, from)
                        .add(single(Term.NUMBER, parts, parts, from + PARTS / 4));
                FloatVector second = single(Term.NUMBER, parts, parts, from + PARTS / 2)
                        .add(single(Term.NUMBER, parts, parts, from + 3 * PARTS / 4));
                first.add(second).intoArray(sums, i);
            }
            return halved(sums);
        }

        private static FloatVector single(Term term, MemorySegment x, MemorySegment y, int at) {
            FloatVector p = FloatVector.fromMemorySegment(FloatVector.SPECIES_PREFERRED, x, at, ORDER);
            if (term == Term.DISTANCE) {
                p = p.sub(FloatVector.fromMemorySegment(FloatVector.SPECIES_PREFERRED, y, at, ORDER));
            }
            return term == Term.NUMBER ? p : p.mul(p);
        }

        static void doubles(Term term, MemorySegment x, MemorySegment y, int count, double[] parts) {
            VectorSpecies<Double> species = DoubleVector.SPECIES_PREFERRED;
            int apart = DOUBLES * Double.BYTES;
            for (int sum = 0; sum < DOUBLES; sum += species.length()) {
                DoubleVector a = DoubleVector.zero(species);
                DoubleVector b = a;
                DoubleVector c = a;
                DoubleVector d = a;
                for (int i = sum * Double.BYTES; i < count * Double.BYTES; i += 4 * apart) {
                    a = a.add(wide(term, x, y, i));
                    b = b.add(wide(term, x, y, i + apart));
                    c = c.add(wide(term, x, y, i + 2 * apart));
                    d = d.add(wide(term, x, y, i + 3 * apart));
                }
                a.intoArray(parts, sum);
                b.intoArray(parts, sum + DOUBLES);
                c.intoArray(parts, sum + 2 * DOUBLES);
                d.intoArray(parts, sum + 3 * DOUBLES);
            }
        }

        static double foldedDoubles(MemorySegment parts, int at) {
            double[] sums = new double[DOUBLES];
            for (int i = 0; i < DOUBLES; i += DoubleVector.SPECIES_PREFERRED.length()) {
                int from = at + i * Double.BYTES;
                DoubleVector first =
                        wide(Term.NUMBER, parts, parts, from).add(wide(Term.NUMBER, parts, parts, from + PARTS / 4));
                DoubleVector second = wide(Term.NUMBER, parts, parts, from + PARTS / 2)
                        .add(wide(Term.NUMBER, parts, parts, from + 3 * PARTS / 4));
                first.add(second).intoArray(sums, i);
            }
            return halved(sums);
        }

        private static DoubleVector wide(Term term, MemorySegment x, MemorySegment y, int at) {
            DoubleVector p = DoubleVector.fromMemorySegment(DoubleVector.SPECIES_PREFERRED, x, at, ORDER);
            if (term == Term.DISTANCE) {
                p = p.sub(DoubleVector.fromMemorySegment(DoubleVector.SPECIES_PREFERRED, y, at, ORDER));
            }
            return term == Term.NUMBER ? p : p.mul(p);
        }
    }
}
