package adamscope.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.DataSource;
import adamscope.model.ModelSource;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ExperimentRoundTripTest {
    private static final List<String> KINDS = Experiment.Kinds.ALL.all().stream()
            .filter(kind -> !kind.equals("network"))
            .toList();
    private static final int DRAWN = 60;

    @ParameterizedTest
    @FieldSource("KINDS")
    void aRandomExperimentOfEveryKindReadsBackEqualAndIsWrittenTheSameAgain(String kind) {
        roundTrips(kind, 0, 20);
    }

    @Tag("slow")
    @ParameterizedTest
    @FieldSource("KINDS")
    void manyRandomExperimentsOfEveryKindReadBackEqual(String kind) {
        roundTrips(kind, 20, DRAWN);
    }

    private static void roundTrips(String kind, int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Experiment drawn = new RandomExperiments(seed).of(kind);
            String text = ExperimentText.write(drawn);
            Experiment read = ExperimentText.read("seed " + seed, text);
            assertThat(read).as("seed %d:%n%s", seed, text).isEqualTo(drawn);
            assertThat(ExperimentText.write(read)).isEqualTo(text);
        }
    }

    @Test
    void ofEveryTrainingTheDigestIsThatOfTheOneThatIsReadBackBesideItsFiles() {
        Path folder = Path.of("/tmp/run");
        for (int seed = 0; seed < DRAWN; seed++) {
            Train drawn = (Train) new RandomExperiments(seed).of("train");
            String text = ExperimentText.write(drawn, folder);
            Train read = (Train) ExperimentText.read("seed " + seed, text, folder);
            assertThat(read).as(text).isEqualTo(drawn);
            assertThat(read.digest(folder)).isEqualTo(drawn.digest(folder));
        }
    }

    @Test
    void noKindScheduleChangeModelOrSourceIsLeftOut() {
        Set<Class<?>> drawn = new HashSet<>();
        KINDS.forEach(kind -> drawn.add(new RandomExperiments(0).of(kind).getClass()));
        for (int seed = 0; seed < DRAWN; seed++) {
            Train train = (Train) new RandomExperiments(seed).of("train");
            drawn.add(train.task().model().getClass());
            train.task().data().ifPresent(data -> drawn.add(data.getClass()));
            train.training().changes().forEach(change -> drawn.add(change.getClass()));
            train.training().tuned().schedules().values().forEach(schedule -> drawn.add(schedule.getClass()));
        }
        for (Class<?> sealed :
                List.of(Experiment.class, ModelSource.class, DataSource.class, Change.class, Schedule.class)) {
            assertThat(drawn).containsAll(records(sealed));
        }
    }

    private static List<Class<?>> records(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? records(type).stream() : Stream.of(type))
                .toList();
    }
}
