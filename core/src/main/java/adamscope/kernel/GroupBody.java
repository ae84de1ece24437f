package adamscope.kernel;

import adamscope.kernel.LaneCode.LaneOperation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.Arrays;

/// The methods of a [LaneClass] that take steps.
///
/// Either a group of vectors stays in registers through all steps of a call, or, where that would take more registers
/// than there are, every step takes one vector after the other from memory: they do not wait for one another, and with
/// the lanes of a piece of [LaneRows] the numbers are still in the first cache when their next step comes.
final class GroupBody {
    private static final int MEMORY = 0;
    private static final int LANE = 1;
    private static final int LANES = 2;
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
    private final TrackerBody trackers;
    private final int step;

    /// Parameters of the method: memory 0, first lane 1, where lanes end 2, steps 3, clock 4.
    GroupBody(LaneClass type, LaneCode lanes, CodeBuilder code) {
        this.lanes = lanes;
        this.code = code;
        this.call = new VectorCalls(code, type.bits());
        this.vectors = type.vectors();
        this.width = type.width();
        this.shared = lanes.shared();
        this.value = new int[lanes.operations().size()][];
        this.state = new int[lanes.next().length][];
        this.step = code.allocateLocal(TypeKind.INT);
        this.trackers = new TrackerBody(lanes.trackers(), this, code, call);
    }

    /// One group, its state in registers through all steps.
    void inRegisters() {
        loadStates();
        Arrays.setAll(value, this::prepared);
        trackers.prepare();
        loop(step, STEPS, 1, () -> {
            for (int i = 0; i < value.length; i++) {
                compute(i);
            }
            trackers.track();
            moveStates();
            tick();
        });
        store();
        code.return_();
    }

    /// All groups, each step from memory to memory.
    void inMemory() {
        for (int i = 0; i < value.length; i++) {
            if (lanes.operations().get(i) instanceof LaneOperation.Literal) {
                value[i] = prepared(i);
            }
        }
        loop(step, STEPS, 1, () -> {
            computeThose(true);
            loop(LANE, LANES, vectors * width, () -> {
                loadStates();
                computeThose(false);
                trackers.prepare();
                trackers.track();
                moveStates();
                store();
            });
            tick();
        });
        code.return_();
    }

    /// What differs from lane to lane, or what does not; literals are there.
    private void computeThose(boolean alike) {
        for (int i = 0; i < value.length; i++) {
            if (shared[i] == alike && !(lanes.operations().get(i) instanceof LaneOperation.Literal)) {
                value[i] = prepared(i);
                compute(i);
            }
        }
    }

    /// for (local = begin; local < end; local += by) body
    private void loop(int local, int end, int by, Runnable body) {
        Label head = code.newLabel();
        Label after = code.newLabel();
        code.iconst_0().istore(local).labelBinding(head);
        code.iload(local).iload(end).if_icmpge(after);
        body.run();
        code.iinc(local, by).goto_(head).labelBinding(after);
    }

    private void tick() {
        code.dload(CLOCK).dconst_1().dadd().dstore(CLOCK);
    }

    private void loadStates() {
        for (int row = 0; row < state.length; row++) {
            state[row] = locals(vectors);
            load(state[row], row);
        }
    }

    private void store() {
        for (int row = 0; row < state.length; row++) {
            store(state[row], row, false);
        }
        trackers.store();
    }

    /// Where a value is, for each vector of the group.
    int[] value(int operation) {
        return value[operation];
    }

    /// New places, one for each vector of the group.
    int[] locals() {
        return locals(vectors);
    }

    private int[] locals(int count) {
        int[] locals = new int[count];
        Arrays.setAll(locals, _ -> code.allocateLocal(TypeKind.REFERENCE));
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
        Arrays.fill(locals, local);
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

    /// memory → locals
    void load(int[] locals, int row) {
        for (int u = 0; u < vectors; u++) {
            call.species();
            code.aload(MEMORY);
            index(row, u);
            call.load();
            code.astore(locals[u]);
        }
    }

    /// locals → memory
    ///
    /// @param bits whether they are the bits of numbers
    void store(int[] locals, int row, boolean bits) {
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

    /// … → row · [LaneClass#STRIDE] + lane + u · width
    private void index(int row, int u) {
        code.iload(LANE).loadConstant(row * LaneClass.STRIDE + u * width).iadd();
    }
}
