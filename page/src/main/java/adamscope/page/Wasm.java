package adamscope.page;

/// Numbers of WebAssembly's types and instructions; those of vectors stand behind [#SIMD].
final class Wasm {
    static final int I32 = 0x7F;
    static final int F64 = 0x7C;
    static final int V128 = 0x7B;
    static final int NOTHING = 0x40;

    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int END = 0x0B;
    static final int BR = 0x0C;
    static final int BR_IF = 0x0D;
    static final int CALL = 0x10;
    static final int LOCAL_GET = 0x20;
    static final int LOCAL_SET = 0x21;
    static final int LOCAL_TEE = 0x22;
    static final int I32_CONST = 0x41;
    static final int I32_EQZ = 0x45;
    static final int I32_LT = 0x48;
    static final int I32_GE = 0x4E;
    static final int I32_ADD = 0x6A;
    static final int I32_MUL = 0x6C;
    static final int F64_ADD = 0xA0;
    static final int F64_CONVERT = 0xB7;

    static final int SIMD = 0xFD;
    static final int V128_LOAD = 0x00;
    static final int V128_STORE = 0x0B;
    static final int V128_CONST = 0x0C;
    static final int SPLAT = 0x14;
    static final int EXTRACT = 0x21;
    static final int REPLACE = 0x22;
    static final int GT = 0x4A;
    static final int V128_AND = 0x4E;
    static final int V128_OR = 0x50;
    static final int BITSELECT = 0x52;
    static final int ABS = 0xEC;
    static final int NEG = 0xED;
    static final int SQRT = 0xEF;
    static final int ADD = 0xF0;
    static final int SUB = 0xF1;
    static final int MUL = 0xF2;
    static final int DIV = 0xF3;
    static final int MIN = 0xF4;
    static final int MAX = 0xF5;
    /// The second where it is less, the first otherwise.
    static final int PMIN = 0xF6;
    /// The second where the first is less, the first otherwise.
    static final int PMAX = 0xF7;

    private Wasm() {}
}
