package adamscope.cli;

import adamscope.inspection.Fault;
import adamscope.inspection.FaultKind;
import adamscope.inspection.Layer;
import adamscope.inspection.PostMortem;
import adamscope.report.InspectionWords;
import adamscope.store.JsonDocument;
import adamscope.text.Foreign;
import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An inspection at the terminal and as JSON.
final class InspectionPrint {
    /// What the document is.
    static final String SCHEMA = "inspection";

    private static final int SHOWN = 2;
    private static final int LISTED = 6;
    private static final int MOST = 100_000;

    private InspectionPrint() {}

    /// What is wrong, the surest first, then what was looked for.
    static List<String> lines(PostMortem inspection) {
        List<String> lines = new ArrayList<>();
        add(lines, "", "  ", inspection.state().source() + ": " + InspectionWords.summary(inspection));
        InspectionWords.rules(inspection).forEach(rule -> add(lines, "", "  ", rule));
        inspection.state().remarks().forEach(remark -> add(lines, "note: ", "  ", remark));
        lines.add("");
        add(lines, "", "  ", InspectionWords.verdict(inspection));
        Map<FaultKind, List<Fault>> byKind = new LinkedHashMap<>();
        inspection
                .faults()
                .forEach(fault -> byKind.computeIfAbsent(fault.kind(), _ -> new ArrayList<>())
                        .add(fault));
        byKind.forEach((kind, faults) -> explain(kind, faults, lines));
        lines.add("");
        add(lines, "", "  ", InspectionWords.next(inspection));
        add(lines, "looked for: ", "  ", String.join("; ", inspection.checked()));
        inspection.unchecked().forEach(what -> add(lines, "not looked for: ", "  ", what));
        return lines;
    }

    private static void explain(FaultKind kind, List<Fault> faults, List<String> lines) {
        lines.add("");
        add(lines, "", "  ", kind.standing().word() + ": " + kind.words());
        for (Fault fault : faults.subList(0, Math.min(SHOWN, faults.size()))) {
            add(lines, "  ", "    ", fault.subject() + InspectionWords.where(fault));
            add(lines, "    ", "      ", fault.inequality().text());
            add(lines, "    ", "      ", "since " + fault.inequality().source() + "; " + fault.says());
        }
        if (faults.size() > SHOWN) {
            List<String> others = faults.subList(SHOWN, faults.size()).stream()
                    .map(Fault::subject)
                    .toList();
            add(lines, "  ", "    ", "also " + Listing.of(others, LISTED));
        }
    }

    private static void add(List<String> lines, String first, String rest, String text) {
        lines.addAll(Paragraph.lines(first, rest, Foreign.line(text)));
    }

    static Map<String, Object> json(PostMortem inspection) {
        return JsonDocument.object(
                "checkpoint", inspection.state().source(),
                "against", inspection.against(),
                "parameters", inspection.state().parameters().size(),
                "tensors", inspection.state().tensors(),
                "numbers", inspection.state().numbers(),
                "rules", InspectionWords.rules(inspection),
                "remarks", inspection.state().remarks(),
                "faults", inspection.faults().size(),
                "nextStep", number(inspection.next().orElse(Double.NaN)),
                "usualStep", number(inspection.usual().orElse(Double.NaN)),
                "findings",
                        inspection.faults().stream()
                                .limit(MOST)
                                .map(InspectionPrint::json)
                                .toList(),
                "layers",
                        inspection.layers().stream()
                                .limit(MOST)
                                .map(InspectionPrint::json)
                                .toList(),
                "checked", inspection.checked(),
                "unchecked", inspection.unchecked());
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Map<String, Object> json(Fault fault) {
        return JsonDocument.object(
                "kind",
                fault.kind().key(),
                "standing",
                fault.kind().standing().word(),
                "parameter",
                fault.parameter(),
                "tensor",
                fault.tensor(),
                "coordinates",
                fault.coordinates(),
                "of",
                fault.of(),
                "at",
                fault.at().isPresent() ? fault.at().getAsLong() : null,
                "inequality",
                JsonDocument.object(
                        "left", fault.inequality().left(),
                        "measured", fault.inequality().measured(),
                        "relation", fault.inequality().relation(),
                        "right", fault.inequality().right(),
                        "bound", fault.inequality().bound(),
                        "source", fault.inequality().source()),
                "means",
                fault.says());
    }

    private static Map<String, Object> json(Layer layer) {
        return JsonDocument.object(
                "parameter", layer.name(),
                "numbers", layer.numbers(),
                "step", number(layer.step().orElse(Double.NaN)),
                "rootLow", layer.root().low(),
                "rootMedian", layer.root().median(),
                "rootHigh", layer.root().high(),
                "ratio", layer.ratio(),
                "largestRatio", layer.largest(),
                "ratioBound", layer.bound(),
                "next", layer.next(),
                "findings", layer.faults());
    }
}
