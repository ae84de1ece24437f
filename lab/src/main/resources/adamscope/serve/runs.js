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
    button.disabled = true;
    try {
        const body = JSON.stringify({ name: named, text: $("experiment").value });
        const answer = await fetch("start", { method: "POST", body });
        if (!answer.ok) return wrong(await answer.text());
        location.href = "live?run=" + encodeURIComponent((await answer.json()).run);
    } catch (gone) {
        wrong("the program does not answer; start adamscope serve again");
    } finally {
        button.disabled = false;
    }
});
