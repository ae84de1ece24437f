package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.stability.PowerLawTheory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TheoryTopicTest {

    @ParameterizedTest
    @EnumSource(TheoryTopic.class)
    void everyTopicHasNumbers(TheoryTopic topic) {
        assertThat(topic.numbers(new PowerLawTheory(4, 0.9, 0.93), Map.of("lr", 1e-3, "eps", 1e-8)))
                .isNotEmpty();
        assertThat(TheoryTopic.read(topic.word())).isEqualTo(topic);
    }

    @Test
    void aWrongTopicIsRefusedWithTheListOfTopics() {
        assertThatThrownBy(() -> TheoryTopic.read("corners"))
                .hasMessageContaining("corners")
                .hasMessageContaining("corner, map");
    }
}
