// The state of the page: all that the fragment of its address holds.
const given = JSON.parse(document.getElementById("given").textContent, (key, value) => value?.f32 !== undefined ? singles(value.f32)
    : value?.number !== undefined ? Number(value.number) : value);
const $ = id => document.getElementById(id);
const MOST_STEPS = 200000;
const MOST_RULES = 4;

// Numbers in single precision, packed.
function singles(packed) {
    return new Float32Array(Uint8Array.from(atob(packed), letter => letter.charCodeAt(0)).buffer);
}

// JSON has no infinity.
const numberRead = v => v === "inf" ? Infinity : v === "-inf" ? -Infinity : v;
const numberWritten = (key, v) => v === Infinity ? "inf" : v === -Infinity ? "-inf" : v;

function valuesRead(values) {
    return Object.fromEntries(Object.entries(values || {}).map(([name, v]) => [name, numberRead(v)]).filter(([, v]) => typeof v === "number" && !Number.isNaN(v)));
}

const state = {
    rules: given.rules.map(rule => ({ text: rule.text, values: valuesRead(rule.values) })),
    active: 0,
    objective: given.objective,
    x0: given.x0,
    start: "zero",
    arithmetic: "double",
    steps: given.steps,
    x: null,
    y: null,
    lesson: null,
    view: "plane",
    orbit: null,
    flow: false,
};

const catalogueText = new Map(given.catalogue.map(rule => [rule.name, rule.text]));
const nameOf = text => (/^\s*optimizer\s+(\S+)/m.exec(text) || ["", "rule"])[1];

// Rules of the catalogue go by their names, others by their texts.
function toFragment() {
    const rules = state.rules.map(rule => {
        const name = nameOf(rule.text);
        return { ...(catalogueText.get(name) === rule.text ? { name } : { text: rule.text }), values: rule.values };
    });
    return "#" + encodeURIComponent(JSON.stringify({ ...state, rules }, numberWritten));
}

function fromFragment() {
    const linked = location.hash.length > 1;
    if (!linked && !given.opened.rules) return;
    try {
        const read = linked ? JSON.parse(decodeURIComponent(location.hash.slice(1))) : given.opened;
        const isHere = rule => rule.text !== undefined || catalogueText.has(rule.name);
        const named = (read.rules || []).slice(0, MOST_RULES);
        const absent = named.filter(rule => !isHere(rule));
        if (absent.length) say("this page has no optimizer " + absent.map(rule => rule.name).join(", "));
        const rules = named.filter(isHere).map(rule => ({
            text: String(rule.text ?? catalogueText.get(rule.name)),
            values: valuesRead(rule.values),
        }));
        if (rules.length) state.rules = rules;
        state.active = Math.min(Math.max(0, read.active | 0), state.rules.length - 1);
        if (typeof read.objective === "string") state.objective = read.objective;
        if (Array.isArray(read.x0) && read.x0.every(Number.isFinite)) state.x0 = read.x0;
        state.start = read.start === "gradient" ? "gradient" : "zero";
        state.arithmetic = read.arithmetic === "scaled" ? "scaled" : "double";
        state.steps = Math.min(MOST_STEPS, Math.max(1, Math.round(Number(read.steps)) || given.steps));
        state.x = axisRead(read.x);
        state.y = axisRead(read.y);
        state.orbit = axisRead(read.orbit);
        state.view = ["orbit", "circle"].includes(read.view) ? read.view : "plane";
        state.flow = read.flow === true;
        state.lesson = typeof read.lesson === "string" ? read.lesson : null;
    } catch (wrong) {
        say("the link could not be read; this is the page as it was made");
    }
}

function axisRead(axis) {
    const scales = ["linear", "log", "one-minus-log"];
    return axis && typeof axis.name === "string" && Number.isFinite(axis.from) && Number.isFinite(axis.to)
        && scales.includes(axis.scale) ? { name: axis.name, from: axis.from, to: axis.to, scale: axis.scale } : null;
}

let remembering = 0;
function remember() {
    clearTimeout(remembering);
    remembering = setTimeout(() => history.replaceState(null, "", toFragment()), 200);
}

function say(text) {
    $("message").textContent = text;
}

const active = () => state.rules[state.active];

// A number with all its digits, as the program reads it.
const exact = value => value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value).replace("e+", "e");
