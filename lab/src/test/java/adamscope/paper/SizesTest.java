package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.DataFolder;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.run.Run;
import adamscope.run.Trainings;
import adamscope.store.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sizes `medium` and `full` of every figure that trains, for 20 steps on data of the papers' formats that are made
/// here: few samples, and networks that are as deep as asked for or, where a step would take minutes, narrower.
class SizesTest {
    private static final int STEPS = 20;
    private static final Map<String, String> SMALLER = Map.ofEntries(
            Map.entry("steps: \\d+", "steps: " + STEPS),
            Map.entry("first: \\d\\d+", "first: 40"),
            Map.entry("per_class: \\d+", "per_class: 4"),
            Map.entry("skip: \\d\\d+", "skip: 40"),
            Map.entry("samples: \\d+", "samples: 40"),
            Map.entry("points: \\d+", "points: 40"),
            Map.entry("batch: \\d\\d+", "batch: 20"),
            Map.entry("multiplier: 10", "multiplier: 1"),
            Map.entry("layers: (6|12)", "layers: 1"),
            Map.entry("heads: (8|12)", "heads: 2"),
            Map.entry("width: (512|768)", "width: 16"),
            Map.entry("inner: 2048", "inner: 32"),
            Map.entry("length: (128|1024)", "length: 40"),
            Map.entry("source_length: 128", "source_length: 40"),
            Map.entry("target_length: 128", "target_length: 40"));

    @TempDir
    private Path folder;

    static Stream<String> fullOnes() {
        return Shipped.all().keySet().stream();
    }

    static Stream<String> mediumOnes() {
        return PaperFigures.captions().stream()
                .map(Caption::id)
                .filter(id -> PaperFigures.cost(id).medium() > 0);
    }

    @Test
    void imagesOfCifarAreTrainedOnCutOffAndGoneOnWithToEqualBits() throws IOException {
        goesOn("P2-fig4", Size.FULL);
    }

    @Test
    @Tag("slow")
    void aTranslationCorpusIsTrainedOnCutOffAndGoneOnWithToEqualBits() throws IOException {
        goesOn("P3-fig7", Size.FULL);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("fullOnes")
    void theFullSizeOfEveryFigureBeginsAndGoesOnToEqualBits(String id) throws IOException {
        goesOn(id, Size.FULL);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("mediumOnes")
    void theMediumSizeBeginsAndGoesOnToEqualBits(String id) throws IOException {
        goesOn(id, Size.MEDIUM);
    }

    @Test
    void eighteenFiguresHaveAMediumSize() {
        assertThat(mediumOnes()).hasSize(18);
    }

    /// The medium size reads, has 5,000 images with labels of their own and trainings of the same names.
    @ParameterizedTest
    @MethodSource("mediumOnes")
    void theMediumSizeHasFiveThousandImagesAndTheirOwnLabels(String id) {
        Series medium = (Series) Shipped.draft(id).size(Size.MEDIUM).trainings();
        Series own = (Series) Shipped.draft(id).size(Size.DEFAULT).trainings();
        String text = ExperimentText.write(medium);
        assertThat(text).doesNotContain("chance_labels");
        assertThat(text.contains("first: 5000") || text.contains("skip: 1000"))
                .as("5,000 images")
                .isTrue();
        assertThat(own.parts().keySet()).containsAnyElementsOf(medium.parts().keySet());
    }

    private void goesOn(String id, Size size) throws IOException {
        Map<String, Train> trainings = small(id, size);
        assertThat(trainings).isNotEmpty();
        for (Map.Entry<String, Train> one : trainings.entrySet()) {
            Train train = one.getValue();
            ResultStore whole = ResultStore.create(folder.resolve(one.getKey()), train, List.of("train"));
            Run.tables(whole, train, Host.QUIET, new Trainings());
            Path cut = folder.resolve(one.getKey() + "-cut");
            Run.tables(ResultStore.create(cut, train, List.of("train")), train, stoppingAfter(7), new Trainings());
            assertThat(Files.readAllLines(cut.resolve("live.jsonl")))
                    .as(id + " " + one.getKey() + " was cut off")
                    .hasSizeBetween(2, STEPS - 1);
            ResultStore resumed = ResultStore.resume(cut, List.of("train"));
            Run.tables(resumed, train, Host.QUIET, new Trainings());
            for (String rows : List.of("live.jsonl", "probes.jsonl")) {
                assertThat(cut.resolve(rows))
                        .as(id + " " + one.getKey())
                        .hasSameBinaryContentAs(whole.folder().resolve(rows));
            }
            double[] loss = whole.table("measurements").numbers("loss");
            assertThat(loss).hasSize(STEPS + 1);
            assertThat(Arrays.stream(loss).allMatch(Double::isFinite)).isTrue();
        }
    }

    /// The first training of each group.
    private Map<String, Train> small(String id, Size size) throws IOException {
        String written = ExperimentText.write(
                Shipped.draft(id).size(size).data(folders(id, size)).trainings());
        for (Map.Entry<String, String> smaller : SMALLER.entrySet()) {
            written = written.replaceAll("\\b" + smaller.getKey() + "\\b", smaller.getValue());
        }
        Map<String, Train> first = new LinkedHashMap<>();
        ((Series) ExperimentText.read(id, written)).parts().forEach((name, part) -> {
            String group = name.substring(0, name.lastIndexOf('-'));
            if (first.keySet().stream().noneMatch(known -> known.startsWith(group + "-"))) {
                first.put(name, (Train) part);
            }
        });
        return first;
    }

    /// What `--data` gives for it: whatever it asks for and does not have.
    private List<String> folders(String id, Size size) throws IOException {
        Experiment asked = Shipped.draft(id).size(size).trainings();
        List<String> given = new ArrayList<>();
        for (Experiment part : ((Series) asked).parts().values()) {
            ((Train) part)
                    .task()
                    .data()
                    .flatMap(DataFolder::lacked)
                    .map(DataFolder.Kind::word)
                    .filter(kind -> !given.contains(kind))
                    .ifPresent(given::add);
        }
        if (id.equals("P3-fig7")) {
            given.add("wmt");
        } else if (size == Size.FULL && id.startsWith("P3")) {
            given.add("cifar");
        }
        List<String> options = new ArrayList<>();
        for (String kind : given) {
            options.add(kind + "=" + made(kind));
        }
        return options;
    }

    private Path made(String kind) throws IOException {
        Path there = folder.resolve(kind);
        switch (kind) {
            case "cifar" -> {
                Files.createDirectories(there);
                for (int batch = 1; batch <= 5; batch++) {
                    Files.write(there.resolve("data_batch_" + batch + ".bin"), images(40, batch));
                }
            }
            case "wmt" -> {
                Files.createDirectories(there);
                Files.write(there.resolve("train.en"), lines("a line of words no."));
                Files.write(there.resolve("train.de"), lines("eine Zeile von Wörtern Nr."));
            }
            case "text" -> Files.write(there, lines("Of what there is to be read, this is line number"));
            default -> throw new AssertionError(kind);
        }
        return there;
    }

    private static List<String> lines(String text) {
        return IntStream.range(0, 300).mapToObj(i -> text + " " + i).toList();
    }

    private static byte[] images(int count, int seed) {
        byte[] images = new byte[count * 3073];
        for (int i = 0; i < images.length; i++) {
            images[i] = (byte) (i % 3073 == 0 ? i / 3073 % 10 : (i * 2654435761L + seed) >>> 13);
        }
        return images;
    }

    /// Ends what runs after so many questions.
    private static Host stoppingAfter(int questions) {
        AtomicInteger asked = new AtomicInteger();
        return new Host() {
            @Override
            public Progress progress(String task, long total, String unit) {
                return QUIET.progress(task, total, unit);
            }

            @Override
            public void remark(String text) {}

            @Override
            public BooleanSupplier stopping() {
                return () -> asked.incrementAndGet() > questions;
            }
        };
    }
}
