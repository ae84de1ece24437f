package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.SineSum;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

    @Test
    @Tag("slow")
    void residentMemoryGrowsByLessThanTwoPercentFromStepThousandToTwentyThousand() {
        Task task = new Task(
                new ModelSource.Dense(List.of(100, 100), Activation.TANH, true),
                Optional.of(new SineSum(200, 5, 0)),
                Optional.of(Criterion.MEAN_SQUARED));
        long[] resident = new long[2];
        Training training = Training.of(Catalogue.shipped("adam"), Map.of(), 20_000);
        training.run(
                place -> task.at(place, 0),
                new Training.Watch(
                        List.of(),
                        10,
                        List.of(),
                        (step, _) -> {
                            if (step == 1000 || step == 20_000) {
                                System.gc();
                                resident[step == 1000 ? 0 : 1] = Pointer.physicalBytes();
                            }
                            return true;
                        },
                        Optional.empty()));
        System.out.printf(
                Locale.ROOT,
                "resident: %d KB at step 1,000, %d KB at step 20,000%n",
                resident[0] >> 10,
                resident[1] >> 10);
        assertThat((double) resident[1]).isLessThan(1.02 * resident[0]);
    }
}
