// Rules: their texts, faults at the character, formulas, sliders by the declared domains.
let declared = null;

// Where a value lies on a slider from 0 to 1000 and back: by the declared domain and the default.
function scaleOf(hyper) {
    const unit = hyper.low >= 0 && hyper.high <= 1;
    if (unit && hyper.default >= 0.5) {
        const least = 1e-6;
        return { to: v => 1000 * Math.log(1 - Math.min(v, 1 - least)) / Math.log(least), from: s => 1 - least ** (s / 1000) };
    }
    if (Number.isFinite(hyper.low) && Number.isFinite(hyper.high)) {
        return { to: v => 1000 * (v - hyper.low) / (hyper.high - hyper.low), from: s => hyper.low + s / 1000 * (hyper.high - hyper.low) };
    }
    if (hyper.low >= 0) {
        const middle = hyper.default > 0 && Number.isFinite(hyper.default) ? hyper.default : 1e-3;
        const [least, most] = [middle * 1e-4, middle * 1e4];
        const zero = hyper.lowIncluded && hyper.low === 0;
        return { to: v => v <= 0 ? 0 : 1000 * Math.log(v / least) / Math.log(most / least),
            from: s => s <= 0 && zero ? 0 : least * (most / least) ** (s / 1000) };
    }
    const reach = 10 * Math.max(1, Math.abs(hyper.default));
    return { to: v => 500 + 500 * v / reach, from: s => (s - 500) / 500 * reach };
}

const inDomain = (hyper, v) => (hyper.lowIncluded ? v >= hyper.low : v > hyper.low)
    && (hyper.highIncluded ? v <= hyper.high : v < hyper.high);

// Three digits that matter: of a number near 1 those of its distance.
function rounded(value) {
    if (value > 0.9 && value < 1) return 1 - Number((1 - value).toPrecision(2));
    return Number(value.toPrecision(3));
}

const clean = value => Number(value.toPrecision(12));

function valueOf(rule, hyper) {
    return rule.values[hyper.name] ?? hyper.default;
}

function drawTabs() {
    const box = $("rules");
    box.innerHTML = `<span role="tablist" aria-label="Optimizers">` + state.rules.map((rule, index) => `<button type="button" role="tab" aria-selected="${index === state.active}" data-rule="${index}" style="--own:${colourOf(index)}">${escaped(nameOf(rule.text))}</button>`).join(" ") + "</span>"
        + (state.rules.length > 1 ? `<button type="button" class="close" data-remove="${state.active}" aria-label="× ${escaped(nameOf(active().text))}">×</button>` : "")
        + (state.rules.length < MOST_RULES ? `<button type="button" class="add" data-add="1" title="an optimizer beside">+ compare</button>` : "");
    const name = nameOf(active().text);
    $("catalogue").value = catalogueText.get(name) === active().text ? name : "";
}

const shortened = text => text.length > 40 ? text.slice(0, 40) + "…" : text;

// Why a text is no value of a hyper-parameter, and what the run goes on with; empty where it is one.
function faultOfHyper(hyper, text, value) {
    if (inDomain(hyper, value)) return "";
    const fault = text === "" ? `${hyper.name} has no value, one in ${hyper.domain} is needed`
        : Number.isNaN(value) ? `${hyper.name} takes a number in ${hyper.domain}, not ${shortened(text)}`
            : `${hyper.name} = ${shortened(text)} is outside ${hyper.domain}`;
    // a link may hold a value that no run has
    const kept = valueOf(active(), hyper);
    return inDomain(hyper, kept) ? `${fault}; the run is that of ${exact(kept)}` : fault;
}

function drawHypers() {
    const box = $("hypers");
    box.innerHTML = declared.hypers.map((hyper, i) => {
        const value = valueOf(active(), hyper);
        return `<div class="hyper"><label for="h${i}" title="${escaped(hyper.meaning)}"><span class="symbol">${escaped(hyper.symbol)}</span>${hyper.symbol === hyper.name ? "" : ` <span class="name">${escaped(hyper.name)}</span>`}</label>
<input type="range" min="0" max="1000" step="1" value="${scaleOf(hyper).to(value)}" data-slide="${i}" aria-label="${escaped(hyper.name)}: ${escaped(hyper.meaning)}" aria-valuetext="${exact(value)}">
<input id="h${i}" data-value="${i}" value="${exact(value)}" autocomplete="off" aria-invalid="${!inDomain(hyper, value)}" aria-describedby="d${i} w${i}"><span class="domain" id="d${i}">${escaped(hyper.domain)}</span>
<p class="meaning">${escaped(hyper.meaning)}</p><p class="error" id="w${i}" role="alert">${escaped(faultOfHyper(hyper, exact(value), value))}</p></div>`;
    }).join("");
}

$("hypers").addEventListener("input", event => {
    const slide = event.target.dataset.slide;
    const typed = event.target.dataset.value;
    if (slide !== undefined) {
        const hyper = declared.hypers[slide];
        let value = clean(rounded(scaleOf(hyper).from(Number(event.target.value))));
        if (!inDomain(hyper, value)) value = hyper.default;
        $("h" + slide).value = exact(value);
        $("h" + slide).removeAttribute("aria-invalid");
        $("w" + slide).textContent = "";
        event.target.setAttribute("aria-valuetext", exact(value));
        setHyper(hyper, value);
    } else if (typed !== undefined) {
        const hyper = declared.hypers[typed];
        const text = event.target.value.trim().replace(/^(-?)inf$/, "$1Infinity");
        const value = text === "" ? NaN : Number(text);
        const right = inDomain(hyper, value);
        event.target.setAttribute("aria-invalid", String(!right));
        $("w" + typed).textContent = faultOfHyper(hyper, text, value);
        if (right) {
            document.querySelector(`[data-slide="${typed}"]`).value = scaleOf(hyper).to(value);
            setHyper(hyper, value);
        }
    }
});

function setHyper(hyper, value) {
    active().values[hyper.name] = value;
    changed({ rule: state.active, hyper: hyper.name });
}

// The text with the fault marked, behind the text as typed.
function mark(fault) {
    const lines = $("text").value.split("\n");
    if (!fault) {
        $("marks").textContent = "";
        return;
    }
    const before = lines.slice(0, fault.line - 1).concat((lines[fault.line - 1] || "").slice(0, fault.column - 1)).join("\n");
    const rest = (lines[fault.line - 1] || "").slice(fault.column - 1);
    const word = (/^(\w+|\S|\s)/u.exec(rest) || [" "])[0] || " ";
    $("marks").innerHTML = escaped(before) + `<mark>${escaped(word)}</mark>`;
}

function drawFault(answer) {
    $("text-error").textContent = answer.error ? (answer.line ? `line ${answer.line}, column ${answer.column}: ` : "") + answer.error : "";
    mark(answer.error && answer.line ? answer : null);
    $("text").setAttribute("aria-invalid", String(!!answer.error));
    if (answer.error) $("editor-box").open = true;
}

function editorSized() {
    const text = $("text");
    text.rows = Math.min(24, Math.max(6, text.value.split("\n").length + 1));
    text.style.height = "auto";
}

$("text").addEventListener("scroll", () => {
    $("marks").scrollTop = $("text").scrollTop;
    $("marks").scrollLeft = $("text").scrollLeft;
});
