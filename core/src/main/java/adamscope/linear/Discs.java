package adamscope.linear;

import java.util.Arrays;

/// Discs in the plane, some of which may overlap.
record Discs(double[] re, double[] im, double[] radius) {

    /// How far the component of each disc reaches from its centre: its radius if it is alone, that and the diameters of
    /// all the others if it overlaps some, at once or through others.
    double[] reach() {
        int n = re.length;
        int[] component = new int[n];
        Arrays.setAll(component, i -> i);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double apart = Math.hypot(re[i] - re[j], im[i] - im[j]);
                if (!(apart > radius[i] + radius[j])) {
                    merge(component, component[i], component[j]);
                }
            }
        }
        double[] reach = radius.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                reach[i] += j != i && component[j] == component[i] ? 2 * radius[j] : 0;
            }
        }
        return reach;
    }

    private static void merge(int[] component, int from, int to) {
        for (int i = 0; i < component.length; i++) {
            component[i] = component[i] == from ? to : component[i];
        }
    }
}
