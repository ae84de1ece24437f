package adamscope.page;

import adamscope.sweep.Axis;
import adamscope.sweep.TileWork;
import adamscope.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A plane of hyper-parameters, or of starts: prepared once in each worker, then run point by point by generated
/// JavaScript.
final class PlaneAnswer {
    /// The plane that this worker prepared last, by its number.
    private static final Map<Integer, TileWork> PREPARED = new HashMap<>();

    private PlaneAnswer() {}

    /// Prepares a plane and says where its cells and the borders of theory lie; with `points` it runs those at once.
    static Reply of(Question question) {
        AskedPlane plane = AskedPlane.of(question);
        TileWork work = plane.sweep().prepared();
        Reply answer = new Reply();
        if (question.numbers("points").length > 0) {
            run(work, question, answer);
        } else {
            PREPARED.clear();
            PREPARED.put((int) question.number("plane"), work);
        }
        return answer.withAll(plane.frame());
    }

    /// An axis: `x` the name, `xFrom`, `xTo`, `xPoints`, `xScale`.
    static Axis axis(Question question, String key) {
        return new Axis(
                question.text(key),
                question.number(key + "From"),
                question.number(key + "To"),
                (int) question.number(key + "Points"),
                Axis.Spacing.read(question.text(key + "Scale")));
    }

    /// Runs some points of the plane; x varies fastest.
    static Reply rows(Question question) {
        TileWork work = PREPARED.get((int) question.number("plane"));
        if (work == null) {
            throw new IllegalArgumentException("the plane has changed");
        }
        return run(work, question, new Reply());
    }

    private static Reply run(TileWork work, Question question, Reply answer) {
        double[] asked = question.numbers("points");
        long[] points = new long[asked.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = (long) asked[i];
        }
        Table rows = work.rows(points, () -> false);
        answer.with("points", asked).withTexts("outcome", rows.words("outcome"));
        for (String column : List.of("sustainedMinLog10Loss", "finalLog10Loss", "medianLog10Coupling")) {
            answer.with(column, rows.numbers(column));
        }
        return answer;
    }
}
