// Charts as SVG texts: the same text is shown and exported.
const ROOM = { left: 52, right: 8, top: 22, bottom: 32 };

// About `count` round numbers between two others.
function ticks(low, high, count) {
    const span = high - low;
    if (!(span > 0)) return [low];
    const rough = span / count;
    const unit = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(k => k * unit).find(s => s >= rough);
    const found = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * span; i++) found.push(i * step);
    return found;
}

// Decades at whole numbers only.
function decadeTicks(low, high, count) {
    const rough = (high - low) / count;
    const unit = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].map(k => k * unit).find(s => s >= rough) || 1);
    const found = [];
    for (let t = Math.ceil(low / step) * step; t <= high; t += step) found.push(t);
    return found.length ? found : [Math.round(low)];
}

const decade = d => d === 0 ? "1" : "1e" + Math.round(d);

// The least and greatest finite number of many, with `extra` among them; NaN for none.
function range(columns, extra = []) {
    let low = Infinity;
    let high = -Infinity;
    for (const column of [...columns, extra]) {
        for (const v of column) {
            if (Number.isFinite(v)) {
                if (v < low) low = v;
                if (v > high) high = v;
            }
        }
    }
    return low <= high ? [low, high] : [NaN, NaN];
}

// At most the first, least, greatest and last point of each pixel.
function thinned(xs, ys, toX, toY) {
    const parts = [];
    let open = [];
    let column = null;
    let held = [];
    const flush = () => {
        if (!held.length) return;
        let least = held[0];
        let most = held[0];
        for (const p of held) {
            if (p[1] < least[1]) least = p;
            if (p[1] > most[1]) most = p;
        }
        const keep = [held[0], ...(held.indexOf(least) < held.indexOf(most) ? [least, most] : [most, least]), held[held.length - 1]];
        keep.forEach((p, i) => { if (!i || p !== keep[i - 1]) open.push(p); });
        held = [];
    };
    for (let i = 0; i < xs.length; i++) {
        if (!Number.isFinite(ys[i]) || !Number.isFinite(xs[i])) {
            flush();
            if (open.length) parts.push(open);
            open = [];
            column = null;
            continue;
        }
        const x = toX(xs[i]);
        const pixel = Math.floor(x * 2);
        if (pixel !== column) flush();
        column = pixel;
        held.push([x, toY(ys[i])]);
    }
    flush();
    if (open.length) parts.push(open);
    return parts;
}

const pathOf = parts => parts.map(points => points.length === 1
    ? "M" + points[0][0].toFixed(1) + " " + points[0][1].toFixed(1) + "h.1"
    : "M" + points.map(p => p[0].toFixed(1) + " " + p[1].toFixed(1)).join("L")).join("");

// One panel: {title, width, height, x, y: [low, high], decades, series: [{x, y, colour, dash, name}], levels: [{at, name, colour}], xLabel}
function chart(panel) {
    const { width, height } = panel;
    const inner = { w: width - ROOM.left - ROOM.right, h: height - ROOM.top - ROOM.bottom };
    let [low, high] = panel.y;
    if (!(high > low)) {
        const middle = Number.isFinite(low) ? low : 0;
        low = middle - 1;
        high = middle + 1;
    }
    const pad = (high - low) * 0.05;
    low -= pad;
    high += pad;
    const [first, last] = panel.x;
    const toX = v => ROOM.left + (v - first) / (last - first || 1) * inner.w;
    const toY = v => ROOM.top + (high - v) / (high - low) * inner.h;
    const out = [];
    const id = "clip-" + panel.key;
    out.push(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(panel.label || panel.title)}" data-key="${panel.key}">`);
    out.push(`<defs><clipPath id="${id}"><rect x="${ROOM.left}" y="${ROOM.top}" width="${inner.w}" height="${inner.h}"/></clipPath></defs>`);
    out.push(`<text class="title" x="${ROOM.left}" y="14">${escaped(panel.title)}</text>`);
    const yTicks = panel.decades ? decadeTicks(low, high, 5) : ticks(low, high, 5);
    for (const t of yTicks) {
        const y = toY(t).toFixed(1);
        out.push(`<path class="grid" d="M${ROOM.left} ${y}h${inner.w}"/>`);
        out.push(`<text class="tick" text-anchor="end" x="${ROOM.left - 6}" y="${(toY(t) + 4).toFixed(1)}">${panel.decades ? decade(t) : short(t)}</text>`);
    }
    const xTicks = panel.xTicks || ticks(first, last, Math.max(2, Math.floor(inner.w / 70))).map(t => [t, short(t)]);
    for (const [t, label] of xTicks) {
        const x = toX(t).toFixed(1);
        out.push(`<path class="grid" d="M${x} ${ROOM.top}v${inner.h}"/>`);
        out.push(`<text class="tick" text-anchor="${toX(t) > width - 24 ? "end" : "middle"}" x="${toX(t) > width - 24 ? width - 1 : x}" y="${height - ROOM.bottom + 15}">${label}</text>`);
    }
    out.push(`<text class="tick" text-anchor="middle" x="${ROOM.left + inner.w / 2}" y="${height - 5}">${escaped(panel.xLabel)}</text>`);
    out.push(`<path class="rise" d=""/>`);
    out.push(`<g clip-path="url(#${id})">`);
    for (const level of panel.levels || []) {
        if (!Number.isFinite(level.at)) continue;
        const y = toY(level.at);
        out.push(`<path d="M${ROOM.left} ${y.toFixed(1)}h${inner.w}" style="stroke:${level.colour};stroke-width:1.4;stroke-dasharray:6 3;fill:none"/>`);
    }
    if (panel.dots) {
        const spots = [];
        panel.dots.x.forEach((x, i) => { if (Number.isFinite(panel.dots.y[i])) spots.push(`M${toX(x).toFixed(1)} ${toY(panel.dots.y[i]).toFixed(1)}h1`); });
        out.push(`<path d="${[...new Set(spots)].join("")}" style="stroke:var(--s0);stroke-width:1;fill:none;opacity:.55"/>`);
    }
    for (const series of panel.series) {
        out.push(`<path d="${pathOf(thinned(series.x, series.y, toX, toY))}" style="stroke:${series.colour};stroke-width:${series.thick || 1.4};stroke-linejoin:round;stroke-linecap:round;fill:none${series.dash ? ";stroke-dasharray:" + series.dash : ""}"/>`);
    }
    for (const level of panel.levels || []) {
        if (!Number.isFinite(level.at)) continue;
        const y = toY(level.at);
        out.push(`<text class="level" text-anchor="end" x="${width - ROOM.right - 4}" y="${(y < ROOM.top + 14 ? y + 13 : y - 4).toFixed(1)}">${escaped(level.name)}</text>`);
    }
    out.push("</g>");
    out.push(`<rect class="frame" x="${ROOM.left}" y="${ROOM.top}" width="${inner.w}" height="${inner.h}"/>`);
    let at = width - ROOM.right;
    for (const series of [...panel.series].reverse()) {
        if (!series.name) continue;
        const length = 6.6 * series.name.length;
        out.push(`<text class="tick" text-anchor="end" x="${at}" y="14">${escaped(series.name)}</text>`);
        out.push(`<path d="M${at - length - 20} 10h16" style="stroke:${series.colour};stroke-width:2;fill:none${series.dash ? ";stroke-dasharray:" + series.dash : ""}"/>`);
        at -= length + 28;
    }
    out.push(`<path class="cross" d="" data-first="${first}" data-last="${last}"/>`);
    out.push("</svg>");
    return out.join("");
}

// An SVG with its colours and fonts written out, so that it stands alone.
function standalone(svg, width, height) {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue(name).trim();
    const css = `text{font-family:"DejaVu Sans",Verdana,sans-serif;fill:${of("--ink")}}.title{font-size:12.5px;font-weight:bold}.tick,.level{font-size:11px}.grid{stroke:${of("--grid")};stroke-width:.7;fill:none}.frame{stroke:${of("--ink")};stroke-width:.9;fill:none}.cross,.rise{display:none}`;
    const body = svg.replace(/var\((--[\w-]+)\)/g, (_, name) => of(name));
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${css}</style><rect width="100%" height="100%" fill="${of("--paper")}"/>${body}</svg>`;
}
