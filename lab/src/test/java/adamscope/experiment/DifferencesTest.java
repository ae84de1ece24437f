package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What somebody is told whose folder holds another experiment.
class DifferencesTest {
    @Test
    void numbersAreWrittenAsAReaderWritesThem() {
        assertThat(Differences.between("optimizer:\n  lr: 1.0e-4\n  eps: 0.0\n", "optimizer:\n  lr: 0.002\n"))
                .isEqualTo("optimizer.lr = 1e-4 there, 0.002 here; optimizer.eps = 0 there, nothing here");
        // 2^53 and the next whole number, which a double does not tell apart
        assertThat(Differences.between("seed: 9007199254740992\n", "seed: 9007199254740993\n"))
                .isEqualTo("seed = 9007199254740992 there, 9007199254740993 here");
    }

    @Test
    void ofPartsOfAnotherKindOnlyTheKindIsNamed() {
        assertThat(Differences.between("kind: sweep\nbase: {kind: train, steps: 3}\n", "kind: phase\nsteps: 4\n"))
                .isEqualTo("kind = sweep there, phase here");
        assertThat(Differences.between(
                        "kind: sweep\nbase:\n  kind: train\n  model: {kind: mlp}\ntile: 3\n",
                        "kind: sweep\nbase:\n  kind: simulation\n  steps: 4\ntile: 4\n"))
                .isEqualTo("base.kind = train there, simulation here; tile = 3 there, 4 here");
    }
}
