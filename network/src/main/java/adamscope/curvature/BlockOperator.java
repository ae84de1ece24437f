package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import adamscope.tensor.TensorVectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The diagonal block EᵀAE of an operator that belongs to one parameter tensor: vectors have the size of the block.
///
/// @param whole A, on all of θ
/// @param block one parameter tensor
/// @param place of the vectors
public record BlockOperator(LinearOperator<Tensor> whole, Block block, Place place) implements LinearOperator<Tensor> {

    @Override
    public VectorSpace<Tensor> space() {
        return new TensorVectors(block.size(), place);
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor embedded = place.zeros(whole.space().dimension());
            embedded.narrow(0, block.offset(), block.size()).copy_(vector);
            Tensor product = whole.apply(embedded);
            return Scopes.kept(
                    outer, product.narrow(0, block.offset(), block.size()).clone());
        }
    }
}
