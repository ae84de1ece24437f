package adamscope.data;

import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Inputs and targets as arrays: the first index of both counts samples.
///
/// Inputs of whole numbers are tokens and stay whole, and so do their targets. Otherwise targets of whole numbers in
/// one dimension are classes and become one-hot rows.
///
/// @param classes how many classes there are; 0: the largest that occurs, and one
/// @param first   the first so many samples; 0: all
public record ArraySource(Stored inputs, Stored targets, int classes, int first) implements DataSource {
    static final Shape<ArraySource> SHAPE = Shape.of(keys -> {
        var inputs = keys.add(Key.of("inputs", Stored.FORM, "FILE.npy or FILE.safetensors#NAME"), ArraySource::inputs);
        var targets = keys.add(Key.of("targets", Stored.FORM, "the same"), ArraySource::targets);
        var classes = keys.add(
                Key.of("classes", Forms.count(0), "how many; 0: the largest that occurs, and one")
                        .orElse(0),
                ArraySource::classes);
        var first = keys.add(DataSource.first(), ArraySource::first);
        return in -> new ArraySource(in.get(inputs), in.get(targets), in.get(classes), in.get(first));
    });

    /// An array in a file.
    ///
    /// @param file ends in `.npy` or `.safetensors`
    /// @param name of the tensor in a safetensors file; empty for `.npy`
    public record Stored(Path file, String name) {
        private static final String SAFETENSORS = ".safetensors";
        private static final String NPY = ".npy";

        private static final Form<Stored> FORM = Forms.path(
                (text, given) -> {
                    Stored stored = read(text);
                    return new Stored(given.resolved(stored.file().toString()), stored.name());
                },
                Stored::toString);

        public Stored {
            if (file.toString().endsWith(SAFETENSORS) == name.isEmpty()) {
                throw new IllegalArgumentException(file
                        + ": a safetensors file needs the name of the tensor, FILE.safetensors#NAME, another none");
            }
        }

        /// `FILE.npy` or `FILE.safetensors#NAME`.
        public static Stored read(String text) {
            int hash = text.lastIndexOf(SAFETENSORS + "#");
            return hash < 0
                    ? new Stored(Path.of(text), "")
                    : new Stored(
                            Path.of(text.substring(0, hash + SAFETENSORS.length())),
                            text.substring(hash + SAFETENSORS.length() + 1));
        }

        Tensor tensor() {
            if (!name.isEmpty()) {
                Safetensors all = Safetensors.read(file);
                if (!all.tensors().containsKey(name)) {
                    throw new IllegalArgumentException(file + " has no tensor '" + name + "'; it has "
                            + all.tensors().keySet());
                }
                return all.tensor(name);
            }
            if (!file.toString().endsWith(NPY)) {
                throw new IllegalArgumentException(
                        file + ": expected a file that ends in .npy, or FILE.safetensors#NAME; pickles (.pt, .pkl) run"
                                + " code when they are read, save safetensors or .npy instead");
            }
            return NpyFile.read(file);
        }

        /// The first two samples, since a batch normalisation takes no batch of one; or the only one.
        public Tensor first() {
            Tensor all = tensor();
            if (all.dim() < 1 || all.size(0) < 1) {
                throw new IllegalArgumentException(this + " has no samples");
            }
            return all.narrow(0, 0, Math.min(2, all.size(0)));
        }

        @Override
        public String toString() {
            return name.isEmpty() ? file.toString() : file + "#" + name;
        }
    }

    public ArraySource {
        if (classes < 0 || first < 0) {
            throw new IllegalArgumentException(
                    "classes = " + classes + ", first = " + first + ": neither may be negative");
        }
        if (classes > DataShape.MOST_CLASSES) {
            throw new IllegalArgumentException("classes = " + classes + ": allowed are " + DataShape.MOST_CLASSES);
        }
    }

    @Override
    public Learned learned() {
        return Learned.CLASSES;
    }

    @Override
    public DataSet read(Place place) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor x = inputs.tensor();
            Tensor y = targets.tensor();
            if (x.dim() < 1 || y.dim() < 1 || x.size(0) != y.size(0)) {
                throw new IllegalArgumentException(inputs + " has the shape " + shape(x) + ", but " + targets + " has "
                        + shape(y) + ": the first extent of both must be the number of samples");
            }
            if (x.size(0) < Math.max(1, first)) {
                throw new IllegalArgumentException(
                        inputs + " has " + x.size(0) + " samples; " + Math.max(1, first) + " are wanted");
            }
            long samples = first == 0 ? x.size(0) : first;
            Tensor chosenInputs = place.moved(x.narrow(0, 0, samples));
            Tensor chosenTargets = targets(chosenInputs, place.moved(y.narrow(0, 0, samples)), place);
            DataShape shape = shape(chosenInputs, chosenTargets);
            return new DataSet(
                    new Samples(Scopes.kept(outer, chosenInputs), Scopes.kept(outer, chosenTargets), place), shape);
        }
    }

    private Tensor targets(Tensor x, Tensor y, Place place) {
        if (y.dim() > 1 || !x.is_floating_point()) {
            return y;
        }
        if (y.is_floating_point()) {
            return y.view(-1, 1);
        }
        long least = y.min().item_long();
        long most = y.max().item_long();
        int count = counted(targets, least, most);
        DataShape.refuseTooManyTargets(y.numel(), count);
        Tensor oneHot = place.zeros(y.numel(), count);
        return oneHot.scatter_(1, y.view(-1, 1), new Scalar(1.0));
    }

    private DataShape shape(Tensor x, Tensor y) {
        if (!x.is_floating_point()) {
            if (x.dim() < 2 || y.dim() < 2) {
                throw new IllegalArgumentException(inputs + " are whole numbers, so tokens, of the shape " + shape(x)
                        + ", and " + targets + " has " + shape(y) + ": a text has as targets the next token of each,"
                        + " [samples, length]; for one class a sample save the inputs as floating point and let the"
                        + " module convert them");
            }
            extent(x);
            int vocabulary = counted(inputs, x.min().item_long(), x.max().item_long());
            if (!y.is_floating_point()) {
                extent(y);
                vocabulary = Math.max(
                        vocabulary,
                        counted(targets, y.min().item_long(), y.max().item_long()));
            }
            return new DataShape.Tokens(extent(x), vocabulary);
        }
        extent(x);
        return x.dim() == 4
                ? new DataShape.Images((int) x.size(1), (int) x.size(2), (int) x.size(3), extent(y))
                : new DataShape.Vectors(extent(x), extent(y));
    }

    /// How many classes or tokens there are.
    private int counted(Stored source, long least, long most) {
        long allowed = classes == 0 ? DataShape.MOST_CLASSES : classes;
        if (least < 0 || most >= allowed) {
            throw new IllegalArgumentException(
                    source + " has classes from " + least + " to " + most + ", expected 0 to " + (allowed - 1));
        }
        return classes == 0 ? (int) most + 1 : classes;
    }

    /// Numbers of one sample.
    private static int extent(Tensor tensor) {
        long extent = tensor.numel() / tensor.size(0);
        if (extent < 1 || extent > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("samples of " + extent + " numbers (shape " + shape(tensor)
                    + "): allowed are 1 to " + Integer.MAX_VALUE);
        }
        return (int) extent;
    }

    private static String shape(Tensor tensor) {
        List<Long> shape = new ArrayList<>();
        for (long axis = 0; axis < tensor.dim(); axis++) {
            shape.add(tensor.size(axis));
        }
        return shape.toString();
    }
}
