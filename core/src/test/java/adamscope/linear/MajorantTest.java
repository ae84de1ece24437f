package adamscope.linear;

import static adamscope.linear.Matrices.eigenvalues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MajorantTest {
    private static final DoubleVectors SPACE = new DoubleVectors(12);

    @Test
    void itsEigenvaluesBoundThoseOfTheMatrixOneByOneFromAbove() {
        for (int seed = 0; seed < 200; seed++) {
            SymmetricMatrix matrix = Matrices.random(12, seed);
            double[] values = eigenvalues(matrix);
            RitzSpace<double[]> space = new RitzSpace<>(matrix);
            for (int i = 0; i < 1 + seed % 4; i++) {
                space.admit(SPACE.random(1000 + 10 * seed + i));
            }
            // the largest eigenvalue bounds every compression
            Majorant<double[]> majorant =
                    new Majorant<>(space, SPACE, Outlook.<double[]>none().withRest(values[0]));
            for (int i = 0; i < space.size(); i++) {
                assertThat(majorant.value(i)).isGreaterThanOrEqualTo(values[i] - 1e-12);
                assertThat(space.ritz().get(i).value()).isLessThanOrEqualTo(values[i] + 1e-12);
            }
        }
    }

    @Test
    void knownEigenvectorsWithTheirValuesMakeItTighterAndItStaysABound() {
        for (int seed = 0; seed < 200; seed++) {
            double[] values = new double[12];
            for (int i = 0; i < 12; i++) {
                values[i] = i < 3 ? 3 - i : 0.1 * CountedNormal.number(seed, i);
            }
            SymmetricMatrix matrix = Matrices.diagonal(values);
            List<double[]> known = new ArrayList<>();
            for (int i = 1; i < 3; i++) {
                double[] unit = new double[12];
                unit[i] = 1;
                known.add(unit);
            }
            // what of the first eigenvector lies outside is 3·(length 0.33/5)² = 0.013 of a value there
            double[] near = SPACE.scaled(0.1, SPACE.random(seed));
            near[0] = 5;
            RitzSpace<double[]> space = new RitzSpace<>(matrix);
            space.admit(near);
            double rest = 0.5; // above every 0.1·N(0, 1) of these seeds
            Outlook<double[]> with = new Outlook<>(known, new double[] {2.05, 1.05}, rest, new double[0], 0);
            double bound = new Majorant<>(space, SPACE, with).value(0);
            assertThat(bound).isGreaterThanOrEqualTo(3 - 1e-12);
            assertThat(bound)
                    .isLessThanOrEqualTo(new Majorant<>(
                                            space,
                                            SPACE,
                                            Outlook.<double[]>none().withRest(2.05))
                                    .value(0)
                            + 1e-12);
        }
    }

    @Test
    void forOneRitzPairItIsTheBoundOfKatoAndTemple() {
        SymmetricMatrix matrix = Matrices.random(12, 3);
        RitzSpace<double[]> space = new RitzSpace<>(matrix);
        space.admit(SPACE.random(7));
        double theta = space.ritz().getFirst().value();
        double residual = space.residual(space.ritz().getFirst());
        double rest = theta - 5;
        double bound = new Majorant<>(space, SPACE, Outlook.<double[]>none().withRest(rest)).value(0);
        // (λ − θ)(λ − rest) = residual²
        assertThat((bound - theta) * (bound - rest)).isCloseTo(residual * residual, within(1e-12));
    }

    /// Vectors that span what the basis maps to outside itself: products of their coordinates cancel in sum.
    @Test
    void knownVectorsWhoseProductsCancelLeaveItSymmetric() {
        for (int seed = 0; seed < 200; seed++) {
            SymmetricMatrix matrix = Matrices.random(12, seed);
            RitzSpace<double[]> space = new RitzSpace<>(matrix);
            List<double[]> units = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                double[] vector = SPACE.random(1000 + 10 * seed + i);
                space.admit(vector);
                units.add(orthonormal(vector, units));
            }
            List<double[]> outside = new ArrayList<>(units);
            for (int i = 0; i < 3; i++) {
                outside.add(orthonormal(matrix.apply(units.get(i)), outside));
            }
            List<double[]> known = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                double[] mixed = new double[12];
                for (int k = 3; k < 6; k++) {
                    SPACE.add(mixed, CountedNormal.number(seed, 3 * i + k), outside.get(k));
                }
                known.add(orthonormal(mixed, known));
            }
            Outlook<double[]> with = new Outlook<>(known, new double[] {1000, 1000, 1000}, 0, new double[0], 0);
            // a matrix that is not symmetric to 2^-40 of each entry is refused
            assertThat(new Majorant<>(space, SPACE, with).value(0)).isFinite();
        }
    }

    private static double[] orthonormal(double[] vector, List<double[]> units) {
        double[] rest = vector.clone();
        for (int pass = 0; pass < 2; pass++) {
            units.forEach(unit -> SPACE.add(rest, -SPACE.dot(rest, unit), unit));
        }
        return SPACE.scaled(1 / SPACE.norm(rest), rest);
    }
}
