package adamscope.cli;

import adamscope.diagnosis.ComparedRun;
import adamscope.diagnosis.Parting;
import adamscope.diagnosis.SideBySide;
import adamscope.report.RateFigure;
import adamscope.report.SideBySideWords;
import adamscope.statistics.Interval;
import adamscope.statistics.RateCurve;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Runs side by side, for the terminal and as JSON.
final class ComparedPrint {
    private ComparedPrint() {}

    static List<String> lines(Optional<SideBySide> compared, List<SideBySide.Rates> swept) {
        List<String> lines = new ArrayList<>();
        compared.ifPresent(runs -> {
            lines.add("");
            lines.add(SideBySideWords.lossMeaning(runs));
            lines.addAll(SideBySideWords.says(runs));
        });
        swept.forEach(rates -> lines.add(rates.label() + ": " + RateFigure.best(rates.curve()) + "."));
        return lines;
    }

    static Map<String, Object> json(ComparedPage page, ComparedPage.Found found) {
        Optional<SideBySide> compared = found.compared();
        List<SideBySide.Rates> curves =
                new ArrayList<>(compared.map(SideBySide::rates).orElse(List.of()));
        curves.addAll(found.swept());
        return JsonDocument.object(
                ComparedPage.PLACES,
                page.places().stream().map(Path::toString).toList(),
                ComparedPage.MAP,
                page.map(),
                "by",
                compared.map(runs -> runs.by().word()).orElse(null),
                "end",
                compared.map(SideBySide::end).orElse(null),
                "tolerance",
                compared.map(SideBySide::tolerance).orElse(null),
                "runs",
                compared.map(ComparedPrint::runs).orElse(List.of()),
                "differences",
                compared.map(SideBySide::differences).orElse(Map.of()),
                "partings",
                compared.map(SideBySide::leavings).orElse(List.of()).stream()
                        .map(ComparedPrint::json)
                        .toList(),
                "seeds",
                compared.map(runs -> runs.seeds().stream()
                                .map(seeds -> json(seeds, runs))
                                .toList())
                        .orElse(List.of()),
                "rates",
                curves.stream().map(ComparedPrint::json).toList());
    }

    private static List<Map<String, Object>> runs(SideBySide compared) {
        double[] reached = compared.reached();
        return IntStream.range(0, reached.length)
                .mapToObj(i -> {
                    ComparedRun run = compared.runs().get(i);
                    long[] steps = run.log().steps();
                    return JsonDocument.object(
                            "run",
                            run.name(),
                            "outcome",
                            run.outcome(),
                            "diverged",
                            run.diverged(),
                            "rows",
                            steps.length,
                            "firstStep",
                            steps.length == 0 ? null : steps[0],
                            "lastStep",
                            steps.length == 0 ? null : steps[steps.length - 1],
                            "loss",
                            reached[i],
                            "settings",
                            run.settings());
                })
                .toList();
    }

    private static Map<String, Object> json(SideBySide.Leaving leaving) {
        return JsonDocument.object(
                "run", leaving.one(),
                "against", leaving.other(),
                "steps", leaving.steps(),
                "bits", leaving.bits().map(ComparedPrint::json).orElse(null),
                "beyond", leaving.beyond().map(ComparedPrint::json).orElse(null));
    }

    /// Also of the pairs of `diagnose`.
    static Map<String, Object> json(Parting parting) {
        return JsonDocument.object(
                "quantity", parting.quantity(),
                "step", parting.step(),
                "run", parting.one(),
                "against", parting.other());
    }

    private static Map<String, Object> json(SideBySide.Seeds seeds, SideBySide compared) {
        return JsonDocument.object(
                "runs",
                        seeds.runs().stream()
                                .map(run -> compared.runs().get(run).name())
                                .toList(),
                "settings", seeds.shared(),
                "mean", seeds.mean(),
                "deviation", seeds.deviation());
    }

    private static Map<String, Object> json(SideBySide.Rates rates) {
        RateCurve curve = rates.curve();
        RateCurve.Best best = curve.best();
        Optional<Interval> interval = best.interval();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("label", rates.label());
        document.put("seeds", curve.seeds().length);
        document.put("lr", list(curve.rates()));
        document.put("mean", list(curve.mean()));
        document.put("deviation", list(curve.deviation()));
        document.put(
                "diverged",
                IntStream.range(0, curve.rates().length)
                        .map(curve::diverged)
                        .boxed()
                        .toList());
        document.put("best", best.rate());
        document.put("low", interval.map(Interval::low).orElse(null));
        document.put("high", interval.map(Interval::high).orElse(null));
        document.put("inside", curve.inside());
        document.put("loss", curve.mean()[curve.lowest()]);
        return document;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
