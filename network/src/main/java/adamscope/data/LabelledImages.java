package adamscope.data;

import adamscope.formula.PlainText;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Images with a class each.
///
/// @param shape  channels, rows and columns of an image, and how many classes there are
/// @param values images one after the other, each channel by channel and row by row, 0 to 255 as unsigned bytes
/// @param labels the class of each image, 0 to classes − 1
public record LabelledImages(DataShape.Images shape, byte[] values, int[] labels) {
    private static final int CHUNK = 1 << 22;

    public LabelledImages {
        int pixels = shape.pixels();
        if (values.length != (long) pixels * labels.length) {
            throw new IllegalArgumentException(labels.length + " labels for "
                    + new PlainText().number((double) values.length / pixels) + " images of " + pixels + " pixels");
        }
        for (int image = 0; image < labels.length; image++) {
            if (labels[image] < 0 || labels[image] >= shape.classes()) {
                throw new IllegalArgumentException(
                        "label " + labels[image] + " of image " + image + " is outside 0 to " + (shape.classes() - 1));
            }
        }
    }

    /// Numbers of one image.
    public int pixels() {
        return shape.pixels();
    }

    /// The number of images.
    public int count() {
        return labels.length;
    }

    /// The chosen of these images.
    ///
    /// @param source names them in errors
    public LabelledImages subset(Subset subset, String source) {
        if (subset.equals(Subset.ALL)) {
            return this;
        }
        List<Integer> chosen = subset.chosen(labels, source);
        byte[] kept = new byte[Math.toIntExact((long) chosen.size() * pixels())];
        int[] classes = new int[chosen.size()];
        for (int i = 0; i < classes.length; i++) {
            System.arraycopy(values, chosen.get(i) * pixels(), kept, i * pixels(), pixels());
            classes[i] = subset.renumbered(labels[chosen.get(i)]);
        }
        return new LabelledImages(
                new DataShape.Images(
                        shape.channels(), shape.height(), shape.width(), subset.classesOf(shape.classes())),
                kept,
                classes);
    }

    /// Images × channels × rows × columns as inputs, and one-hot targets.
    public Samples toSamples(Place place, Scaling scaling) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            DataShape.refuseTooManyTargets(count(), shape.classes());
            double[] targets = new double[count() * shape.classes()];
            for (int image = 0; image < count(); image++) {
                targets[image * shape.classes() + labels[image]] = 1;
            }
            return new Samples(
                    Scopes.kept(outer, inputs(place, scaling.tables(this))),
                    Scopes.kept(outer, place.tensor(targets, count(), shape.classes())),
                    place);
        }
    }

    /// Each image as one row of numbers, scaled by one mean and one deviation, and one-hot targets.
    public Samples toSamples(Place place) {
        return toSamples(place, Scaling.STANDARD).flat();
    }

    /// A few images at a time, since a number takes eight bytes on its way.
    private Tensor inputs(Place place, double[][] tables) {
        Tensor inputs = place.zeros(count(), shape.channels(), shape.height(), shape.width());
        int plane = shape.height() * shape.width();
        int step = Math.max(1, CHUNK / pixels());
        for (int from = 0; from < count(); from += step) {
            int images = Math.min(step, count() - from);
            double[] scaled = new double[images * pixels()];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = tables[i / plane % shape.channels()][values[from * pixels() + i] & 0xff];
            }
            try (PointerScope _ = new PointerScope()) {
                inputs.narrow(0, from, images)
                        .copy_(place.tensor(scaled, images, shape.channels(), shape.height(), shape.width()));
            }
        }
        return inputs;
    }

    /// How often each value occurs in the channels `from` to `to` − 1.
    long[] histogram(int from, int to) {
        long[] histogram = new long[256];
        int plane = shape.height() * shape.width();
        for (int image = 0; image < count(); image++) {
            int start = image * pixels();
            for (int i = start + from * plane; i < start + to * plane; i++) {
                histogram[values[i] & 0xff]++;
            }
        }
        return histogram;
    }
}
