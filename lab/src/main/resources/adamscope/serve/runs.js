// A log that is dropped or chosen goes to the program of this machine and comes back explained.
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_TEXT = 200000;
const $ = id => document.getElementById(id);
const say = text => { $("log-said").textContent = text; };

async function diagnose(files) {
    if (!files.length) return;
    const file = files[0];
    $("diagnosis").hidden = true;
    if (files.length > 1) return say("one file at a time; several go as a zip");
    if (file.size > MOST_BYTES) return say(file.name + " is larger than 256 MB; use adamscope diagnose");
    say("reading " + file.name + " …");
    try {
        const answer = await fetch("diagnose?name=" + encodeURIComponent(file.name), { method: "POST", body: file });
        const text = await answer.text();
        if (!answer.ok) return say(text);
        $("diagnosis").srcdoc = text;
        $("diagnosis").hidden = false;
        say("");
    } catch (gone) {
        say("the file could not be sent: a folder goes as a zip; or the program has gone, then start adamscope serve again");
    }
}

$("log").addEventListener("change", () => diagnose($("log").files));
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
    event.preventDefault();
    const files = event.dataTransfer.files;
    if (files.length === 1 && /\.ya?ml$/i.test(files[0].name)) taken(files[0]);
    else diagnose(files);
});

// An experiment is begun from what stands in the text; a file that is dropped only gives the text and its name.
let named = "experiment.yaml";
const wrong = text => { $("experiment-wrong").textContent = text; };

async function taken(file) {
    if (file.size > MOST_TEXT) return wrong(file.name + " is larger than " + MOST_TEXT + " bytes, so no experiment");
    $("experiment").value = await file.text();
    named = file.name;
    wrong("");
    $("experiment").focus();
}

$("example").addEventListener("change", () => {
    if ($("example").value) $("experiment").value = $("example").value;
    named = "experiment.yaml";
    wrong("");
});

$("begin").addEventListener("submit", async event => {
    event.preventDefault();
    const button = event.submitter || $("begin").querySelector("button");
    const label = button.textContent;
    button.disabled = true;
    button.textContent = "It is looked at …";
    wrong("");
    try {
        const body = JSON.stringify({ name: named, text: $("experiment").value });
        const answer = await fetch("start", { method: "POST", body });
        if (!answer.ok) return wrong(await answer.text());
        location.href = "live?run=" + encodeURIComponent((await answer.json()).run);
    } catch (gone) {
        wrong("the program does not answer; start adamscope serve again");
    } finally {
        button.disabled = false;
        button.textContent = label;
    }
});

// The list keeps itself up to date while somebody looks at it; what is ticked and what has the focus stay.
const OFTEN = 3000;
const REST = 20;
const list = $("list");
const mark = element => `${element.tagName} ${element.value || ""} ${element.href || ""}`;
let timer = 0;

function show(html) {
    const ticked = new Set([...list.querySelectorAll("input:checked")].map(box => box.value));
    const held = list.contains(document.activeElement) ? mark(document.activeElement) : "";
    const left = list.querySelector(".scroll")?.scrollLeft || 0;
    list.innerHTML = html;
    for (const box of list.querySelectorAll("input")) box.checked = ticked.has(box.value);
    if (left && list.querySelector(".scroll")) list.querySelector(".scroll").scrollLeft = left;
    if (held) [...list.querySelectorAll("input, a, button, .scroll")].find(element => mark(element) === held)?.focus({ preventScroll: true });
}

async function refresh() {
    clearTimeout(timer);
    const began = performance.now();
    try {
        const answer = await fetch("list", { headers: { "If-None-Match": list.dataset.tag } });
        if (answer.ok) {
            show(await answer.text());
            list.dataset.tag = answer.headers.get("ETag");
        }
        // a disk that fails, or a folder that is gone: what is shown is what there was
        $("away").textContent = answer.ok || answer.status === 304 ? "" : await answer.text();
    } catch (gone) {
        $("away").textContent = "The program does not answer; this is what there was. It is asked again …";
    }
    // where a list takes long, it is asked for less often
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(refresh, Math.max(OFTEN, REST * (performance.now() - began)));
}

addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
timer = setTimeout(refresh, OFTEN);
