package adamscope.report;

import adamscope.inspection.Fault;
import adamscope.inspection.Layer;
import adamscope.inspection.PostMortem;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// The page of an inspected checkpoint, and its tables.
public final class InspectionPage {
    private static final int LISTED = 200;

    private InspectionPage() {}

    /// What is wrong with it, how its tensors lie beside one another, what was looked for.
    public static Report of(PostMortem inspection) {
        List<Section> sections = new ArrayList<>();
        List<String> first = new ArrayList<>();
        first.add(capital(InspectionWords.summary(inspection)));
        first.addAll(InspectionWords.rules(inspection));
        first.add(capital(InspectionWords.next(inspection)));
        sections.add(new Section.Prose("The checkpoint", first));
        if (!inspection.faults().isEmpty()) {
            sections.add(faults(inspection.faults()));
        }
        List<Layer> drawn = InspectionFigure.drawn(inspection);
        if (!drawn.isEmpty()) {
            sections.add(new Section.FigureSection(
                    "Scales",
                    InspectionFigure.of(inspection),
                    "√v̂ of each tensor, and m̂ over it. Where √v̂ lies below eps, v scales nothing; above R no"
                            + " gradients bring |m|/√v."
                            + Shown.of(
                                    "the first",
                                    drawn.size(),
                                    InspectionFigure.withRoots(inspection).size(),
                                    "tensors are drawn")));
            sections.add(layers(inspection.layers()));
        }
        List<String> looked = new ArrayList<>();
        looked.add("Looked for: " + String.join("; ", inspection.checked()));
        inspection.unchecked().forEach(what -> looked.add("Not looked for: " + what));
        inspection.state().remarks().forEach(remark -> looked.add(capital(remark)));
        sections.add(new Section.Prose("What was looked for", looked));
        return new Report(
                "Inspection of " + inspection.state().source(), capital(InspectionWords.verdict(inspection)), sections);
    }

    private static Section faults(List<Fault> faults) {
        String more = faults.size() > LISTED ? "; " + LISTED + " of " + faults.size() + " are shown" : "";
        return new Section.TableSection(
                "What is wrong",
                "Findings, the surest first" + more,
                List.of("standing", "what", "tensor", "share", "rests on", "since", "means"),
                faults.stream()
                        .limit(LISTED)
                        .map(fault -> List.of(
                                fault.kind().standing().word(),
                                fault.kind().words(),
                                fault.subject(),
                                fault.of() <= 1
                                        ? "–"
                                        : String.format(Locale.ROOT, "%,d of %,d", fault.coordinates(), fault.of()),
                                fault.inequality().text(),
                                fault.inequality().source(),
                                fault.says()))
                        .toList());
    }

    private static Section layers(List<Layer> layers) {
        String more = layers.size() > LISTED ? "; " + LISTED + " of " + layers.size() + " are shown" : "";
        return new Section.TableSection(
                "",
                "Tensors in the order of the file" + more,
                List.of(
                        "parameter",
                        "numbers",
                        "step",
                        "median √v̂",
                        "m̂/√v̂",
                        "largest |m|/√v",
                        "R",
                        "next step [lr·√n]",
                        "findings"),
                layers.stream()
                        .limit(LISTED)
                        .map(layer -> List.of(
                                layer.name(),
                                Long.toString(layer.numbers()),
                                shown(layer.step().orElse(Double.NaN)),
                                shown(layer.root().median()),
                                shown(layer.ratio()),
                                shown(layer.largest()),
                                shown(layer.bound()),
                                shown(layer.next()),
                                Integer.toString(layer.faults())))
                        .toList());
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "–" : Double.isInfinite(value) ? "∞" : InspectionWords.number(value);
    }

    /// `findings` and `layers`, for queries.
    public static List<Table> tables(PostMortem inspection) {
        List<Fault> faults = inspection.faults();
        List<Layer> layers = inspection.layers();
        return List.of(
                new Table(
                        "findings",
                        List.of(
                                words("kind", faults, fault -> fault.kind().key()),
                                words(
                                        "standing",
                                        faults,
                                        fault -> fault.kind().standing().word()),
                                words("parameter", faults, Fault::parameter),
                                words("tensor", faults, Fault::tensor),
                                integers("coordinates", faults, Fault::coordinates),
                                integers("numbers", faults, Fault::of),
                                numbers(
                                        "measured",
                                        faults,
                                        fault -> fault.inequality().measured()),
                                numbers(
                                        "bound",
                                        faults,
                                        fault -> fault.inequality().bound()),
                                words(
                                        "inequality",
                                        faults,
                                        fault -> fault.inequality().text()),
                                words("means", faults, Fault::says))),
                new Table(
                        "layers",
                        List.of(
                                words("parameter", layers, Layer::name),
                                integers("numbers", layers, Layer::numbers),
                                numbers("step", layers, layer -> layer.step().orElse(Double.NaN)),
                                numbers("rootLow", layers, layer -> layer.root().low()),
                                numbers(
                                        "rootMedian",
                                        layers,
                                        layer -> layer.root().median()),
                                numbers(
                                        "rootHigh",
                                        layers,
                                        layer -> layer.root().high()),
                                numbers("ratio", layers, Layer::ratio),
                                numbers("largestRatio", layers, Layer::largest),
                                numbers("ratioBound", layers, Layer::bound),
                                numbers("next", layers, Layer::next),
                                integers("findings", layers, Layer::faults))));
    }

    private static <T> Column words(String name, List<T> rows, Function<T, String> value) {
        return new Column.Words(name, rows.stream().map(value).toList());
    }

    private static <T> Column integers(String name, List<T> rows, ToLongFunction<T> value) {
        return new Column.Integers(name, "", rows.stream().mapToLong(value).toArray());
    }

    private static <T> Column numbers(String name, List<T> rows, ToDoubleFunction<T> value) {
        return new Column.Numbers(name, "", rows.stream().mapToDouble(value).toArray());
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
