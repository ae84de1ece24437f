package adamscope.kernel;

import java.util.Arrays;

/// Rows of one double per lane, in pieces of lanes that stay in the first cache of a processor while they are advanced.
///
/// A row of a piece begins [#STRIDE] numbers after the one before, so that generated code reaches all of them from one
/// address. The lanes are padded to whole groups with copies of the first.
final class LaneRows {
    /// Numbers from a row of a piece to the next.
    static final int STRIDE = 128;

    private final int rows;
    private final int group;
    private final int width;
    private int lanes;
    private double[][] pieces;

    /// @param group lanes that a loop takes together
    LaneRows(int rows, int lanes, int group) {
        this.rows = rows;
        this.group = group;
        this.width = STRIDE / group * group;
        this.lanes = lanes;
        this.pieces = new double[Math.ceilDiv(lanes, width)][rows * STRIDE];
    }

    int lanes() {
        return lanes;
    }

    /// The lanes of a piece and the padding after them.
    private int padded(int piece) {
        return Math.ceilDiv(Math.min(width, lanes - piece * width), group) * group;
    }

    /// Runs steps for all lanes.
    void advance(LaneLoop loop, int steps, double clock) {
        forEachPiece((numbers, count) -> loop.advance(numbers, STRIDE, count, steps, clock));
    }

    /// Sets what a tracker records to what it is before anything was.
    void start(LaneCode.Tracker tracker) {
        forEachPiece((numbers, _) -> tracker.start(numbers, STRIDE));
    }

    double get(int row, int lane) {
        return pieces[lane / width][row * STRIDE + lane % width];
    }

    /// The first lane fills the padding too.
    void set(int row, int lane, double number) {
        pieces[lane / width][row * STRIDE + lane % width] = number;
        if (lane == 0) {
            pad(row);
        }
    }

    /// Sets a row.
    void set(int row, double[] numbers) {
        for (int piece = 0; piece < pieces.length; piece++) {
            int first = piece * width;
            System.arraycopy(numbers, first, pieces[piece], row * STRIDE, Math.min(width, lanes - first));
        }
        pad(row);
    }

    private void pad(int row) {
        int last = pieces.length - 1;
        int begin = row * STRIDE + lanes - last * width;
        Arrays.fill(pieces[last], begin, row * STRIDE + padded(last), pieces[0][row * STRIDE]);
    }

    /// Copies a row.
    void copy(int row, double[] to) {
        copy(pieces, row, to);
    }

    private void copy(double[][] from, int row, double[] to) {
        for (int piece = 0; piece < from.length; piece++) {
            int first = piece * width;
            System.arraycopy(from[piece], row * STRIDE, to, first, Math.min(width, lanes - first));
        }
    }

    /// A copy of a row.
    double[] row(int row) {
        double[] numbers = new double[lanes];
        copy(row, numbers);
        return numbers;
    }

    /// Some of the lanes, in that order, for a loop that takes `group` of them together.
    LaneRows kept(int[] kept, int group) {
        LaneRows fewer = new LaneRows(rows, kept.length, group);
        double[] numbers = new double[lanes];
        for (int row = 0; row < rows; row++) {
            copy(row, numbers);
            fewer.set(row, Magnitudes.kept(numbers, kept));
        }
        return fewer;
    }

    /// The piece that holds a lane.
    double[] piece(int lane) {
        return pieces[lane / width];
    }

    /// Where a lane's number lies in its piece.
    int at(int row, int lane) {
        return row * STRIDE + lane % width;
    }

    /// Takes the numbers of a piece and how many lanes it has, with the padding.
    interface Piece {
        /// Changes the numbers; lanes that are alike must stay so.
        void accept(double[] numbers, int lanes);
    }

    /// Shows every piece.
    void forEachPiece(Piece change) {
        for (int piece = 0; piece < pieces.length; piece++) {
            change.accept(pieces[piece], padded(piece));
        }
    }
}
