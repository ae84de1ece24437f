package adamscope.cli;

import adamscope.diagnosis.DerivedMoment;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EarlyWarning;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.diagnosis.RiseWords;
import adamscope.diagnosis.Suspect;
import adamscope.regime.Quantity;
import adamscope.regime.SeriesRises;
import adamscope.regime.SpikeEvent;
import adamscope.report.DiagnosedRun;
import adamscope.report.DiagnosisWords;
import adamscope.store.JsonDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A diagnosis at the terminal and as JSON.
final class DiagnosisPrint {
    private static final int EXPLAINED = 3;
    private static final int MOST_SCORES = 1000;

    private DiagnosisPrint() {}

    /// What a colleague would say: the verdict, the reasons, what to do, what is missing.
    static List<String> lines(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        Set<String> told = new HashSet<>();
        int points = diagnosis.curve().points();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d losses%s",
                diagnosis.log().name(),
                points,
                points == 0
                        ? ""
                        : ", steps " + diagnosis.curve().steps()[0] + " to "
                                + diagnosis.curve().steps()[points - 1]));
        diagnosis.remarks().forEach(remark -> lines.add("note: " + remark));
        String unit = diagnosis.log().facts().axis().unit().word();
        lines.add("outcome: " + diagnosis.outcome().word() + "; "
                + diagnosis.outcome().sentence());
        diagnosis.shapes().forEach(shape -> lines.add("shape: " + shape.sentence(unit)));
        DiagnosisWords.others(diagnosis).forEach(sentence -> lines.add("also: " + sentence));
        DiagnosisWords.said(diagnosis).forEach(sentence -> lines.add("the log says: " + sentence));
        lines.add("early warning: " + DiagnosisWords.warning(diagnosis));
        diagnosis.events().stream()
                .sorted(Comparator.comparingDouble(
                                (EventDiagnosis e) -> e.event().height())
                        .reversed())
                .limit(EXPLAINED)
                .forEach(event -> {
                    lines.add("");
                    lines.addAll(RiseWords.lines(event, told));
                });
        long lower = diagnosis.rises() - EXPLAINED;
        if (lower > 0) {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "and %s; --json lists %s",
                    lower == 1 ? "one lower rise" : lower + " lower rises",
                    diagnosis.rises() > diagnosis.events().size()
                            ? "the " + diagnosis.events().size() + " highest"
                            : "them all"));
        }
        lines.add("");
        lines.add("theory:");
        if (diagnosis.position().says().isEmpty()) {
            lines.add("  nothing without hyper-parameters; name them with --hyper lr=…,beta1=…,beta2=…");
        }
        diagnosis.position().says().forEach(sentence -> lines.add("  " + sentence));
        return lines.stream().map(diagnosis.log().facts().axis().unit()::in).toList();
    }

    static Map<String, Object> json(DiagnosedRun run) {
        Diagnosis diagnosis = run.diagnosis();
        int points = diagnosis.curve().points();
        return JsonDocument.object(
                "run", diagnosis.log().name(),
                "optimizer", diagnosis.circumstances().rule().name(),
                "hyper", diagnosis.log().hyper(),
                "losses", points,
                "firstStep", points == 0 ? null : diagnosis.curve().steps()[0],
                "lastStep", points == 0 ? null : diagnosis.curve().steps()[points - 1],
                "remarks", diagnosis.remarks(),
                "derived", derived(diagnosis),
                "outcome", diagnosis.outcome().word(),
                "unit", diagnosis.log().facts().axis().unit().word(),
                "outcomeDetail",
                        diagnosis
                                .outcome()
                                .sentence(diagnosis.log().facts().axis().unit().word()),
                "shapes",
                        diagnosis.shapes().stream()
                                .map(shape -> JsonDocument.object(
                                        "shape",
                                        shape.word(),
                                        "sentence",
                                        shape.sentence(diagnosis
                                                .log()
                                                .facts()
                                                .axis()
                                                .unit()
                                                .word())))
                                .toList(),
                "others", diagnosis.others().stream().map(DiagnosisPrint::json).toList(),
                "score",
                        JsonDocument.object(
                                "percentOfSteps", diagnosis.score().percentOfSteps(),
                                "eventsPerThousand", diagnosis.score().eventsPerThousand(),
                                "decadesPerThousand", diagnosis.score().decadesPerThousand(),
                                "largest", diagnosis.score().largest()),
                "a", diagnosis.position().a(),
                "b", diagnosis.position().b(),
                "side", diagnosis.position().side(),
                "regimes", diagnosis.position().regimes(),
                "theory", diagnosis.position().says(),
                "rises", diagnosis.rises(),
                "warning", warning(diagnosis),
                "events", diagnosis.events().stream().map(DiagnosisPrint::json).toList(),
                "replays", run.replays().stream().map(ReplayPrint::json).toList());
    }

    /// ‖√v‖ where it comes from the gradient norms: clipped at what, known in how many rows.
    private static Map<String, Object> derived(Diagnosis diagnosis) {
        DerivedMoment moment = diagnosis.moment();
        return moment.derived()
                ? JsonDocument.object(
                        "quantity",
                        Quantity.ROOT_SECOND_MOMENT_NORM,
                        "source",
                        Quantity.GRADIENT_NORM,
                        "clipNorm",
                        moment.clip().isPresent() ? moment.clip().getAsDouble() : null,
                        "rows",
                        Arrays.stream(moment.root()).filter(Double::isFinite).count())
                : null;
    }

    private static Map<String, Object> json(SeriesRises series) {
        return JsonDocument.object(
                "quantity", series.quantity(),
                "events", series.events(),
                "withoutLoss", series.alone(),
                "onset", series.furthest().onset(),
                "height", series.furthest().height());
    }

    private static Map<String, Object> warning(Diagnosis diagnosis) {
        EarlyWarning warning = diagnosis.warning();
        int[] rows = warning.decisive(MOST_SCORES);
        return JsonDocument.object(
                "highest",
                warning.highest(),
                "alarms",
                Arrays.stream(warning.alarms())
                        .limit(MOST_SCORES)
                        .mapToObj(row -> JsonDocument.object(
                                "step", warning.steps()[row],
                                "score", warning.scores()[row],
                                "source", warning.source(row)))
                        .toList(),
                "alarmsInAll",
                warning.alarms().length,
                "leads",
                diagnosis.events().stream()
                        .map(event -> JsonDocument.object(
                                "onset",
                                event.event().onset(),
                                "lead",
                                diagnosis.lead(warning, event).isPresent()
                                        ? diagnosis.lead(warning, event).getAsLong()
                                        : null))
                        .toList(),
                "scoreSteps",
                Arrays.stream(rows).mapToLong(row -> warning.steps()[row]).toArray(),
                "scores",
                Arrays.stream(rows).mapToDouble(row -> warning.scores()[row]).toArray());
    }

    private static Map<String, Object> json(EventDiagnosis diagnosed) {
        SpikeEvent event = diagnosed.event();
        return JsonDocument.object(
                "onset", event.onset(),
                "peak", event.peak(),
                "recovery", event.recovery().isPresent() ? event.recovery().getAsLong() : null,
                "height", event.height(),
                "log10Level", event.level(),
                "endOf", diagnosed.endOf().isPresent() ? diagnosed.endOf().getAsLong() : null,
                "aftermath",
                        diagnosed
                                .aftermath()
                                .map(after -> JsonDocument.object(
                                        "steps", after.steps(),
                                        "offTrend", after.offTrend(),
                                        "noise", after.noise(),
                                        "harmful", after.harmful()))
                                .orElse(null),
                "cause", diagnosed.cause().key(),
                "movedFirst",
                        diagnosed.moved().stream()
                                .map(move -> JsonDocument.object(
                                        "quantity",
                                        move.quantity(),
                                        "factor",
                                        move.factor(),
                                        "factorToPeak",
                                        move.most(),
                                        "rows",
                                        move.rows()))
                                .toList(),
                "suspects",
                        diagnosed.suspects().stream().map(DiagnosisPrint::json).toList(),
                "advice", diagnosed.advice());
    }

    private static Map<String, Object> json(Suspect suspect) {
        return JsonDocument.object(
                "cause", suspect.cause().key(),
                "weight", suspect.weight(),
                "inequality",
                        suspect.inequality()
                                .map(i -> JsonDocument.object(
                                        "left", i.left(),
                                        "measured", i.measured(),
                                        "relation", i.relation(),
                                        "right", i.right(),
                                        "bound", i.bound(),
                                        "holds", i.holds(),
                                        "source", i.source()))
                                .orElse(null),
                "for", suspect.evidence(),
                "against", suspect.against(),
                "missing", suspect.missing(),
                "decidedBy", suspect.deciding());
    }
}
