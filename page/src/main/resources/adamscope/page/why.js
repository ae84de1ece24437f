// A rise that is clicked: what led to it, in the words of `diagnose`.
const MOST_DIAGNOSED = 20000;
const explaining = new Latest(thinker);
let explained = null;

function whyQuestion() {
    const stride = Math.ceil(state.steps / MOST_DIAGNOSED);
    return { ...runQuestion(active()), kind: "diagnosis", every: stride > 1 ? stride | 1 : 1 };
}

// Explains the rise at a step; without one the highest.
function explain(step) {
    const question = whyQuestion();
    const key = keyOf(question);
    if (explained?.key === key) {
        showRise(riseAt(step));
        return;
    }
    $("why").innerHTML = `<p class="note">The page reads the run …</p>`;
    explaining.ask(question, answer => {
        if (keyOf(whyQuestion()) !== key) return;
        explained = { key, answer };
        showRise(answer.error ? -1 : riseAt(step));
    });
}

function riseAt(step) {
    const { events } = explained.answer;
    const away = event => step === undefined ? -event.height
        : step >= event.onset && step <= event.until ? Math.abs(step - event.peak) / 1e6
        : Math.min(Math.abs(step - event.onset), Math.abs(step - event.until));
    return events.reduce((best, event, i) => best < 0 || away(event) < away(events[best]) ? i : best, -1);
}

function showRise(index) {
    const { answer } = explained;
    explained.shown = index;
    if (answer.error || index < 0) {
        $("why").innerHTML = `<p class="note">${escaped(answer.error || "The loss never rose: " + answer.sentence + ".")}</p>`;
        markRise(null);
        return;
    }
    const { events } = answer;
    const [first, ...rest] = events[index].lines;
    const turn = (to, text) => `<button type="button" data-rise="${to}"${events[to] ? "" : " disabled"}>${text}</button>`;
    $("why").innerHTML = `<h3>Why: ${escaped(events[index].cause)}</h3><p>${escaped(first)}</p>${rest.map(line => `<p class="reason" style="margin-left:${line.search(/\S/) * 0.6}em">${escaped(line.trim())}</p>`).join("")}`
        + `<p class="row">${turn(index - 1, "‹ earlier")} ${turn(index + 1, "later ›")} <span class="note">rise ${index + 1} of ${events.length}${answer.rises > events.length ? `, the highest of ${answer.rises}` : ""}</span></p>`;
    markRise(events[index]);
}

// The stretch of the rise in every panel.
function markRise(event) {
    for (const panel of drawRuns.panels || []) {
        const mark = document.querySelector(`#panels svg[data-key="${panel.key}"] .rise`);
        if (!mark) continue;
        const toX = step => ROOM.left + (step - panel.x[0]) / (panel.x[1] - panel.x[0] || 1) * (panel.width - ROOM.left - ROOM.right);
        mark.setAttribute("d", event ? `M${toX(event.onset).toFixed(1)} ${ROOM.top}V${panel.height - ROOM.bottom}H${Math.max(toX(event.until), toX(event.onset) + 2).toFixed(1)}V${ROOM.top}Z` : "");
    }
}

// After a run was drawn anew: what was said of the one before goes.
function whyDrawn() {
    if (!explained) return;
    if (explained.key === keyOf(whyQuestion())) {
        markRise(explained.answer.events?.[explained.shown] || null);
    } else {
        explained = null;
        $("why").innerHTML = "";
    }
}

$("ask-why").addEventListener("click", () => explain());
$("why").addEventListener("click", event => {
    const to = event.target.dataset.rise;
    if (to === undefined) return;
    showRise(Number(to));
    document.querySelector(`#why [data-rise="${to}"]:not(:disabled), #why [data-rise]:not(:disabled)`)?.focus();
});
