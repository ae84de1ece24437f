/// The engine of the explorer: core's own code compiled for a browser, and what it does there otherwise.
///
/// Main types: [adamscope.page.PageEngine] (the one function that the page calls), [adamscope.page.WasmCode]
/// (lane code as WebAssembly, to the same bits; [adamscope.page.ScriptCode] where a browser has none),
/// [adamscope.page.Replacements] (what is replaced while core is
/// compiled).
///
/// ```java
/// JSObject answer = PageEngine.ask(question);
/// ```
package adamscope.page;
