package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.web.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExperimentReferenceTest {

    @Test
    void thePageOfKeysIsTheOneThatTheShapesGive() throws IOException {
        assertThat(MarkdownPage.withoutNavigation(Files.readString(Path.of("..", "docs", "experiments.md"))))
                .isEqualTo(ExperimentReference.markdown());
    }

    @Test
    void theSchemaNamesEveryKeyOfEveryKind() {
        String schema = ExperimentSchema.document().toString();
        Experiment.Kinds.ALL.words().forEach(word -> {
            assertThat(schema).contains("const=" + word.word());
            word.shape().keys().forEach(key -> assertThat(schema).contains(key.name() + "={"));
        });
    }
}
