// How words and numbers are written on a page.
const escaped = text => String(text).replace(/[&<>"']/g, c => "&#" + c.charCodeAt(0) + ";");

// A number in few letters: 0.001, 1e-8, 12345.
function short(value, digits = 6) {
    if (!Number.isFinite(value)) return value === Infinity ? "inf" : value === -Infinity ? "-inf" : "none";
    const text = String(Number(value.toPrecision(digits)));
    return text.replace("e+", "e");
}
