package adamscope.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The ticks of a scale between two positions: at round numbers, never more labels than there is room for.
final class Ticks {
    /// A tick at a position of the scale; minor ticks have an empty label.
    record Placed(double position, String label) {
        boolean major() {
            return !label.isEmpty();
        }
    }

    private Ticks() {}

    /// Ticks of `scale` within `positions`, at most `labels` of them labelled (at least 2 are tried).
    static List<Placed> of(Scale scale, Range positions, int labels) {
        int most = Math.max(2, labels);
        return switch (scale) {
            case LINEAR -> linear(positions, most);
            case LOG10, LOG10_VALUES -> logarithmic(positions, most);
            case ONE_MINUS_LOG10 -> oneMinus(positions, most);
        };
    }

    private static List<Placed> linear(Range range, int most) {
        BigDecimal step = roundStep(range.length() / most);
        while (count(range, step) > most) {
            step = roundStep(step.doubleValue() * 1.01);
        }
        int leading = step.unscaledValue().intValue();
        BigDecimal minor = step.divide(BigDecimal.valueOf(leading == 2 ? 4 : 5));
        List<Placed> ticks = new ArrayList<>();
        for (BigDecimal value = firstMultiple(range, minor);
                range.contains(value.doubleValue());
                value = value.add(minor)) {
            boolean major = value.remainder(step).signum() == 0;
            ticks.add(new Placed(value.doubleValue(), major ? number(value, step, range) : ""));
        }
        return ticks;
    }

    /// The smallest of 1, 2, 5 times a power of ten that is at least `length`.
    private static BigDecimal roundStep(double length) {
        int exponent = (int) Math.floor(Math.log10(length));
        for (int leading : new int[] {1, 2, 5}) {
            BigDecimal step = BigDecimal.valueOf(leading, -exponent);
            if (step.doubleValue() >= length * (1 - 1e-12)) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -exponent - 1);
    }

    private static int count(Range range, BigDecimal step) {
        double size = step.doubleValue();
        return (int) (Math.floor(range.upper() / size + 1e-9) - Math.ceil(range.lower() / size - 1e-9)) + 1;
    }

    private static BigDecimal firstMultiple(Range range, BigDecimal step) {
        return new BigDecimal(range.lower() - 1e-9 * range.length())
                .divide(step, 0, RoundingMode.CEILING)
                .multiply(step);
    }

    /// Plain digits where they are short, else mantissa times a power of ten.
    private static String number(BigDecimal value, BigDecimal step, Range range) {
        double largest = Math.max(Math.abs(range.lower()), Math.abs(range.upper()));
        if (value.signum() == 0) {
            return "0";
        }
        if (largest < 1e5 && step.doubleValue() >= 1e-4) {
            return Numeral.signed(value.setScale(Math.max(0, step.scale()), RoundingMode.UNNECESSARY)
                    .toPlainString());
        }
        int exponent = value.precision() - value.scale() - 1;
        return Numeral.signed(value.movePointLeft(exponent).stripTrailingZeros().toPlainString()) + "×"
                + Numeral.powerOfTen(exponent);
    }

    private static List<Placed> logarithmic(Range range, int most) {
        if (range.length() < 0.7) {
            return withinADecade(range, most);
        }
        BigDecimal step = roundStep(Math.max(1, range.length() / most));
        while (count(range, step) > most) {
            step = roundStep(step.doubleValue() * 1.01);
        }
        if (step.compareTo(BigDecimal.ONE) > 0) {
            return decades(range, step);
        }
        List<Placed> ticks = new ArrayList<>();
        boolean few = count(range, BigDecimal.ONE) < 3 && most >= 4;
        for (int decade = (int) Math.floor(range.lower()); decade <= range.upper(); decade++) {
            for (int leading = 1; leading < 10; leading++) {
                double position = decade + Math.log10(leading);
                if (range.contains(position)) {
                    boolean between = few && (leading == 2 || leading == 5);
                    ticks.add(new Placed(
                            position,
                            leading == 1
                                    ? Numeral.powerOfTen(decade)
                                    : between ? leading + "×" + Numeral.powerOfTen(decade) : ""));
                }
            }
        }
        return ticks;
    }

    private static List<Placed> decades(Range range, BigDecimal step) {
        int majors = step.intValue();
        int minors = Math.max(1, step.unscaledValue().intValue() == 2 ? majors / 2 : majors / 5);
        List<Placed> ticks = new ArrayList<>();
        for (BigDecimal value = firstMultiple(range, BigDecimal.valueOf(minors));
                range.contains(value.doubleValue());
                value = value.add(BigDecimal.valueOf(minors))) {
            long exponent = value.longValueExact();
            ticks.add(new Placed(exponent, exponent % majors == 0 ? Numeral.powerOfTen(exponent) : ""));
        }
        return ticks;
    }

    /// Less than a decade: round values; where they have no short digits, as mantissa times one power of ten, which may
    /// lie beyond double.
    private static List<Placed> withinADecade(Range range, int most) {
        long decade = range.lower() > -4 && range.upper() < 5 ? 0 : (long) Math.floor(range.upper());
        Range mantissas = new Range(Math.pow(10, range.lower() - decade), Math.pow(10, range.upper() - decade));
        return linear(mantissas, most).stream()
                .map(tick -> new Placed(
                        decade + Math.log10(tick.position()),
                        tick.major() && decade != 0 ? tick.label() + "×" + Numeral.powerOfTen(decade) : tick.label()))
                .toList();
    }

    /// Ticks of −log₁₀(1 − value): 0, 0.9, 0.99; 0.5 and 0.8 and their like between them when few decades are shown.
    private static List<Placed> oneMinus(Range range, int most) {
        List<Placed> ticks = new ArrayList<>();
        boolean few = range.length() * 3 + 1 <= most;
        int stride = (int) Math.max(1, Math.ceil((range.length() + 1) / most));
        for (int decade = (int) Math.floor(range.lower()); decade <= Math.ceil(range.upper()); decade++) {
            for (int leading : new int[] {1, 9, 8, 7, 6, 5, 4, 3, 2}) {
                double position = leading == 1 ? decade : decade + 1 - Math.log10(leading);
                if (range.contains(position)) {
                    boolean major = leading == 1 ? decade % stride == 0 : few && (leading == 2 || leading == 5);
                    BigDecimal rest = BigDecimal.valueOf(leading, leading == 1 ? decade : decade + 1);
                    ticks.add(new Placed(position, major ? oneMinus(rest) : ""));
                }
            }
        }
        return ticks;
    }

    private static String oneMinus(BigDecimal rest) {
        return Numeral.signed(BigDecimal.ONE.subtract(rest).stripTrailingZeros().toPlainString());
    }
}
