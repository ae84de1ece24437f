// What leaves the page: links, commands, tables, pictures.
function save(name, type, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
        say(what + " copied");
    } catch (refused) {
        // from file:// a browser may refuse its clipboard
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        say(done ? what + " copied" : text);
    }
}

const quoted = text => /^[\w.,:=^/+-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";

// The command that gives the same run in the program.
function command() {
    const rule = active();
    const name = nameOf(rule.text);
    const set = declared.hypers.filter(h => valueOf(rule, h) !== h.default).map(h => `--set ${h.name}=${exact(valueOf(rule, h))}`);
    const parts = ["adamscope simulate", "--optimizer " + quoted(catalogueText.get(name) === rule.text ? name : name + ".opt"),
        "--objective " + quoted(state.objective), "--x0=" + state.x0.map(exact).join(","), ...set, "--steps " + state.steps];
    if (state.start === "gradient") parts.push("--start gradient");
    if (state.arithmetic === "scaled") parts.push("--arithmetic scaled");
    return parts.join(" ");
}

// The run with every column; the one that came with the page has those that are drawn.
async function wholeRun() {
    const run = runs[state.active];
    return run?.brief ? desk.ask(runQuestion(active())) : run;
}

function csv(run) {
    if (!run?.columns) return "";
    const names = Object.keys(run.columns);
    const field = v => Number.isFinite(v) ? String(v) : Number.isNaN(v) ? "" : v > 0 ? "inf" : "-inf";
    return [names.join(","), ...[...run.columns.step].map((_, row) => names.map(n => field(run.columns[n][row])).join(","))].join("\n") + "\n";
}

function runSvg() {
    const panels = drawRuns.panels || [];
    if (!panels.length) return null;
    const across = Math.min(2, panels.length);
    const { width, height } = panels[0];
    const body = panels.map((p, i) => `<g transform="translate(${i % across * width} ${Math.floor(i / across) * (height + 8)})">${chart(p).replace(/^<svg[^>]*>|<\/svg>$/g, "")}</g>`).join("");
    const whole = [across * width, Math.ceil(panels.length / across) * (height + 8)];
    return { text: standalone(body, ...whole), width: whole[0], height: whole[1] };
}

function planePicture() {
    if (!plane.xs) return null;
    return { text: standalone(planeSvg().replace(/^<svg[^>]*>|<\/svg>$/g, ""), plane.width, plane.height), width: plane.width, height: plane.height };
}

function png(picture, name) {
    const shown = new Image();
    shown.onload = () => {
        const paper = document.createElement("canvas");
        paper.width = 2 * picture.width;
        paper.height = 2 * picture.height;
        paper.getContext("2d").drawImage(shown, 0, 0, paper.width, paper.height);
        paper.toBlob(blob => save(name, "image/png", blob), "image/png");
    };
    shown.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
}

const SHARED = {
    link: () => copy(location.href.split("#")[0] + toFragment(), "link"),
    command: () => copy(command(), "command line"),
    experiment: () => copy(EXPERIMENTS.run(), "run as experiment"),
    "view-experiment": () => copy(viewExperiment(), "picture as experiment"),
    csv: async () => save("run.csv", "text/csv", csv(await wholeRun())),
    svg: () => { const p = runSvg(); if (p) save("run.svg", "image/svg+xml", p.text); },
    png: () => { const p = runSvg(); if (p) png(p, "run.png"); },
    "plane-svg": () => { const p = planePicture(); if (p) save("plane.svg", "image/svg+xml", p.text); },
    "plane-png": () => { const p = planePicture(); if (p) png(p, "plane.png"); },
};
$("share").addEventListener("click", event => {
    const what = event.target.dataset.share;
    if (what) {
        SHARED[what]();
        $("share").open = false;
    }
});
