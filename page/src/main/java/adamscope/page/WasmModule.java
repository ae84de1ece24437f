package adamscope.page;

import java.util.List;

/// A WebAssembly module of one function `(stride, lanes, steps, clock)`, the first two in bytes, and the memory that it
/// works on.
final class WasmModule {
    static final String ADVANCE = "a";
    static final String MEMORY = "m";

    /// Imported functions, in their order; the last one of two numbers.
    static final List<String> FUNCTIONS = List.of("exp", "log", "sin", "cos", "tanh", "pow");

    private WasmModule() {}

    /// The module.
    ///
    /// @param function its locals and instructions
    static byte[] of(WasmBytes function) {
        WasmBytes types = new WasmBytes()
                .unsigned(3)
                .raw(0x60, 1, Wasm.F64, 1, Wasm.F64)
                .raw(0x60, 2, Wasm.F64, Wasm.F64, 1, Wasm.F64)
                .raw(0x60, 4, Wasm.I32, Wasm.I32, Wasm.I32, Wasm.F64, 0);
        WasmBytes imports = new WasmBytes().unsigned(FUNCTIONS.size());
        for (String name : FUNCTIONS) {
            imports.name("f").name(name).raw(0, name.equals("pow") ? 1 : 0);
        }
        WasmBytes exports = new WasmBytes().unsigned(2).name(ADVANCE).raw(0).unsigned(FUNCTIONS.size());
        exports.name(MEMORY).raw(2, 0);
        return new WasmBytes()
                .raw(0, 'a', 's', 'm', 1, 0, 0, 0)
                .raw(1)
                .sized(types)
                .raw(2)
                .sized(imports)
                .raw(3)
                .sized(new WasmBytes().unsigned(1).unsigned(2))
                .raw(5)
                .sized(new WasmBytes().unsigned(1).raw(0, 1))
                .raw(7)
                .sized(exports)
                .raw(10)
                .sized(new WasmBytes().unsigned(1).sized(function))
                .bytes();
    }
}
