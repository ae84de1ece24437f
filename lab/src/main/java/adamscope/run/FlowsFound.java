package adamscope.run;

import adamscope.experiment.Flows;
import adamscope.flow.FlowComparison;
import adamscope.report.ShortNumber;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Of a comparison with flows.
///
/// @param rates of the flows, by the name of the decay they come from
public record FlowsFound(Flows comparison, long steps, Map<String, Double> rates, List<FlowComparison.Found> flows)
        implements Finding {
    /// A rule beside the flows that it follows.
    public static Made made(Flows flows, Host host) {
        FlowComparison comparison = flows.comparison();
        FlowComparison.Result result = comparison.run();
        return new Made(
                new FlowsFound(flows, result.steps(), comparison.rates(), result.found()), List.of(result.table()));
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "steps",
                steps,
                "rates",
                rates,
                "flows",
                flows.stream()
                        .map(flow -> JsonDocument.object(
                                "flow", flow.flow().word(),
                                "outcome", flow.outcome().word(),
                                "sentence", flow.outcome().sentence(),
                                "time", flow.outcome().time(),
                                "distance", flow.distance()))
                        .toList());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line(
                "%s on %s, %d steps up to time %s%s",
                comparison.optimizer().rule().name(),
                comparison.objective(),
                steps,
                ShortNumber.of(comparison.time(), 10),
                rates.entrySet().stream()
                        .map(rate -> rate.getKey() + " = " + ShortNumber.of(rate.getValue(), 10))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), all -> all.isEmpty() ? "" : "; rates " + all))));
        flows.forEach(flow -> lines.add(Finding.line(
                "%-14s %s; largest distance from the iteration %.4g",
                flow.flow().word(), flow.outcome().sentence(), flow.distance())));
        return lines;
    }
}
