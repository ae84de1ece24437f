package adamscope.web;

import adamscope.page.Answers;
import adamscope.report.PhaseFigure;
import adamscope.store.JsonDocument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What a page shows before its engine has begun: the first questions that it will ask, answered by the same classes
/// here.
///
/// Runs have their drawn columns in single precision and the plane is coarse; both are marked as `brief` and the page
/// replaces them by its own.
///
/// @param page what the page begins with
record FirstPicture(ExplorerPage page) {
    /// Cells of a side of the page's plane.
    private static final int ACROSS = 128;

    /// Rows of a run at most.
    private static final long ROWS = 2000;

    /// Steps of all runs of a coarse plane together, a second or so.
    private static final double BUDGET = 3e7;

    private static final List<String> DRAWN =
            List.of("step", "log10Loss", "log10Abs[v", "log10Abs[m", "log10Gradient", "relativeStep", "log10Sharpness");

    /// Questions and their answers, as the page reads them.
    ///
    /// @param plane whether that of the page is among them; the program behind a page draws it anew
    List<Object> known(boolean plane) {
        List<Object> known = new ArrayList<>();
        Map<String, Object> check = question("check", page.rules().getFirst());
        check.keySet().retainAll(List.of("kind", "rule"));
        Map<String, Object> checked = Answers.of(check);
        known.add(pair(check, checked));
        Map<String, Object> objective = JsonDocument.object("kind", "objective", "objective", page.objective());
        known.add(pair(objective, Answers.of(objective)));
        for (ExplorerPage.Tuned rule : page.rules()) {
            Map<String, Object> run = question("run", rule);
            long stride = Math.ceilDiv(page.steps(), ROWS);
            run.put("steps", page.steps());
            // an odd stride shows both sides of a cycle of two
            run.put("every", stride > 1 ? stride | 1 : 1);
            known.add(pair(run, brief(Answers.of(run))));
            Map<String, Object> theory = question("theory", rule);
            theory.keySet().removeAll(List.of("x0", "start", "arithmetic"));
            known.add(pair(theory, Answers.of(theory)));
        }
        if (plane && page.opened().isEmpty() && checked.get("axes") instanceof List<?> axes && axes.size() > 1) {
            Map<String, Object> drawn = question("plane", page.rules().getFirst());
            drawn.put("steps", page.steps());
            for (int i = 0; i < 2; i++) {
                put(drawn, i == 0 ? "x" : "y", axes.get(i), checked);
            }
            known.add(pair(drawn, coarse(drawn)));
        }
        return known;
    }

    private Map<String, Object> question(String kind, ExplorerPage.Tuned rule) {
        return JsonDocument.object(
                "kind",
                kind,
                "rule",
                rule.rule().text(),
                "values",
                rule.values(),
                "objective",
                page.objective(),
                "x0",
                page.x0(),
                "start",
                page.opened().getOrDefault("start", "zero"),
                "arithmetic",
                page.opened().getOrDefault("arithmetic", "double"));
    }

    /// One axis of a plane as the page first chooses it.
    private static void put(Map<String, Object> plane, String axis, Object name, Map<String, Object> checked) {
        Map<?, ?> range = ((List<?>) checked.get("hypers"))
                .stream()
                        .map(hyper -> (Map<?, ?>) hyper)
                        .filter(hyper -> hyper.get("name").equals(name))
                        .map(hyper -> (Map<?, ?>) hyper.get("axis"))
                        .findFirst()
                        .orElseThrow();
        plane.put(axis, name);
        plane.put(axis + "From", range.get("from"));
        plane.put(axis + "To", range.get("to"));
        plane.put(axis + "Points", ACROSS);
        plane.put(axis + "Scale", range.get("scale"));
    }

    private static Map<String, Object> pair(Map<String, Object> question, Map<String, Object> answer) {
        return JsonDocument.object("question", question, "answer", written(answer));
    }

    /// A run with what is drawn of it.
    private static Map<String, Object> brief(Map<String, Object> run) {
        Map<String, Object> brief = new LinkedHashMap<>(run);
        if (run.get("columns") instanceof Map<?, ?> columns) {
            brief.put("brief", true);
            brief.put(
                    "columns",
                    columns.entrySet().stream()
                            .filter(column -> DRAWN.stream().anyMatch(((String) column.getKey())::startsWith))
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    column -> JsonDocument.object("f32", singles((double[]) column.getValue())))));
        }
        return brief;
    }

    private static String singles(double[] numbers) {
        ByteBuffer packed = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            packed.putFloat((float) number);
        }
        return Base64.getEncoder().encodeToString(packed.array());
    }

    /// The plane with some of its cells: axes, borders, and at `points` the `kinds` of outcomes.
    private Map<String, Object> coarse(Map<String, Object> plane) {
        long stride = 4;
        while (page.steps() * (ACROSS / stride) * (ACROSS / stride) > BUDGET && stride < 16) {
            stride *= 2;
        }
        long each = stride;
        long side = ACROSS / stride;
        double[] points = LongStream.range(0, side * side)
                .mapToDouble(cell -> (cell / side * ACROSS + cell % side) * each)
                .toArray();
        Map<String, Object> asked = new LinkedHashMap<>(plane);
        asked.put("points", points);
        Map<String, Object> answer = new LinkedHashMap<>(Answers.of(asked));
        answer.keySet().removeIf(key -> key.endsWith("Log10Loss") || key.endsWith("Log10Coupling"));
        if (answer.remove("outcome") instanceof List<?> outcomes) {
            answer.put("brief", true);
            answer.put("stride", (double) stride);
            answer.put(
                    "kinds",
                    outcomes.stream().mapToInt(PhaseFigure.OUTCOMES::indexOf).toArray());
        }
        return answer;
    }

    /// JSON has no infinity.
    private static Object written(Object value) {
        return switch (value) {
            case Double number when !Double.isFinite(number) -> JsonDocument.object("number", number.toString());
            case Map<?, ?> entries -> {
                Map<String, Object> all = new LinkedHashMap<>();
                entries.forEach((key, inner) -> all.put((String) key, written(inner)));
                yield all;
            }
            case List<?> items -> items.stream().map(FirstPicture::written).toList();
            default -> value;
        };
    }
}
