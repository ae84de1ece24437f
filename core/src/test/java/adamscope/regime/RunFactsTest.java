package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFactsTest {
    private static final RunFacts FACTS = new RunFacts(
            RowAxis.STEPS,
            List.of(new Seam(200, 260, "again"), new Seam(50, 49, "resumed")),
            List.of(
                    new WordEvent(70, WordEvent.Kind.OVERFLOW, "OVERFLOW!"),
                    new WordEvent(10, WordEvent.Kind.OVERFLOW, "OVERFLOW!")),
            Map.of(),
            List.of());

    @Test
    void seamsAndWordsStandInTheOrderOfTheirSteps() {
        assertThat(FACTS.seams()).extracting(Seam::step).containsExactly(50L, 200L);
        assertThat(FACTS.words()).extracting(WordEvent::step).containsExactly(10L, 70L);
    }

    @Test
    void aSeamIsWithinAStretchWhoseLastStepItIsButNotWhoseFirst() {
        assertThat(FACTS.seamsWithin(50, 200)).extracting(Seam::step).containsExactly(200L);
    }

    @Test
    void onlyASeamThatRunsStepsAgainRewinds() {
        assertThat(FACTS.seams()).extracting(Seam::rewinds).containsExactly(false, true);
    }

    @Test
    void eventsOfAKindAreFoundFromTheFirstStepToTheLast() {
        assertThat(FACTS.words(WordEvent.Kind.OVERFLOW, 70, 70)).hasSize(1);
        assertThat(FACTS.words(WordEvent.Kind.SKIPPED_STEP, 0, 100)).isEmpty();
    }

    @Test
    void aSentenceCountsInTheUnitOfTheLog() {
        String sentence = "the loss rose at step 40, steps 3 to 9; no steps of unusual length";
        assertThat(RowAxis.Unit.EPOCH.in(sentence))
                .isEqualTo("the loss rose at epoch 40, epochs 3 to 9; no steps of unusual length");
        assertThat(RowAxis.Unit.STEP.in(sentence)).isEqualTo(sentence);
        assertThat(RowAxis.Unit.TOKENS.in("the loss was back within 10 steps; rows are 8 steps apart"))
                .isEqualTo("the loss was back within 10 tokens; rows are 8 tokens apart");
    }
}
