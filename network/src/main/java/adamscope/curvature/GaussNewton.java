package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.model.Batch;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Scopes;
import adamscope.tensor.TensorVectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The Gauss–Newton operator JᵀQJ at one θ: J is the Jacobian of the outputs, Q the Hessian of the criterion in the
/// outputs (Schraudolph 2002). Positive semidefinite for the criteria here; equal to the Hessian for a network that is
/// linear in θ.
///
/// It lives as long as the scope in which it was made.
public final class GaussNewton implements LinearOperator<Tensor> {
    private final VectorSpace<Tensor> space;
    private final Tensor theta;
    private final Tensor outputs;
    private final Tensor slopes;
    private final Tensor dummy;
    private final Tensor pulled;
    private final Tensor criterionInputs;

    private GaussNewton(NetworkLoss loss, Batch batch, Tensor theta) {
        this.space = new TensorVectors(loss.parameters(), loss.place());
        this.theta = theta.detach().requires_grad_(true);
        this.outputs = loss.network().output(this.theta, batch.of(loss.data().inputs()));
        this.criterionInputs = outputs.detach().requires_grad_(true);
        Tensor mean =
                loss.criterion().mean(criterionInputs, batch.of(loss.data().targets()));
        this.slopes = derivative(mean, criterionInputs, null, true);
        // Jᵀu is linear in u: its derivative in u, times v, is J·v
        this.dummy = torch.zeros_like(outputs).requires_grad_(true);
        this.pulled = derivative(outputs, this.theta, dummy, true);
    }

    /// The operator over a batch; it belongs to the caller's scope.
    public static GaussNewton of(NetworkLoss loss, Batch batch, Tensor theta) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            GaussNewton made = new GaussNewton(loss, batch, theta);
            for (Tensor tensor :
                    new Tensor[] {made.theta, made.outputs, made.criterionInputs, made.slopes, made.dummy, made.pulled
                    }) {
                Scopes.kept(outer, tensor);
            }
            return made;
        }
    }

    private static Tensor derivative(Tensor of, Tensor by, Tensor along, boolean graph) {
        if (!of.requires_grad()) {
            return torch.zeros_like(by); // a criterion that is linear in the outputs
        }
        TensorVector result = torch.grad(
                new TensorVector(of),
                new TensorVector(by),
                along == null ? new TensorVector() : new TensorVector(along),
                new BoolOptional(true),
                graph,
                true);
        return result.get(0).defined() ? new Tensor(result.get(0)) : torch.zeros_like(by);
    }

    @Override
    public VectorSpace<Tensor> space() {
        return space;
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor forward = derivative(pulled, dummy, vector, false);
            Tensor curved = derivative(slopes, criterionInputs, forward, false);
            return Scopes.kept(outer, derivative(outputs, theta, curved, false));
        }
    }
}
