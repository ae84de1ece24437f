package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.SpikeEvent;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayVerdictTest {
    /// A rise of one decade out of noise in which 0.05 decades stand out.
    private static final SpikeEvent EVENT = new SpikeEvent(600, 620, OptionalLong.of(640), 1, 20, -2);

    private static Replay replay(Map<Replay.Variation, Double> rises) {
        return Replay.of(EVENT, 500, 700, rises);
    }

    @Test
    void aRiseThatGoesWhenVIsHeldAndNotWithoutTheBatchIsALag() {
        Replay replay = replay(Map.of(
                Replay.Variation.NOTHING, 0.9,
                Replay.Variation.V_FLOORED, 0.09,
                Replay.Variation.M_RESET, 0.8,
                Replay.Variation.BATCH_SKIPPED, 0.7));
        // a tenth of 0.9 and less is gone
        assertThat(replay.removing()).containsExactly(Replay.Variation.V_FLOORED);
        assertThat(replay.cause()).contains(Cause.PRECONDITIONER_LAG);
        assertThat(replay.verdict()).contains("v held", "preconditioner lag");
    }

    @Test
    void aSmallerStepAloneIsTheCurvatureAndAHeldRateTheSchedule() {
        assertThat(replay(Map.of(
                                Replay.Variation.NOTHING, 1.0,
                                Replay.Variation.V_FLOORED, 1.0,
                                Replay.Variation.LR_HALVED, 0.0))
                        .cause())
                .contains(Cause.SHARPNESS);
        assertThat(replay(Map.of(
                                Replay.Variation.NOTHING, 1.0,
                                Replay.Variation.LR_HELD, 0.0,
                                Replay.Variation.LR_HALVED, 0.0))
                        .cause())
                .contains(Cause.SCHEDULE);
    }

    @Test
    void nothingFollowsWhenTheUnchangedRerunDoesNotRise() {
        Replay replay = replay(Map.of(Replay.Variation.NOTHING, 0.1, Replay.Variation.V_FLOORED, 0.0));
        assertThat(replay.again()).isFalse();
        assertThat(replay.removing()).isEmpty();
        assertThat(replay.cause()).isEmpty();
        assertThat(replay.verdict()).contains("0.100 decades instead of 1.00", "not the same run");
    }

    @Test
    void changesBeginOneMemoryOfVBeforeTheOnsetAndAfterAnEarlierRise() {
        SpikeEvent earlier = new SpikeEvent(540, 550, OptionalLong.of(560), 1, 20, -2);
        // 1/(1 − 0.99) = 100
        assertThat(Replay.begin(EVENT, List.of(EVENT), 0.99)).isEqualTo(500);
        assertThat(Replay.begin(EVENT, List.of(earlier, EVENT), 0.99)).isEqualTo(560);
        assertThat(Replay.begin(EVENT, List.of(EVENT), 0.9999)).isEqualTo(100);
    }
}
