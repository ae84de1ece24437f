// A log that is dropped or chosen goes to the program of this machine and comes back explained.
const MOST_BYTES = 256 * 1024 * 1024;
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
    diagnose(event.dataTransfer.files);
});
