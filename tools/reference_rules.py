#!/usr/bin/python3
"""Records 100 steps of update rules from their primary definitions, in 50-digit arithmetic.

    /usr/bin/python3 tools/reference_rules.py core/src/test/resources/adamscope/optimizer/mpmath-50

Needs Debian's python3-mpmath. Written from the papers, not from the catalogue's formulas; the format of the files is
described in tools/README.md. Each rule states its convention. Common to all: `g` is the gradient at the current x,
the step t counts from 1, states start at 0 unless said otherwise, and a step uses the states just updated.

The same functions also run on floats: `doubleDeviation` in a recording is the largest difference of x between the
two runs, relative to max(1, |x|): how far rounding alone takes a program in double from the recorded values.
"""

import math
import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpf

from recorded_problems import PROBLEMS, STATE_STEPS, STEPS, write

mp.dps = 50
DIGITS = 25
INFINITY = math.inf


def root(a):
    return mp.sqrt(a) if isinstance(a, mpf) else math.sqrt(a)


def sign(value, scale):
    """-1, 0 or 1. Refuses a value so near to zero that rounding in double could turn its sign."""
    if 0 < abs(value) < 1e-9 * scale:
        raise ArithmeticError(f"the sign of {value} at scale {scale} would depend on rounding: choose other settings")
    return (value > 0) - (value < 0)


def average(old, new, beta):
    """Exponential moving average, elementwise: beta*old + (1 - beta)*new."""
    return [beta * a + (1 - beta) * b for a, b in zip(old, new)]


def squares(g):
    return [a * a for a in g]


def mean(values):
    return sum(values) / len(values)


def moved(x, lr, direction):
    return [a - lr * d for a, d in zip(x, direction)]


# Every rule: (h, s, t, x, g, shape) -> new x. h: hyper-parameters; s: states by name, changed in place, all 0 before
# the first step (`zero(s, name, g)` reads one); x, g: flat lists, a matrix row by row; shape: (), (n,) or (n, m).


def zero(s, name, g):
    return s.get(name, [0 * a for a in g])


def gd_exponential(h, s, t, x, g, shape):
    """x_{t+1} = x_t - lr_t g_t, lr_{t+1} = factor*lr_t, lr_1 = lr: the exponential learning rate of Towards
    Understanding Adam Convergence on Highly Degenerate Polynomials, Eq 17."""
    lr = s.get("lr", h.lr)
    s["lr"] = h.factor * lr
    return moved(x, lr, g)


def heavy_ball_ema(h, s, t, x, g, shape):
    """m <- beta1 m + (1 - beta1) g; x <- x - lr m. Cohen et al., Adaptive Gradient Methods at the EoS, Table 1."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    return moved(x, h.lr, s["m"])


def nesterov_ema(h, s, t, x, g, shape):
    """m as heavy_ball_ema; x <- x - lr (beta1 m + (1 - beta1) g). Cohen et al., Table 1."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    return moved(x, h.lr, average(s["m"], g, h.beta1))


def frozen_adam(h, s, t, x, g, shape):
    """m as heavy_ball_ema; x <- x - lr m / P with a fixed number P. Cohen et al., PrecondEmaHB."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    return moved(x, h.lr, [a / h.P for a in s["m"]])


def signgd(h, s, t, x, g, shape):
    """x <- x - lr sign(g), sign(0) = 0. Bernstein et al. 2018, Algorithm 1."""
    return moved(x, h.lr, [sign(a, 0) for a in g])


def signum(h, s, t, x, g, shape):
    """m <- beta1 m + (1 - beta1) g; x <- x - lr sign(m). Bernstein et al. 2018, Algorithm 2."""
    scale = average(map(abs, zero(s, "m", g)), map(abs, g), h.beta1)
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    return moved(x, h.lr, [sign(a, b) for a, b in zip(s["m"], scale)])


def adam_uncorrected(h, s, t, x, g, shape):
    """m, v EMA of g, g^2; x <- x - lr m/(sqrt(v) + eps). Kingma & Ba 2014, Algorithm 1 without correction."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["v"] = average(zero(s, "v", g), squares(g), h.beta2)
    return moved(x, h.lr, [m / (root(v) + h.eps) for m, v in zip(s["m"], s["v"])])


def nadam(h, s, t, x, g, shape):
    """As adam_uncorrected with mhat = beta1 m + (1 - beta1) g (the updated m) in place of m: Dozat 2016 without
    correction and without schedule, as Cohen et al., Fig 5 (f)."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["v"] = average(zero(s, "v", g), squares(g), h.beta2)
    mhat = average(s["m"], g, h.beta1)
    return moved(x, h.lr, [m / (root(v) + h.eps) for m, v in zip(mhat, s["v"])])


def amsgrad(h, s, t, x, g, shape):
    """As adam_uncorrected with vmax <- max(vmax, v) under the root. Reddi et al. 2018, Algorithm 2, plus eps."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["v"] = average(zero(s, "v", g), squares(g), h.beta2)
    s["vmax"] = [max(a, b) for a, b in zip(zero(s, "vmax", g), s["v"])]
    return moved(x, h.lr, [m / (root(v) + h.eps) for m, v in zip(s["m"], s["vmax"])])


def padam(h, s, t, x, g, shape):
    """m, v EMA; x <- x - lr m/(v^p + eps); no maximum, no correction. Chen et al. 2018 as Cohen et al., Fig 5 (e)."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["v"] = average(zero(s, "v", g), squares(g), h.beta2)
    return moved(x, h.lr, [m / (v**h.p + h.eps) for m, v in zip(s["m"], s["v"])])


def adafactor(h, s, t, x, g, shape):
    """Shazeer & Stern 2018, Algorithms 4 and 5, with momentum on the update and a plain learning rate.

    beta2_t = 1 - t^-decay (so beta2_1 = 0); q = g^2 + eps.
    matrix: R <- beta2_t R + (1 - beta2_t) rowmean(q), C likewise with columns, V = R C^T / mean(R);
    scalar or vector: V <- beta2_t V + (1 - beta2_t) q.
    u = g/sqrt(V); u <- u / max(1, rms(u)/clip), rms over the whole tensor; m <- beta1 m + (1 - beta1) u;
    x <- x - lr m. With row and column means, R C^T / mean(R) is the paper's R C^T / sum(R) of row and column sums.
    """
    beta2 = 1 - (0 * h.decay + t) ** (-h.decay)
    q = [a * a + h.eps for a in g]
    if len(shape) == 2:
        rows, columns = shape
        by_row = [mean(q[i * columns : (i + 1) * columns]) for i in range(rows)]
        by_column = [mean(q[j::columns]) for j in range(columns)]
        s["R"] = average(zero(s, "R", by_row), by_row, beta2)
        s["C"] = average(zero(s, "C", by_column), by_column, beta2)
        v = [r * c / mean(s["R"]) for r in s["R"] for c in s["C"]]
    else:
        v = s["v"] = average(zero(s, "v", q), q, beta2)
    u = [a / root(b) for a, b in zip(g, v)]
    if h.clip < INFINITY:
        clip = max(1, root(mean(squares(u))) / h.clip)
        u = [a / clip for a in u]
    s["m"] = average(zero(s, "m", u), u, h.beta1)
    return moved(x, h.lr, s["m"])


def adamax(h, s, t, x, g, shape):
    """m EMA; u <- max(beta2 u, |g| + eps); x <- x - lr/(1 - beta1^t) m/u. Kingma & Ba 2014, Algorithm 2 at eps = 0;
    eps where PyTorch has it."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["u"] = [max(h.beta2 * a, abs(b) + h.eps) for a, b in zip(zero(s, "u", g), g)]
    return moved(x, h.lr / (1 - h.beta1**t), [m / u for m, u in zip(s["m"], s["u"])])


def lion(h, s, t, x, g, shape):
    """c = beta1 m + (1 - beta1) g; x <- x - lr (sign(c) + weight_decay x); m <- beta2 m + (1 - beta2) g, after x.
    Chen et al. 2023, Algorithm 2."""
    old = zero(s, "m", g)
    scale = average(map(abs, old), map(abs, g), h.beta1)
    c = average(old, g, h.beta1)
    s["m"] = average(old, g, h.beta2)
    return moved(x, h.lr, [sign(a, b) + h.weight_decay * e for a, b, e in zip(c, scale, x)])


def adabelief(h, s, t, x, g, shape):
    """m EMA of g; s <- beta2 s + (1 - beta2)(g - m)^2 + eps with the updated m; x <- x - lr mhat/(sqrt(shat) + eps),
    mhat = m/(1 - beta1^t), shat = s/(1 - beta2^t). Zhuang et al. 2020, Algorithm 2. eps enters twice."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    deviation = squares([a - m for a, m in zip(g, s["m"])])
    s["s"] = [a + h.eps for a in average(zero(s, "s", g), deviation, h.beta2)]
    c1, c2 = 1 - h.beta1**t, 1 - h.beta2**t
    return moved(x, h.lr, [(m / c1) / (root(a / c2) + h.eps) for m, a in zip(s["m"], s["s"])])


def adopt(h, s, t, x, g, shape):
    """v_0 = g_1^2; m <- beta1 m + (1 - beta1) g/max(sqrt(v), eps) with the old v; x <- x - lr m;
    v <- beta2 v + (1 - beta2) g^2, after x. Taniguchi et al. 2024, Algorithm 1, unclipped. The gradient of the first
    call starts v and also makes the first step (the paper draws one more sample at the same point)."""
    v = s["v"] if t > 1 else squares(g)
    s["m"] = average(zero(s, "m", g), [a / max(root(b), h.eps) for a, b in zip(g, v)], h.beta1)
    s["v"] = average(v, squares(g), h.beta2)
    return moved(x, h.lr, s["m"])


def stable_adamw(h, s, t, x, g, shape):
    """mhat, vhat as in bias-corrected Adam; rms_t = sqrt(mean(g^2/max(vhat, eps^2))) over the whole tensor;
    lr_t = lr/max(1, rms_t); x <- x - lr_t (mhat/(sqrt(vhat) + eps) + weight_decay x).
    Wortsman et al. 2023, Algorithm 2; its changing betas are bias correction in another form."""
    s["m"] = average(zero(s, "m", g), g, h.beta1)
    s["v"] = average(zero(s, "v", g), squares(g), h.beta2)
    mhat = [m / (1 - h.beta1**t) for m in s["m"]]
    vhat = [v / (1 - h.beta2**t) for v in s["v"]]
    rms = root(mean([a * a / max(v, h.eps**2) for a, v in zip(g, vhat)]))
    lr = h.lr / max(1, rms)
    return moved(x, lr, [m / (root(v) + h.eps) + h.weight_decay * a for m, v, a in zip(mhat, vhat, x)])


EMA = {"lr": 0.2, "beta1": 0.9}
PLAIN = {"lr": 0.005, "beta1": 0.9, "beta2": 0.99}
FACTORED = {"lr": 0.01, "beta1": 0.9, "decay": 0.8, "eps": 1e-30, "clip": INFINITY}

# catalogue name -> (rule, hyper-parameter sets)
RULES = {
    "gd-exponential": (gd_exponential, [{"lr": 0.02, "factor": 1.03}]),
    "heavy-ball-ema": (heavy_ball_ema, [EMA]),
    "nesterov-ema": (nesterov_ema, [EMA]),
    "frozen-adam": (frozen_adam, [EMA | {"P": 1.0}, EMA | {"P": 4.0}]),
    "signgd": (signgd, [{"lr": 0.03}]),
    "signum": (signum, [{"lr": 0.03, "beta1": 0.9}]),
    "adam-uncorrected": (adam_uncorrected, [PLAIN | {"eps": 0.0}, PLAIN | {"eps": 1e-7}]),
    "nadam": (nadam, [PLAIN | {"eps": 0.0}, PLAIN | {"eps": 1e-7}]),
    "amsgrad": (amsgrad, [PLAIN | {"eps": 0.0}, PLAIN | {"beta2": 0.9, "eps": 1e-7}]),
    "padam": (padam, [PLAIN | {"eps": 1e-7, "p": 0.25}]),
    "adafactor": (adafactor, [FACTORED | a | b for a in ({}, {"beta1": 0.0}) for b in ({}, {"clip": 1.0})]),
    "adamax": (
        adamax,
        [PLAIN | {"lr": 0.01, "beta2": 0.999, "eps": 1e-8}, PLAIN | {"lr": 0.01, "beta2": 0.9, "eps": 0.0}],
    ),
    "lion": (lion, [PLAIN | {"lr": 0.03, "weight_decay": 0.1}]),
    "adabelief": (adabelief, [{"lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}]),
    "adopt": (adopt, [{"lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-6}]),
    "stable-adamw": (stable_adamw, [PLAIN | {"lr": 0.01, "eps": 1e-6, "weight_decay": 0.1}]),
}


class Hyper:
    """Hyper-parameters as attributes, in one kind of number; the infinite clip stays a float in both."""

    def __init__(self, values, number):
        for name, value in values.items():
            setattr(self, name, value if value == INFINITY else number(value))


def trajectory(rule, hyper, problem, number):
    """Gradients used, positions after each step, states after STATE_STEPS; arithmetic in `number` (mpf or float)."""
    h, s, shape = Hyper(hyper, number), {}, tuple(problem["shape"])
    x = [number(a) for a in problem["x0"]]
    gradients, positions, states = [], [], []
    for t in range(1, STEPS + 1):
        given = problem["gradients"]
        g = [a * a * a for a in x] if given is None else [number(a) for a in given[t - 1]]
        x = rule(h, s, t, x, g, shape)
        gradients.append(g)
        positions.append(x)
        if t in STATE_STEPS:
            states.append((t, {name: value if isinstance(value, list) else [value] for name, value in s.items()}))
    return gradients, positions, states


def decimals(values):
    return [mpmath.nstr(mpf(a), DIGITS, strip_zeros=True) for a in values]


def recorded_case(problem_name, rule, hyper):
    problem = PROBLEMS[problem_name]
    gradients, positions, states = trajectory(rule, hyper, problem, mpf)
    _, in_double, _ = trajectory(rule, hyper, problem, float)
    deviation = max(
        abs(b - a) / max(1, abs(a)) for exact, rounded in zip(positions, in_double) for a, b in zip(exact, rounded)
    )
    return {
        "problem": problem_name,
        "hyper": {name: "Infinity" if value == INFINITY else value for name, value in hyper.items()},
        "shape": problem["shape"],
        "doubleDeviation": float(mpmath.nstr(deviation, 2)),
        "x0": decimals(problem["x0"]),
        "gradients": [decimals(g) for g in gradients],
        "x": [decimals(x) for x in positions],
        "states": [{"step": t} | {name: decimals(value) for name, value in state.items()} for t, state in states],
    }


def main(folder: Path) -> None:
    for name, (rule, hyper_sets) in RULES.items():
        cases = [recorded_case(problem, rule, hyper) for hyper in hyper_sets for problem in PROBLEMS]
        source = f"mpmath {mpmath.__version__}, {mp.dps} digits: {' '.join(rule.__doc__.split())}"
        write(folder / f"{name}.json", {"optimizer": name, "source": source, "cases": cases})
        print(name, [(case["problem"], case["doubleDeviation"]) for case in cases])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
