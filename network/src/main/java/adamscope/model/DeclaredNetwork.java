package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A network that declares its parameter tensors: their names, shapes and what they are drawn from.
interface DeclaredNetwork extends Network {

    /// Its parameter tensors in order.
    ParameterList parameterList();

    @Override
    default List<Block> blocks() {
        return parameterList().blocks();
    }

    @Override
    default Tensor initial(long seed, Place place) {
        return parameterList().initial(seed, place);
    }
}
