// What follows from a change, and in which order.
const checking = new Latest(reader);
const objecting = new Latest(reader);
// Of each rule, wherever it stands among the others by now.
const asked = new WeakMap();

function changed(what = {}) {
    remember();
    const only = what.rule;
    state.rules.forEach((rule, index) => {
        // one that another click overtook has not been asked for yet
        const isNew = !asked.has(rule);
        if (only !== undefined && index !== only && !isNew) return;
        if (isNew) asked.set(rule, { run: new Latest(desk), theory: new Latest(thinker) });
        asked.get(rule).run.ask(runQuestion(rule), (answer, question) => ran(rule, answer, question));
        if (what.hyper || only === undefined || what.text || isNew) {
            asked.get(rule).theory.ask(theoryQuestion(rule), (answer, question) => derived(rule, answer, question));
        }
    });
    const onAxis = what.hyper && [state.x?.name, state.y?.name].includes(what.hyper);
    if (onAxis) moveHere();
    else if (only === undefined || only === state.active) startPlane();
    if (state.view !== "plane") VIEWS[state.view]();
    startFlow();
}

// A browser compiles what ran for a while: the run once more before anybody waits for one.
let rehearsed = false;
function rehearse(question) {
    if (rehearsed) return;
    rehearsed = true;
    setTimeout(() => { if (!desk.busy) desk.ask(question); }, 100);
}

const theoryQuestion = rule => ({ kind: "theory", rule: rule.text, values: { ...rule.values }, objective: state.objective });

function ran(rule, answer, question) {
    const index = state.rules.indexOf(rule);
    if (index < 0 || rule.text !== question.rule) return;
    answer.variables = objectiveSaid?.variables || ["x"];
    runs[index] = { ...(answer.error ? { error: answer.error } : answer), question };
    if (drawLesson.predicted !== undefined) drawLesson();
    if (answer.error && answer.of === "objective") faultOfObjective(answer);
    if (!answer.brief) rehearse(question);
    drawRunsOnce();
}

function derived(rule, answer, question) {
    const index = state.rules.indexOf(rule);
    if (index < 0 || rule.text !== question.rule || state.objective !== question.objective) return;
    thresholds[index] = answer.error ? null : { ...answer, question };
    if (drawLesson.predicted !== undefined) drawLesson();
    drawTheory();
    drawRunsOnce();
}

function drawTheory() {
    const t = thresholds[state.active];
    if (!t) {
        $("theory").innerHTML = "";
        return;
    }
    const measured = t.preconditioned ? "preconditioned sharpness" : "sharpness";
    const lines = [];
    if (t.absent) lines.push("no threshold: " + escaped(t.absent));
    else if (t.unstableEverywhere) lines.push(`no threshold: unstable at every ${measured} above 0`);
    else if (t.threshold === undefined) lines.push(t.grows ? `no threshold: near a minimum it is stable at every ${measured}` : "no threshold: with the preconditioner frozen the step does not grow with the gradient");
    else lines.push(`threshold of the ${measured}: <b>${short(t.timesLr, 8)}/lr = ${short(t.threshold, 8)}</b>`
        + (t.dependsOnStep ? ", long after the start" : "") + (t.growth ? `; at ${t.beyond} times it deviations grow by ${short(t.growth, 5)} a step` : ""));
    if (t.regime) lines.push(`theory on |x|^${short(t.regime.degree)}: regime <b>${escaped(t.regime.name)}</b>; regime I for β₁ below ${short(t.regime.stabilityBoundary, 5)}, a fixed point below ${short(t.regime.existenceBoundary, 5)}`);
    $("theory").innerHTML = "<h2>Theory</h2>" + lines.map(l => `<p>${l}</p>`).join("");
}

// The rule's text was typed or chosen: nothing is run until it is right.
function ruleTyped() {
    const index = state.active;
    const text = $("text").value;
    checking.ask({ kind: "check", rule: text }, (answer, question) => {
        if (index !== state.active || question.rule !== $("text").value) return;
        drawFault(answer);
        if (answer.error) return;
        declared = answer;
        state.rules[index].text = text;
        $("formula").innerHTML = answer.math;
        $("formula").title = answer.note;
        drawTabs();
        drawHypers();
        chooseAxes();
        drawAxes();
        drawTheory();
        if (objectiveSaid) changed({ rule: index, text: true });
        else objectiveTyped();
    });
}

function activate(index) {
    state.active = index;
    $("text").value = active().text;
    editorSized();
    drawTabs();
    ruleTyped();
}

let objectiveSaid = null;
function objectiveTyped() {
    objecting.ask({ kind: "objective", objective: state.objective }, (answer, question) => {
        if (question.objective !== state.objective) return;
        if (!answer.error) objectiveSaid = answer;
        // variables are places where an axis may begin
        if (declared) {
            chooseAxes();
            drawAxes();
        }
        if (answer.error) {
            faultOfObjective(answer);
            return;
        }
        $("objective-error").textContent = "";
        $("objective").setAttribute("aria-invalid", "false");
        $("objectives").innerHTML = [...answer.named, "x^2/2", "x^4/4", "x^4/4 + y^2/2"].map(n => `<option value="${escaped(n)}">`).join("");
        const n = answer.variables.length;
        if (state.x0.length !== n) state.x0 = Array.from({ length: n }, (_, i) => state.x0[i] ?? state.x0[0] ?? 1);
        $("x0").value = state.x0.map(exact).join(", ");
        changed();
    });
}

function faultOfObjective(answer) {
    $("objective-error").textContent = (answer.column ? `column ${answer.column}: ` : "") + answer.error;
    $("objective").setAttribute("aria-invalid", "true");
}

function startTyped() {
    const x0 = $("x0").value.split(/[\s,;]+/).filter(Boolean).map(Number);
    const steps = Number($("steps").value);
    const n = objectiveSaid?.variables.length || 1;
    const wrongX = x0.length !== n || !x0.every(Number.isFinite);
    const wrongSteps = !(Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS);
    $("x0").setAttribute("aria-invalid", String(wrongX));
    $("steps").setAttribute("aria-invalid", String(wrongSteps));
    $("objective-error").textContent = wrongX ? `x₀ takes ${n === 1 ? "one finite number" : n + " finite numbers, one for each of " + objectiveSaid.variables.join(", ")}`
        : wrongSteps ? `steps is a whole number from 1 to ${MOST_STEPS.toLocaleString("en")}; the program takes more` : "";
    if (wrongX || wrongSteps) return;
    Object.assign(state, { x0, steps, start: $("start").value, arithmetic: $("arithmetic").value });
    changed();
}

function fill() {
    $("catalogue").innerHTML = `<option value="" hidden>own rule</option>` + given.catalogue.map(r => `<option>${escaped(r.name)}</option>`).join("");
    $("objective").value = state.objective;
    $("x0").value = state.x0.map(exact).join(", ");
    $("steps").value = state.steps;
    $("start").value = state.start;
    $("arithmetic").value = state.arithmetic;
    $("about").textContent = given.about;
    $("served").hidden = !given.served;
    $("served").href = given.served;
    $("with-flow").checked = state.flow;
    showView(state.view);
}

for (const id of ["text", "objective"]) {
    $(id).addEventListener("focus", () => {
        if (typist) return;
        typist = new Clerk();
        typist.ask({ kind: "check", rule: active().text });
    });
}
$("rules").addEventListener("click", event => {
    const { rule, remove, add } = event.target.dataset;
    if (rule !== undefined) activate(Number(rule));
    if (remove !== undefined) {
        const at = Number(remove);
        [state.rules, runs, thresholds].forEach(list => list.splice(at, 1));
        activate(Math.max(0, at - 1));
        drawRuns();
    }
    if (add !== undefined) {
        const next = given.catalogue.find(r => !state.rules.some(own => nameOf(own.text) === r.name) && r.name !== "gd-exponential");
        state.rules.push({ text: next.text, values: {} });
        activate(state.rules.length - 1);
    }
});
$("rules").addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.target.dataset.rule === undefined) return;
    activate((state.active + by + state.rules.length) % state.rules.length);
    document.querySelector(`[data-rule="${state.active}"]`).focus();
});
$("catalogue").addEventListener("change", () => {
    active().values = {};
    $("text").value = catalogueText.get($("catalogue").value);
    editorSized();
    ruleTyped();
});
$("text").addEventListener("input", () => {
    editorSized();
    mark(null);
    ruleTyped();
});
$("objective").addEventListener("input", () => {
    state.objective = $("objective").value;
    objectiveTyped();
});
["x0", "steps"].forEach(id => $(id).addEventListener("input", startTyped));
["start", "arithmetic"].forEach(id => $(id).addEventListener("change", startTyped));
$("theme").addEventListener("click", () => {
    const dark = getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    drawRuns();
    VIEWS[state.view]();
});
let sized = 0;
window.addEventListener("resize", () => {
    cancelAnimationFrame(sized);
    sized = requestAnimationFrame(() => {
        drawRuns();
        VIEWS[state.view]();
    });
});
window.addEventListener("hashchange", () => {
    if (location.hash === toFragment()) return;
    fromFragment();
    begin();
});

function begin() {
    fill();
    runs = [];
    thresholds = [];
    objectiveSaid = null;
    $("text").value = active().text;
    editorSized();
    drawTabs();
    checking.ask({ kind: "check", rule: active().text }, answer => {
        drawFault(answer);
        if (answer.error) return;
        declared = answer;
        $("formula").innerHTML = answer.math;
        drawHypers();
        objectiveTyped();
    });
}

fromFragment();
begin();
drawLesson();
