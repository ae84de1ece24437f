package adamscope.data;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which of the images of a set are taken, in the order of the files.
///
/// @param classes  these alone, numbered anew from 0 in this order; empty: all
/// @param perClass the first so many of each class; 0: all
/// @param first    then the first so many; 0: all
/// @param skip     so many images at the beginning of the files are left out
public record Subset(List<Integer> classes, int perClass, int first, int skip) {
    /// As keys of a source.
    static final Shape<Subset> SHAPE = Shape.of(keys -> {
        var classes = keys.add(
                Key.of("classes", Forms.list(Forms.count(0), "whole numbers"), "these alone, numbered anew; empty: all")
                        .orElse(List.of())
                        .quiet(),
                Subset::classes);
        var perClass = keys.add(
                Key.of("per_class", Forms.count(0), "the first so many of each class; 0: all")
                        .orElse(0),
                Subset::perClass);
        var first = keys.add(DataSource.first(), Subset::first);
        var skip = keys.add(
                Key.of("skip", Forms.count(0), "so many at the beginning are left out")
                        .orElse(0)
                        .quiet(),
                Subset::skip);
        return in -> new Subset(in.get(classes), in.get(perClass), in.get(first), in.get(skip));
    });

    /// Everything.
    public static final Subset ALL = new Subset(List.of(), 0, 0);

    public Subset {
        classes = List.copyOf(classes);
        if (new HashSet<>(classes).size() < classes.size() || classes.stream().anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("classes = " + classes + ": each is named once, by its number from 0");
        }
        if (perClass < 0 || first < 0 || skip < 0) {
            throw new IllegalArgumentException(
                    "per_class = " + perClass + ", first = " + first + ", skip = " + skip + ": none may be negative");
        }
    }

    /// From the beginning.
    public Subset(List<Integer> classes, int perClass, int first) {
        this(classes, perClass, first, 0);
    }

    /// The first `count` of all.
    public static Subset first(int count) {
        return new Subset(List.of(), 0, count);
    }

    /// The numbers of the chosen among samples with these labels.
    ///
    /// @param source names the data in errors
    /// @throws IllegalArgumentException if there are fewer than asked for, or none
    List<Integer> chosen(int[] labels, String source) {
        Map<Integer, Integer> taken = new LinkedHashMap<>();
        classes.forEach(label -> taken.put(label, 0));
        List<Integer> chosen = new ArrayList<>();
        for (int sample = skip; sample < labels.length && (first == 0 || chosen.size() < first); sample++) {
            boolean wanted = classes.isEmpty() || classes.contains(labels[sample]);
            if (wanted && (perClass == 0 || taken.getOrDefault(labels[sample], 0) < perClass)) {
                taken.merge(labels[sample], 1, Integer::sum);
                chosen.add(sample);
            }
        }
        if (chosen.size() < first) {
            throw new IllegalArgumentException(
                    "first = " + first + ": " + source + " has " + chosen.size() + " such samples");
        }
        if (first == 0) {
            taken.forEach((label, count) -> {
                if (count < Math.max(1, perClass)) {
                    throw new IllegalArgumentException(
                            (perClass > 0 ? "per_class = " + perClass + ": " : "classes = " + classes + ": ") + source
                                    + " has " + count + " samples of class " + label);
                }
            });
        }
        return chosen;
    }

    /// The new number of a class of the files.
    int renumbered(int label) {
        return classes.isEmpty() ? label : classes.indexOf(label);
    }

    /// How many classes are left of so many.
    int classesOf(int all) {
        return classes.isEmpty() ? all : classes.size();
    }
}
