package adamscope.kernel;

import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;

/// The method of a [LaneClass] that runs one group of vectors through all steps of a call.
///
/// Parameters: memory 0, stride 1, lane 2, steps 3, clock 4.
final class GroupBody {
    private static final int MEMORY = 0;
    private static final int STRIDE = 1;
    private static final int LANE = 2;
    private static final int STEPS = 3;
    private static final int CLOCK = 4;

    private final LaneCode lanes;
    private final CodeBuilder code;
    private final VectorCalls call;
    private final int vectors;
    private final int width;
    private final boolean[] shared;
    private final int[][] value;
    private final int[][] state;
    private final List<int[][]> tracked = new ArrayList<>();

    GroupBody(LaneClass type, CodeBuilder code) {
        this.lanes = type.code();
        this.code = code;
        this.call = new VectorCalls(code, type.bits());
        this.vectors = type.vectors();
        this.width = type.width();
        this.shared = lanes.shared();
        this.value = new int[lanes.operations().size()][];
        this.state = new int[lanes.next().length][];
    }

    void write() {
        for (int row = 0; row < state.length; row++) {
            state[row] = locals(vectors);
            load(state[row], row);
        }
        for (int i = 0; i < value.length; i++) {
            value[i] = prepared(i);
        }
        lanes.trackers().forEach(this::prepare);
        int step = code.allocateLocal(TypeKind.INT);
        Label head = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(step).labelBinding(head);
        code.iload(step).iload(STEPS).if_icmpge(end);
        for (int i = 0; i < value.length; i++) {
            compute(i);
        }
        for (int t = 0; t < tracked.size(); t++) {
            track(lanes.trackers().get(t), tracked.get(t));
        }
        moveStates();
        code.dload(CLOCK).dconst_1().dadd().dstore(CLOCK);
        code.iinc(step, 1).goto_(head).labelBinding(end);
        for (int row = 0; row < state.length; row++) {
            store(state[row], row, false);
        }
        for (int t = 0; t < tracked.size(); t++) {
            store(lanes.trackers().get(t), tracked.get(t));
        }
        code.return_();
    }

    private int[] locals(int count) {
        int[] locals = new int[count];
        java.util.Arrays.setAll(locals, _ -> code.allocateLocal(TypeKind.REFERENCE));
        return locals;
    }

    /// Invariants and literals are loaded before the loop; the rest gets its place.
    private int[] prepared(int i) {
        return switch (lanes.operations().get(i)) {
            case LaneOperation.State(int row) -> state[row];
            case LaneOperation.Invariant(int row) -> {
                int[] at = locals(vectors);
                load(at, row);
                yield at;
            }
            case LaneOperation.Literal(double number) -> {
                int at = code.allocateLocal(TypeKind.REFERENCE);
                call.literal(number);
                code.astore(at);
                yield everywhere(at);
            }
            case LaneOperation.Clock _, LaneOperation.One _, LaneOperation.Two _ ->
                shared[i] ? everywhere(code.allocateLocal(TypeKind.REFERENCE)) : locals(vectors);
        };
    }

    private int[] everywhere(int local) {
        int[] locals = new int[vectors];
        java.util.Arrays.fill(locals, local);
        return locals;
    }

    private void compute(int i) {
        int count = shared[i] ? 1 : vectors;
        for (int u = 0; u < count; u++) {
            switch (lanes.operations().get(i)) {
                case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _ -> {}
                case LaneOperation.Clock _ -> {
                    call.species();
                    code.dload(CLOCK);
                    call.broadcast();
                    code.astore(value[i][u]);
                }
                case LaneOperation.One(var operation, int a) -> {
                    code.aload(value[a][u]);
                    call.apply(operation);
                    code.astore(value[i][u]);
                }
                case LaneOperation.Two(var operation, int a, int b) -> {
                    code.aload(value[a][u]).aload(value[b][u]);
                    call.apply(operation);
                    code.astore(value[i][u]);
                }
            }
        }
    }

    private void prepare(Tracker tracker) {
        tracked.add(
                switch (tracker) {
                    case Tracker.Least(var _, int row) -> new int[][] {begun(row, true)};
                    case Tracker.Greatest(var _, int row) -> new int[][] {begun(row, true)};
                    case Tracker.GreatestNumber(var _, int row) -> new int[][] {begun(row, false)};
                    case Tracker.Last(var _, int row) -> new int[][] {begun(row, false)};
                    case Tracker.GreatestQuotient(var _, var _, int rowA, int rowB) ->
                        new int[][] {begun(rowA, false), begun(rowB, false)};
                });
    }

    private int[] begun(int row, boolean bits) {
        int[] locals = locals(vectors);
        load(locals, row);
        if (bits) {
            for (int local : locals) {
                code.aload(local);
                call.magnitudeBits();
                code.astore(local);
            }
        }
        return locals;
    }

    private void track(Tracker tracker, int[][] at) {
        for (int u = 0; u < vectors; u++) {
            int best = at[0][u];
            switch (tracker) {
                case Tracker.Least(int v, var _) -> {
                    code.aload(best).aload(value[v][u]);
                    call.magnitudeBits();
                    call.leastBits();
                    code.astore(best);
                }
                case Tracker.Greatest(int v, var _) -> {
                    code.aload(best).aload(value[v][u]);
                    call.magnitudeBits();
                    call.greatestBits();
                    code.astore(best);
                }
                case Tracker.GreatestNumber(int v, var _) -> {
                    code.aload(best).aload(value[v][u]).dup2();
                    code.swap();
                    call.compare("GT");
                    call.blend();
                    code.astore(best);
                }
                case Tracker.GreatestQuotient(int a, int b, var _, var _) ->
                    quotient(value[a][u], value[b][u], best, at[1][u]);
                case Tracker.Last(int v, var _) -> code.aload(value[v][u]).astore(best);
            }
        }
    }

    private void quotient(int a, int b, int bestA, int bestB) {
        code.aload(a).aload(bestB);
        call.apply(adamscope.formula.Expression.BinaryOperation.MULTIPLY);
        code.aload(bestA).aload(b);
        call.apply(adamscope.formula.Expression.BinaryOperation.MULTIPLY);
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

    /// All at once, for a state's next value may be another state.
    private void moveStates() {
        for (int row = 0; row < state.length; row++) {
            for (int u = 0; u < vectors; u++) {
                code.aload(value[lanes.next()[row]][u]);
            }
        }
        for (int row = state.length - 1; row >= 0; row--) {
            for (int u = vectors - 1; u >= 0; u--) {
                code.astore(state[row][u]);
            }
        }
    }

    private void store(Tracker tracker, int[][] at) {
        switch (tracker) {
            case Tracker.Least(var _, int row) -> store(at[0], row, true);
            case Tracker.Greatest(var _, int row) -> store(at[0], row, true);
            case Tracker.GreatestNumber(var _, int row) -> store(at[0], row, false);
            case Tracker.Last(var _, int row) -> store(at[0], row, false);
            case Tracker.GreatestQuotient(var _, var _, int rowA, int rowB) -> {
                store(at[0], rowA, false);
                store(at[1], rowB, false);
            }
        }
    }

    private void load(int[] locals, int row) {
        for (int u = 0; u < vectors; u++) {
            call.species();
            code.aload(MEMORY);
            index(row, u);
            call.load();
            code.astore(locals[u]);
        }
    }

    private void store(int[] locals, int row, boolean bits) {
        for (int u = 0; u < vectors; u++) {
            code.aload(locals[u]);
            if (bits) {
                call.fromBits();
            }
            code.aload(MEMORY);
            index(row, u);
            call.store();
        }
    }

    /// … → row · stride + lane + u · width
    private void index(int row, int u) {
        code.iload(STRIDE)
                .loadConstant(row)
                .imul()
                .iload(LANE)
                .iadd()
                .loadConstant(u * width)
                .iadd();
    }
}
