package adamscope.tensor;

import adamscope.linear.CountedNormal;
import adamscope.linear.VectorSpace;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Vectors as flat tensors.
///
/// New vectors belong to the innermost `PointerScope` of the caller.
public record TensorVectors(long dimension, Place place) implements VectorSpace<Tensor> {

    @Override
    public double roundoff() {
        return place.precision().roundoff();
    }

    @Override
    public Tensor random(long seed) {
        double[] numbers = new double[Math.toIntExact(dimension)];
        for (int coordinate = 0; coordinate < numbers.length; coordinate++) {
            numbers[coordinate] = CountedNormal.number(seed, coordinate);
        }
        return place.tensor(numbers, dimension);
    }

    @Override
    public void release(Tensor a) {
        a.close();
    }

    @Override
    public Tensor scaled(double factor, Tensor a) {
        try (Scalar scalar = Place.scalar(factor, a)) {
            return a.mul(scalar);
        }
    }

    @Override
    public void scale(Tensor target, double factor) {
        try (Scalar scalar = Place.scalar(factor, target)) {
            target.mul_(scalar);
        }
    }

    @Override
    public void add(Tensor target, double factor, Tensor a) {
        try (PointerScope _ = new PointerScope()) {
            target.add_(a, Place.scalar(factor, a));
        }
    }

    @Override
    public double dot(Tensor a, Tensor b) {
        try (PointerScope _ = new PointerScope()) {
            return torch.dot(a, b).item_double();
        }
    }
}
