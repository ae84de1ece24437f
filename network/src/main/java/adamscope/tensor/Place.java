package adamscope.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Where tensors live and how their numbers are stored.
///
/// @param device a device of libtorch: `cpu`, `cuda`, `cuda:1`
public record Place(String device, Precision precision) {

    /// The processor's memory, in double precision.
    public static final Place CPU_FLOAT64 = new Place("cpu", Precision.FLOAT64);

    /// The processor's memory, in single precision.
    public static final Place CPU_FLOAT32 = new Place("cpu", Precision.FLOAT32);

    public Place {
        if (!device.matches("cpu|(cuda|hip|xpu|mps)(:[0-9]{1,2})?")) {
            throw new IllegalArgumentException(
                    "device '" + device + "' is not known; allowed are cpu, cuda, cuda:N, hip, hip:N, xpu, xpu:N, mps");
        }
    }

    /// Refuses a device that libtorch cannot use here; loads it.
    ///
    /// @throws IllegalArgumentException with libtorch's reason
    public void refuseUnusable() {
        LibTorch.require();
        try (PointerScope _ = new PointerScope()) {
            zeros(1);
        } catch (RuntimeException e) {
            // The first sentence; what follows is a list of all its operators or a native stack.
            String reason = String.valueOf(e.getMessage()).split("\\.\\s|\\R", 2)[0];
            throw new IllegalArgumentException(
                    "device '" + device + "': this libtorch does not reach one here (" + reason + "); cpu always works",
                    e);
        }
    }

    /// A tensor of these numbers, row by row.
    public Tensor tensor(double[] numbers, long... shape) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor onHost = torch.from_blob(new DoublePointer(numbers), shape, new TensorOptions(ScalarType.Double));
            return Scopes.kept(
                    outer, onHost.to(options(), false, true, new org.bytedeco.pytorch.MemoryFormatOptional()));
        }
    }

    /// A tensor of whole numbers in 64 bits, such as tokens, row by row.
    public Tensor integers(long[] numbers, long... shape) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor onHost = torch.tensor(numbers, new TensorOptions(ScalarType.Long));
            return Scopes.kept(
                    outer, onHost.to(new Device(device), ScalarType.Long).view(shape));
        }
    }

    /// The numbers of any tensor here: whole ones in 64 bits, others in this precision.
    public Tensor moved(Tensor tensor) {
        boolean whole = !tensor.is_floating_point();
        return tensor.to(new Device(device), whole ? ScalarType.Long : precision.type());
    }

    /// A tensor of zeros.
    public Tensor zeros(long... shape) {
        return torch.zeros(shape, options());
    }

    /// A tensor without dimensions that holds one number; it may be combined with tensors on any device.
    public Tensor number(double value) {
        return torch.scalar_tensor(scalar(value, precision.type()), new TensorOptions(precision.type()));
    }

    /// A number that is to meet a tensor. Beyond the range of single precision it is infinite there, as it is after any
    /// operation; libtorch would refuse it.
    public static Scalar scalar(double value, Tensor tensor) {
        return scalar(value, tensor.scalar_type().intern());
    }

    private static Scalar scalar(double value, ScalarType type) {
        boolean beyond = type == ScalarType.Float && Math.abs(value) > Float.MAX_VALUE;
        return new Scalar(beyond ? (float) value : value);
    }

    /// The numbers of any tensor, row by row.
    public static double[] numbers(Tensor tensor) {
        try (PointerScope _ = new PointerScope()) {
            Tensor onHost = tensor.to(new Device("cpu"), ScalarType.Double).contiguous();
            double[] numbers = new double[Math.toIntExact(onHost.numel())];
            onHost.data_ptr_double().get(numbers);
            return numbers;
        }
    }

    private TensorOptions options() {
        return new TensorOptions(precision.type()).device(new DeviceOptional(new Device(device)));
    }
}
