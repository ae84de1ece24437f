package adamscope.linear;

import adamscope.linear.RitzSpace.Ritz;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is known of the eigenvalues that are not tracked, since the last certificate.
///
/// @param rivals vectors near the next eigenvectors below
/// @param tops   bounds on the rivals' eigenvalues
/// @param rest   a bound on every other eigenvalue; −∞: there is none, ∞: none is known
/// @param levels the largest eigenvalues at the certificate, relative to the first
/// @param age    measurements since
public record Outlook<V>(List<V> rivals, double[] tops, double rest, double[] levels, int age) {
    /// How many rivals are known, at most.
    public static final int RIVALS = 3;

    /// Eigenvalues below this part of the last tracked one are no rivals yet.
    private static final double FAR = 0.75;

    /// A bound on the rest so near a tracked value is used up.
    static final double USED_UP = 0.02;

    public Outlook {
        rivals = List.copyOf(rivals);
    }

    /// Nothing is known.
    public static <V> Outlook<V> none() {
        return new Outlook<>(List.of(), new double[0], Double.POSITIVE_INFINITY, new double[0], 0);
    }

    /// A bound on every eigenvalue that is not tracked.
    public double bound() {
        return tops.length == 0 ? rest : Math.max(rest, tops[0]);
    }

    /// What may have become of it by the next measurement: what scaled the tracked values up scaled the others too, and
    /// `growth` is added.
    Outlook<V> grown(double scale, double growth) {
        double[] later = new double[tops.length];
        for (int j = 0; j < tops.length; j++) {
            later[j] = grown(tops[j], scale, growth);
        }
        return new Outlook<>(rivals, later, grown(rest, scale, growth), levels, age + 1);
    }

    private static double grown(double bound, double scale, double growth) {
        return Math.max(bound, bound * scale) + growth;
    }

    /// Without rivals, when these are in the basis.
    Outlook<V> withRest(double bound) {
        return new Outlook<>(List.of(), new double[0], bound, levels, age);
    }

    /// After a certificate: the Ritz pairs below the tracked ones, with the bounds of the majorant.
    static <V> Outlook<V> certified(RitzSpace<V> space, List<Ritz> ritz, Majorant<V> majorant, int tracked) {
        double least = ritz.get(tracked - 1).value();
        double beyond = beyondRivals(majorant, least, tracked);
        List<V> rivals = new ArrayList<>();
        List<Double> tops = new ArrayList<>();
        int i = tracked;
        while (i < Math.min(ritz.size(), tracked + RIVALS) && majorant.value(i) > beyond) {
            rivals.add(space.vector(ritz.get(i).weights()));
            tops.add(majorant.value(i++));
        }
        return new Outlook<>(rivals, array(tops), beyond, levels(ritz, tracked + RIVALS), 0);
    }

    /// A bound on every eigenvalue but the tracked ones and their rivals.
    static double beyondRivals(Majorant<?> majorant, double least, int tracked) {
        return Math.max(farFrom(least), majorant.value(tracked + RIVALS));
    }

    static double farFrom(double least) {
        return least > 0 ? FAR * least : Double.NEGATIVE_INFINITY;
    }

    private static double[] levels(List<Ritz> ritz, int count) {
        double first = Math.abs(ritz.getFirst().value());
        return ritz.stream()
                .limit(count)
                .mapToDouble(pair -> pair.value() / first)
                .toArray();
    }

    /// How fast the eigenvalues below the first have moved against it since a certificate, a measurement.
    double movedFrom(Outlook<V> then) {
        double moved = 0;
        for (int i = 1; i < Math.min(levels.length, then.levels.length); i++) {
            moved = Math.max(moved, Math.abs(levels[i] - then.levels[i]) / (then.age + 1));
        }
        return moved;
    }

    /// After a measurement without one: what it found of the rivals takes the place of what was supposed.
    Outlook<V> updated(RitzSpace<V> space, List<Ritz> ritz, int tracked) {
        record Rival<V>(double top, Ritz found, V known) {}
        List<Rival<V>> all = new ArrayList<>();
        for (Ritz pair : ritz.subList(Math.min(tracked, ritz.size()), ritz.size())) {
            double residual = space.residual(pair);
            double gap = pair.value() - rest;
            if (gap > 0) {
                double error = gap > residual ? residual * residual / gap : residual;
                all.add(new Rival<>(pair.value() + error, pair, null));
            }
        }
        for (int j = 0; j < tops.length; j++) {
            if (tops[j] > rest && space.squareInside(rivals.get(j)) < 0.5) {
                all.add(new Rival<>(tops[j], null, rivals.get(j)));
            }
        }
        all.sort(Comparator.comparingDouble((Rival<V> rival) -> rival.top()).reversed());
        List<Rival<V>> kept = all.subList(0, Math.min(RIVALS, all.size()));
        double left = all.size() > RIVALS ? Math.max(rest, all.get(RIVALS).top()) : rest;
        return new Outlook<>(
                kept.stream()
                        .map(rival -> rival.known() == null
                                ? space.vector(rival.found().weights())
                                : rival.known())
                        .toList(),
                kept.stream().mapToDouble(Rival::top).toArray(),
                left,
                levels,
                age);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
