// Runs as they go on: the program is asked once a second how far they are, and for good, also after it was away.
const OFTEN = 1000;
const SELDOM = 4000;
const COLOURS = 8;
const MOST_EVENTS = 200;
const GOING = ["waiting", "starting", "running", "stopping", "elsewhere"];
const WORDS = {
    waiting: "waits for its turn",
    starting: "starting",
    running: "running",
    stopping: "stopping at its next step",
    elsewhere: "running, begun elsewhere",
    stopped: "stopped",
    complete: "complete",
    gone: "not begun",
};
const $ = id => document.getElementById(id);
const names = JSON.parse($("live").dataset.runs);
const colour = i => `var(--s${i % COLOURS})`;
let shown = [];

// `42 s`, `3 min 20 s`, `2 h 5 min`
function readable(seconds) {
    const whole = Math.round(seconds);
    if (whole < 60) return whole + " s";
    return whole < 3600
        ? Math.floor(whole / 60) + " min " + whole % 60 + " s"
        : Math.floor(whole / 3600) + " h " + Math.floor(whole % 3600 / 60) + " min";
}

// What a run is at, in a line.
function stateOf(run) {
    const parts = [run.outcome ? run.outcome : WORDS[run.state]];
    if (run.total) parts.push(`${run.done} of ${run.total} ${run.unit}, ${Math.floor(100 * run.done / run.total)} %`);
    if (run.state === "running" || run.state === "elsewhere") {
        if (run.total && run.done >= run.total) parts.push("its report is being written");
        else if (Number.isFinite(run.secondsLeft)) parts.push(readable(run.secondsLeft) + " left");
    }
    const trainings = run.trainings || [];
    if (trainings.length === 1) {
        const one = trainings[0];
        if (Number.isFinite(one.finalLoss)) parts.push("loss " + short(one.finalLoss, 4));
        if (Number.isFinite(one.ratio)) parts.push("sharpness " + one.ratio.toFixed(3) + " of the threshold");
    }
    return parts.join(", ");
}

function element(tag, parts, text) {
    const made = Object.assign(document.createElement(tag), parts);
    if (text !== undefined) made.textContent = text;
    return made;
}

async function order(what, name) {
    try {
        const answer = await fetch(what, { method: "POST", body: JSON.stringify({ run: name }) });
        $("wrong").textContent = answer.ok ? "" : await answer.text();
    } catch (gone) {
        $("wrong").textContent = "the program does not answer; start adamscope serve again";
    }
    look();
}

// Made once for each run, so that what has the focus keeps it.
function card(run, i) {
    const section = element("section", { className: "run" });
    section.style.setProperty("--own", colour(first(i)));
    const title = element("h2", {}, run.name);
    const state = element("p", { className: "state" });
    const bar = element("progress", { max: 1 });
    bar.setAttribute("aria-label", "Progress of " + run.name);
    const words = element("p", { className: "words" });
    const stop = element("button", { type: "button", onclick: () => order("stop", run.name) }, "Stop");
    const resume = element("button", { type: "button", onclick: () => order("resume", run.name) }, "Resume");
    stop.setAttribute("aria-label", "Stop " + run.name);
    resume.setAttribute("aria-label", "Resume " + run.name);
    const buttons = element("p");
    buttons.append(stop, resume);
    const links = element("p", { className: "links" });
    const report = element("a", {}, "report");
    const experiment = element("a", {}, "experiment");
    const again = element("a", { href: ".?again=" + encodeURIComponent(run.name) + "#start" }, "again");
    links.append(report, experiment, again);
    section.append(title, state, bar, words, buttons, links);
    $("runs").append(section);
    return { section, state, bar, words, stop, resume, report, experiment, links, before: "" };
}

// The number of the first curve of a run.
const first = i => shown.slice(0, i).reduce((sum, run) => sum + Math.max(1, (run.trainings || []).length), 0);

const cards = [];
function update(run, i) {
    const parts = cards[i] ||= card(run, i);
    parts.state.textContent = stateOf(run);
    parts.bar.hidden = !run.total;
    if (run.total) parts.bar.value = Math.min(1, run.done / run.total);
    parts.words.textContent = run.words || "";
    parts.words.hidden = !run.words;
    parts.stop.disabled = !run.mayStop || run.state === "stopping";
    parts.resume.disabled = !run.mayResume;
    parts.links.hidden = !run.address;
    parts.report.hidden = !run.report;
    parts.report.href = run.address + "/report.html";
    parts.experiment.href = run.address + "/experiment.yaml";
    if (parts.before && parts.before !== run.state) $("said").textContent = `${run.name}: ${stateOf(run)}`;
    parts.before = run.state;
}

// Every training of every run, each in its colour.
const curves = () => shown.flatMap((run, i) => (run.trainings || []).map((training, j) => ({
    ...training,
    run,
    colour: colour(first(i) + j),
    title: [shown.length > 1 ? run.name : "", training.name].filter(Boolean).join(": "),
})));

const numbers = columns => columns.flatMap(column => column.y).filter(Number.isFinite);

// One chart of curves over the steps, logarithmic where all of them are above 0.
function draw(id, title, lines, marks) {
    const all = numbers(lines);
    $(id).closest("figure").hidden = !all.length;
    if (!all.length) return;
    const decades = all.every(value => value > 0);
    const tall = value => !Number.isFinite(value) ? NaN : decades ? Math.log10(value) : value;
    const series = lines.map(line => ({ x: line.x, y: line.y.map(tall), colour: line.colour, dash: line.dash, thick: line.thick }));
    for (const mark of marks) series.push({ x: [mark.x], y: [tall(mark.y)], colour: mark.colour, thick: 7 });
    $(id).innerHTML = chart({
        key: id, title, series, decades,
        label: `${title} over the steps, between ${short(Math.min(...all), 3)} and ${short(Math.max(...all), 3)}`,
        width: Math.max(280, $(id).clientWidth), height: 260, xLabel: "step",
        x: range(lines.map(line => line.x)), y: range(series.map(one => one.y)),
    });
}

// The drawn point nearest to a step.
function at(line, step) {
    let best = -1;
    line.x.forEach((x, i) => {
        if (Number.isFinite(line.y[i]) && (best < 0 || Math.abs(x - step) < Math.abs(line.x[best] - step))) best = i;
    });
    return best < 0 ? NaN : line.y[best];
}

// What the list leaves out, in a sentence.
function untold(cut) {
    const sum = key => shown.reduce((all, run) => all + (run[key] || 0), 0);
    const rises = sum("untoldRises") + cut.filter(event => event.kind === "rise").length;
    const crossings = sum("untoldCrossings") + cut.filter(event => event.kind === "crossing").length;
    const parts = [];
    if (rises) parts.push(rises + (rises === 1 ? " lower rise" : " lower rises"));
    if (crossings) parts.push(crossings + (crossings === 1 ? " earlier crossing" : " earlier crossings"));
    const lines = parts.length ? [`Not shown: ${parts.join(", ")}.`] : [];
    for (const run of shown) {
        if (run.undiagnosed) lines.push(`${run.name} has grown too large to be searched for rises here; adamscope diagnose does it.`);
    }
    return lines.join(" ");
}

const hasMark = (event, training) => event.of === training.name;

function drawAll() {
    const all = curves();
    const marked = (kind, line) => all.flatMap(training => training.run.events
        .filter(event => hasMark(event, training) && event.kind === kind)
        .map(event => ({ x: event.step, y: at(training[line], event.step), colour: training.colour })));
    draw("loss", "loss", all.map(training => ({ ...training.loss, colour: training.colour })), marked("rise", "loss"));
    draw("sharpness", "preconditioned sharpness", [
        ...all.map(training => ({ ...training.sharpness, colour: training.colour, thick: 1.7 })),
        ...all.map(training => ({ ...training.threshold, colour: training.colour, thick: 1.2, dash: "6 3" })),
    ], marked("crossing", "sharpness"));
    $("legend").hidden = all.length < 2;
    $("legend").innerHTML = all.map(training => `<li><i style="border-color:${training.colour}"></i>${escaped(training.title)}</li>`).join("");
    const events = all.flatMap(training => training.run.events.filter(event => hasMark(event, training)).map(event => [event, training]));
    events.sort(([a], [b]) => b.weight - a.weight || b.step - a.step);
    const told = events.slice(0, MOST_EVENTS).sort(([a], [b]) => a.step - b.step);
    $("untold").textContent = untold(events.slice(MOST_EVENTS).map(([event]) => event));
    const html = told.map(([event, training]) => `<li>${training.title ? `<strong>${escaped(training.title)}</strong>: ` : ""}${escaped(event.words)}</li>`).join("");
    if ($("events").dataset.html !== html) {
        $("events").innerHTML = html;
        $("events").dataset.html = html;
    }
    $("none").hidden = told.length > 0;
}

// What a sweep has so far; asked for anew when there is more, and not more often than this.
const REST = 5000;
let sweep = null;
let seen = -1;
let rested = 0;

async function posted(what, order) {
    const answer = await fetch(what, { method: "POST", body: JSON.stringify(order) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
}

async function asked() {
    try {
        const found = await posted("query", { run: sweep.name, select: $("select").value });
        const head = found.columns.map(name => `<th scope="col">${escaped(name)}</th>`).join("");
        const rows = found.rows.map(row => `<tr>${row.map(value => `<td>${escaped(value)}</td>`).join("")}</tr>`).join("");
        const count = `So far: ${sweep.done} of ${sweep.total} ${sweep.unit}.${found.more ? " The first rows of the answer; adamscope query has them all." : ""}`;
        $("answer").innerHTML = `<table><caption>${escaped(count)}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
        $("asked-wrong").textContent = "";
    } catch (wrong) {
        $("asked-wrong").textContent = wrong.message;
    }
}

async function soFar() {
    const found = shown.find(run => run.kind === "sweep");
    $("so-far").hidden = !found;
    $("happened").hidden = !shown.some(run => run.trainings);
    if (!found) return;
    if (!sweep) $("select").value = found.ask;
    sweep = found;
    if (found.done === seen || !found.done || performance.now() < rested) return;
    seen = found.done;
    rested = performance.now() + REST;
    const answer = await fetch("picture?run=" + encodeURIComponent(found.name));
    if (answer.ok) $("picture").innerHTML = await answer.text();
    await asked();
}

$("ask").addEventListener("submit", event => {
    event.preventDefault();
    asked();
});

let looking = 0;
async function look() {
    clearTimeout(looking);
    let pause = SELDOM;
    try {
        const answer = await fetch("watch?" + names.map(name => "run=" + encodeURIComponent(name)).join("&"));
        if (!answer.ok) throw new Error(await answer.text());
        shown = (await answer.json()).runs;
        $("away").textContent = "";
        shown.forEach(update);
        drawAll();
        soFar().catch(() => { seen = -1; });
        if (shown.some(run => GOING.includes(run.state))) pause = OFTEN;
    } catch (gone) {
        $("away").textContent = gone instanceof TypeError ? "The program does not answer; it is asked again …" : gone.message;
        pause = OFTEN;
    }
    clearTimeout(looking);
    looking = setTimeout(look, pause);
}

addEventListener("resize", drawAll);
look();
