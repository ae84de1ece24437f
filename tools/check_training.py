#!/usr/bin/python3
"""Checks what a training measured against a program of its own: NumPy, a hand-written backward pass, dense matrices.

    /usr/bin/python3 tools/check_training.py RUN...

Each RUN is a folder that `adamscope train` left: a fully connected network on `data: {source: table, standardise: false}`,
the whole batch, `precision: float64`, with `checkpoint: {steps: N, keep: many}`. From each checkpoint it goes on by itself to the next, with update
rules written from the papers (the variant is said beside each), and holds parameters, states and losses against those of
the run. Where a probe row stands at the step of a checkpoint, it makes the dense Hessian there, column by column as
Im(gradient(theta + i*h*e))/h with h = 1e-30 (no subtraction, so exact to rounding), and takes eigenvalues by LAPACK.

Writes one JSON object: by quantity {"compared", "worst"}, the largest error relative to the size named below; for
eigenvalues with a stated error also {"wrong": beyond the tolerance of the run though said to be within, "certified",
"violated": beyond the stated error where called certified, "violatedProbable", "open"}. `states` that have decayed below a
millionth of what they were, and gradients that are smaller than that, are compared with that millionth.

Needs python3-numpy and python3-yaml; nothing of Adamscope.
"""

import json
import math
import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small

import numpy as np
import yaml

STEP = 1e-30
FLOOR = 1e-6
OPEN, PROBABLE, CERTIFIED = 0, 1, 2


def lifted(function, derivative):
    """A real function on numbers whose imaginary part is infinitesimal: f(a + ib) = f(a) + i*b*f'(a)."""
    values = np.vectorize(function, otypes=[float])

    def on(z):
        if not np.iscomplexobj(z):
            return values(z)
        return values(z.real) + 1j * z.imag * derivative(z.real)

    return on


def density(z):
    return np.exp(-z * z / 2) / math.sqrt(2 * math.pi)


NORMAL = lifted(lambda z: 0.5 * math.erfc(-z / math.sqrt(2)), density)

# f and f'
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "gelu": (lambda z: z * NORMAL(z), lambda z: NORMAL(z) + z * density(z)),
    "relu": (lambda z: np.where(z.real > 0, z, 0), lambda z: np.where(z.real > 0, 1.0, 0.0)),
    "identity": (lambda z: z, lambda z: np.ones_like(z)),
}


def log_softmax(outputs):
    shifted = outputs - outputs.real.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def half_squared(outputs, targets):
    return 0.5 * ((outputs - targets) ** 2).sum() / len(targets), (outputs - targets) / len(targets)


def mean_squared(outputs, targets):
    return ((outputs - targets) ** 2).mean(), 2 * (outputs - targets) / targets.size


def cross_entropy(outputs, targets):
    log = log_softmax(outputs)
    whole = targets.sum(axis=1, keepdims=True)
    return -(targets * log).sum() / len(targets), (whole * np.exp(log) - targets) / len(targets)


LOSSES = {"half-squared": half_squared, "mean-squared": mean_squared, "cross-entropy": cross_entropy}


class Net:
    """z = W a + b, a = f(z), none after the last layer; theta: layer by layer W (out x in, row by row), then b."""

    def __init__(self, widths, activation, loss, inputs, targets):
        self.shapes = [(b, a) for a, b in zip(widths, widths[1:])]
        self.function, self.derivative = ACTIVATIONS[activation]
        self.loss = LOSSES[loss]
        self.inputs, self.targets = inputs, targets

    def tensors(self):
        """Shapes of the parameter tensors in their order."""
        return [shape for out, fan in self.shapes for shape in ((out, fan), (out,))]

    def layers(self, theta):
        found, at = [], 0
        for out, fan in self.shapes:
            weight = theta[at : at + out * fan].reshape(out, fan)
            found.append((weight, theta[at + out * fan : at + out * fan + out]))
            at += out * fan + out
        return found

    def forward(self, theta, rows=slice(None)):
        values, sums = [self.inputs[rows]], []
        for weight, bias in self.layers(theta):
            sums.append(values[-1] @ weight.T + bias)
            values.append(self.function(sums[-1]))
        return sums, values

    def value(self, theta, rows=slice(None)):
        return self.loss(self.forward(theta, rows)[0][-1], self.targets[rows])[0]

    def gradient(self, theta, rows=slice(None)):
        sums, values = self.forward(theta, rows)
        return self.backward(theta, sums, values, self.loss(sums[-1], self.targets[rows])[1])

    def backward(self, theta, sums, values, delta):
        parts, layers = [], self.layers(theta)
        for i in reversed(range(len(layers))):
            parts += [delta.sum(axis=0), (delta.T @ values[i]).ravel()]
            if i:
                delta = (delta @ layers[i][0]) * self.derivative(sums[i - 1])
        return np.concatenate(parts[::-1])

    def derivative_along(self, function, theta, direction):
        return function(theta + 1j * STEP * direction).imag / STEP

    def hessian(self, theta, rows=slice(None)):
        units = np.eye(len(theta))
        columns = [self.derivative_along(lambda z: self.gradient(z, rows), theta, unit) for unit in units]
        matrix = np.array(columns)
        return (matrix + matrix.T) / 2

    def gauss_newton(self, theta):
        """Sum of J' (d2 loss/d outputs2) J over the samples."""
        units = np.eye(len(theta))
        outputs = self.forward(theta)[0][-1]
        jacobian = np.array([self.derivative_along(lambda z: self.forward(z)[0][-1], theta, u).ravel() for u in units]).T
        curvature = np.array(
            [
                (self.loss(outputs + 1j * STEP * unit.reshape(outputs.shape), self.targets)[1].imag / STEP).ravel()
                for unit in np.eye(outputs.size)
            ]
        )
        return jacobian.T @ curvature @ jacobian


# Update rules. A state is a dictionary of flat arrays; each returns the new states, the preconditioner P of the step t
# and the change of theta.


def averaged(h, s, g, name="m", beta="beta1", what=None):
    return h[beta] * s[name] + (1 - h[beta]) * (g if what is None else what)


def adam(h, s, t, theta, g, net):
    """Kingma & Ba 2014, algorithm 1: both averages corrected, epsilon outside the root."""
    m, v = averaged(h, s, g), averaged(h, s, g, "v", "beta2", g * g)
    root = np.sqrt(v / (1 - h["beta2"] ** t)) + h["eps"]
    return {"m": m, "v": v}, (1 - h["beta1"] ** t) * root, -h["lr"] * (m / (1 - h["beta1"] ** t)) / root


def adamw(h, s, t, theta, g, net):
    """Loshchilov & Hutter 2019: adam, and theta shrinks by lr*decay."""
    states, p, change = adam(h, s, t, theta, g, net)
    return states, p, change - h["lr"] * h["weight_decay"] * theta


def nadam(h, s, t, theta, g, net):
    """Cohen et al. 2022: Nesterov's average, nothing corrected."""
    m, v = averaged(h, s, g), averaged(h, s, g, "v", "beta2", g * g)
    p = np.sqrt(v) + h["eps"]
    return {"m": m, "v": v}, p, -h["lr"] * (h["beta1"] * m + (1 - h["beta1"]) * g) / p


def amsgrad(h, s, t, theta, g, net):
    """Reddi et al. 2018, algorithm 2: the largest v so far, nothing corrected."""
    m, v = averaged(h, s, g), averaged(h, s, g, "v", "beta2", g * g)
    largest = np.maximum(s["vmax"], v)
    p = np.sqrt(largest) + h["eps"]
    return {"m": m, "v": v, "vmax": largest}, p, -h["lr"] * m / p


def padam(h, s, t, theta, g, net):
    """Chen et al. 2018: v to a power below 1/2, nothing corrected, no maximum."""
    m, v = averaged(h, s, g), averaged(h, s, g, "v", "beta2", g * g)
    p = v ** h["power"] + h["eps"]
    return {"m": m, "v": v}, p, -h["lr"] * m / p


def rmsprop(h, s, t, theta, g, net):
    """Tieleman & Hinton 2012, epsilon outside the root."""
    v = averaged(h, s, g, "v", "beta2", g * g)
    p = np.sqrt(v) + h["eps"]
    return {"v": v}, p, -h["lr"] * g / p


def adagrad(h, s, t, theta, g, net):
    """Duchi, Hazan & Singer 2011, epsilon outside the root."""
    v = s["v"] + g * g
    p = np.sqrt(v) + h["eps"]
    return {"v": v}, p, -h["lr"] * g / p


def adafactor(h, s, t, theta, g, net):
    """Shazeer & Stern 2018, section 4: rows and columns of matrices, decay 1 - t^-c, epsilon on the squares, update
    clipping; the momentum of the scaled gradient as Cohen et al. 2022."""
    beta = 1 - t ** -h["decay"]
    r, c, p, at = [], [], [], 0
    for shape in net.tensors():
        size = int(np.prod(shape))
        part = slice(at, at + size)
        square = g[part].reshape(shape) ** 2 + h["eps"]
        old = s["r"][part].reshape(shape), s["c"][part].reshape(shape)
        if len(shape) == 2:
            # the run keeps the average of a row in every place of the row
            rows = beta * old[0][:, :1] + (1 - beta) * square.mean(axis=1, keepdims=True)
            columns = beta * old[1][:1] + (1 - beta) * square.mean(axis=0, keepdims=True)
            root = np.sqrt(rows @ columns / rows.mean())
            rows, columns = rows + 0 * square, columns + 0 * square
        else:
            rows = columns = beta * old[0] + (1 - beta) * square
            root = np.sqrt(rows)
        update = g[part].reshape(shape) / root
        root = root * max(1.0, math.sqrt((update**2).mean()) / h["clip"])
        r.append(rows.ravel())
        c.append(columns.ravel())
        p.append(root.ravel())
        at += size
    r, c, p = np.concatenate(r), np.concatenate(c), np.concatenate(p)
    m = averaged(h, s, g / p)
    return {"m": m, "r": r, "c": c}, p, -h["lr"] * m


RULES = {f.__name__: f for f in (adam, adamw, nadam, amsgrad, padam, rmsprop, adagrad, adafactor)}


def threshold(rule, h):
    """Where the step on a quadratic of the curvature a, with P frozen at 1, gets an eigenvalue of magnitude 1: bisection
    on the companion matrix of (theta, m)."""

    def radius(a):
        beta, lr = h.get("beta1", 0.0), h["lr"]
        keep = 1 - lr * h.get("weight_decay", 0.0)
        m = [(1 - beta) * a, beta]
        step = [beta * m[0] + (1 - beta) * a, beta * m[1]] if rule == "nadam" else m
        return abs(np.linalg.eigvals(np.array([[keep - lr * step[0], -lr * step[1]], m]))).max()

    low, high = 0.0, 1.0
    while radius(high) < 1:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if radius(middle) < 1 else (low, middle)
    return low


def tensors(path):
    blob = path.read_bytes()
    (length,) = struct.unpack("<Q", blob[:8])
    header = json.loads(blob[8 : 8 + length])
    kinds = {"F64": np.float64, "F32": np.float32, "I64": np.int64}
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            data = blob[8 + length + begin : 8 + length + end]
            found[name] = np.frombuffer(data, kinds[entry["dtype"]]).reshape(entry["shape"]).astype(float)
    return found


def rows(path):
    if not path.exists():
        return {}
    return {row["step"]: row for row in map(json.loads, path.read_text().splitlines())}


class Run:
    def __init__(self, folder):
        self.folder = Path(folder)
        text = yaml.safe_load((self.folder / "experiment.yaml").read_text())
        table = np.genfromtxt(text["data"]["file"], delimiter=",", names=True)
        names = text["data"]["targets"]
        names = names.split(",") if isinstance(names, str) else names
        inputs = np.column_stack([table[name] for name in table.dtype.names if name not in names])
        targets = np.column_stack([table[name] for name in names])
        hidden = text["model"]["hidden"]
        hidden = [int(w) for w in (hidden.split(",") if isinstance(hidden, str) else np.atleast_1d(hidden))]
        widths = [inputs.shape[1], *hidden, targets.shape[1]]
        self.net = Net(widths, text["model"]["activation"], text["loss"], inputs, targets)
        self.rule = RULES[text["optimizer"]["name"]]
        self.hyper = {k: float(v) for k, v in text["optimizer"].items() if k != "name"}
        probe = text["probe"]
        self.probe = probe if isinstance(probe, dict) else {}
        self.tolerance = float(self.probe.get("tolerance", 1e-3))
        self.live, self.probes = rows(self.folder / "live.jsonl"), rows(self.folder / "probes.jsonl")
        files = sorted(self.folder.glob("checkpoints/step-*.safetensors"))
        self.checkpoints = {int(f.stem.split("-")[1]): tensors(f) for f in files}


class Found:
    """Errors by quantity."""

    def __init__(self):
        self.quantities = {}

    def entry(self, name):
        return self.quantities.setdefault(name, {"compared": 0, "worst": 0.0})

    def add(self, name, error):
        entry = self.entry(name)
        entry["compared"] += 1
        entry["worst"] = max(entry["worst"], float(error)) if error == error else math.inf

    def eigenvalue(self, name, row, truth, tolerance):
        value, stated, standing = row[name], row[name + "Error"], row[name + "Standing"]
        error = abs(value - truth)
        self.add(name, error / abs(truth))
        entry = self.entry(name)
        for word, counts in {
            "wrong": standing != OPEN and error > tolerance * abs(truth),
            "certified": standing == CERTIFIED,
            "violated": standing == CERTIFIED and error > stated,
            "violatedProbable": standing == PROBABLE and error > stated,
            "open": standing == OPEN,
        }.items():
            entry[word] = entry.get(word, 0) + int(counts)


def relative(a, b):
    scale = np.abs(b).max()
    return np.abs(a - b).max() / scale if scale > 0 else np.abs(a - b).max()


def walk(run, start, end, found):
    """By its own steps from one checkpoint to the next."""
    here = run.checkpoints[start]
    theta = here["theta"].copy()
    states = {name[6:]: value for name, value in here.items() if name.startswith("state.")}
    for t in range(start + 1, end + 1):
        gradient = run.net.gradient(theta)
        states, p, change = run.rule(run.hyper, states, t, theta, gradient, run.net)
        theta = theta + change
        row = run.live.get(t)
        if row is not None:
            found.add("loss", abs(row["loss"] - run.net.value(theta)) / abs(row["loss"]))
    there = run.checkpoints[end]
    found.add("parameters", relative(theta, there["theta"]))
    for name, value in states.items():
        # a state that has decayed to the rounding error of gradients is compared with what it was
        scale = max(np.abs(c["state." + name]).max() for c in run.checkpoints.values())
        kept = there["state." + name]
        found.add("states", np.abs(value - kept).max() / max(np.abs(kept).max(), FLOOR * scale))
    return p, change


def dense(run, t, row, found, p, made):
    """What the row of a probe says at a checkpoint; `p` and `made` are of the step that led there."""
    net, here = run.net, run.checkpoints[t]
    theta = here["theta"]
    states = {name[6:]: value for name, value in here.items() if name.startswith("state.")}
    gradient = net.gradient(theta)
    hessian = net.hessian(theta)
    whitened = hessian / np.sqrt(np.outer(p, p))
    raw, raw_vectors = np.linalg.eigh(hessian)
    conditioned, vectors = np.linalg.eigh(whitened)
    first = run.live[0]["gradientNorm"]
    resting = np.linalg.norm(gradient) < FLOOR * first  # its direction is rounding
    found.add("gradientNorm", abs(row["gradientNorm"] - np.linalg.norm(gradient)) / max(row["gradientNorm"], FLOOR * first))
    found.eigenvalue("preconditionedSharpness", row, conditioned[-1], run.tolerance)
    if "sharpness" in row:
        found.eigenvalue("sharpness", row, raw[-1], run.tolerance)
    # some eigenvalue lies within the residual
    for name, values in {"preconditionedSharpness": conditioned, "sharpness": raw}.items():
        if name in row:
            outside = np.abs(values - row[name]).min() - row[name + "Residual"]
            found.add(name + "Residual", max(0.0, outside) / abs(row[name]))
    found.add("threshold", abs(row["threshold"] / threshold(run.rule.__name__, run.hyper) - 1))
    size = conditioned[-1]
    for k in range(1, 9):
        if f"top{k}" in row:
            found.add("top", abs(row[f"top{k}"] - conditioned[-k]) / abs(conditioned[-k]))
        if f"rawTop{k}" in row:
            found.add("rawTop", abs(row[f"rawTop{k}"] - raw[-k]) / abs(raw[-k]))
    if "bottom" in row:
        found.add("bottom", abs(row["bottom"] - conditioned[0]) / size)
    if "curvatureAlongGradient" in row and not resting:
        semi = gradient / np.sqrt(p)
        count = sum(f"top{k}" in row for k in range(1, 99)) or int(run.probe.get("top", 4))

        def cosines(vector, columns):
            return ((columns[:, -count:].T @ vector) ** 2).sum() / (vector @ vector)

        found.add("gradientOnTop", abs(row["gradientOnTop"] - cosines(gradient, raw_vectors)))
        found.add("semiGradientOnTop", abs(row["semiGradientOnTop"] - cosines(semi, vectors)))
        found.add("semiGradientNorm", abs(row["semiGradientNorm"] / np.linalg.norm(semi) - 1))
        along = gradient @ hessian @ gradient / (gradient @ gradient)
        found.add("curvatureAlongGradient", abs(row["curvatureAlongGradient"] - along) / raw[-1])
        along = semi @ whitened @ semi / (semi @ semi)
        found.add("curvatureAlongSemiGradient", abs(row["curvatureAlongSemiGradient"] - along) / size)
        scaled = made * np.sqrt(p)
        found.add("updateOnTop", abs(row["updateOnTop"] - cosines(scaled, vectors)))
        along = made @ hessian @ made / (scaled @ scaled)
        found.add("curvatureAlongUpdate", abs(row["curvatureAlongUpdate"] - along) / size)
    samples = len(net.inputs)
    per = min(int(run.probe.get("batch_size", 32)), samples)
    ranges = [slice(i * per, (i + 1) * per) for i in range(min(int(run.probe.get("batches", 16)), samples // per))]
    gradients = [net.gradient(theta, part) for part in ranges]
    if "batchSharpness" in row:
        along = [g @ net.hessian(theta, part) @ g for g, part in zip(gradients, ranges)]
        truth = np.mean(along) / np.mean([g @ g for g in gradients])
        found.add("batchSharpness", abs(row["batchSharpness"] - truth) / raw[-1])
    if "gradientCovariance" in row:
        off = np.array(gradients) - np.mean(gradients, axis=0)
        truth = np.linalg.eigvalsh(off @ off.T / len(off))[-1]
        found.add("gradientCovariance", abs(row["gradientCovariance"] / truth - 1))
    if "gaussNewton" in row:
        found.add("gaussNewton", abs(row["gaussNewton"] / np.linalg.eigvalsh(net.gauss_newton(theta))[-1] - 1))
    if "density.trace" in row:
        found.add("trace", abs(row["density.trace"] - np.trace(whitened)) / np.abs(conditioned).sum())
        found.add("mean", abs(row["density.mean"] * len(theta) - row["density.trace"]) / np.abs(conditioned).sum())
    if "criticalStep" in row and not resting:
        _, _, change = run.rule(run.hyper, states, t + 1, theta, gradient, net)
        found.add("criticalStep", critical(net, theta, change, row["criticalStep"]))


def critical(net, theta, change, multiple):
    """0 where the loss is not higher just below the multiple and higher just above it; else 1. Found to 2 %; 0 where every
    multiple down to 2^-20 raises the loss."""
    if multiple is None or math.isinf(multiple):
        return 0.0
    here = net.value(theta)
    if multiple == 0:
        return 0.0 if net.value(theta + 2.0**-20 * change) > here else 1.0
    below, above = (net.value(theta + factor * multiple * change) for factor in (0.98, 1.02))
    return 0.0 if below <= here < above else 1.0


def main(folders):
    found = Found()
    for folder in folders:
        run = Run(folder)
        steps = sorted(run.checkpoints)
        for start, end in zip(steps, steps[1:]):
            p, made = walk(run, start, end, found)
            if end in run.probes:
                dense(run, end, run.probes[end], found, p, made)
    json.dump(found.quantities, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
