package adamscope.cli;

import adamscope.diagnosis.RiseWords;
import adamscope.diagnosis.RunComparison;
import adamscope.diagnosis.RunPair;
import adamscope.store.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs held against each other, for the terminal and as JSON.
final class ComparisonPrint {
    private ComparisonPrint() {}

    static List<String> lines(RunComparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("across the runs:");
        comparison.says().forEach(sentence -> lines.add("  " + RiseWords.sentence(sentence)));
        return lines;
    }

    static Map<String, Object> json(RunComparison comparison) {
        Map<String, Object> differences = new LinkedHashMap<>();
        comparison
                .differences()
                .forEach((name, values) -> differences.put(
                        name,
                        values.stream()
                                .map(value -> Double.isNaN(value) ? null : value)
                                .toList()));
        return JsonDocument.object(
                "runs", comparison.names(),
                "pairs", comparison.pairs().stream().map(ComparisonPrint::json).toList(),
                "differences", differences,
                "says", comparison.says());
    }

    private static Map<String, Object> json(RunPair pair) {
        return JsonDocument.object(
                "run", pair.one(),
                "against", pair.other(),
                "steps", pair.steps(),
                "correlation", pair.correlation(),
                "verdict", pair.verdict().key(),
                "rises", pair.rises(),
                "shared", pair.shared(),
                "expectedByChance", pair.expected(),
                "agreedAtFirst", pair.agreed(),
                "partings", pair.partings().stream().map(ComparedPrint::json).toList(),
                "before",
                        pair.before().stream()
                                .map(ratio -> JsonDocument.object(
                                        "quantity", ratio.quantity(),
                                        "factor", ratio.factor(),
                                        "step", ratio.step()))
                                .toList());
    }
}
