// The runs of all rules from one start, drawn against theory.
const DASHES = ["", "6 3", "7 3 1.5 3", "1.5 2.5"];
const colourOf = index => `var(--s${index % 4})`;
let runs = [];
let thresholds = [];

const minus = (a, b) => a && b ? a.map((v, i) => v - b[i]) : null;
const times = (a, k) => a ? a.map(v => k * v) : null;

function panelsOf(variable) {
    const live = runs.map((run, index) => ({ run, index })).filter(r => r.run && r.run.columns);
    if (!live.length) return [];
    const many = live.length > 1;
    const suffix = live[0].run.variables.length > 1 ? `[${variable}]` : "";
    const state_ = name => `log10Abs[${name}${suffix}]`;
    const panels = [];
    const add = (key, title, decades, columnsOf, more = {}) => {
        const series = live.flatMap(({ run, index }) => columnsOf(run.columns, index).filter(s => s.y)
            .map(s => ({ x: run.columns.step, colour: colourOf(index), dash: DASHES[index], ...s,
                name: many ? "" : s.name })));
        if (!series.some(s => s.y.some(Number.isFinite))) return;
        const levels = more.levels || [];
        panels.push({ key, title, decades, series, levels,
            y: range(series.filter(s => !s.beside).map(s => s.y), levels.map(l => l.at)),
            xLabel: "step", x: range(live.map(({ run }) => run.columns.step)) });
    };
    add("loss", "Loss over its minimum", true, (c, i) => [{ y: c.log10Loss, name: flow?.step ? "run" : "" },
        ...(i === state.active && flow?.step ? [{ x: flow.step, y: flow.log10Loss, name: "flow", colour: "var(--s1)", dash: "6 3", beside: true }] : [])]);
    add("moment", many ? "v, and g² thin" : "v and g²", true, (c, i) => [
        { y: c[state_("v")], name: "v" },
        { y: c[state_("v")] ? times(c["log10Gradient" + suffix], 2) : null, name: "g²", second: true,
            colour: many ? colourOf(i) : "var(--s1)", thick: 0.8, dash: "" }]);
    add("ratio", "|m|/√v", true, c => [{ y: minus(c[state_("m")], times(c[state_("v")], 0.5)) }]);
    add("step", `|${variable}ₜ − ${variable}ₜ₊₁| / |${variable}ₜ|`, true, c => [{ y: c["relativeStep" + suffix]?.map(v => Math.log10(Math.abs(v))) }],
        { levels: [{ at: Math.log10(2), name: "2: across the minimum", colour: "var(--ink)" }] });
    const levels = live.map(({ index }) => thresholds[index]).map((t, i) => t && t.threshold > 0
        ? { at: Math.log10(t.threshold), name: `threshold ${short(t.timesLr, 5)}/lr` + (many ? " of " + (i + 1) : ""), colour: colourOf(i) } : null).filter(Boolean);
    const conditioned = thresholds.some(t => t && t.preconditioned);
    add("sharpness", conditioned ? "Preconditioned sharpness" : "Sharpness", true, c => [{ y: c.log10Sharpness }], { levels });
    return panels;
}

function drawRuns() {
    const box = $("panels");
    const variables = runs.find(r => r && r.variables)?.variables || ["x"];
    const variable = variables.includes(drawRuns.variable) ? drawRuns.variable : variables[0];
    drawRuns.variable = variable;
    const across = Math.max(1, Math.min(3, Math.floor(box.clientWidth / 236)));
    const width = Math.min(460, Math.floor((box.clientWidth - 10 * (across - 1)) / across));
    box.style.gridTemplateColumns = `repeat(${across}, minmax(0, ${width}px))`;
    drawRuns.panels = panelsOf(variable).map(p => ({ ...p, width, height: Math.round(Math.max(170, width * 0.62)) }));
    const choice = variables.length > 1
        ? `<p class="coordinates">Coordinate ${variables.map(v => `<button type="button" class="chip" data-variable="${escaped(v)}" aria-pressed="${v === variable}">${escaped(v)}</button>`).join(" ")}</p>` : "";
    box.innerHTML = choice + drawRuns.panels.map(chart).join("");
    outcomes();
    whyDrawn();
}

// In the next frame, whatever arrives before it: a run and its threshold are drawn together.
let drawing = 0;
function drawRunsOnce() {
    drawing ||= requestAnimationFrame(() => {
        drawing = 0;
        drawRuns();
    });
}

function outcomes() {
    $("outcome").innerHTML = runs.map((run, index) => {
        if (!run) return "";
        const sample = runs.length > 1 ? `<svg width="26" height="8" aria-hidden="true"><path d="M1 4h24" style="stroke:${colourOf(index)};stroke-width:2;stroke-dasharray:${DASHES[index]};fill:none"/></svg> ` : "";
        const name = `${sample}<b style="color:${colourOf(index)}">${escaped(nameOf(state.rules[index].text))}</b>`;
        return run.error ? `<span class="verdict">${name} <span class="error">${escaped(run.error)}</span></span>`
            : `<span class="verdict">${name} <span class="word" style="--kind:${given.colours[run.word]}">${escaped(run.word)}</span> ${escaped(run.sentence)}</span>`;
    }).join("");
}

function runQuestion(rule) {
    // an odd stride shows both sides of a cycle of two
    const stride = Math.ceil(state.steps / 2000);
    // as they are now: sliders and cells change them in place
    return { kind: "run", rule: rule.text, values: { ...rule.values }, objective: state.objective, x0: [...state.x0], start: state.start,
        arithmetic: state.arithmetic, steps: state.steps, every: stride > 1 ? stride | 1 : 1 };
}

// The flow of the active rule, beside its run.
let flow = null;
const flowing = new Latest(thinker);
function startFlow() {
    flow = null;
    $("flow-note").textContent = "";
    if (!state.flow) return;
    const question = { ...runQuestion(active()), kind: "flow" };
    flowing.ask(question, answer => {
        if (!state.flow || keyOf({ ...runQuestion(active()), kind: "flow" }) !== keyOf(question)) return;
        flow = answer.error ? null : answer;
        $("flow-note").textContent = answer.error ? "no flow: " + answer.error : `The limit lr → 0 at the same times, ${answer.sentence}; farthest from the run ${short(answer.distance, 3)}.`;
        drawRuns();
    });
}
$("with-flow").addEventListener("change", () => {
    state.flow = $("with-flow").checked;
    remember();
    startFlow();
    drawRuns();
});

// The cross hair and what the curves say there.
$("panels").addEventListener("pointermove", event => {
    const step = stepAt(event);
    if (Number.isFinite(step)) crossAt(step);
});

// The step under the pointer; none outside the panels.
function stepAt(event) {
    const svg = event.target.closest("svg");
    const panel = svg && drawRuns.panels?.find(p => p.key === svg.dataset.key);
    if (!panel) return NaN;
    const place = (event.clientX - svg.getBoundingClientRect().left) / svg.getBoundingClientRect().width * panel.width;
    const share = (place - ROOM.left) / (panel.width - ROOM.left - ROOM.right);
    return panel.x[0] + Math.min(1, Math.max(0, share)) * (panel.x[1] - panel.x[0]);
}
$("panels").addEventListener("pointerleave", () => crossAt(NaN));
$("panels").addEventListener("click", event => {
    const chip = event.target.closest("[data-variable]");
    if (chip) {
        drawRuns.variable = chip.dataset.variable;
        drawRuns();
    }
    const step = stepAt(event);
    if (Number.isFinite(step)) explain(step);
});

function crossAt(step) {
    for (const panel of drawRuns.panels || []) {
        const cross = document.querySelector(`#panels svg[data-key="${panel.key}"] .cross`);
        if (!cross) continue;
        const x = ROOM.left + (step - panel.x[0]) / (panel.x[1] - panel.x[0] || 1) * (panel.width - ROOM.left - ROOM.right);
        cross.setAttribute("d", Number.isFinite(step) ? `M${x.toFixed(1)} ${ROOM.top}V${panel.height - ROOM.bottom}` : "");
        const title = document.querySelector(`#panels svg[data-key="${panel.key}"] .title`);
        title.textContent = Number.isFinite(step) ? readings(panel, step) : panel.title;
    }
}

function readings(panel, step) {
    return `step ${Math.round(step)}: ` + panel.series.map(s => {
        let i = 0;
        while (i + 1 < s.x.length && s.x[i + 1] <= step) i++;
        const v = s.y[i];
        return (s.name ? s.name + " " : panel.series.length > 1 && s.second ? "g² " : "") + (!Number.isFinite(v) ? "none" : panel.decades
            ? Math.abs(v) < 300 ? (10 ** v).toPrecision(4).replace("e+", "e") : "1e" + v.toFixed(2) : short(v, 4));
    }).join(", ");
}
