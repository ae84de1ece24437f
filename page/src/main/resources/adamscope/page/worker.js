// What a worker does besides the engine: one question at a time, each answered by its number.
onmessage = event => {
    const { number, question } = event.data;
    let answer;
    const before = performance.now();
    try {
        answer = ask(question);
    } catch (wrong) {
        answer = { error: wrong instanceof RangeError ? "this is too large for the page" : String(wrong && wrong.message || wrong) };
    }
    postMessage({ number, answer, took: performance.now() - before });
};
