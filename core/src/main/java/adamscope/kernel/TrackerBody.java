package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;

/// The instructions of a [GroupBody] that record.
final class TrackerBody {
    private final List<Tracker> trackers;
    private final GroupBody body;
    private final CodeBuilder code;
    private final VectorCalls call;

    /// For each tracker, where its rows are.
    private final List<int[][]> tracked = new ArrayList<>();

    TrackerBody(List<Tracker> trackers, GroupBody body, CodeBuilder code, VectorCalls call) {
        this.trackers = trackers;
        this.body = body;
        this.code = code;
        this.call = call;
    }

    /// Loads what was recorded so far.
    void prepare() {
        for (Tracker tracker : trackers) {
            tracked.add(
                    switch (tracker) {
                        case Tracker.Least(var _, int row) -> new int[][] {magnitudeBits(row)};
                        case Tracker.Greatest(var _, int row) -> new int[][] {magnitudeBits(row)};
                        case Tracker.Outside(var _, int row) -> new int[][] {bits(row)};
                        case Tracker.GreatestNumber(var _, int row) -> new int[][] {numbers(row)};
                        case Tracker.Last(var _, int row) -> new int[][] {numbers(row)};
                        case Tracker.GreatestQuotient(var _, var _, int rowA, int rowB) ->
                            new int[][] {numbers(rowA), numbers(rowB)};
                    });
        }
    }

    private int[] numbers(int row) {
        int[] locals = body.locals();
        body.load(locals, row);
        return locals;
    }

    private int[] bits(int row) {
        int[] locals = numbers(row);
        for (int local : locals) {
            code.aload(local);
            call.bits();
            code.astore(local);
        }
        return locals;
    }

    private int[] magnitudeBits(int row) {
        int[] locals = numbers(row);
        for (int local : locals) {
            code.aload(local);
            call.magnitudeBits();
            code.astore(local);
        }
        return locals;
    }

    /// Records a step.
    void track() {
        for (int t = 0; t < tracked.size(); t++) {
            int[][] at = tracked.get(t);
            for (int u = 0; u < at[0].length; u++) {
                track(trackers.get(t), at, u);
            }
        }
    }

    private void track(Tracker tracker, int[][] at, int u) {
        int best = at[0][u];
        switch (tracker) {
            case Tracker.Least(int value, var _) -> {
                code.aload(best).aload(body.value(value)[u]);
                call.magnitudeBits();
                call.leastBits();
                code.astore(best);
            }
            case Tracker.Greatest(int value, var _) -> {
                code.aload(best).aload(body.value(value)[u]);
                call.magnitudeBits();
                call.greatestBits();
                code.astore(best);
            }
            case Tracker.GreatestNumber(int value, var _) -> {
                code.aload(best).aload(body.value(value)[u]).dup2();
                code.swap();
                call.compare("GT");
                call.blend();
                code.astore(best);
            }
            case Tracker.GreatestQuotient(int a, int b, var _, var _) ->
                quotient(body.value(a)[u], body.value(b)[u], best, at[1][u]);
            case Tracker.Last(int value, var _) ->
                code.aload(body.value(value)[u]).astore(best);
            case Tracker.Outside(var bits, var _) -> {
                code.aload(best);
                bits.forEach((value, may) -> {
                    code.aload(body.value(value)[u]);
                    call.magnitudeBits();
                    call.outside(may);
                    call.orBits();
                });
                code.astore(best);
            }
        }
    }

    private void quotient(int a, int b, int bestA, int bestB) {
        code.aload(a).aload(bestB);
        call.apply(BinaryOperation.MULTIPLY);
        code.aload(bestA).aload(b);
        call.apply(BinaryOperation.MULTIPLY);
        call.compare("GT");
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(mask);
        code.aload(bestA).aload(a).aload(mask);
        call.blend();
        code.astore(bestA);
        code.aload(bestB).aload(b).aload(mask);
        call.blend();
        code.astore(bestB);
    }

    /// Puts what was recorded back.
    void store() {
        for (int t = 0; t < tracked.size(); t++) {
            int[][] at = tracked.get(t);
            switch (trackers.get(t)) {
                case Tracker.Least(var _, int row) -> body.store(at[0], row, true);
                case Tracker.Greatest(var _, int row) -> body.store(at[0], row, true);
                case Tracker.Outside(var _, int row) -> body.store(at[0], row, true);
                case Tracker.GreatestNumber(var _, int row) -> body.store(at[0], row, false);
                case Tracker.Last(var _, int row) -> body.store(at[0], row, false);
                case Tracker.GreatestQuotient(var _, var _, int rowA, int rowB) -> {
                    body.store(at[0], rowA, false);
                    body.store(at[1], rowB, false);
                }
            }
        }
    }
}
