package adamscope.report;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.diagnosis.Replay;
import adamscope.diagnosis.RiseWords;
import adamscope.diagnosis.RunComparison;
import adamscope.diagnosis.Suspect;
import adamscope.regime.RowAxis;
import adamscope.regime.RunFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The page of a diagnosed run: what happened, why, what to change, and what speaks against it.
public final class DiagnosisPage {
    private static final int EXPLAINED = 5;
    private static final int LISTED = 30;

    /// Losses that are no number before all.
    private static final Comparator<EventDiagnosis> HIGHEST_FIRST = Comparator.comparing(
                    (EventDiagnosis e) -> e.event().broken())
            .thenComparingDouble(e -> e.event().height())
            .reversed();

    private DiagnosisPage() {}

    /// The page of one run or several.
    public static Report of(List<DiagnosedRun> runs, Optional<RunComparison> comparison) {
        List<Section> sections = new ArrayList<>();
        comparison.ifPresent(across -> sections.add(new Section.Prose(
                "Across the runs",
                across.says().stream().map(RiseWords::sentence).toList())));
        for (int i = 0; i < runs.size(); i++) {
            String before =
                    runs.size() == 1 ? "" : runs.get(i).diagnosis().log().name() + ": ";
            sections.addAll(sections(runs.get(i), before, "run" + (i + 1)));
        }
        String title = runs.size() == 1
                ? "Diagnosis of " + runs.getFirst().diagnosis().log().name()
                : "Diagnosis of " + runs.size() + " runs";
        return new Report(title, DiagnosisWords.headline(runs.getFirst().diagnosis()), sections);
    }

    private static List<Section> sections(DiagnosedRun run, String before, String id) {
        Diagnosis diagnosis = run.diagnosis();
        List<Section> sections = new ArrayList<>();
        if (diagnosis.curve().points() > 1) {
            sections.add(new Section.FigureSection(
                    before + "What happened",
                    DiagnosisFigure.whole(id + "-loss", diagnosis),
                    "Onset: the last level before a rise, at its first step. Peak: the largest loss. A rise is higher"
                        + " than the noise of the curve brings about, on a logarithmic scale, so units do not matter."
                        + " Every line keeps the highest and the lowest of"
                        + " neighbours,"
                        + " so a"
                        + " single row"
                        + " stays"
                        + " visible." + DiagnosisFigure.leftOut(diagnosis)));
        }
        sections.add(new Section.KeyValues(
                diagnosis.curve().points() > 1 ? "" : before + "What happened", DiagnosisWords.summary(diagnosis)));
        words(diagnosis, before).ifPresent(sections::add);
        if (diagnosis.warning().watches()) {
            sections.add(new Section.FigureSection(
                    before + "Early warning",
                    DiagnosisFigure.warning(id + "-warning", diagnosis),
                    "The score of each row from what was logged up to it; at 1 it raises an alarm. The marks there:"
                            + " where the loss began to rise." + DiagnosisFigure.leftOutRises(diagnosis)));
        }
        if (!diagnosis.events().isEmpty()) {
            sections.add(events(diagnosis));
            List<EventDiagnosis> highest = diagnosis.events().stream()
                    .sorted(HIGHEST_FIRST)
                    .limit(EXPLAINED)
                    .toList();
            boolean first = true;
            Set<String> told = new HashSet<>();
            for (EventDiagnosis event : highest) {
                sections.addAll(explained(diagnosis, event, before, first ? id + "-rise" : "", told));
                first = false;
            }
            if (diagnosis.rises() > EXPLAINED) {
                sections.add(new Section.Prose(
                        "",
                        List.of("The " + (diagnosis.rises() - EXPLAINED) + " lower rises are not explained here;"
                                + " diagnose --json lists "
                                + (diagnosis.rises() > diagnosis.events().size()
                                        ? "the " + diagnosis.events().size() + " highest."
                                        : "them all."))));
            }
        }
        run.replays().forEach(replay -> sections.add(replayed(before, replay)));
        sections.add(new Section.Prose(before + "What theory says of these hyper-parameters", theory(diagnosis)));
        if (!diagnosis.remarks().isEmpty()) {
            sections.add(new Section.Prose(before + "About the log", diagnosis.remarks()));
        }
        return sections;
    }

    /// Seams, and what the log itself says in words.
    private static Optional<Section> words(Diagnosis diagnosis, String before) {
        RunFacts facts = diagnosis.log().facts();
        List<List<String>> rows = new ArrayList<>();
        facts.seams().stream()
                .limit(LISTED)
                .forEach(seam -> rows.add(List.of(Long.toString(seam.step()), "resumed", seam.said())));
        facts.words().stream()
                .limit(LISTED)
                .forEach(word -> rows.add(List.of(
                        Long.toString(word.step()),
                        word.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        word.line())));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        rows.sort(Comparator.comparingLong(row -> Long.parseLong(row.getFirst())));
        int all = facts.seams().size() + facts.words().size();
        return Optional.of(new Section.TableSection(
                before + "What the log says in words",
                all > rows.size() ? rows.size() + " of " + all + " are shown" : "",
                List.of(facts.axis().unit().word(), "what", "as the log says it"),
                rows));
    }

    private static Section replayed(String before, Replay replay) {
        return new Section.TableSection(
                before + "Step " + replay.event().onset() + " again, one thing changed each time",
                String.format(
                        Locale.ROOT,
                        "Changed from step %d on, run until step %d: %s",
                        replay.from(),
                        replay.to(),
                        RiseWords.sentence(replay.verdict())),
                List.of("what was changed", "rise [decades]", "removes the rise"),
                replay.results().stream()
                        .map(result -> List.of(
                                result.change().words(),
                                String.format(Locale.ROOT, "%.3g", result.rise()),
                                result.change() == Replay.Variation.NOTHING || !replay.again()
                                        ? "–"
                                        : result.removed() ? "yes" : "no"))
                        .toList());
    }

    private static List<String> theory(Diagnosis diagnosis) {
        return diagnosis.position().says().isEmpty()
                ? List.of("None are known; name them with --hyper lr=…,beta1=…,beta2=…")
                : diagnosis.position().says();
    }

    private static Section events(Diagnosis diagnosis) {
        List<List<String>> rows = diagnosis.events().stream()
                .sorted(HIGHEST_FIRST)
                .limit(LISTED)
                .sorted(Comparator.comparingLong(e -> e.event().onset()))
                .map(e -> List.of(
                        Long.toString(e.event().onset()),
                        Long.toString(e.event().peak()),
                        e.event().recovery().isPresent()
                                ? Long.toString(e.event().recovery().getAsLong())
                                : "–",
                        e.event().broken()
                                ? "∞"
                                : String.format(Locale.ROOT, "%.3g", e.event().height()),
                        e.event().factor(),
                        named(e) ? e.cause().words() : "–"))
                .toList();
        String more = diagnosis.rises() > rows.size()
                ? "; the " + rows.size() + " highest of " + diagnosis.rises() + " are shown"
                : "";
        String unit = " [" + diagnosis.log().facts().axis().unit().word() + "]";
        return new Section.TableSection(
                "",
                "Rises of the loss" + more,
                List.of(
                        "onset" + unit,
                        "peak" + unit,
                        "recovery" + unit,
                        "height [decades]",
                        "factor",
                        "first suspect"),
                rows);
    }

    /// @param told advice of the rises before, which is not repeated
    private static List<Section> explained(
            Diagnosis diagnosis, EventDiagnosis event, String before, String figure, Set<String> told) {
        List<Section> sections = new ArrayList<>();
        RowAxis.Unit unit = diagnosis.log().facts().axis().unit();
        String place =
                before + RiseWords.capital(unit.word() + " " + event.event().onset() + ": ");
        List<String> prose = new ArrayList<>(List.of(RiseWords.sentence(event)));
        if (event.endOf().isPresent()) {
            return List.of(new Section.Prose(
                    place + "no number", prose.stream().map(unit::in).toList()));
        }
        if (!event.moved().isEmpty()) {
            prose.add(RiseWords.sentence("moved first: " + RiseWords.moved(event.moved())));
        }
        event.aftermath().ifPresent(after -> prose.add(RiseWords.sentence(after.sentence())));
        event.advice().stream().filter(told::add).map(RiseWords::sentence).forEach(prose::add);
        sections.add(new Section.Prose(
                place + event.cause().words(), prose.stream().map(unit::in).toList()));
        if (!figure.isEmpty() && !event.event().broken()) {
            sections.add(new Section.FigureSection(
                    "",
                    DiagnosisFigure.around(figure, diagnosis, event.event()),
                    "The highest rise, with what else was logged around it."));
        }
        List<List<String>> rows = event.suspects().stream()
                .filter(s -> s.weight() > 0 || !s.evidence().isEmpty())
                .map(DiagnosisPage::row)
                .map(row -> row.stream().map(unit::in).toList())
                .toList();
        sections.add(new Section.TableSection(
                "",
                "Suspects; the weight says how strongly the log points there and is no probability",
                List.of("cause", "weight", "rests on", "for", "against", "missing", "what would decide"),
                rows));
        return sections;
    }

    /// Whether a suspect is likely enough for its name to stand by itself.
    private static boolean named(EventDiagnosis event) {
        return event.first().weight() >= EventDiagnosis.NAMED;
    }

    private static List<String> row(Suspect suspect) {
        return List.of(
                suspect.cause().words(),
                String.format(Locale.ROOT, "%.2f", suspect.weight()),
                suspect.inequality().map(i -> i.text()).orElse("–"),
                joined(suspect.evidence()),
                joined(suspect.against()),
                joined(suspect.missing()),
                suspect.deciding());
    }

    private static String joined(List<String> sentences) {
        return sentences.isEmpty() ? "–" : String.join("; ", sentences);
    }
}
