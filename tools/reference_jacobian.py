#!/usr/bin/python3
"""Records fixed points and multipliers of Adam on x^k/k, with at least 40 digits, by solving and differencing.

    /usr/bin/python3 tools/reference_jacobian.py core/src/test/resources/adamscope/stability/mpmath-40

Needs Debian's python3-mpmath. Uses none of the closed forms it is to check. The map is Adam without bias correction,
eps = 0, in the variables of Ma, Wu, E (u without the gradient at x, v with it)

    u = m/x^(k-1),   w = lr x^(k-2)/sqrt(v),   m before and v after the gradient at x is averaged in:

    r  = 1 - w (beta1 u + 1 - beta1)
    u' = (beta1 u + 1 - beta1) / r^(k-1)
    w' = r^(k-2) w / sqrt(beta2 + (1 - beta2) (w/lr)^2 r^(2k-2) x^2)
    x' = r x

at x = 0, where lr drops out. The fixed point is the one with r > 0: w' = w gives r by bisection, then u' = u gives u
and r gives w. It is admissible (`exists`) when w > 0. The Jacobian is the 3 x 3 of (u, w, x) by central
differences of eighth order with step 1e-10 at 120 digits, so its error is far below the 20 digits printed.
trace, det, eigenvalues and spectralRadius belong to the (u, w) block; xMultiplier is dx'/dx.
"""

import sys
from pathlib import Path

import mpmath
from mpmath import mp, mpc, mpf

from recorded_problems import uniforms, write

DIGITS = 20
POINTS = 40
DEGREES = (4, 6, 8, 10)
STEP = mpf(10) ** -10
# f'(0) ~ sum c_j (f(jh) - f(-jh))/h, error of order h^8
DIFFERENCE = ((4, 5), (-1, 5), (4, 105), (-1, 280))


def image(state, beta1, beta2, k, lr):
    u, w, x = state
    omega = beta1 * u + 1 - beta1
    r = 1 - w * omega
    return (
        omega / r ** (k - 1),
        r ** (k - 2) * w / mp.sqrt(beta2 + (1 - beta2) * (w / lr) ** 2 * r ** (2 * k - 2) * x**2),
        r * x,
    )


def fixed_point(beta1, beta2, k):
    r = mp.findroot(lambda a: a ** (k - 2) / mp.sqrt(beta2) - 1, (mpf(0), mpf(1)), solver="anderson")
    u = mp.findroot(lambda a: (beta1 * a + 1 - beta1) - a * r ** (k - 1), mpf(1))
    return u, (1 - r) / (beta1 * u + 1 - beta1), mpf(0)


def jacobian(state, beta1, beta2, k, lr):
    columns = []
    for i in range(3):
        total = [mpf(0)] * 3
        for j, (p, q) in enumerate(DIFFERENCE, start=1):
            shifted = [[a + s * j * STEP * (i == n) for n, a in enumerate(state)] for s in (1, -1)]
            up, down = (image(a, beta1, beta2, k, lr) for a in shifted)
            total = [a + mpf(p) / q * (b - c) / STEP for a, b, c in zip(total, up, down)]
        columns.append(total)
    return mp.matrix([[columns[j][i] for j in range(3)] for i in range(3)])


def decimal(value):
    return mpmath.nstr(value, DIGITS, strip_zeros=True)


def recorded_point(beta1, beta2, k):
    b1, b2 = mpf(beta1), mpf(beta2)
    state = fixed_point(b1, b2, k)
    residual = max(abs(a - b) for a, b in zip(image(state, b1, b2, k, mpf(1)), state))
    if residual > mpf(10) ** -60:
        raise ArithmeticError(f"no fixed point found at beta1 = {beta1}, beta2 = {beta2}, k = {k}: {residual}")
    full = jacobian(state, b1, b2, k, mpf("1e-3"))
    coupling = max(abs(full[i, 2]) for i in (0, 1)) + max(abs(full[2, j]) for j in (0, 1))
    if coupling > mpf(10) ** -30:
        raise ArithmeticError(f"x does not separate at beta1 = {beta1}, beta2 = {beta2}, k = {k}: {coupling}")
    trace = full[0, 0] + full[1, 1]
    det = full[0, 0] * full[1, 1] - full[0, 1] * full[1, 0]
    # eigenvalues of the 2 x 2 block, larger real part first, then larger imaginary part
    roots = mp.polyroots([1, -trace, det], maxsteps=500, extraprec=500)
    eigenvalues = sorted((mpc(a) for a in roots), key=lambda a: (a.real, a.imag), reverse=True)
    if abs(eigenvalues[0].imag) < mpf(10) ** -60:
        eigenvalues = [mpc(a.real, 0) for a in eigenvalues]
    radius = max(abs(a) for a in eigenvalues)
    return {
        "beta1": beta1,
        "beta2": beta2,
        "degree": k,
        "exists": bool(state[1] > 0),
        "stable": bool(state[1] > 0 and radius < 1),
        "u": decimal(state[0]),
        "w": decimal(state[1]),
        "omega": decimal(b1 * state[0] + 1 - b1),
        "xMultiplier": decimal(full[2, 2]),
        "jacobian": [[decimal(full[i, j]) for j in (0, 1)] for i in (0, 1)],
        "trace": decimal(trace),
        "det": decimal(det),
        "eigenvalues": [[decimal(a.real), decimal(a.imag)] for a in eigenvalues],
        "spectralRadius": decimal(radius),
    }


def points():
    """40 points, five kinds in turn: three anywhere with beta2 > 0.3; one where the fixed point should exist and turn
    outwards (theory: (k-1)/(2(k-2)) < ln beta1/ln beta2 < k/(2(k-2))); one in the corner where the flip happens."""
    u = uniforms(4)
    for i in range(POINTS):
        first, second, k = next(u), next(u), DEGREES[i % 4]
        beta2 = round(0.3 + 0.7 * second, 4)
        if i % 5 == 3:
            yield round(beta2 ** ((k - 1 + first) / (2 * (k - 2))), 5), beta2, k
        elif i % 5 == 4:
            yield round(0.01 * first, 5), round(0.005 + 0.045 * second, 5), k
        else:
            yield round(first, 4), beta2, k


def main(folder: Path) -> None:
    mp.dps = 120
    recorded = [recorded_point(*point) for point in points()]
    source = f"mpmath {mpmath.__version__}, eighth-order differences with step 1e-10 at 120 digits"
    write(folder / "jacobian.json", {"optimizer": "adam-uncorrected", "source": source, "points": recorded})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
