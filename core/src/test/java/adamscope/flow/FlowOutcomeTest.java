package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowOutcomeTest {
    @Test
    void timesHaveNoZerosAtTheirEnd() {
        assertThat(new FlowOutcome.AtEnd(2).sentence()).isEqualTo("solved up to time 2");
        assertThat(new FlowOutcome.Settled(1.0000000000001).sentence())
                .startsWith("every gradient vanishes from time 1 on");
        assertThat(new FlowOutcome.BlewUp(0.5, "x").sentence()).endsWith("towards time 0.5");
        assertThat(new FlowOutcome.Singular(0, "why").sentence()).isEqualTo("stopped at time 0: why");
        assertThat(new FlowOutcome.Stiff(1.0 / 3, "why").sentence()).isEqualTo("stopped at time 0.333333, stiff: why");
    }
}
