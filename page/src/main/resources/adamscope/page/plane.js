// The phase plane: every cell one run, coarse to fine, by generated code in workers, or by the program behind the page.
const ACROSS = given.served ? 256 : 128;
const STRIDES = [16, 8, 4, 2, 1];
const FRAME = { left: 62, right: 12, top: 10, bottom: 40 };
const AT_ONCE = 50;
const plane = { version: 0, kinds: new Int8Array(ACROSS * ACROSS), grain: new Uint8Array(ACROSS * ACROSS), queue: [], xs: null, ys: null, borders: [], chosen: null, picture: "", began: 0, done: 0, points: 64 };
const canvas = document.createElement("canvas");
canvas.width = canvas.height = ACROSS;
const ink = canvas.getContext("2d");
const image = ink.createImageData(ACROSS, ACROSS);

const bend = scale => scale === "log" ? Math.log : scale === "one-minus-log" ? v => -Math.log(1 - v) : v => v;
const shareOn = (axis, v) => {
    const f = bend(axis.scale);
    return (f(v) - f(axis.from)) / (f(axis.to) - f(axis.from));
};

function axisFor(name) {
    const at = variables().indexOf(name);
    if (at >= 0) return { name, from: -clean(2 * Math.abs(state.x0[at]) || 2), to: clean(2 * Math.abs(state.x0[at]) || 2), scale: "linear" };
    return isStart(name) ? { name, from: 0, to: 1, scale: "linear" } : { name, ...hyperOf(name).axis };
}

// A plane is one of hyper-parameters or one of starts: variables, and states of each.
const variables = () => objectiveSaid?.variables || ["x"];
const hyperOf = name => declared.hypers.find(h => h.name === name);
const startNames = () => [...variables(), ...declared.states.flatMap(s => variables().length === 1 ? [s] : variables().map(v => `${s}[${v}]`))];
const isStart = name => !hyperOf(name) && startNames().includes(name);
const placeOf = name => isStart(name) ? state.x0[variables().indexOf(name)] ?? NaN : valueOf(active(), hyperOf(name));

function chooseAxes() {
    const starts = state.x && isStart(state.x.name);
    const names = starts ? startNames() : declared.hypers.map(h => h.name);
    if (state.x && !names.includes(state.x.name)) state.x = null;
    if (state.y && !names.includes(state.y.name)) state.y = null;
    if (names.length < 2) {
        state.x = state.y = null;
        if (starts) chooseAxes();
        return;
    }
    const order = starts ? names : declared.axes;
    state.x ??= axisFor(order.find(name => name !== state.y?.name));
    if (state.y?.name === state.x.name) state.y = null;
    state.y ??= axisFor(order.find(name => name !== state.x.name));
}

function drawAxes() {
    for (const axis of ["x", "y"]) {
        const chosen = state[axis];
        const option = (name, text) => `<option value="${escaped(name)}"${chosen && name === chosen.name ? " selected" : ""}>${escaped(text)}</option>`;
        $(axis + "-name").innerHTML = declared.hypers.map(h => option(h.name, h.symbol === h.name ? h.name : h.symbol + " " + h.name)).join("")
            + (startNames().length > 1 ? `<optgroup label="starts">${startNames().map(name => option(name, name)).join("")}</optgroup>` : "");
        $(axis + "-from").value = chosen ? exact(chosen.from) : "";
        $(axis + "-to").value = chosen ? exact(chosen.to) : "";
        $(axis + "-scale").value = chosen ? chosen.scale : "linear";
        ["-name", "-from", "-to", "-scale"].forEach(part => $(axis + part).disabled = !chosen);
    }
}

function startPlane() {
    const version = ++plane.version;
    plane.queue = [];
    plane.stream?.abort();
    $("plane-error").textContent = "";
    if (!state.x || !declared) {
        $("plane-error").textContent = "a plane needs a rule with two hyper-parameters";
        plane.xs = null;
        drawPlane();
        return;
    }
    plane.grain.fill(255);
    plane.began = performance.now();
    plane.done = 0;
    plane.sketched = 0;
    for (const stride of STRIDES) {
        const level = [];
        for (let y = 0; y < ACROSS; y += stride) {
            for (let x = 0; x < ACROSS; x += stride) {
                if (stride === STRIDES[0] || x % (2 * stride) || y % (2 * stride)) level.push(y * ACROSS + x);
            }
        }
        plane.queue.push({ stride, points: level });
    }
    const question = { kind: "plane", rule: active().text, values: active().values, objective: state.objective,
        x0: state.x0, start: state.start, arithmetic: state.arithmetic, steps: state.steps };
    for (const axis of ["x", "y"]) {
        const { name, from, to, scale } = state[axis];
        Object.assign(question, { [axis]: name, [axis + "From"]: from, [axis + "To"]: to, [axis + "Points"]: ACROSS, [axis + "Scale"]: scale });
    }
    if (given.served) {
        if (!planners.length) planners.push(new Clerk());
        streamed(question, version);
        return;
    }
    if (!planners.length) {
        const count = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));
        for (let i = 0; i < count; i++) planners.push(new Clerk());
    }
    const first = knownAnswer(question);
    if (first) sketch(first, version);
    planners.forEach(clerk => plan(clerk, version, { ...question, plane: version }));
}

// The plane as the program saw it when it wrote the page, until the page's own runs lie over it.
function sketch(first, version) {
    Object.assign(plane, { xs: first.xs, ys: first.ys, borders: first.borders, prepared: version, sketched: first.points.length });
    first.points.forEach((point, i) => paint(point, first.stride, first.kinds[i]));
    fillImage();
    drawPlane();
    noted();
}

function framed({ xs, ys, borders }, version) {
    if (plane.xs && plane.prepared === version) return;
    Object.assign(plane, { xs, ys, borders, prepared: version });
    drawPlane();
}

function failed(words) {
    $("plane-error").textContent = words;
    plane.queue = [];
    plane.xs = null;
    drawPlane();
}

async function plan(clerk, version, question) {
    const prepared = await clerk.ask(question);
    if (version !== plane.version) return;
    if (prepared.error) {
        failed(prepared.error);
        return;
    }
    framed(prepared, version);
    while (version === plane.version) {
        const level = plane.queue.find(l => l.points.length);
        if (!level) break;
        const points = level.points.splice(0, plane.points);
        const answer = await clerk.ask({ kind: "rows", plane: version, points });
        if (version !== plane.version) return;
        if (answer.error) {
            $("plane-error").textContent = answer.error;
            plane.queue = [];
            return;
        }
        plane.points = Math.max(16, Math.min(1536, Math.round(points.length * Math.min(4, AT_ONCE / Math.max(1, answer.took)))));
        answer.outcome.forEach((word, i) => paint(points[i], level.stride, given.words.indexOf(word)));
        plane.done += points.length;
        showPlane();
    }
}

function paint(point, stride, kind) {
    const px = point % ACROSS;
    const py = (point - px) / ACROSS;
    for (let y = py; y < Math.min(ACROSS, py + stride); y++) {
        for (let x = px; x < Math.min(ACROSS, px + stride); x++) {
            const at = y * ACROSS + x;
            if (at === point || plane.grain[at] >= stride) {
                plane.grain[at] = at === point ? 1 : stride;
                plane.kinds[at] = kind;
            }
        }
    }
}

function fillImage() {
    // bytes of a pixel: red, green, blue, opacity
    const colours = given.words.map(word => [1, 3, 5].reduce((all, at, place) => all | parseInt(given.colours[word].slice(at, at + 2), 16) << 8 * place, 0xff << 24));
    const pixels = new Uint32Array(image.data.buffer);
    for (let y = 0; y < ACROSS; y++) {
        for (let x = 0; x < ACROSS; x++) {
            const at = y * ACROSS + x;
            pixels[(ACROSS - 1 - y) * ACROSS + x] = plane.grain[at] === 255 ? 0 : colours[plane.kinds[at]] ?? 0xff808080;
        }
    }
    ink.putImageData(image, 0, 0);
    plane.picture = canvas.toDataURL();
}

let showing = 0;
function showPlane() {
    if (showing) return;
    showing = requestAnimationFrame(() => {
        showing = 0;
        fillImage();
        const shown = document.querySelector("#plane image");
        if (shown) shown.setAttribute("href", plane.picture);
        const whole = ACROSS * ACROSS;
        const took = (performance.now() - plane.began) / 1000;
        if (plane.done >= whole) plane.took = took;
        noted();
        const legend = $("plane").querySelector(".legend");
        if (legend) legend.outerHTML = legendOf();
    });
}

function noted() {
    const whole = ACROSS * ACROSS;
    const cell = plane.chosen;
    const chosen = cell && plane.xs && plane.grain[cell.y * ACROSS + cell.x] < 255
        ? `${state.x.name} = ${short(plane.xs[cell.x])}, ${state.y.name} = ${short(plane.ys[cell.y])}: ${given.words[plane.kinds[cell.y * ACROSS + cell.x]]}. ` : "";
    $("plane-note").textContent = chosen + (plane.done >= whole
        ? `${whole.toLocaleString("en")} runs of ${state.steps.toLocaleString("en")} steps ${given.served ? "by the program " : ""}in ${plane.took.toFixed(1)} s. Click a cell for its run${plane.xs && isStart(state.x.name) && [state.x, state.y].some(axis => !variables().includes(axis.name)) ? ", which begins with states as declared" : ""}.`
        : plane.sketched && !plane.done ? `${plane.sketched.toLocaleString("en")} runs made with the page; its own follow …`
        : `${plane.done.toLocaleString("en")} of ${whole.toLocaleString("en")} runs …`);
}

const percent = share => share > 0 && share < 0.005 ? "< 1 %" : (100 * share).toFixed(0) + " %";

function legendOf() {
    const counts = given.words.map(() => 0);
    plane.kinds.forEach((kind, at) => { if (plane.grain[at] < 255 && kind >= 0) counts[kind]++; });
    return `<p class="legend">` + given.words.map((word, i) => counts[i]
        ? `<span><i style="background:${given.colours[word]}"></i>${escaped(word)} ${percent(counts[i] / counts.reduce((a, b) => a + b))}</span>` : "").join("")
        + plane.borders.map((b, i) => `<span><svg width="22" height="8" aria-hidden="true"><path d="M1 4h20" style="stroke:var(--ink);stroke-width:2;stroke-dasharray:${i ? "5 3" : ""}"/></svg>${escaped(b.name)}</span>`).join("") + "</p>";
}

function planeSvg() {
    const width = Math.max(280, Math.min(560, $("plane").clientWidth || 420));
    const height = Math.round(width * 0.82);
    const inner = { w: width - FRAME.left - FRAME.right, h: height - FRAME.top - FRAME.bottom };
    Object.assign(plane, { width, height, inner });
    const toX = v => FRAME.left + shareOn(state.x, v) * inner.w;
    const toY = v => FRAME.top + (1 - shareOn(state.y, v)) * inner.h;
    const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Outcomes over ${escaped(state.x.name)} and ${escaped(state.y.name)}">`,
        `<defs><clipPath id="plane-clip"><rect x="${FRAME.left}" y="${FRAME.top}" width="${inner.w}" height="${inner.h}"/></clipPath></defs>`,
        `<image x="${FRAME.left}" y="${FRAME.top}" width="${inner.w}" height="${inner.h}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${plane.picture}"/>`,
        `<g clip-path="url(#plane-clip)">`];
    plane.borders.forEach((border, i) => {
        const inside = j => border.x[j] >= state.x.from && border.x[j] <= state.x.to && border.y[j] >= state.y.from && border.y[j] <= state.y.to;
        const path = pathOf(thinned(border.x.map((v, j) => inside(j) ? v : NaN), border.y, toX, toY));
        const dash = i ? ";stroke-dasharray:7 4" : "";
        out.push(`<path d="${path}" style="stroke:#fff;stroke-width:4;fill:none"/><path d="${path}" style="stroke:#000;stroke-width:2;fill:none${dash}"/>`);
    });
    out.push(`<g class="here" transform="${placeHere()}"><circle r="7" style="fill:none;stroke:#fff;stroke-width:4"/><circle r="7" style="fill:none;stroke:#000;stroke-width:2"/></g></g>`);
    for (const [v, label] of axisTicks(state.x, 6)) {
        const x = toX(v).toFixed(1);
        out.push(`<path class="frame" d="M${x} ${height - FRAME.bottom}v4"/><text class="tick" text-anchor="middle" x="${x}" y="${height - FRAME.bottom + 16}">${label}</text>`);
    }
    for (const [v, label] of axisTicks(state.y, 6)) {
        const y = toY(v).toFixed(1);
        out.push(`<path class="frame" d="M${FRAME.left} ${y}h-4"/><text class="tick" text-anchor="end" x="${FRAME.left - 7}" y="${(toY(v) + 4).toFixed(1)}">${label}</text>`);
    }
    const label = name => { const h = hyperOf(name); return escaped(!h ? name + " at the start" : h.symbol === h.name ? h.name : `${h.symbol} (${h.name})`); };
    out.push(`<text class="tick" text-anchor="middle" x="${FRAME.left + inner.w / 2}" y="${height - 6}">${label(state.x.name)}</text>`,
        `<text class="tick" text-anchor="middle" transform="translate(13 ${FRAME.top + inner.h / 2}) rotate(-90)">${label(state.y.name)}</text>`,
        `<rect class="frame" x="${FRAME.left}" y="${FRAME.top}" width="${inner.w}" height="${inner.h}"/></svg>`);
    return out.join("");
}

function axisTicks(axis, count) {
    if (axis.scale === "log") {
        const [a, b] = [Math.log10(axis.from), Math.log10(axis.to)];
        const whole = decadeTicks(a, b, count).filter(t => t >= a - 1e-9 && t <= b + 1e-9);
        return whole.length > 1 ? whole.map(d => [10 ** d, decade(d)]) : ticks(axis.from, axis.to, count).map(v => [v, short(v, 4)]);
    }
    if (axis.scale === "one-minus-log") {
        const all = [0, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999].filter(v => v >= axis.from - 1e-12 && v <= axis.to + 1e-12);
        return (all.length > 1 ? all : ticks(axis.from, axis.to, count)).map(v => [v, short(v, 7)]);
    }
    return ticks(axis.from, axis.to, count).map(v => [v, short(v, 4)]);
}

function drawPlane() {
    $("plane").innerHTML = plane.xs && state.x ? planeSvg() + legendOf() : "";
    if (!plane.xs) $("plane-note").textContent = "";
}

// Where the shown run lies in the plane; off it is cut away.
function placeHere() {
    const [x, y] = [state.x, state.y].map(axis => shareOn(axis, placeOf(axis.name)));
    return Number.isFinite(x + y) ? `translate(${(FRAME.left + x * plane.inner.w).toFixed(1)} ${(FRAME.top + (1 - y) * plane.inner.h).toFixed(1)})` : "translate(-99 -99)";
}

// The plane stays as it is, only its mark moves.
function moveHere() {
    document.querySelector("#plane .here")?.setAttribute("transform", placeHere());
}

function choose(x, y) {
    if (!plane.xs) return;
    plane.chosen = { x: Math.max(0, Math.min(ACROSS - 1, x)), y: Math.max(0, Math.min(ACROSS - 1, y)) };
    const start = isStart(state.x.name);
    for (const [axis, value] of [["x", plane.xs[plane.chosen.x]], ["y", plane.ys[plane.chosen.y]]]) {
        const at = variables().indexOf(state[axis].name);
        if (!start) active().values[state[axis].name] = value;
        else if (at >= 0) state.x0[at] = value;
    }
    if (start) $("x0").value = state.x0.map(exact).join(", ");
    else drawHypers();
    moveHere();
    noted();
    changed({ rule: start ? undefined : state.active, hyper: state.x.name });
}

function cellAt(event) {
    const box = $("plane").querySelector("svg")?.getBoundingClientRect();
    if (!box) return null;
    const x = ((event.clientX - box.left) / box.width * plane.width - FRAME.left) / plane.inner.w;
    const y = 1 - ((event.clientY - box.top) / box.height * plane.height - FRAME.top) / plane.inner.h;
    // cells are centred on their values: the first and the last are cut in half
    return x < 0 || x > 1 || y < 0 || y > 1 ? null : { x: Math.min(ACROSS - 1, Math.floor(x * ACROSS)), y: Math.min(ACROSS - 1, Math.floor(y * ACROSS)) };
}

let dragging = false;
$("plane").addEventListener("pointerdown", event => {
    const cell = cellAt(event);
    if (!cell) return;
    dragging = true;
    choose(cell.x, cell.y);
});
$("plane").addEventListener("pointermove", event => {
    const cell = dragging && cellAt(event);
    if (cell && (cell.x !== plane.chosen?.x || cell.y !== plane.chosen?.y)) choose(cell.x, cell.y);
});
window.addEventListener("pointerup", () => { dragging = false; });
$("plane").addEventListener("keydown", event => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!move || !plane.xs) return;
    event.preventDefault();
    const far = event.shiftKey ? 8 : 1;
    const from = plane.chosen || nearestCell();
    choose(from.x + far * move[0], from.y + far * move[1]);
});

function nearestCell() {
    const place = (axis, values) => Math.round(Math.max(0, Math.min(1, shareOn(axis, placeOf(axis.name)) || 0)) * (values.length - 1));
    return { x: place(state.x, plane.xs), y: place(state.y, plane.ys) };
}

function axisChanged(axis, part) {
    if (part === "name") {
        const name = $(axis + "-name").value;
        const other = axis === "x" ? "y" : "x";
        if (state[other].name === name) state[other] = state[axis];
        state[axis] = axisFor(name);
        if (isStart(state[other].name) !== isStart(name)) state[other] = axisFor((isStart(name) ? startNames() : declared.axes).find(n => n !== name));
        drawAxes();
    } else {
        const from = Number($(axis + "-from").value);
        const to = Number($(axis + "-to").value);
        const { name } = state[axis];
        const domain = hyperOf(name) || { low: -Infinity, high: Infinity, domain: "the numbers" };
        const wrong = !inDomain(domain, from) || !inDomain(domain, to) || !Number.isFinite(from + to) || !($(axis + "-from").value.trim() && $(axis + "-to").value.trim()) || !(from < to);
        $(axis + "-from").setAttribute("aria-invalid", String(wrong));
        $(axis + "-to").setAttribute("aria-invalid", String(wrong));
        if (wrong) {
            $("plane-error").textContent = `${name} runs from a lower to a higher value in ${domain.domain}`;
            return;
        }
        state[axis] = { name, from, to, scale: $(axis + "-scale").value };
    }
    plane.chosen = null;
    remember();
    startPlane();
}

for (const axis of ["x", "y"]) {
    for (const part of ["name", "from", "to", "scale"]) $(`${axis}-${part}`).addEventListener("change", () => axisChanged(axis, part));
}
