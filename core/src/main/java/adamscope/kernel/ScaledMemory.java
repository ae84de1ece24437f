package adamscope.kernel;

import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The rows of scaled lanes and the exponents chosen for them.
final class ScaledMemory {
    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /// Part of a register's bound after which its scale is chosen anew.
    private static final double SOFT = 0.4;

    private final ScaledCode code;
    private final GroupLoop loop;
    private final int states;
    private final long[][] chosen;
    private final double[][] invariants;
    private int lanes;
    private LaneRows rows;
    private final int[] sources;
    private final int[][] sourceScales;
    private final int[] lossWeights;
    private final int[] ratioWeights;
    private final int[] slopeWeights;
    private long[] lossScale;
    private long[] slopeScale;
    private long[] ratioScale;
    private final double[] softLeast;
    private final double[] softGreatest;
    private final double[] least;
    private final double[] greatest;

    ScaledMemory(StepProgram program, ScaledCode code, int lanes, GroupLoop loop, Map<String, double[]> parameters) {
        this.code = code;
        this.lanes = lanes;
        this.loop = loop.together(SPECIES.length());
        this.states = program.components().size();
        this.rows = new LaneRows(code.code().rows(), lanes, this.loop);
        this.chosen = new long[code.chosen()][lanes];
        this.invariants = code.invariants().evaluate(parameters, lanes);
        this.sources = code.rowSources().stream()
                .mapToInt(ScaledCode.RowSource::invariant)
                .toArray();
        this.sourceScales = code.rowSources().stream()
                .map(source -> source.scale().toArray())
                .toArray(int[][]::new);
        this.lossWeights = code.lossScale().toArray();
        this.slopeWeights = code.slopeScale() == null
                ? new int[lossWeights.length]
                : code.slopeScale().toArray();
        this.slopeScale = new long[lanes];
        this.ratioWeights = code.ratioScale() == null
                ? new int[lossWeights.length]
                : code.ratioScale().toArray();
        this.lossScale = new long[lanes];
        this.ratioScale = new long[lanes];
        this.least = Arrays.stream(code.bounds())
                .map(b -> Math.pow(2, -Math.floor(b)))
                .toArray();
        this.greatest = Arrays.stream(least).map(b -> 1 / b).toArray();
        this.softLeast = Arrays.stream(code.bounds())
                .map(b -> Math.pow(2, -Math.floor(SOFT * b)))
                .toArray();
        this.softGreatest = Arrays.stream(softLeast).map(b -> 1 / b).toArray();
    }

    /// Drops all lanes but these.
    void keep(int[] kept) {
        lanes = kept.length;
        rows = rows.kept(kept, loop);
        Arrays.setAll(chosen, i -> Magnitudes.kept(chosen[i], kept));
        Arrays.setAll(invariants, i -> Magnitudes.kept(invariants[i], kept));
        lossScale = Magnitudes.kept(lossScale, kept);
        slopeScale = Magnitudes.kept(slopeScale, kept);
        ratioScale = Magnitudes.kept(ratioScale, kept);
    }

    LaneRows rows() {
        return rows;
    }

    long[] lossScale() {
        return lossScale;
    }

    long[] slopeScale() {
        return slopeScale;
    }

    long[] ratioScale() {
        return ratioScale;
    }

    /// Chooses the exponent of a value for a register.
    void choose(int index, int lane, WideNumber value) {
        chosen[index][lane] = inUnits(value.exponent());
    }

    /// The multiple of the unit, which is a power of two, at or below an exponent.
    private long inUnits(long exponent) {
        return exponent & -code.unit();
    }

    /// Sets a component to a value, in the scale chosen for it.
    void setState(int component, int lane, WideNumber value) {
        rows.set(component, lane, timesPowerOfTwo(value.mantissa(), value.exponent() - chosen[component][lane]));
    }

    /// Chooses the exponents of a lane anew by what its registers hold now.
    void choose(int lane) {
        for (int i = 0; i < chosen.length; i++) {
            double register = rows.get(i < states ? i : code.firstRange() + 2 * i + 1, lane);
            if (register != 0) {
                long moved = inUnits(Math.getExponent(register));
                chosen[i][lane] += moved;
                if (i < states) {
                    rows.set(i, lane, timesPowerOfTwo(register, -moved));
                }
            }
        }
        fill(lane);
    }

    /// Computes the rows that depend on the chosen exponents.
    void fill(int lane) {
        for (int r = 0; r < sources.length; r++) {
            double number = sources[r] < 0 ? 1 : invariants[sources[r]][lane];
            long scale = BinaryScale.value(sourceScales[r], code.unit(), chosen, lane);
            rows.set(states + r, lane, timesPowerOfTwo(number, scale));
        }
        lossScale[lane] = BinaryScale.value(lossWeights, code.unit(), chosen, lane);
        if (code.slopeScale() != null) {
            slopeScale[lane] = BinaryScale.value(slopeWeights, code.unit(), chosen, lane);
        }
        ratioScale[lane] = BinaryScale.value(ratioWeights, code.unit(), chosen, lane);
    }

    /// number · 2^power, rounded once; where 2^power is a normal double, one multiplication.
    private static double timesPowerOfTwo(double number, long power) {
        if (power == 0 || number == 0) {
            return number;
        }
        if (power >= Double.MIN_EXPONENT && power <= Double.MAX_EXPONENT) {
            return number * Double.longBitsToDouble(power + Double.MAX_EXPONENT << 52);
        }
        return Math.scalb(number, Math.clamp(power, -5000, 5000));
    }

    /// Of the vector of lanes that begins at one, those with a register that went beyond its bound in the last block.
    long outOfRange(int lane) {
        return beyond(lane, least, greatest);
    }

    /// Of the vector of lanes that begins at one, those with a register so far from 1 that its scale is due.
    long drifted(int lane) {
        return beyond(lane, softLeast, softGreatest);
    }

    /// NaN is beyond every bound.
    private long beyond(int lane, double[] lows, double[] highs) {
        double[] piece = rows.piece(lane);
        if (code.fixed()) {
            return DoubleVector.fromArray(SPECIES, piece, rows.at(code.firstRange(), lane))
                    .reinterpretAsLongs()
                    .compare(VectorOperators.LT, 0)
                    .toLong();
        }
        VectorMask<Double> within = SPECIES.maskAll(true);
        for (int i = 0, at = rows.at(code.firstRange(), lane); i < lows.length; i++, at += 2 * rows.stride()) {
            within = within.and(DoubleVector.fromArray(SPECIES, piece, at).compare(VectorOperators.GE, lows[i]))
                    .and(DoubleVector.fromArray(SPECIES, piece, at + rows.stride())
                            .compare(VectorOperators.LE, highs[i]));
        }
        return within.not().toLong();
    }

    void read(int row, long[] scale, Magnitudes into) {
        rows.copy(row, into.mantissa());
        System.arraycopy(scale, 0, into.exponent(), 0, lanes);
    }

    void readQuotient(int row, long[] scale, Magnitudes into) {
        rows.copy(row, into.mantissa());
        double[] below = new double[lanes];
        rows.copy(row + 1, below);
        for (int lane = 0; lane < lanes; lane++) {
            into.mantissa()[lane] /= below[lane];
        }
        System.arraycopy(scale, 0, into.exponent(), 0, lanes);
    }

    WideNumber state(double[] component, int index, int lane) {
        return WideNumber.normalised(component[lane], chosen[index][lane]);
    }

    Magnitudes component(int index) {
        double[] numbers = new double[lanes];
        rows.copy(index, numbers);
        return new Magnitudes(numbers, chosen[index].clone());
    }
}
