// Where orbits go over one hyper-parameter, as `bifurcation` has it.
const ORBIT_POINTS = 160;
const orbiting = new Latest(thinker);
let orbit = null;

function orbitAxis() {
    const names = declared.hypers.map(h => h.name);
    if (!state.orbit || !names.includes(state.orbit.name)) state.orbit = axisFor(declared.axes[0]);
    return state.orbit;
}

function drawOrbitAxis() {
    const axis = orbitAxis();
    $("orbit-name").innerHTML = declared.hypers.map(h => `<option value="${escaped(h.name)}"${h.name === axis.name ? " selected" : ""}>${escaped(h.symbol === h.name ? h.name : h.symbol + " " + h.name)}</option>`).join("");
    $("orbit-from").value = exact(axis.from);
    $("orbit-to").value = exact(axis.to);
    $("orbit-scale").value = axis.scale;
}

function startOrbit() {
    if (!declared) return;
    if (!declared.axes.length) {
        orbit = null;
        $("orbit").innerHTML = $("orbit-note").textContent = "";
        $("orbit-error").textContent = "an orbit diagram needs a rule with a hyper-parameter";
        return;
    }
    drawOrbitAxis();
    const { name, from, to, scale } = state.orbit;
    const values = { ...active().values };
    delete values[name];
    const question = { kind: "orbit", rule: active().text, values, objective: state.objective, x0: state.x0,
        x: name, xFrom: from, xTo: to, xPoints: ORBIT_POINTS, xScale: scale };
    const key = keyOf(question);
    if (orbit?.key === key) {
        drawOrbit();
        return;
    }
    $("orbit-note").textContent = "The page follows the orbits …";
    orbiting.ask(question, answer => {
        if (state.view !== "orbit") return;
        orbit = { key, answer, axis: { name, from, to, scale } };
        drawOrbit();
    });
}

// Points of an orbit as one path of short strokes; of a million pixels no more than it takes.
function drawOrbit() {
    const { answer, axis } = orbit;
    $("orbit-error").textContent = answer.error || "";
    if (answer.error) {
        $("orbit").innerHTML = "";
        $("orbit-note").textContent = "";
        return;
    }
    const width = Math.max(280, Math.min(560, $("orbit").clientWidth || 420));
    const inner = width - ROOM.left - ROOM.right;
    const bent = [...answer.x].map(v => shareOn(axis, v));
    const shown = middle([...answer.shown, ...answer.fixedPoint.filter((v, i) => answer.radius[i] < 1)]);
    const at = [...answer.at].map(v => shareOn(axis, v));
    const axisText = axisTicks(axis, 6).map(([v, label]) => [shareOn(axis, v), label]);
    const panel = { width, x: [0, 1], xLabel: axis.name, xTicks: axisText, levels: [] };
    const fixed = stable => answer.fixedPoint.map((v, i) => answer.radius[i] < 1 === stable && !Number.isNaN(answer.radius[i]) ? v : NaN);
    const name = answer.show === "relativeStep" ? "relative step" : answer.show;
    $("orbit").innerHTML = chart({ ...panel, key: "orbit", title: name, height: Math.round(width * 0.62), y: shown, dots: { x: bent, y: answer.shown },
        series: [{ x: at, y: fixed(true), colour: "var(--s2)", name: "stable" }, { x: at, y: fixed(false), colour: "var(--s1)", dash: "4 3", name: "unstable" }] })
        + chart({ ...panel, key: "lyapunov", title: "Lyapunov exponent, nats per step", height: Math.round(width * 0.3), y: range([answer.exponent], [0]),
            series: [{ x: at, y: answer.exponent, colour: "var(--s0)" }], levels: [{ at: 0, name: "0: chaos above", colour: "var(--ink)" }] });
    const counts = answer.motion.reduce((all, word) => ({ ...all, [word]: (all[word] || 0) + 1 }), {});
    $("orbit-note").textContent = `${answer.at.length} orbits, ${answer.discarded.toLocaleString("en")} steps left out, ${answer.steps.toLocaleString("en")} followed: `
        + Object.entries(counts).map(([word, n]) => `${n} ${word}`).join(", ") + (answer.reduced ? "; scale-free variables, from w = 0.1." : ".");
}

// The range of all but the farthest hundredth at either end: a few wide orbits do not hide the others.
function middle(values) {
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const cut = Math.floor(sorted.length / 100);
    if (!sorted.length) return [NaN, NaN];
    const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
    // a fixed point alone is a line, not its rounding
    const least = Math.max(Math.abs(low), Math.abs(high)) / 10;
    return [Math.min(low, (low + high - least) / 2), Math.max(high, (low + high + least) / 2)];
}

function orbitChanged(part) {
    if (part === "name") {
        state.orbit = axisFor($("orbit-name").value);
    } else {
        const [from, to] = ["from", "to"].map(end => Number($("orbit-" + end).value));
        const { name } = state.orbit;
        const wrong = !inDomain(hyperOf(name), from) || !inDomain(hyperOf(name), to) || !(from < to);
        ["from", "to"].forEach(end => $("orbit-" + end).setAttribute("aria-invalid", String(wrong)));
        $("orbit-error").textContent = wrong ? `${name} runs from a lower to a higher value in ${hyperOf(name).domain}` : "";
        if (wrong) return;
        state.orbit = { name, from, to, scale: $("orbit-scale").value };
    }
    remember();
    startOrbit();
}
for (const part of ["name", "from", "to", "scale"]) $("orbit-" + part).addEventListener("change", () => orbitChanged(part));
