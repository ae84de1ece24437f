package adamscope.kernel;

import java.util.Arrays;

/// Rows of one double per lane, where a loop has its room: all lanes in one piece, or in pieces of as many as the loop
/// asks for, which stay in the first cache of a processor while they are advanced.
///
/// The lanes are padded to whole groups with copies of the first.
final class LaneRows {
    private final int rows;
    private final GroupLoop loop;
    private final int stride;
    private final int width;
    private final int lanes;
    private final double[][] pieces;

    LaneRows(int rows, int lanes, GroupLoop loop) {
        this.rows = rows;
        this.loop = loop;
        this.lanes = lanes;
        this.stride = loop.strideFor(lanes);
        this.width = stride / loop.group() * loop.group();
        this.pieces = new double[Math.ceilDiv(lanes, width)][];
        Arrays.setAll(pieces, _ -> loop.room(rows, stride));
    }

    /// Numbers from a row of a piece to the next.
    int stride() {
        return stride;
    }

    int lanes() {
        return lanes;
    }

    /// The lanes of a piece and the padding after them.
    private int padded(int piece) {
        return Math.ceilDiv(Math.min(width, lanes - piece * width), loop.group()) * loop.group();
    }

    /// Runs steps for all lanes.
    void advance(int steps, double clock) {
        forEachPiece((numbers, count) -> loop.loop().advance(numbers, stride, count, steps, clock));
    }

    /// Sets what a tracker records to what it is before anything was.
    void start(LaneCode.Tracker tracker) {
        forEachPiece((numbers, _) -> tracker.start(numbers, stride));
    }

    double get(int row, int lane) {
        return pieces[lane / width][row * stride + lane % width];
    }

    /// The first lane fills the padding too.
    void set(int row, int lane, double number) {
        pieces[lane / width][row * stride + lane % width] = number;
        if (lane == 0) {
            pad(row);
        }
    }

    /// Sets a row.
    void set(int row, double[] numbers) {
        for (int piece = 0; piece < pieces.length; piece++) {
            int first = piece * width;
            System.arraycopy(numbers, first, pieces[piece], row * stride, Math.min(width, lanes - first));
        }
        pad(row);
    }

    private void pad(int row) {
        int last = pieces.length - 1;
        int begin = row * stride + lanes - last * width;
        Arrays.fill(pieces[last], begin, row * stride + padded(last), pieces[0][row * stride]);
    }

    /// Copies a row.
    void copy(int row, double[] to) {
        for (int piece = 0; piece < pieces.length; piece++) {
            int first = piece * width;
            System.arraycopy(pieces[piece], row * stride, to, first, Math.min(width, lanes - first));
        }
    }

    /// Some of the lanes, in that order, in the room of a loop, which may be the one that these were in.
    LaneRows kept(int[] kept, GroupLoop loop) {
        double[] numbers = new double[lanes];
        double[][] some = new double[rows][];
        for (int row = 0; row < rows; row++) {
            copy(row, numbers);
            some[row] = Magnitudes.kept(numbers, kept);
        }
        LaneRows fewer = new LaneRows(rows, kept.length, loop);
        for (int row = 0; row < rows; row++) {
            fewer.set(row, some[row]);
        }
        return fewer;
    }

    /// The piece that holds a lane.
    double[] piece(int lane) {
        return pieces[lane / width];
    }

    /// Where a lane's number lies in its piece.
    int at(int row, int lane) {
        return row * stride + lane % width;
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
