package adamscope.data;

import java.util.Arrays;

/// How pixels, 0 to 255, become inputs; mean μ and (population) deviation σ are those of the images that are used.
public enum Scaling {
    /// (p − μ)/σ, one μ and one σ over all pixels of all images.
    STANDARD,
    /// (p − μ)/σ, a μ and a σ of each channel, over all its pixels of all images.
    CHANNELS,
    /// p/255.
    UNIT,
    /// p.
    NONE;

    /// What each of the 256 values becomes, by channel.
    ///
    /// A channel without contrast (σ = 0) becomes zeros.
    double[][] tables(LabelledImages images) {
        int channels = images.shape().channels();
        double[][] tables = new double[channels][256];
        for (int channel = 0; channel < channels; channel++) {
            double[] table = tables[channel];
            switch (this) {
                case STANDARD -> standardised(table, images.histogram(0, channels));
                case CHANNELS -> standardised(table, images.histogram(channel, channel + 1));
                case UNIT -> Arrays.setAll(table, p -> p / 255.0);
                case NONE -> Arrays.setAll(table, p -> p);
            }
        }
        return tables;
    }

    private static void standardised(double[] table, long[] histogram) {
        long count = Arrays.stream(histogram).sum();
        double mean = 0;
        for (int p = 0; p < 256; p++) {
            mean += (double) p * histogram[p];
        }
        double average = mean / count;
        double squares = 0;
        for (int p = 0; p < 256; p++) {
            squares += (p - average) * (p - average) * histogram[p];
        }
        double deviation = Math.sqrt(squares / count);
        Arrays.setAll(table, p -> deviation == 0 ? 0 : (p - average) / deviation);
    }
}
