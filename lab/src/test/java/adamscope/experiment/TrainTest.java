package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainTest {
    /// 0 stands for all of it; a seed is one like any other.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{source: fashion-mnist, first: 50} | fashion-mnist, first 50, scaling standard",
                "{source: fashion-mnist, classes: [0, 1]} | fashion-mnist, classes 0,1, scaling standard",
                "{source: sine-sum, samples: 20, dimension: 2, seed: 0} | sine-sum, samples 20, dimension 2, seed 0"
            })
    void dataInWordsLeaveOutWhatIsAllThereIs(String data, String words) {
        String text = """
            kind: train
            model: {kind: fully-connected, hidden: [4], activation: tanh}
            data: %s
            loss: mean-squared
            optimizer: {name: adam}
            steps: 2
            """.replace("%s", data);
        Train train = (Train) ExperimentText.read("t.yaml", text, Path.of("."));
        assertThat(Train.words(train.task().data().orElseThrow())).isEqualTo(words);
    }
}
