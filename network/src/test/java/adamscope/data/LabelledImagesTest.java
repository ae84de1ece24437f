package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.tensor.Place;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {
    @Test
    void inputsHaveMeanZeroAndDeviationOneOverAllPixelsAndTargetsAreOneHot() {
        LabelledImages images = grey(2, new byte[] {0, 0, (byte) 200, (byte) 200}, new int[] {2, 0}, 3);
        try (PointerScope _ = new PointerScope()) {
            Samples samples = images.toSamples(Place.CPU_FLOAT64);
            assertThat(Place.numbers(samples.inputs())).containsExactly(-1, -1, 1, 1);
            assertThat(Place.numbers(samples.targets())).containsExactly(0, 0, 1, 1, 0, 0);
            assertThat(samples.count()).isEqualTo(2);
        }
    }

    @Test
    void imagesWithoutContrastBecomeZeros() {
        try (PointerScope _ = new PointerScope()) {
            Samples samples = grey(2, new byte[] {9, 9}, new int[] {0}, 1).toSamples(Place.CPU_FLOAT64);
            assertThat(Place.numbers(samples.inputs())).containsExactly(0, 0);
        }
    }

    @Test
    void labelsMustFitTheImages() {
        assertThatThrownBy(() -> grey(2, new byte[3], new int[1], 10))
                .hasMessage("1 labels for 1.5 images of 2 pixels");
        assertThatThrownBy(() -> grey(1, new byte[2], new int[] {1, 10}, 10))
                .hasMessage("label 10 of image 1 is outside 0 to 9");
    }

    /// The first labels of the training set and the mean and deviation of all its pixels are published with it
    /// (ankle boot, T-shirt, T-shirt, dress, T-shirt; 0.2860 and 0.3530 of 255 for all 60,000).
    @Test
    void theShippedImagesAreTheFirstOfFashionMnist() {
        LabelledImages images = FashionMnist.shipped(FashionMnist.SHIPPED);
        assertThat(images.count()).isEqualTo(5000);
        assertThat(images.pixels()).isEqualTo(784);
        assertThat(Arrays.copyOf(images.labels(), 5)).containsExactly(9, 0, 0, 3, 0);
        double sum = 0;
        double squares = 0;
        for (byte grey : images.values()) {
            sum += (grey & 0xff) / 255.0;
            squares += (grey & 0xff) / 255.0 * (grey & 0xff) / 255.0;
        }
        double mean = sum / images.values().length;
        // 5,000 of 60,000 images: image means vary by about 0.15, so their mean by 0.15/√5000 = .002
        assertThat(mean).isCloseTo(0.2860, within(0.006));
        assertThat(Math.sqrt(squares / images.values().length - mean * mean)).isCloseTo(0.3530, within(0.006));
        assertThatThrownBy(() -> FashionMnist.shipped(5001))
                .hasMessage("5001 items are asked of train-images-5000-idx3-ubyte.gz, which has 5000;"
                        + " allowed are 1 to 5000");
    }

    private static LabelledImages grey(int pixels, byte[] values, int[] labels, int classes) {
        return new LabelledImages(new DataShape.Images(1, 1, pixels, classes), values, labels);
    }
}
