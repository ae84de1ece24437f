package adamscope.sweep;

import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// A part of a sweep that is run with no knowledge of the others: every `of`-th tile, so that a region where runs take
/// long falls to all shards alike.
///
/// @param number from 1
public record Shard(int number, int of) {
    private static final int MOST = 1_000_000;
    private static final Pattern WORDS = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

    public Shard {
        if (of < 1 || of > MOST) {
            throw new IllegalArgumentException(number + "/" + of + " is no shard: of 1 to " + MOST + " shards");
        }
        if (number < 1 || number > of) {
            throw new IllegalArgumentException(
                    number + "/" + of + " is no shard: they are numbered from 1/" + of + " to " + of + "/" + of);
        }
    }

    /// Reads `2/7`.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static Shard read(String text) {
        Matcher words = WORDS.matcher(text);
        if (!words.matches()) {
            throw new IllegalArgumentException(text + " is no shard; write I/N, such as 2/7");
        }
        return new Shard(Integer.parseInt(words.group(1)), Integer.parseInt(words.group(2)));
    }

    /// Its tiles of a sweep, one by one.
    public Iterator<Tile> tiles(long points, int size) {
        return LongStream.iterate(number - 1L, i -> i < Tile.count(points, size), i -> i + of)
                .mapToObj(i -> Tile.numbered(i, points, size))
                .iterator();
    }

    /// How many tiles it has.
    public long count(long points, int size) {
        return Math.max(0, Math.ceilDiv(Tile.count(points, size) - (number - 1L), (long) of));
    }

    /// Whether the tile that begins at a point is one of its tiles.
    public boolean has(long from, int size) {
        return from / size % of == number - 1;
    }

    /// `2/7`.
    @Override
    public String toString() {
        return number + "/" + of;
    }
}
