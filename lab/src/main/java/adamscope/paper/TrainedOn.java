package adamscope.paper;

import adamscope.data.DataSource;
import adamscope.data.ImageSource;
import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Train;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// On which samples a figure's networks are trained, and whose labels they have, in a sentence for its page.
final class TrainedOn {
    private TrainedOn() {}

    /// @param id of the figure, for the command that takes other samples
    static String words(String id, Experiment experiment) {
        List<DataSource> sources = (experiment instanceof Series(var parts)
                        ? List.copyOf(parts.values())
                        : List.of(experiment))
                .stream()
                        .filter(Train.class::isInstance)
                        .map(part -> ((Train) part).task().data())
                        .flatMap(Optional::stream)
                        .toList();
        if (sources.isEmpty()) {
            return "Trained on points that the program draws; there are no labels.";
        }
        long byChance = sources.stream()
                .filter(source -> source instanceof ImageSource images && images.chance() != 0)
                .count();
        boolean images = sources.stream().anyMatch(ImageSource.class::isInstance);
        return "Trained on: "
                + sources.stream().map(Train::words).distinct().collect(Collectors.joining("; ")) + ". "
                + (byChance > 0
                        ? "The labels of " + byChance + " of " + sources.size()
                                + " trainings are not the images' own but dealt out by chance. "
                        : images ? "The images have their own labels. " : "")
                + (images ? "adamscope reproduce " + id + " --data cifar=DIR trains on CIFAR-10 with its labels." : "");
    }
}
