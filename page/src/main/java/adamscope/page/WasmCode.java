package adamscope.page;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;

/// Lane code as a [WasmModule].
///
/// A group of lanes stays in vectors of two while time runs. Every operation is the one of the interpreter, in its
/// order: the same bits. Functions that browsers do not agree on are called lane by lane.
final class WasmCode {
    /// Lanes of a vector.
    static final int WIDTH = 2;

    /// Vectors that run side by side, so that the processor has independent work; more operations take longer to
    /// compile than they save.
    private static final int VECTORS = 3;

    private static final int MANY_OPERATIONS = 200;

    private static final int STRIDE = 0;
    private static final int LANES = 1;
    private static final int STEPS = 2;
    private static final int CLOCK = 3;
    private static final int AT = 4;
    private static final int STEP = 5;
    private static final int TIME = 6;
    private static final int ROWS = 7;

    private final LaneCode code;
    private final int vectors;
    private final boolean[] shared;
    private final WasmBytes body = new WasmBytes();

    private WasmCode(LaneCode code, int vectors) {
        this.code = code;
        this.vectors = vectors;
        this.shared = code.shared();
    }

    /// Vectors that should run side by side.
    static int vectors(LaneCode code) {
        return code.operations().size() > MANY_OPERATIONS ? 1 : VECTORS;
    }

    /// The module.
    ///
    /// @param vectors that run side by side; lanes of a call are a multiple of [#WIDTH] times as many
    static byte[] of(LaneCode code, int vectors) {
        WasmCode wasm = new WasmCode(code, vectors);
        wasm.function();
        return WasmModule.of(wasm.body);
    }

    private void function() {
        int values = (code.rows() + code.operations().size()) * vectors;
        body.unsigned(2).unsigned(2).raw(Wasm.I32).unsigned(values + 1).raw(Wasm.V128);
        get(STEPS).raw(Wasm.I32_EQZ, Wasm.BR_IF, 0);
        body.raw(Wasm.BLOCK, Wasm.NOTHING, Wasm.LOOP, Wasm.NOTHING);
        get(AT);
        get(LANES).raw(Wasm.I32_GE, Wasm.BR_IF, 1);
        for (int row = 0; row < code.rows(); row++) {
            for (int vector = 0; vector < vectors; vector++) {
                address(row);
                memory(Wasm.V128_LOAD, vector);
                set(row(row, vector));
            }
        }
        body.raw(Wasm.I32_CONST, 0);
        set(STEP).raw(Wasm.LOOP, Wasm.NOTHING);
        step();
        get(STEP).raw(Wasm.I32_CONST, 1, Wasm.I32_ADD, Wasm.LOCAL_TEE).unsigned(STEP);
        get(STEPS).raw(Wasm.I32_LT, Wasm.BR_IF, 0, Wasm.END);
        for (int row = 0; row < code.rows(); row++) {
            for (int vector = 0; vector < vectors; vector++) {
                address(row);
                get(row(row, vector));
                memory(Wasm.V128_STORE, vector);
            }
        }
        get(AT).raw(Wasm.I32_CONST).signed(vectors * WIDTH * Double.BYTES).raw(Wasm.I32_ADD);
        set(AT).raw(Wasm.BR, 0, Wasm.END, Wasm.END, Wasm.END);
    }

    private void step() {
        get(CLOCK);
        get(STEP).raw(Wasm.F64_CONVERT, Wasm.F64_ADD);
        simd(Wasm.SPLAT);
        set(TIME);
        for (int at = 0; at < shared.length; at++) {
            for (int vector = 0; vector < (shared[at] ? 1 : vectors); vector++) {
                compute(at, vector);
            }
        }
        for (Tracker tracker : code.trackers()) {
            for (int vector = 0; vector < vectors; vector++) {
                track(tracker, vector);
            }
        }
        // all of them are read before the first is set
        for (int row = 0; row < code.next().length; row++) {
            for (int vector = 0; vector < vectors; vector++) {
                value(code.next()[row], vector);
            }
        }
        for (int row = code.next().length - 1; row >= 0; row--) {
            for (int vector = vectors - 1; vector >= 0; vector--) {
                set(row(row, vector));
            }
        }
    }

    private int row(int row, int vector) {
        return ROWS + row * vectors + vector;
    }

    private int local(int at, int vector) {
        return row(code.rows() + at, vector);
    }

    /// Where a row of the group begins.
    private void address(int row) {
        get(STRIDE).raw(Wasm.I32_CONST).signed(row).raw(Wasm.I32_MUL);
        get(AT).raw(Wasm.I32_ADD);
    }

    private void memory(int instruction, int vector) {
        simd(instruction).unsigned(3).unsigned(vector * WIDTH * Double.BYTES);
    }

    private WasmBytes get(int local) {
        return body.raw(Wasm.LOCAL_GET).unsigned(local);
    }

    private WasmBytes set(int local) {
        return body.raw(Wasm.LOCAL_SET).unsigned(local);
    }

    private WasmBytes simd(int instruction) {
        return body.raw(Wasm.SIMD).unsigned(instruction);
    }

    private void constant(double number) {
        simd(Wasm.V128_CONST).number(number).number(number);
    }

    private void value(int at, int vector) {
        switch (code.operations().get(at)) {
            case LaneOperation.State(int row) -> get(row(row, vector));
            case LaneOperation.Invariant(int row) -> get(row(row, vector));
            case LaneOperation.Literal(double number) -> constant(number);
            case LaneOperation.Clock() -> get(TIME);
            case LaneOperation.One _, LaneOperation.Two _ -> get(local(at, shared[at] ? 0 : vector));
        }
    }

    private void compute(int at, int vector) {
        switch (code.operations().get(at)) {
            case LaneOperation.One(var one, int a) -> {
                compute(one, a, vector, shared[at]);
                set(local(at, vector));
            }
            case LaneOperation.Two(var two, int a, int b) -> {
                if (two == BinaryOperation.POWER) {
                    call("pow", vector, shared[at], a, b);
                } else {
                    value(a, vector);
                    value(b, vector);
                    simd(instruction(two));
                }
                set(local(at, vector));
            }
            case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _, LaneOperation.Clock _ -> {}
        }
    }

    private void compute(UnaryOperation operation, int a, int vector, boolean once) {
        switch (operation) {
            case NEGATE, SQRT, ABS -> {
                value(a, vector);
                simd(
                        operation == UnaryOperation.NEGATE
                                ? Wasm.NEG
                                : operation == UnaryOperation.SQRT ? Wasm.SQRT : Wasm.ABS);
            }
            case SIGN -> sign(a, vector);
            case EXP -> call("exp", vector, once, a);
            case LOG -> call("log", vector, once, a);
            case SIN -> call("sin", vector, once, a);
            case COS -> call("cos", vector, once, a);
            case TANH -> call("tanh", vector, once, a);
        }
    }

    private static int instruction(BinaryOperation operation) {
        return switch (operation) {
            case ADD -> Wasm.ADD;
            case SUBTRACT -> Wasm.SUB;
            case MULTIPLY -> Wasm.MUL;
            case DIVIDE -> Wasm.DIV;
            case MIN -> Wasm.MIN;
            case MAX -> Wasm.MAX;
            case POWER -> throw new IllegalStateException("a power is called");
        };
    }

    /// 1 with the sign of a where |a| > 0; 0 and NaN as they are.
    private void sign(int a, int vector) {
        constant(1);
        value(a, vector);
        constant(-0.0);
        simd(Wasm.V128_AND);
        simd(Wasm.V128_OR);
        value(a, vector);
        value(a, vector);
        simd(Wasm.ABS);
        constant(0);
        simd(Wasm.GT);
        simd(Wasm.BITSELECT);
    }

    /// A function of each lane.
    ///
    /// @param once whether both lanes have the same arguments
    private void call(String function, int vector, boolean once, int... arguments) {
        for (int lane = 0; lane < (once ? 1 : WIDTH); lane++) {
            for (int argument : arguments) {
                value(argument, vector);
                simd(Wasm.EXTRACT).raw(lane);
            }
            body.raw(Wasm.CALL).unsigned(WasmModule.FUNCTIONS.indexOf(function));
            if (lane == 0) {
                simd(Wasm.SPLAT);
            } else {
                simd(Wasm.REPLACE).raw(lane);
            }
        }
    }

    private void track(Tracker tracker, int vector) {
        switch (tracker) {
            case Tracker.Least(int value, int row) -> {
                get(row(row, vector));
                value(value, vector);
                simd(Wasm.ABS);
                simd(Wasm.PMIN);
                set(row(row, vector));
            }
            case Tracker.Greatest(int value, int row) -> {
                get(row(row, vector));
                value(value, vector);
                simd(Wasm.ABS);
                simd(Wasm.MAX);
                set(row(row, vector));
            }
            case Tracker.GreatestNumber(int value, int row) -> {
                get(row(row, vector));
                value(value, vector);
                simd(Wasm.PMAX);
                set(row(row, vector));
            }
            case Tracker.GreatestQuotient quotient -> track(quotient, vector);
            case Tracker.Outside _ -> throw new IllegalStateException("code in log-scaled arithmetic runs in no page");
            case Tracker.Last(int value, int row) -> {
                value(value, vector);
                set(row(row, vector));
            }
        }
    }

    private void track(Tracker.GreatestQuotient quotient, int vector) {
        int bestA = row(quotient.rowA(), vector);
        int bestB = row(quotient.rowB(), vector);
        for (int side = 0; side < 2; side++) {
            value(side == 0 ? quotient.a() : quotient.b(), vector);
            get(side == 0 ? bestA : bestB);
            value(quotient.a(), vector);
            get(bestB);
            simd(Wasm.MUL);
            get(bestA);
            value(quotient.b(), vector);
            simd(Wasm.MUL);
            simd(Wasm.GT);
            simd(Wasm.BITSELECT);
        }
        set(bestB);
        set(bestA);
    }
}
