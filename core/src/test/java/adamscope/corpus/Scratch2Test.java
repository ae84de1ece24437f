package adamscope.corpus;
import adamscope.diagnosis.*;
import adamscope.regime.*;
class Scratch2Test {
    public static void main(String[] a) {
        Recipe r = Recipe.of(Cause.valueOf(a[0]), Long.parseLong(a[1]));
        RunLog log = r.run().log("x");
        LossCurve c = LossCurve.of(log);
        System.out.println(SpikeSearch.events(c) + " " + CurveOutcome.of(c, SpikeSearch.events(c)).sentence());
        int every = Integer.parseInt(a[2]);
        for (String q : a[3].split(",")) {
            double[] v = log.numbers(q).orElseThrow();
            StringBuilder sb = new StringBuilder(q + ": ");
            int from = a.length > 4 ? Integer.parseInt(a[4]) : 0, to = a.length > 5 ? Integer.parseInt(a[5]) : v.length;
            for (int i = from; i < Math.min(to, v.length); i += every) sb.append(i).append(':').append("%.2f ".formatted(Math.log10(v[i])));
            System.out.println(sb);
        }
    }
}
