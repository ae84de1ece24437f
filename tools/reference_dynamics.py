#!/usr/bin/python3
"""Records trajectories of Adam on x^4/4 far below the range of double, in 60-digit arithmetic.

    /usr/bin/python3 tools/reference_dynamics.py core/src/test/resources/adamscope/dynamics/mpmath-60

Needs Debian's python3-mpmath. The rule is Adam without bias correction, eps = 0 (Kingma & Ba 2014, Algorithm 1):

    g = x^3;  m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2;  x <- x - lr m / sqrt(v)

from x0 = 1 with start `gradient` (m = g(x0), v = g(x0)^2 before the first step) or `zero` (m = v = 0).
beta1, beta2, lr are the IEEE doubles nearest to the decimals, exactly.

A second run with 120 digits must give the same 17 digits, or the program stops. `sensitivity` is
d log10|x_n| / d ln x0 by a difference of relative size 1e-50: a relative error of 1e-16 made at the start moves
log10AbsX by about 1e-16 times that number, so it says which digits a program in double can be asked for. With
beta1 = 0.9, beta2 = 0.895 (regime II) it stays below 2e3 up to step 3000; then the spike ends the decoupled phase,
the orbit is chaotic, and at step 5000 no program in double can be asked for any digit.
"""

import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpf

from recorded_problems import write

DIGITS = 17
PERTURBATION = mpf(10) ** -50

CASES = [
    # beta1, beta2, start, recorded steps
    (0.9, 0.93, "gradient", [1, 2, 3, 10, 100, *range(500, 10001, 500)]),
    (0.9, 0.93, "zero", [1, 2, 3, 10, 100, *range(500, 10001, 500)]),
    (0.9, 0.895, "gradient", [1, 2, 3, 10, 100, *range(250, 5001, 250)]),
    (0.9, 0.895, "zero", [1, 2, 3, 10, 100, *range(250, 5001, 250)]),
    (0.5, 0.9, "gradient", list(range(1000, 60001, 1000))),
    (0.5, 0.9, "zero", list(range(1000, 60001, 1000))),
    # rho = 0.1^(1/4): log10|x| falls by 1/4 a step, below -10000 before 42,000.
    (0.0, 0.1, "gradient", [10, 100, 1000, 10000, 20000, 40000, 44000]),
    (0.0, 0.1, "zero", [10, 100, 1000, 10000, 20000, 40000, 44000]),
]
LR = 1e-3


def trajectory(beta1, beta2, start, steps, digits, perturbation):
    """Rows (log10|x|, sign of x, log10 v) at `steps`, counted in finished updates; v holds g(x_{n-1})^2 last."""
    with mp.workdps(digits):
        beta1, beta2, lr = mpf(beta1), mpf(beta2), mpf(LR)
        x = 1 + perturbation
        gradient = x**3
        m, v = (gradient, gradient**2) if start == "gradient" else (mpf(0), mpf(0))
        rows, wanted = [], set(steps)
        for step in range(1, steps[-1] + 1):
            gradient = x * x * x
            m = beta1 * m + (1 - beta1) * gradient
            v = beta2 * v + (1 - beta2) * gradient * gradient
            x = x - lr * m / mp.sqrt(v)
            if step in wanted:
                rows.append((mp.log10(abs(x)), int(mp.sign(x)), mp.log10(v)))
        return rows


def recorded_case(beta1, beta2, start, steps):
    rows = trajectory(beta1, beta2, start, steps, 60, mpf(0))
    finer = trajectory(beta1, beta2, start, steps, 120, mpf(0))
    moved = trajectory(beta1, beta2, start, steps, 60, PERTURBATION)

    def decimals(column, source):
        return [mpmath.nstr(row[column], DIGITS, strip_zeros=True) for row in source]

    for column in (0, 2):
        if decimals(column, rows) != decimals(column, finer):
            raise ArithmeticError(f"60 digits are not enough for beta1 = {beta1}, beta2 = {beta2}, {start} start")
    sensitivity = [abs(b[0] - a[0]) / PERTURBATION for a, b in zip(rows, moved)]
    return {
        "objective": "x^4/4",
        "hyper": {"lr": LR, "beta1": beta1, "beta2": beta2, "eps": 0.0},
        "x0": 1.0,
        "start": start,
        "step": steps,
        "log10AbsX": decimals(0, rows),
        "sign": [row[1] for row in rows],
        "log10V": decimals(2, rows),
        "sensitivity": [float(mpmath.nstr(value, 3)) for value in sensitivity],
    }


def main(folder: Path) -> None:
    mp.dps = 60
    cases = [recorded_case(*case) for case in CASES]
    source = f"mpmath {mpmath.__version__}, 60 digits, checked against 120"
    write(folder / "quartic.json", {"optimizer": "adam-uncorrected", "source": source, "cases": cases})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
