package adamscope.tensor;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// One parameter tensor of a network: its place in the flat vector θ and its shape.
///
/// Rules that use rows, columns or norms see one block at a time. A tensor of more than two dimensions counts as the
/// matrix of its first dimension by all others.
///
/// @param name   such as `weight 1`
/// @param offset of its first number in θ
/// @param shape  its extents; numbers lie row by row
public record Block(String name, long offset, List<Long> shape) {

    public Block {
        shape = List.copyOf(shape);
    }

    /// How many numbers it has.
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /// Whether it has rows and columns.
    public boolean isMatrix() {
        return shape.size() > 1;
    }

    /// Its extents as rules see them: `[rows, columns]` or `[length]`.
    public long[] viewed() {
        return isMatrix() ? new long[] {shape.getFirst(), size() / shape.getFirst()} : new long[] {size()};
    }

    /// Its part of a flat vector, in the shape that rules see.
    public Tensor of(Tensor flat) {
        return flat.narrow(0, offset, size()).view(viewed());
    }
}
