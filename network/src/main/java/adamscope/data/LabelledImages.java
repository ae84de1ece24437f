package adamscope.data;

import adamscope.tensor.Place;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Grey images with a class each.
///
/// @param pixels  numbers of one image, rows times columns
/// @param grey    images one after the other, 0 to 255 as unsigned bytes
/// @param labels  the class of each image, 0 to classes − 1
/// @param classes how many classes there are
public record LabelledImages(int pixels, byte[] grey, byte[] labels, int classes) {

    public LabelledImages {
        if (grey.length != (long) pixels * labels.length) {
            throw new IllegalArgumentException(labels.length + " labels for " + (double) grey.length / pixels
                    + " images of " + pixels + " pixels");
        }
        for (int image = 0; image < labels.length; image++) {
            if ((labels[image] & 0xff) >= classes) {
                throw new IllegalArgumentException(
                        "label " + (labels[image] & 0xff) + " of image " + image + " is outside 0 to " + (classes - 1));
            }
        }
    }

    /// The number of images.
    public int count() {
        return labels.length;
    }

    /// The images as inputs and one-hot targets of a network.
    ///
    /// A grey value p becomes (p − μ)/σ with the mean and the (population) standard deviation of all pixels of all
    /// these images: one μ and one σ. A set without contrast (σ = 0) becomes zeros.
    public Samples toSamples(Place place) {
        double mean = sum(p -> p) / grey.length;
        double deviation = Math.sqrt(sum(p -> (p - mean) * (p - mean)) / grey.length);
        double[] inputs = new double[grey.length];
        Arrays.setAll(inputs, i -> deviation == 0 ? 0 : ((grey[i] & 0xff) - mean) / deviation);
        double[] targets = new double[count() * classes];
        for (int image = 0; image < count(); image++) {
            targets[image * classes + (labels[image] & 0xff)] = 1;
        }
        return new Samples(place.tensor(inputs, count(), pixels), place.tensor(targets, count(), classes), place);
    }

    private double sum(java.util.function.DoubleUnaryOperator term) {
        return IntStream.range(0, grey.length)
                .mapToDouble(i -> term.applyAsDouble(grey[i] & 0xff))
                .sum();
    }
}
