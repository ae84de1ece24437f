// What the program behind the page computes, read line by line as it is done.
const AGAIN = 1000;
const own = Math.random().toString(36).slice(2);

async function* lines(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        const parts = (rest + value).split("\n");
        rest = parts.pop();
        for (const part of parts) if (part) yield JSON.parse(part);
    }
}

// Until it is there or something else is asked for; a program that has gone is asked again.
async function streamed(question, version) {
    const stop = plane.stream = new AbortController();
    const body = JSON.stringify({ ...question, page: own }, numberWritten);
    // while a slider is dragged only the last of its planes is asked for
    await new Promise(done => setTimeout(done, AT_ONCE));
    if (version === plane.version && plane.prepared !== version) $("plane-note").textContent = "The program is asked for the plane …";
    while (version === plane.version) {
        try {
            const response = await fetch(given.served + "plane", { method: "POST", body, signal: stop.signal });
            if (!response.ok) throw new Error(await response.text());
            if (await drawn(response, version)) return;
        } catch (gone) {
            if (stop.signal.aborted) return;
            $("plane-error").textContent = gone instanceof TypeError ? "the program does not answer; it is asked again …" : gone.message;
        }
        await new Promise(done => setTimeout(done, AGAIN));
    }
}

// Whether the program came to the end of it, or said why not.
async function drawn(response, version) {
    for await (const part of lines(response)) {
        if (version !== plane.version) return true;
        if (part.error) {
            failed(part.error);
            return true;
        }
        if (part.end) return true;
        if (part.xs) {
            $("plane-error").textContent = "";
            plane.done = 0;
            plane.began = performance.now();
            framed(part, version);
            continue;
        }
        part.points.forEach((point, i) => paint(point, part.stride, part.kinds.charCodeAt(i) - 48));
        plane.done += part.points.length;
        showPlane();
    }
    throw new TypeError("cut off");
}
