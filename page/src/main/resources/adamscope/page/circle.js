// The multipliers of the step with its preconditioner held, in the unit circle, as the curvature grows.
const circling = new Latest(thinker);
let circle = null;

function startCircle() {
    const question = { kind: "multipliers", rule: active().text, values: active().values };
    circling.ask(question, answer => {
        if (question.rule !== active().text || state.view !== "circle") return;
        circle = answer;
        drawCircle();
    });
}

function drawCircle() {
    $("circle-error").textContent = circle.error || "";
    if (circle.error) {
        $("circle").innerHTML = "";
        $("circle-note").textContent = "";
        return;
    }
    const at = Number($("curvature").value);
    const size = Math.max(240, Math.min(420, $("circle").clientWidth || 360));
    const reach = 2;
    const to = v => size / 2 + Math.max(-0.97, Math.min(0.97, v / reach)) * size / 2;
    const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img" aria-label="Multipliers in the complex plane">`,
        `<path class="grid" d="M0 ${size / 2}H${size}M${size / 2} 0V${size}"/>`,
        `<circle class="frame" cx="${size / 2}" cy="${size / 2}" r="${(size / 2 / reach).toFixed(1)}"/>`,
        `<text class="tick" x="${(to(1) + 4).toFixed(1)}" y="${size / 2 - 4}">1</text><text class="tick" text-anchor="end" x="${(to(-1) - 4).toFixed(1)}" y="${size / 2 - 4}">−1</text>`];
    const spot = (point, r, style) => [...point.re].map((re, i) => `<circle cx="${to(re).toFixed(1)}" cy="${to(-point.im[i]).toFixed(1)}" r="${r}" style="${style}"/>`).join("");
    circle.points.forEach((point, i) => out.push(spot(point, 1.6, `fill:${i <= at ? "var(--s0)" : "var(--soft)"};opacity:${i <= at ? 0.8 : 0.35}`)));
    const now = circle.points[at];
    out.push(spot(now, 6, `fill:${circle.radii[at] > 1 + 1e-9 ? "var(--s1)" : "var(--s2)"};stroke:var(--paper);stroke-width:1.5`), "</svg>");
    $("circle").innerHTML = out.join("");
    const times = circle.curvatures[at] / circle.unit;
    const lead = Math.abs(now.im[0]) > 1e-9 ? "a pair turns" : now.re[0] < 0 ? "it changes sign each step" : "it keeps its sign";
    $("curvature").setAttribute("aria-valuetext", `${times.toFixed(2)} times the threshold`);
    $("circle-note").textContent = `Curvature ${short(circle.curvatures[at], 4)} = ${times.toFixed(2)} × ${short(circle.timesLr, 6)}/lr. Largest |multiplier| ${short(circle.radii[at], 5)}: `
        + (now.re.length === 0 ? "nothing moves" : circle.radii[at] > 1 + 1e-9 ? `deviations grow, ${lead}.` : circle.radii[at] > 1 - 1e-9 ? `the edge, ${lead}.` : `deviations die out, ${lead}.`);
}
$("curvature").addEventListener("input", () => { if (circle) drawCircle(); });

// The views of the middle column.
const VIEWS = { plane: drawPlane, orbit: startOrbit, circle: startCircle };
function showView(view) {
    state.view = VIEWS[view] ? view : "plane";
    for (const name of Object.keys(VIEWS)) {
        $(name + "-view").hidden = name !== state.view;
        const tab = document.querySelector(`[data-view="${name}"]`);
        tab.setAttribute("aria-selected", String(name === state.view));
        tab.tabIndex = name === state.view ? 0 : -1;
    }
    if (declared) VIEWS[state.view]();
}
$("views").addEventListener("click", event => {
    if (event.target.dataset.view) {
        showView(event.target.dataset.view);
        remember();
    }
});
$("views").addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    const names = Object.keys(VIEWS);
    showView(names[(names.indexOf(state.view) + by + names.length) % names.length]);
    document.querySelector(`[data-view="${state.view}"]`).focus();
    remember();
});
