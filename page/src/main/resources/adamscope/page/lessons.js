// Lessons: predict, then reveal. Every number that is revealed is computed here, by the same engine.

// Half the mean square error of three tanh units, nine weights, on six places of a line whose labels were drawn by chance.
const SMALL_NETWORK = "(" + [["- w", 1], ["- 0.6*w", -1], ["- 0.2*w", -1], ["+ 0.2*w", -1], ["+ 0.6*w", 1], ["+ w", 1]]
    .map(([place, label]) => `(${[1, 2, 3].map(i => `a${i}*tanh(b${i} ${place}${i})`).join(" + ")} ${label > 0 ? "+" : "-"} 1)^2`).join(" + ") + ")/12";
const LESSONS = [
    {
        id: "momentum", title: "The step that is too long",
        text: "Momentum with β = 0.9 on the parabola x²/2, whose sharpness is 1. Up to which learning rate does the loss fall? Gradient descent bears 2.",
        answers: ["below 2: momentum makes it worse", "2: as gradient descent", "3.8: almost twice as long", "without bound"], right: 2,
        state: { rules: [{ name: "heavy-ball", values: { beta1: 0.9, lr: 3.79 } }, { name: "heavy-ball", values: { beta1: 0.9, lr: 3.81 } }], objective: "x^2/2", x0: [1], steps: 2000 },
        reveal: () => `The threshold, derived from the rule's own text, is ${short(thresholds[0]?.timesLr, 6)}/lr = 2(1 + β)/lr. The two runs have lr = 3.79 and 3.81: <b>${word(0)}</b> and <b>${word(1)}</b>. The sharpness is 1 throughout; the thresholds lie on either side of it.`,
    },
    {
        id: "quartic", title: "Why x⁴ and not x²",
        text: "Adam with ε = 0, β₁ = 0.9, β₂ = 0.999, on x²/2 and on x⁴/4. On which does the loss fall at a constant rate for ever?",
        answers: ["on x²/2", "on x⁴/4", "on both", "on neither"], right: 1,
        state: { rules: [{ name: "adam", values: { lr: 0.001, beta1: 0.9, beta2: 0.999, eps: 0 } }], objective: "x^4/4", x0: [1], steps: 20000 },
        reveal: () => `On x⁴/4 the run is <b>${word(0)}</b>: regime ${escaped(thresholds[0]?.regime?.name || "unknown")}; x shrinks by ρ = ${short(thresholds[0]?.regime?.rho, 8)} a step, as √v shrinks more slowly than the gradient and so the step, relative to x, grows until they agree. Type x^2/2 as the objective: there g and √v shrink alike, no such balance exists, and the loss stops falling.`,
    },
    {
        id: "regimes", title: "β₁ < β₂ and three regimes",
        text: "Adam on x⁴/4 with ε = 0 and β₁ = 0.8, β₂ = 0.75. What will the loss do?",
        answers: ["fall for ever", "fall, then spike again and again", "oscillate like a sign method from the start"], right: 1,
        state: { rules: [{ name: "adam", values: { lr: 0.001, beta1: 0.8, beta2: 0.75, eps: 0 } }], objective: "x^4/4", x0: [1], steps: 4000 },
        reveal: () => `Theory says regime <b>${escaped(thresholds[0]?.regime?.name || "unknown")}</b>: the balance exists for β₁ below ${short(thresholds[0]?.regime?.existenceBoundary, 4)} but is stable only below ${short(thresholds[0]?.regime?.stabilityBoundary, 4)}. The run is <b>${word(0)}</b>. Move across the two borders in the plane: regime I above the full line, III below the broken one.`,
    },
    {
        id: "spike", title: "A spike in stages",
        text: "The same run, looked at closely. Which curve moves first when the loss jumps?",
        answers: ["the loss", "v", "the preconditioned sharpness crosses its threshold", "|m|/√v"], right: 2,
        state: { rules: [{ name: "adam", values: { lr: 0.001, beta1: 0.8, beta2: 0.75, eps: 0 } }], objective: "x^4/4", x0: [1], steps: 1200 },
        reveal: () => stages(),
    },
    {
        id: "edge", title: "38/lr on a small network",
        text: "Three tanh units, nine weights, learn six labels drawn by chance, here in the page: Adam with β₁ = 0.9, β₂ = 0.99, lr = 0.01. The loss falls by decades. What does the preconditioned sharpness λ₁(P⁻¹H) do meanwhile?",
        answers: ["it falls with the loss", "it rises without end, for √v shrinks with the gradient", "it rises to 38/lr and stays about there", "it stays where it began"], right: 2,
        state: { rules: [{ name: "adam", values: { lr: 0.01, beta1: 0.9, beta2: 0.99, eps: 1e-8 } }], objective: SMALL_NETWORK, x0: [0.1, 0, 0.3, -0.3, 0.3, 0.2, -2.6, 1.8, 0.9], steps: 1200 },
        reveal: () => edge(),
    },
];
// A run or a threshold of the state before may still come in.
const isAnswered = () => thresholds[0] && keyOf(thresholds[0].question) === keyOf(theoryQuestion(state.rules[0]))
    && state.rules.every((rule, index) => runs[index] && keyOf(runs[index].question) === keyOf(runQuestion(rule)));
const begunBy = lesson => ({ start: "zero", arithmetic: "double", objective: lesson.state.objective, x0: [...lesson.state.x0], steps: lesson.state.steps,
    rules: lesson.state.rules.map(r => ({ text: catalogueText.get(r.name), values: { ...r.values } })) });
const isAsBegun = lesson => Object.entries(begunBy(lesson)).every(([key, value]) => keyOf(state[key]) === keyOf(value));

// What is revealed is of the lesson's own run, and stays when something else is tried.
function revealed(lesson) {
    const own = isAsBegun(lesson);
    if (own && isAnswered()) drawLesson.revealed = lesson.reveal();
    if (!drawLesson.revealed) return own ? "The page is computing." : "Something was changed before the lesson's run was there; choose the lesson again.";
    return drawLesson.revealed + (own ? "" : " <i>The run beside this is another one by now.</i>");
}
const word = index => runs[index]?.word || "not yet known";

// The stages of the first rise after the sharpness crossed its threshold, by their steps.
function stages() {
    const c = runs[0]?.columns;
    const limit = Math.log10(thresholds[0]?.threshold);
    if (!c || !Number.isFinite(limit)) return "The run is not there yet.";
    const crossed = c.log10Sharpness.findIndex(v => v > limit);
    if (crossed < 0) return "In this run the sharpness stays below its threshold: nothing spikes.";
    const across = c.relativeStep.findIndex((v, i) => i >= crossed && Math.abs(v) > 2);
    let top = crossed;
    for (let i = crossed; i < Math.min(c.step.length, crossed + 60); i++) if (c.log10Loss[i] > c.log10Loss[top]) top = i;
    const low = c.log10Loss.slice(0, crossed + 1).reduce((best, v, i, all) => v < all[best] ? i : best, 0);
    return `1. Until step ${c.step[low]} the loss falls and √v, a memory, lags behind the gradient: the preconditioned sharpness rises. `
        + `2. At step <b>${c.step[crossed]}</b> it crosses the threshold ${short(10 ** limit, 4)}. `
        + (across >= 0 ? `3. At step <b>${c.step[across]}</b> a step is longer than twice the distance to the minimum. ` : "3. No step goes beyond twice the distance. ")
        + `4. The loss is highest at step <b>${c.step[top]}</b>, ${short(c.log10Loss[top] - c.log10Loss[crossed], 3)} decades above where it was at the crossing. `
        + `5. The large gradients enter v, the sharpness falls below the threshold again, and it begins anew.`;
}

// Where the sharpness came to its threshold, and where it was from then on.
function edge() {
    const c = runs[0]?.columns;
    const { threshold, timesLr } = thresholds[0] || {};
    if (!c || !Number.isFinite(threshold)) return "The run is not there yet.";
    const share = c.log10Sharpness.map(v => 10 ** v / threshold);
    // the first step, of |g| over itself, is no part of the story: from the lowest point on
    const lowest = share.reduce((best, v, i) => v < share[best] ? i : best, 1);
    const reached = share.findIndex((v, i) => i > lowest && v >= 1);
    if (reached < 0) return `In this run the sharpness stays below its threshold ${short(threshold, 4)}: at most ${short(Math.max(...share.filter(Number.isFinite)), 3)} of it.`;
    const later = share.slice(reached).filter(Number.isFinite).sort((p, q) => p - q);
    const at = part => later[Math.min(later.length - 1, Math.floor(part * later.length))];
    return `The threshold of this Adam with its preconditioner held is ${short(timesLr, 4)}/lr = ${short(threshold, 4)}, from the rule's own text. λ₁(P⁻¹H) comes to it at step <b>${c.step[reached]}</b>. `
        + `From there on its median is <b>${short(at(0.5), 3)}</b> of it, nine tenths of the steps between ${short(at(0.05), 3)} and ${short(at(0.95), 3)}, while the loss falls from ${short(10 ** c.log10Loss[reached], 2)} to ${short(10 ** c.log10Loss.at(-1), 2)}. `
        + "As the gradient shrinks √v follows, and the sharpness rises; beyond the threshold the weights swing along the top eigenvector, the gradient grows, v takes that in, and the sharpness is below again.";
}

function drawLesson() {
    const box = $("lesson");
    const lesson = LESSONS.find(l => l.id === state.lesson);
    $("lesson-box").open = !!lesson || $("lesson-box").open;
    box.innerHTML = LESSONS.map(l => `<button type="button" class="chip" data-lesson="${l.id}" aria-pressed="${l === lesson}">${l.title}</button>`).join(" ")
        + (lesson ? `<p>${lesson.text}</p><div class="answers" role="group" aria-label="Your prediction">${lesson.answers.map((a, i) => `<button type="button" data-predict="${i}"${drawLesson.predicted === undefined ? "" : ` disabled class="${i === lesson.right ? "right" : i === drawLesson.predicted ? "missed" : ""}"`}>${a}</button>`).join("")}</div>`
            + (drawLesson.predicted === undefined ? "" : `<p class="revealed">${drawLesson.predicted === lesson.right ? "As you said. " : `It is: ${lesson.answers[lesson.right]}. `}${revealed(lesson)}</p>`) : "");
}

$("lesson").addEventListener("click", event => {
    const { lesson, predict } = event.target.dataset;
    if (lesson) {
        const chosen = LESSONS.find(l => l.id === lesson);
        Object.assign(state, { ...begunBy(chosen), active: 0, x: null, y: null, lesson });
        drawLesson.predicted = drawLesson.revealed = undefined;
        begin();
        drawLesson();
    }
    if (predict !== undefined) {
        drawLesson.predicted = Number(predict);
        drawLesson();
    }
});
