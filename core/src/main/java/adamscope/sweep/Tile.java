package adamscope.sweep;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.LongStream;

/// A part of a sweep that is run as one piece; the numbers of its points say what it is, and nothing else does.
public sealed interface Tile extends Serializable {

    /// The numbers of its points in the [Space] of the sweep.
    long[] points();

    /// How many points it has.
    int size();

    /// What it is called, the same whenever and wherever it is run.
    String name();

    /// Points that follow each other.
    record Consecutive(long from, int size) implements Tile {
        @Override
        public long[] points() {
            return LongStream.range(from, from + size).toArray();
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "%012d-%d", from, size);
        }
    }

    /// Any points, as the `number`-th piece of a level of refinement.
    record Chosen(int level, int number, long[] points) implements Tile {
        @Override
        public int size() {
            return points.length;
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "level%02d-%06d-%d", level, number, points.length);
        }
    }

    /// The tiles that a sweep is cut into, one by one.
    static Iterator<Tile> all(long points, int size) {
        return new Shard(1, 1).tiles(points, size);
    }

    /// How many there are.
    static long count(long points, int size) {
        return Math.ceilDiv(points, (long) size);
    }

    /// One of them.
    static Tile numbered(long number, long points, int size) {
        return new Consecutive(number * size, (int) Math.min(size, points - number * size));
    }
}
