package adamscope.paper;

import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The trainings of a figure from several seeds: those of its file, and for each seed more the same again, as parts
/// `seed2-a-1`, with tables `seed2-a-1-probes`. A figure draws the first seed and judges each; [OverSeeds] makes one
/// verdict of them.
///
/// @param count seeds, at least 1
public record SeedAxis(int count) {
    /// As many as an interval needs to be of use: Student's factor is 2.8, with three 4.3, with two 12.7.
    static final int USUAL = 5;

    private static final Pattern PART = Pattern.compile("seed(\\d+)-(.+)");

    public SeedAxis {
        if (count < 1 || count > 99) {
            throw new IllegalArgumentException("--seeds " + count + ": 1 to 99 are allowed");
        }
    }

    /// Whether a figure's trainings can be run from more seeds than its file has.
    public static boolean isFor(String id) {
        return PaperFigures.find(id) instanceof TrainedFigure
                && Shipped.draft(id).size(Size.DEFAULT).trainings() instanceof Series(var parts)
                && parts.values().stream()
                                .map(part -> seedOf((Train) part))
                                .distinct()
                                .count()
                        == 1;
    }

    /// What a figure has by itself: several seeds at the default size, unless its file has them; one at the others,
    /// which take hours.
    public static SeedAxis byDefault(String id, Size size) {
        return new SeedAxis(size == Size.DEFAULT && isFor(id) ? USUAL : 1);
    }

    /// As many as an experiment has.
    public static SeedAxis of(Experiment experiment) {
        return new SeedAxis(
                experiment instanceof Series(var parts)
                        ? parts.keySet().stream().mapToInt(SeedAxis::seed).max().orElse(1)
                        : 1);
    }

    private static int seed(String part) {
        Matcher more = PART.matcher(part);
        return more.matches() ? Integer.parseInt(more.group(1)) : 1;
    }

    /// The trainings, and the same from further seeds.
    public Experiment seeded(Experiment experiment) {
        if (!(experiment instanceof Series(var parts))) {
            return experiment;
        }
        Map<String, Experiment> all = new LinkedHashMap<>(parts);
        for (int seed = 2; seed <= count; seed++) {
            int more = seed - 1;
            String before = before(seed);
            parts.forEach((name, part) -> {
                if (part instanceof Train train) {
                    all.put(before + name, train.with(Map.of("seed", (double) seedOf(train) + more)));
                }
            });
        }
        return new Series(all);
    }

    private static long seedOf(Train train) {
        return train.training().run().seed();
    }

    private static String before(int seed) {
        return seed == 1 ? "" : "seed" + seed + "-";
    }

    /// The trainings of one seed, under the names of the first.
    private static Series only(Series series, int seed) {
        Map<String, Experiment> own = new LinkedHashMap<>();
        series.parts().forEach((name, part) -> {
            if (seed(name) == seed) {
                own.put(name.substring(before(seed).length()), part);
            }
        });
        return new Series(own);
    }

    /// What a figure derives from the trainings of each seed.
    ///
    /// @param write receives each table, with what stands before the names of its seed
    void derived(TrainedFigure figure, Series series, Tables tables, Consumer<Table> write) {
        for (int seed = 1; seed <= count; seed++) {
            String before = before(seed);
            figure.derived(only(series, seed), of(tables, seed))
                    .forEach(table -> write.accept(new Table(before + table.name(), table.columns())));
        }
    }

    /// The tables of a seed of what the program computes by itself, told by what stands before their names.
    static List<Table> named(int seed, List<Table> tables) {
        return tables.stream()
                .map(table -> new Table(before(seed) + table.name(), table.columns()))
                .toList();
    }

    /// The tables of one seed, under the names of the first.
    private static Tables of(Tables tables, int seed) {
        String before = before(seed);
        return new Tables(name -> tables.table(before + name));
    }

    /// The figure's statements, judged over the seeds.
    List<Claim> claims(PaperFigure figure, Tables tables) {
        return switch (figure) {
            case TrainedFigure trained -> judged(trained::claims, tables);
            case ComputedFigure computed -> computed.claims(tables);
        };
    }

    /// Statements over the seeds.
    ///
    /// @param each judges the tables of one seed
    List<Claim> judged(Function<Tables, List<Claim>> each, Tables tables) {
        List<List<Claim>> seeds = IntStream.rangeClosed(1, count)
                .mapToObj(seed -> each.apply(of(tables, seed)))
                .toList();
        return IntStream.range(0, seeds.getFirst().size())
                .mapToObj(i -> OverSeeds.claim(
                        seeds.stream().map(claims -> claims.get(i)).toList()))
                .toList();
    }

    /// How many there are, which is what chance is judged by.
    String words() {
        return count == 1
                ? "One seed (--seeds 5 takes five): how far another start moves the numbers was not measured, and"
                        + " effects of that size would be missed or mistaken."
                : count
                        + " seeds; drawn is the first. Each number is judged by Student's 95 % interval of its mean"
                        + " over the seeds.";
    }
}
