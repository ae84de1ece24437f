// Workers that hold the engine; a question that takes too long costs the worker its life, never the page its own.
const PATIENCE = 10000;
const LONGEST_BLANK = 500;

// The engine's text stands behind this script, so that the first picture is painted before it is read.
const ready = new Promise(done => {
    const loaded = () => {
        requestAnimationFrame(() => setTimeout(done));
        setTimeout(done, LONGEST_BLANK);
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", loaded);
    else loaded();
});

// The engine stands packed in the page, a third of its size.
async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed.trim()), letter => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

let engineUrl = null;
function engineAddress() {
    engineUrl ??= unpacked(document.getElementById("engine").textContent).then(engine => URL.createObjectURL(
        new Blob([engine, "\n", document.getElementById("worker").textContent], { type: "text/javascript" })));
    return engineUrl;
}

class Clerk {
    constructor() {
        this.asked = 0;
        this.waiting = new Map();
        this.worker = null;
    }

    hire(address) {
        this.worker = new Worker(address);
        this.worker.onmessage = event => {
            const { number, answer, took } = event.data;
            const answered = this.waiting.get(number);
            this.waiting.delete(number);
            this.await();
            if (answered) {
                answer.took = took;
                answered(answer);
            }
        };
        this.worker.onerror = event => {
            event.preventDefault();
            this.dismiss("the engine failed: " + event.message);
        };
    }

    // An answer, or {error} after PATIENCE; then the worker is replaced and what else it was asked is lost too.
    async ask(question) {
        await ready;
        const address = await engineAddress();
        if (!this.worker) this.hire(address);
        const number = ++this.asked;
        return new Promise(answered => {
            this.waiting.set(number, answered);
            if (this.waiting.size === 1) this.await();
            this.worker.postMessage({ number, question });
        });
    }

    // Patience is with the question at work: those behind it have not begun.
    await() {
        clearTimeout(this.timer);
        if (this.busy) {
            this.timer = setTimeout(
                () => this.dismiss("given up after " + PATIENCE / 1000 + " s; try fewer steps"), PATIENCE);
        }
    }

    dismiss(why) {
        this.worker.terminate();
        const lost = [...this.waiting.values()];
        this.waiting.clear();
        this.await();
        this.worker = null;
        lost.forEach(answered => answered({ error: why, lost: true }));
    }

    get busy() {
        return this.waiting.size > 0;
    }
}

// Of questions of one kind only the newest is asked while another is being answered.
class Latest {
    constructor(clerk) {
        this.clerk = clerk;
        this.next = null;
        this.running = false;
    }

    ask(question, then) {
        const first = knownAnswer(question);
        if (first) then(first, question);
        if (first && !first.brief) return;
        this.next = { question, then };
        if (!this.running) this.work();
    }

    async work() {
        this.running = true;
        while (this.next) {
            const { question, then } = this.next;
            this.next = null;
            const answer = await this.clerk.ask(question);
            if (!this.next || !answer.error) then(answer, question);
        }
        this.running = false;
    }
}
